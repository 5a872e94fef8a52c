"""Titles by the beginnings of their words, for suggestions while one types."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from wiki.search.analysis.tokens import pieces, words


class TitleWords:
    """The words of numbered titles in the order of letters. Never changes."""

    def __init__(self, titles: Sequence[str]) -> None:
        pairs = {(piece, number) for number, title in enumerate(titles) for piece in _pieces(title)}
        ordered = sorted(pairs)
        self._words = [word for word, _ in ordered]
        self._numbers = [number for _, number in ordered]

    def beginning_with(self, beginning: str) -> set[int]:
        """Give the titles with a word that begins so."""
        first = bisect_left(self._words, beginning)
        last = bisect_left(self._words, f"{beginning}\U0010ffff")
        return set(self._numbers[first:last])


def title_beginnings(text: str) -> list[str]:
    """Give the beginnings of words that a half-typed query asks titles for."""
    return _pieces(text)


def _pieces(text: str) -> list[str]:
    return [piece for word in words(text) for piece in pieces(word)]
