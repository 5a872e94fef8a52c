"""Answer a query from a snapshot: rank, narrow by facets, count them, cut out the page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from threading import Lock

from wiki.search.contracts import MAX_LIMIT, Facets, FacetValue, Hit, Query, SearchPage, Suggestions
from wiki.search.likeness import grouped
from wiki.search.parsing import parse
from wiki.search.ranking import Ranking, rank
from wiki.search.reader_view import ReaderView, facet_counts
from wiki.search.snapshot import Snapshot
from wiki.search.spelling import suggestion
from wiki.search.suggesting import suggest

FACETS = ("kind", "space", "language", "municipality")
LONGEST_FACET = 30
KEPT_VIEWS = 64


class Engine:
    """Searches one snapshot; keeps the views of the latest readers, since most people search more than once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._views: OrderedDict[frozenset[str] | None, ReaderView] = OrderedDict()
        self._lock = Lock()

    def view(self, tokens: frozenset[str] | None) -> ReaderView:
        """Give the index as the holder of these tokens sees it."""
        with self._lock:
            view = self._views.get(tokens)
            if view is None:
                view = self._views[tokens] = ReaderView(self.snapshot, tokens)
                if len(self._views) > KEPT_VIEWS:
                    self._views.popitem(last=False)
            else:
                self._views.move_to_end(tokens)
            return view

    def search(self, query: Query, tokens: frozenset[str] | None) -> SearchPage:
        """Answer from what the holder of these tokens may read."""
        parsed = parse(query.text)
        if parsed.is_empty:
            return SearchPage(total=0)
        view = self.view(tokens)
        ranking = rank(parsed, self.snapshot, view, prefix=query.prefix)
        chosen = {name: str(getattr(query, name)) for name in FACETS if getattr(query, name)}
        numbers = _narrow(ranking.scores, chosen, view)
        ordered = self._order(numbers, ranking.scores)
        offset, limit = max(0, query.offset), max(0, min(query.limit, MAX_LIMIT))
        rows = grouped(ordered, self.snapshot.columns.sketch) if query.grouped else [[number] for number in ordered]
        return SearchPage(
            total=len(ordered),
            rows=len(rows),
            hits=tuple(self._hit(row, ranking) for row in rows[offset : offset + limit]),
            facets=self._facets(ranking.scores, chosen, view),
            suggestion=suggestion(query.text, ranking.unknown),
            marks=ranking.marks,
        )

    def suggest(self, text: str, limit: int, tokens: frozenset[str] | None) -> Suggestions:
        """Give what a half-typed query may become, from what the holder of these tokens may read."""
        return suggest(text, limit, self.snapshot, self.view(tokens))

    def _hit(self, row: Sequence[int], ranking: Ranking) -> Hit:
        first, *others = (self.snapshot.hit(number, ranking.scores[number]) for number in row)
        return replace(first, similar=tuple(others), reasons=ranking.reasons(row[0]))

    def _order(self, numbers: Iterable[int], scores: dict[int, float]) -> list[int]:
        """The best first; of equals the newest; then by key, so that paging never repeats one."""
        columns = self.snapshot.columns
        ordered = sorted(numbers, key=columns.key.__getitem__)
        ordered.sort(key=columns.updated.__getitem__, reverse=True)
        ordered.sort(key=lambda number: round(scores[number], 6), reverse=True)
        return ordered

    def _facets(self, scores: dict[int, float], chosen: dict[str, str], view: ReaderView) -> Facets:
        return Facets(*(self._facet(name, scores, chosen, view) for name in FACETS))

    def _facet(
        self, name: str, scores: dict[int, float], chosen: dict[str, str], view: ReaderView
    ) -> tuple[FacetValue, ...]:
        others = {other: value for other, value in chosen.items() if other != name}
        counts = facet_counts(_narrow(scores, others, view), getattr(view.columns, name))
        label = self._labels(name)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(FacetValue(value, label(value), count) for value, count in ordered[:LONGEST_FACET])

    def _labels(self, name: str) -> Callable[[str], str]:
        names = {"space": self.snapshot.columns.space_names, "municipality": self.snapshot.columns.municipality_names}
        known = names.get(name, {})
        return lambda value: known.get(value, value)


def _narrow(scores: dict[int, float], chosen: dict[str, str], view: ReaderView) -> Sequence[int]:
    numbers: Sequence[int] = list(scores)
    for name, value in chosen.items():
        column = getattr(view.columns, name)
        numbers = [number for number in numbers if column[number] == value]
    return numbers
