"""The best passage of a text for a query, as safe HTML, marked by the same analysis that found it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from wiki.search.analysis.norwegian import is_stop_word, key
from wiki.search.analysis.tokens import spans
from wiki.search.contracts import Marks

PASSAGE = 220  # characters
SCANNED = 120_000  # characters of a text in which passages are looked for
MOST_MATCHES = 300
SHORTEST_INSIDE = 4  # letters of a key that may be marked inside a longer word

Span = tuple[int, int, str]  # start, end, which word of the query


class Highlighter:
    """Marks the words of one query in any number of texts."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._inside = tuple(sorted(term for term in marks.keys if len(term) >= SHORTEST_INSIDE))
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
        found: list[Span] = []
        for start, end, word in spans(text):
            match = self._known.get(word)
            if match is None:
                match = self._known[word] = self._match(word)
            if match:
                found.append((start, end, match))
                if len(found) == MOST_MATCHES:
                    break
        return found

    def _match(self, word: str) -> str:
        """Give which word of the query this is a form of, or ""."""
        if word in self._marks.forms:
            return word
        if is_stop_word(word):
            return ""
        term = key(word)
        if term in self._marks.keys:
            return term
        if word.startswith(self._marks.prefixes):
            return word
        return next((inside for inside in self._inside if inside in term), "")


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
