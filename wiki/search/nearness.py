"""Proximity: of documents that hold several words of the query, those that hold them close together come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nsmallest

from wiki.search.analysis.norwegian import is_stop_word
from wiki.search.analysis.tokens import pieces
from wiki.search.reader_view import ReaderView

LOOKED_AT = 50  # of the best documents; further down the list nearness moves nothing anybody sees
MOST_WORDS = 8
SIDE_BY_SIDE = 0.15  # what a document gains whose words all stand side by side
HALVED_BY = 3  # words between them


def with_nearness(scores: Mapping[int, float], asked: Sequence[str], view: ReaderView) -> dict[int, float]:
    """Give the scores, those of the best documents lifted by how close the words, as written, stand together."""
    lifted = dict(scores)
    forms = dict.fromkeys(piece for word in asked if not is_stop_word(word) for piece in pieces(word))
    if len(forms) < 2:
        return lifted
    keys = view.columns.key
    best = nsmallest(LOOKED_AT, scores, key=lambda number: (-round(scores[number], 6), keys[number]))
    places = [view.places(form) for form in list(forms)[:MOST_WORDS]]
    for number in best:
        held = [found[number] for found in places if number in found]
        if len(held) > 1:
            between = max(0, _span(held) - (len(held) - 1))
            lifted[number] *= 1 + SIDE_BY_SIDE * len(held) / len(places) / (1 + between / HALVED_BY)
    return lifted


def _span(places: Sequence[Sequence[int]]) -> int:
    """Give the length of the shortest stretch that holds one place of each row."""
    ordered = sorted((place, row) for row, found in enumerate(places) for place in found)
    last: dict[int, int] = {}
    shortest = ordered[-1][0] - ordered[0][0]
    for place, row in ordered:
        last[row] = place
        if len(last) == len(places):
            shortest = min(shortest, place - min(last.values()))
    return shortest
