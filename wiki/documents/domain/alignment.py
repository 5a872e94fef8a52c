"""Which parts of two texts are the same: the one comparison under merge and diff.

Patience first (what is unique in both texts anchors the rest), then a plain longest common
subsequence in the small stretches that are left. Every step has a bound, so that no text, however
repetitive, costs more than a fraction of a second; past the bound a stretch counts as replaced.
The standard library's difflib has no such bound.
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from wiki.documents.domain.blocks import Block

# Cells of the table for one stretch, and for one comparison; 10 million cells are about a second.
_STRETCH_LIMIT = 160_000
_TOTAL_LIMIT = 4_000_000
_PAIRING_LIMIT = 2_500
_SIMILAR = 0.5
_WORD = re.compile(r"\w+")

Pair = tuple[int, int]
_Stretch = tuple[int, int, int, int]


@dataclass(frozen=True)
class Hunk:
    """A stretch that differs: blocks `old_lo` to `old_hi` gave way to `new_lo` to `new_hi`."""

    old_lo: int
    old_hi: int
    new_lo: int
    new_hi: int


def match(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pairs of positions of equal elements, both rising; not always the most that there are."""
    pairs: list[Pair] = []
    budget = _TOTAL_LIMIT
    stretches = [(0, len(old), 0, len(new))]
    while stretches:
        lo, hi, start, stop = _trim(old, new, stretches.pop(), pairs)
        cells = (hi - lo) * (stop - start)
        if not cells:
            continue
        anchors = _anchors(old, new, (lo, hi, start, stop))
        if anchors:
            pairs += anchors
            edges = [(lo - 1, start - 1), *anchors, (hi, stop)]
            stretches += [(i + 1, k, j + 1, m) for (i, j), (k, m) in itertools.pairwise(edges)]
        elif cells <= min(_STRETCH_LIMIT, budget):
            budget -= cells
            pairs += [(lo + i, start + j) for i, j in _longest(old[lo:hi], new[start:stop])]
    return sorted(pairs)


def _trim(old: Sequence[Hashable], new: Sequence[Hashable], stretch: _Stretch, pairs: list[Pair]) -> _Stretch:
    """The stretch without what is equal at both of its ends; that is added to `pairs`."""
    lo, hi, start, stop = stretch
    while lo < hi and start < stop and old[lo] == new[start]:
        pairs.append((lo, start))
        lo, start = lo + 1, start + 1
    while lo < hi and start < stop and old[hi - 1] == new[stop - 1]:
        hi, stop = hi - 1, stop - 1
        pairs.append((hi, stop))
    return lo, hi, start, stop


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], stretch: _Stretch) -> list[Pair]:
    """The longest rising row of pairs whose element is unique on both sides of the stretch."""
    lo, hi, start, stop = stretch
    once_old = _unique(old, lo, hi)
    once_new = _unique(new, start, stop)
    common = [(i, once_new[element]) for element, i in once_old.items() if element in once_new]
    return _rising(common)


def _unique(row: Sequence[Hashable], lo: int, hi: int) -> dict[Hashable, int]:
    counts = Counter(row[lo:hi])
    return {row[index]: index for index in range(lo, hi) if counts[row[index]] == 1}


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest subsequence whose second members rise; the first members rise already."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, (_, j) in enumerate(pairs):
        length = bisect_left(tails, j)
        tails[length:] = [j] if length == len(tails) else [j, *tails[length + 1 :]]
        before.append(last[length - 1] if length else None)
        last[length : length + 1] = [index]
    row = []
    step = last[-1] if last else None
    while step is not None:
        row.append(pairs[step])
        step = before[step]
    return row[::-1]


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """The longest common subsequence, from the full table."""
    table = [[0] * (len(new) + 1)]
    for element in reversed(old):
        below, row = table[-1], [0] * (len(new) + 1)
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if element == new[j] else max(below[j], row[j + 1])
        table.append(row)
    table.reverse()
    pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def hunks(old: Sequence[Block], new: Sequence[Block]) -> list[Hunk]:
    """Where the blocks differ, as finely as can be told: edited blocks stand one to one.

    Blocks are compared by their text alone. Between two hunks (and before the first and after the
    last) the blocks are the same, one to one.
    """
    found: list[Hunk] = []
    i = j = 0
    for k, m in [*match([b.text for b in old], [b.text for b in new]), (len(old), len(new))]:
        if i < k or j < m:
            found += _finer(old, new, Hunk(i, k, j, m))
        i, j = k + 1, m + 1
    return found


def _finer(old: Sequence[Block], new: Sequence[Block], hunk: Hunk) -> list[Hunk]:
    """The hunk cut at the blocks that were edited rather than replaced."""
    cuts = _edited(old, new, hunk)
    found: list[Hunk] = []
    i, j = hunk.old_lo, hunk.new_lo
    for k, m in [*cuts, (hunk.old_hi, hunk.new_hi)]:
        if j == m:
            found += [Hunk(gone, gone + 1, j, j) for gone in range(i, k)]
        elif i < k or j < m:
            found.append(Hunk(i, k, j, m))
        if (k, m) != (hunk.old_hi, hunk.new_hi):
            found.append(Hunk(k, k + 1, m, m + 1))
        i, j = k + 1, m + 1
    return found


def _edited(old: Sequence[Block], new: Sequence[Block], hunk: Hunk) -> list[Pair]:
    """Pairs of an old block and the new block that it was edited into, both rising."""
    size = (hunk.old_hi - hunk.old_lo) * (hunk.new_hi - hunk.new_lo)
    if not 1 < size <= _PAIRING_LIMIT:
        return []
    old_words = {i: words(old[i].text) for i in range(hunk.old_lo, hunk.old_hi)}
    new_words = {j: words(new[j].text) for j in range(hunk.new_lo, hunk.new_hi)}
    pairs: list[Pair] = []
    start = hunk.new_lo
    for i, of_old in old_words.items():
        for j in range(start, hunk.new_hi):
            if old[i].kind is new[j].kind and likeness(of_old, new_words[j]) >= _SIMILAR:
                pairs.append((i, j))
                start = j + 1
                break
    return pairs


def words(text: str) -> Counter[str]:
    """How often each word occurs."""
    return Counter(_WORD.findall(text))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, from 0 (none, or no words) to 1 (the same words)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
