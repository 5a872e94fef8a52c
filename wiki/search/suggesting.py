"""Suggestions while one types: titles and tags of what the reader may read, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest

from wiki.search.analysis.tokens import lower
from wiki.search.contracts import Suggestions
from wiki.search.parsing import MAX_QUERY
from wiki.search.reader_view import ReaderView
from wiki.search.snapshot import Snapshot
from wiki.search.titles import title_beginnings

SHORTEST = 2  # letters; one letter begins too much to be of help
MOST_TAGS = 3
MOST_WORDS = 8


def suggest(text: str, limit: int, snapshot: Snapshot, view: ReaderView) -> Suggestions:
    """Give the titles that hold words beginning as each typed word does, and the tags that begin as the whole text.

    Titles that begin with the text come first, then published before drafts, short before long, new before old.
    """
    typed = " ".join(lower(text[:MAX_QUERY]).split())
    beginnings = title_beginnings(typed)[:MOST_WORDS]
    if len(typed) < SHORTEST or not beginnings:
        return Suggestions()
    tags = sorted(tag for tag in view.tags() if lower(tag).startswith(typed))[: min(MOST_TAGS, limit)]
    numbers = set.intersection(*(snapshot.titles_with(beginning) for beginning in beginnings))
    best = nsmallest(limit - len(tags), _ordered(numbers, typed, view))
    return Suggestions(tuple(snapshot.hit(entry[-1], 0.0) for entry in best), tuple(tags))


def _ordered(numbers: Iterable[int], typed: str, view: ReaderView) -> Iterable[tuple[bool, bool, int, float, str, int]]:
    columns, mask = view.columns, view.mask
    for number in numbers:
        if mask[number]:
            title = lower(columns.title[number])
            yield (
                not title.startswith(typed),
                not columns.published[number],
                len(title),
                -_moment(columns.updated[number]),
                columns.key[number],
                number,
            )


def _moment(updated: str) -> float:
    """The time of change as a number that grows: its digits down to the second."""
    digits = "".join(filter(str.isdigit, updated[:19]))
    return float(digits or 0)
