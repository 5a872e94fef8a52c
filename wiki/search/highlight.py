"""The best passage of a text for a query, as safe HTML, marked by the same analysis that found it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence, Set

from wiki.search.analysis.norwegian import is_stop_word, key
from wiki.search.analysis.tokens import lower
from wiki.search.contracts import Marks

PASSAGE = 220  # characters
SCANNED = 50_000  # characters of a text in which passages are looked for
MOST_MATCHES = 100  # of one word in one text
SHORTEST_INSIDE = 4  # letters of a key that may be marked inside a longer word

_PIECE = re.compile(r"[^\W_]+")
Span = tuple[int, int, str]  # start, end, which word of the query


class Highlighter:
    """Marks the words of one query in any number of texts."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        inside = sorted(re.escape(term) for term in marks.keys if len(term) >= SHORTEST_INSIDE)
        self._inside = re.compile("|".join(inside)) if inside else None
        self._numbers = sorted(term for term in marks.keys | marks.forms if not term.isalnum())  # 11-4, 2024/118
        self._known: dict[str, str] = {}

    def title(self, text: str) -> str:
        """Give the whole text as HTML, marked."""
        return _marked(text, 0, len(text), self._matches(text))

    def passage(self, text: str) -> str:
        """Give the passage that holds most of the query, or the beginning; "" for an empty text."""
        text = text[:SCANNED]
        found = self._matches(text)
        start, end = _best_window(found) if found else (0, 0)
        start, end = _on_words(text, start, end)
        shown = _marked(text, start, end, found)
        return f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}" if shown else ""

    def _matches(self, text: str) -> list[Span]:
        """Find the places of matched words; decided once a different word, since words repeat."""
        lowered = lower(text)
        if len(lowered) != len(text):  # a letter that has no lower case of its own length: places would not fit
            lowered = text
        words = _different_words(lowered)
        self._learn(words.difference(self._known))
        found: list[Span] = []
        for word in sorted(filter(self._known.__getitem__, words)):
            found.extend((start, start + len(word), self._known[word]) for start in _places(lowered, word))
        for number in self._numbers:
            found.extend((start, start + len(number), number) for start in _places(lowered, number))
        return sorted(found)

    def _learn(self, words: Set[str]) -> None:
        """Remember of each word which word of the query it is a form of, or that it is none."""
        marks, inside = self._marks, self._inside
        for word in words:
            term = key(word)
            if word in marks.forms:
                self._known[word] = word
            elif term in marks.keys:
                self._known[word] = "" if is_stop_word(word) else term
            else:
                match = inside.search(term) if inside and len(term) > SHORTEST_INSIDE else None
                self._known[word] = match.group() if match else ""


def _different_words(text: str) -> set[str]:
    """Give the words of a text, each once; a pattern over the whole text would take twice the time."""
    tokens = set(text.split())
    plain = set(filter(str.isalnum, tokens))
    return plain.union(*map(_PIECE.findall, tokens - plain))


def _places(text: str, word: str) -> Iterator[int]:
    """Give where the word stands by itself; quicker than looking at every word of the text."""
    start = text.find(word)
    count = 0
    while start >= 0 and count < MOST_MATCHES:
        end = start + len(word)
        if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            yield start
            count += 1
        start = text.find(word, end)


def _best_window(found: Sequence[Span]) -> tuple[int, int]:
    """Give the place of the matches that lie close together: the most different ones, then the most."""
    best, place = (0, 0), (found[0][0], found[0][1])
    last = 0
    for first, (start, _, _) in enumerate(found):
        while last < len(found) and found[last][1] - start <= PASSAGE:
            last += 1
        inside = found[first : max(last, first + 1)]
        worth = (len({match for _, _, match in inside}), len(inside))
        if worth > best:
            best, place = worth, (inside[0][0], inside[-1][1])
    return place


def _on_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Fill the window up to the length of a passage, and let it begin and end between words."""
    room = max(0, PASSAGE - (end - start))
    start = max(0, start - room // 3)
    end = min(len(text), max(end, start + PASSAGE))
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _marked(text: str, start: int, end: int, found: Sequence[Span]) -> str:
    pieces: list[str] = []
    place = start
    for first, last, _ in found:
        if first >= place and last <= end:
            pieces += (html.escape(text[place:first]), "<mark>", html.escape(text[first:last]), "</mark>")
            place = last
    pieces.append(html.escape(text[place:end]))
    return " ".join("".join(pieces).split())
