"""`make relevance`: how well the search ranks a judged corpus, by class of query, beside plain lexical methods.

The corpus is imported as a user would. Other queries on other documents are what counts: a rule that helps one query
of this set is no gain.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flask import Flask

from tests.relevance.baselines import BASELINES
from tests.relevance.corpus import Judged, entries, imported, judged_queries
from tests.relevance.measures import Score, mean, measure
from wiki.core.authz import ANONYMOUS
from wiki.search.backends.memory import MemoryBackend
from wiki.search.contracts import Query, SearchBackend, sources
from wiki.search.service import SearchService

write = functools.partial(print, flush=True)  # a program for the shell
SHARED = Path(__file__).resolve().parents[3] / "shared"
MEASURES: Mapping[str, Callable[[Score], float]] = {
    "nDCG@10": lambda score: score.ndcg,
    "MRR": lambda score: score.reciprocal_rank,
    "recall@20": lambda score: score.recall,
}
Rank = Callable[[str], Sequence[str]]


def main() -> None:
    """Import, ask every query of every method, print the measures by class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    parser.add_argument("--queries", type=Path, default=SHARED / "queries" / "queries_dev.jsonl")
    parser.add_argument("--ours", action="store_true", help="leave the baselines out")
    options = parser.parse_args()
    queries = judged_queries(options.queries)
    results: dict[str, dict[str, Score]] = {}
    with tempfile.TemporaryDirectory() as folder, imported(options.corpus, Path(folder)) as app:
        paths = {entry.path: entry.id for entry in entries(options.corpus)}
        for name, service in _services(app, Path(folder)).items():
            results[name] = _measured(functools.partial(_ask, service, paths), queries)
    if not options.ours:
        given = entries(options.corpus)
        results.update({baseline.name: _measured(baseline(given).rank, queries) for baseline in BASELINES})
    for measure_name, take in MEASURES.items():
        _table(measure_name, take, results, queries)


def _services(app: Flask, folder: Path) -> dict[str, SearchService]:
    """The search of the product on its Whoosh index, and on one in memory."""
    whoosh: SearchService = app.extensions["search"].service
    memory: SearchBackend = MemoryBackend()
    found = {"whoosh": whoosh, "memory": SearchService(memory, folder / "memory.lock")}
    for name, service in found.items():
        started = time.perf_counter()
        count = service.rebuild()
        write(f"{name}: {count} of {', '.join(sources())} indexed in {time.perf_counter() - started:.1f} s")
    return found


def _ask(service: SearchService, ids: Mapping[str, str], text: str) -> list[str]:
    page = service.search(ANONYMOUS, Query(text=text, limit=100))
    return [ids.get(hit.source_path, hit.key) for hit in page.hits]


def _measured(rank: Rank, queries: Sequence[Judged]) -> dict[str, Score]:
    classes: dict[str, list[Score]] = defaultdict(list)
    for query in queries:
        score = measure(rank(query.text), query.grades)
        for name in (query.kind, "all"):
            classes[name].append(score)
    return {name: mean(scores) for name, scores in classes.items()}


def _table(
    name: str, take: Callable[[Score], float], results: Mapping[str, Mapping[str, Score]], queries: Sequence[Judged]
) -> None:
    write(f"\n{name:10}{'n':>4}" + "".join(f"{method:>9}" for method in results))
    kinds = [query.kind for query in queries]
    for kind in (*sorted(set(kinds)), "all"):
        count = len(kinds) if kind == "all" else kinds.count(kind)
        write(f"{kind:10}{count:4}" + "".join(f"{take(scores[kind]):9.3f}" for scores in results.values()))


if __name__ == "__main__":
    main()
