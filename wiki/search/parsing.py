"""What a person typed, taken apart: words, "phrases", -not. Nothing typed is ever an error."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wiki.search.analysis.tokens import pieces, words

MAX_QUERY = 300  # characters; longer is a pasted page, of which the beginning will do
MAX_WORDS = 24
_CLAUSE = re.compile(r'(?P<not>(?<!\S)-)?(?:["“”«](?P<phrase>[^"“”«»]*)(?:["“”»]|\Z)|(?P<word>[^\s"“”«»]+))')
# Behind these a hyphen stands for the first part of a compound: helselover og -forskrifter.
_JOINS = re.compile(r"(?:\b(?:og|eller|samt)\s+|,\s*)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class ParsedQuery:
    """The clauses of a query in lower case: words, phrases that must be there, and what must not be there."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    not_words: tuple[str, ...] = ()
    not_phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for; a query that only excludes asks for nothing."""
        return not (self.words or self.phrases)


def parse(text: str) -> ParsedQuery:
    """Take a query apart."""
    plain: dict[str, None] = {}
    excluded: dict[str, None] = {}
    phrases: dict[tuple[str, ...], None] = {}
    excluded_phrases: dict[tuple[str, ...], None] = {}
    for clause in _CLAUSE.finditer(text[:MAX_QUERY]):
        negative = clause["not"] is not None and not _JOINS.search(text, 0, clause.start())
        if clause["phrase"] is not None:
            phrase = tuple(piece for word in words(clause["phrase"]) for piece in pieces(word))
            if phrase:
                (excluded_phrases if negative else phrases)[phrase] = None
        else:
            found = words(clause["word"])
            (excluded if negative else plain).update(dict.fromkeys(found))
    return ParsedQuery(tuple(plain)[:MAX_WORDS], tuple(phrases), tuple(excluded)[:MAX_WORDS], tuple(excluded_phrases))
