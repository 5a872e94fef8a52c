"""What a person typed, taken apart: words, "phrases", -not, this OR that, field:value. Nothing typed is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wiki.search.analysis.tokens import lower, pieces, words
from wiki.search.filters import FIELD_NAMES, Filter

MAX_QUERY = 300  # characters; longer is a pasted page, of which the beginning will do
MAX_WORDS = 24
_CLAUSE = re.compile(
    r"(?P<not>(?<!\S)-)?(?:(?P<field>[^\W\d_]+):(?=[^\s:/]))?"
    r'(?:["“”«](?P<phrase>[^"“”«»]*)(?:["“”»]|\Z)|(?P<word>[^\s"“”«»]+))'
)
# Behind these a hyphen stands for the first part of a compound: helselover og -forskrifter.
_JOINS = re.compile(r"(?:\b(?:og|eller|samt)\s+|,\s*)\Z", re.IGNORECASE)
_OR = frozenset({"OR", "ELLER", "|"})  # in capitals: "eller" in small letters is a word like others
_AND = frozenset({"AND", "&"})  # what is meant anyway

Operand = str | tuple[str, ...]  # a word, or the words of a phrase


@dataclass(frozen=True)
class ParsedQuery:
    """The clauses of a query in lower case.

    Attributes:
        words: rank, and the more of them the better.
        phrases: must be there, word by word as written.
        either: rows of words and phrases of which one will do.
        not_words, not_phrases: must not be there.
        filters: what the documents must be or not be.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    not_words: tuple[str, ...] = ()
    not_phrases: tuple[tuple[str, ...], ...] = ()
    either: tuple[tuple[Operand, ...], ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether there is anything to look for in texts."""
        return bool(self.words or self.phrases or self.either)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for; a query that only excludes asks for nothing."""
        return not self.has_text and all(one.negative for one in self.filters)


@dataclass
class _Clauses:
    """What has been read so far. Each row is joined by OR; most rows have one operand."""

    rows: list[list[Operand]] = field(default_factory=list)
    excluded: dict[Operand, None] = field(default_factory=dict)
    filters: dict[Filter, None] = field(default_factory=dict)
    joins: bool = False  # an OR has been read, and nothing after it yet

    def add(self, operands: list[Operand], *, negative: bool) -> None:
        """Take in what one clause says."""
        if negative:
            self.excluded.update(dict.fromkeys(operands))
        elif operands:
            first, *others = operands
            if self.joins and self.rows:
                self.rows[-1].append(first)
            else:
                self.rows.append([first])
            self.rows += [[other] for other in others]
        self.joins = False


def parse(text: str) -> ParsedQuery:
    """Take a query apart."""
    read = _Clauses()
    for clause in _CLAUSE.finditer(text[:MAX_QUERY]):
        negative = clause["not"] is not None and not _JOINS.search(text, 0, clause.start())
        name = FIELD_NAMES.get(lower(clause["field"] or ""))
        if name:
            value = clause["word"] if clause["phrase"] is None else clause["phrase"]
            read.filters[Filter(name, " ".join(lower(value).split()), negative)] = None
        elif clause.group() in _OR:
            read.joins = True
        elif clause.group() not in _AND:
            read.add(list(_operands(clause)), negative=negative)
    return _parsed(read)


def _operands(clause: re.Match[str]) -> Iterator[Operand]:
    yield from words(clause["field"] or "")
    if clause["phrase"] is None:
        yield from words(clause["word"])
    else:
        phrase = tuple(piece for word in words(clause["phrase"]) for piece in pieces(word))
        if phrase:
            yield phrase


def _parsed(read: _Clauses) -> ParsedQuery:
    single = dict.fromkeys(row[0] for row in read.rows if len(row) == 1)
    either = dict.fromkeys(tuple(dict.fromkeys(row)) for row in read.rows if len(row) > 1)
    return ParsedQuery(
        words=tuple(one for one in single if isinstance(one, str))[:MAX_WORDS],
        phrases=tuple(one for one in single if isinstance(one, tuple)),
        not_words=tuple(one for one in read.excluded if isinstance(one, str))[:MAX_WORDS],
        not_phrases=tuple(one for one in read.excluded if isinstance(one, tuple)),
        either=tuple(row[:MAX_WORDS] for row in either),
        filters=tuple(read.filters),
    )
