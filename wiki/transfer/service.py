"""Imports a folder into a sink, in batches: one write transaction for each, so that others get to write between."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from wiki.core.db import db, unit_of_work
from wiki.core.errors import DomainError
from wiki.transfer.contracts import Item, Outcome, Result, Sink
from wiki.transfer.readers.markdown_in import MANIFEST, Source, Unreadable, find_sources, read, read_manifest

BATCH = 50

Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What became of everything that was found.

    Attributes:
        counts: how many of each result.
        skipped: (path, reason) of what was left out, in the order of the paths.
    """

    counts: Counter[Result] = field(default_factory=Counter)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def add(self, path: str, outcome: Outcome) -> None:
        """Count one more."""
        self.counts[outcome.result] += 1
        if outcome.result is Result.SKIPPED:
            self.skipped.append((path, outcome.reason))

    @property
    def total(self) -> str:
        """The sum as one line."""
        return ", ".join(f"{self.counts[result]} {result}" for result in Result)


def import_folder(folder: Path, sink: Sink, dry_run: bool = False, on_progress: Progress | None = None) -> Report:
    """Bring every Markdown and text file under the folder into a sink that has begun.

    A second run brings in what has changed since and nothing else. `on_progress(done, total)` counts files. What cannot
    be brought in is skipped with its reason and stops nothing.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    report, described = Report(), read_manifest(folder)
    sources = [source for source in find_sources(folder) if not (described and source.path == MANIFEST)]
    done, seen = 0, set[str]()
    for batch in _batches(sources):
        items = list(_read_all(batch, described, report, seen))
        with nullcontext() if dry_run else unit_of_work():
            for item in items:
                report.add(item.source_path, _save(sink, item, dry_run))
        done += len(batch)
        if on_progress is not None:
            on_progress(done, len(sources))
    report.skipped.sort()
    return report


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    left = iter(sources)
    while batch := list(islice(left, BATCH)):
        yield batch


def _read_all(
    sources: Iterable[Source], described: Mapping[str, Mapping[str, Any]], report: Report, seen: set[str]
) -> Iterator[Item]:
    """The items in the files; what cannot be read goes into the report. `seen` are the paths of those before."""
    for source in sources:
        try:
            item = read(source, described.get(source.path))
        except Unreadable as error:
            report.add(source.path, Outcome(Result.SKIPPED, str(error)))
            continue
        if item.source_path in seen:  # two spellings of one name, which some file systems keep apart
            report.add(source.path, Outcome(Result.SKIPPED, "another file has the same name"))
            continue
        seen.add(item.source_path)
        yield item


def _save(sink: Sink, item: Item, dry_run: bool) -> Outcome:
    """One item into the sink; a refusal undoes this item alone."""
    try:
        with nullcontext() if dry_run else db.session.begin_nested():
            return sink.save(item, dry_run)
    except DomainError as error:
        return Outcome(Result.SKIPPED, " ".join(getattr(error, "fields", {}).values()) or error.message)
