"""The word lists of `wiki/search/words/`, read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "words"


def _lines(name: str) -> Iterator[str]:
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text:
            yield text


@cache
def rows(name: str) -> tuple[tuple[str, str], ...]:
    """Give the two columns of a list."""
    pairs = (line.split("\t") for line in _lines(name))
    return tuple((left.strip(), right.strip()) for left, right in pairs)


@cache
def entries(name: str) -> frozenset[str]:
    """Give the words of a list without columns."""
    return frozenset(word for line in _lines(name) for word in line.split())
