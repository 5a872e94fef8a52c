"""Measure the search on a judged corpus: `python -m tests.relevance CORPUS QUERIES [--backend memory|whoosh]`."""

from __future__ import annotations

import argparse
import functools
import json
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from tests.relevance.corpus import corpus_documents
from tests.relevance.measures import Score, mean, measure
from wiki.search.backends.memory import MemoryBackend
from wiki.search.contracts import Query, SearchBackend

write = functools.partial(print, flush=True)  # a program for the shell
READER = frozenset({"public"})


def main() -> None:
    """Index the corpus, ask every query, print the measures by class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--backend", choices=("memory", "whoosh"), default="memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        backend = _backend(options.backend, Path(folder))
        started = time.perf_counter()
        count = backend.rebuild(lambda: corpus_documents(options.corpus))
        write(f"{count} documents indexed in {time.perf_counter() - started:.1f} s")
        _report(backend, options.queries)


def _backend(name: str, folder: Path) -> SearchBackend:
    if name == "memory":
        return MemoryBackend()
    from wiki.search.backends.whoosh import WhooshBackend

    return WhooshBackend(folder)


def _report(backend: SearchBackend, path: Path) -> None:
    classes: dict[str, list[Score]] = defaultdict(list)
    times = []
    for line in path.read_text("utf-8").splitlines():
        judged = json.loads(line)
        started = time.perf_counter()
        page = backend.search(Query(text=judged["query"], limit=100), READER)
        times.append(1000 * (time.perf_counter() - started))
        score = measure([hit.key for hit in page.hits], judged["judgments"])
        for name in (judged["class"], "all"):
            classes[name].append(score)
    write(f"{'class':10} {'n':>3} {'nDCG@10':>8} {'MRR':>6} {'recall@20':>9}")
    for name in sorted(classes, key=lambda name: (name == "all", name)):
        score = mean(classes[name])
        write(f"{name:10} {len(classes[name]):3} {score.ndcg:8.3f} {score.reciprocal_rank:6.3f} {score.recall:9.3f}")
    times.sort()
    write(f"ms a query: p50 {times[len(times) // 2]:.1f}, worst {times[-1]:.1f}")


if __name__ == "__main__":
    main()
