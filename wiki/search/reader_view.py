"""An index as one reader sees it. Whatever ranking counts, it counts here: unreadable documents do not exist.

So neither order, score, total, facet nor suggestion depends on a document the reader may not read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from wiki.search.snapshot import Columns, Snapshot

MOST_BEGINNINGS = 60


class ReaderView:
    """The documents of a snapshot that share an audience token with the reader; all of them when `tokens` is None."""

    def __init__(self, snapshot: Snapshot, tokens: frozenset[str] | None) -> None:
        audience = snapshot.columns.audience
        readable = {ring: tokens is None or not tokens.isdisjoint(ring.split(" ")) for ring in set(audience)}
        pairs = zip(snapshot.live, audience, strict=True)
        self.mask = bytes(live and readable[ring] for live, ring in pairs)
        self.count = sum(self.mask)
        self._snapshot = snapshot
        self._beginnings: dict[str, list[str]] = {}
        self._tags: frozenset[str] | None = None

    @property
    def columns(self) -> Columns:
        """The columns of all documents; ask only with readable numbers."""
        return self._snapshot.columns

    def numbers(self) -> list[int]:
        """Give the numbers of all readable documents."""
        return [number for number, readable in enumerate(self.mask) if readable]

    def tags(self) -> frozenset[str]:
        """Give the tags of all readable documents."""
        if self._tags is None:
            column = self.columns.tags
            lines = {column[number] for number in self.numbers()}
            self._tags = frozenset(tag for line in lines for tag in line.split("\n") if tag)
        return self._tags

    def weights(self, level: str, term: str) -> dict[int, float]:
        """Give the readable documents that hold a term, and its weight in each."""
        mask = self.mask
        found: dict[int, float] = {}
        for numbers, weights in self._snapshot.postings(level, term):
            found.update((n, w) for n, w in zip(numbers, weights, strict=True) if mask[n])
        return found

    def holds(self, level: str, term: str) -> bool:
        """Whether any readable document holds the term."""
        mask = self.mask
        return any(mask[n] for numbers, _ in self._snapshot.postings(level, term) for n in numbers)

    def frequency(self, level: str, term: str) -> int:
        """Give how many readable documents hold the term."""
        mask = self.mask
        return sum(mask[n] for numbers, _ in self._snapshot.postings(level, term) for n in numbers)

    def places(self, form: str) -> Mapping[int, Sequence[int]]:
        """Give where a word as written stands, by document; ask only for readable ones."""
        return self._snapshot.positions(form)

    def phrase(self, forms: Sequence[str]) -> set[int]:
        """Give the readable documents that hold these words side by side, as written."""
        mask = self.mask
        places = [self._snapshot.positions(form) for form in forms]
        first, *rest = sorted(places, key=len)
        candidates = [n for n in first if mask[n] and all(n in other for other in rest)]
        return {n for n in candidates if _side_by_side([other[n] for other in places])}

    def beginning_with(self, beginning: str) -> list[str]:
        """Give the readable words that begin so, as written; at most `MOST_BEGINNINGS`."""
        cached = self._beginnings.get(beginning)
        if cached is None:
            found = {word for part in self._snapshot.vocabularies() for word in _beginnings(part, beginning)}
            readable = (word for word in sorted(found) if self.holds("form", word))
            cached = self._beginnings[beginning] = list(islice(readable, MOST_BEGINNINGS))
        return cached

    def closest(self, find: Callable[[Sequence[str]], Iterable[str]]) -> list[str]:
        """Give those words out of `find(vocabulary)` that stand in a readable document."""
        found = {word for vocabulary in self._snapshot.vocabularies() for word in find(vocabulary)}
        return [word for word in sorted(found) if self.holds("form", word)]


def _beginnings(vocabulary: Sequence[str], beginning: str) -> Iterator[str]:
    for position in range(bisect_left(vocabulary, beginning), len(vocabulary)):
        if not vocabulary[position].startswith(beginning):
            return
        yield vocabulary[position]


def _side_by_side(places: Sequence[Sequence[int]]) -> bool:
    if len(places) == 1:
        return True
    starts = set(places[0])
    for distance, following in enumerate(places[1:], start=1):
        starts &= {place - distance for place in following}
    return bool(starts)


def facet_counts(numbers: Iterable[int], column: Sequence[str]) -> Mapping[str, int]:
    """Count the values of a column over documents; documents without a value do not count."""
    counts: dict[str, int] = {}
    for number in numbers:
        value = column[number]
        if value:
            counts[value] = counts.get(value, 0) + 1
    return counts
