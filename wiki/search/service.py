"""The use cases of search: answer a reader, bring the index up to date from the outbox, make it afresh.

One writer at a time over all processes, by a lock file. An index that has vanished or broken is made afresh.
"""

from __future__ import annotations

import fcntl
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from wiki.core.authz import Actor
from wiki.core.clock import now
from wiki.core.db import db, in_unit_of_work
from wiki.search import outbox
from wiki.search.contracts import (
    Hit,
    IndexBroken,
    IndexDocument,
    IndexStats,
    Query,
    SearchBackend,
    SearchPage,
    Suggestions,
    sources,
)
from wiki.search.highlight import Highlighter
from wiki.search.models import OutboxRow

BATCH = 100
STALE_AFTER_SECONDS = 600  # a row that has waited longer makes the process not ready
REBUILD_FROM = 400  # documents; a smaller index is not worth learning compounds from again
LEARNT_ENOUGH = 2000  # documents; a larger index knows its words, and making it afresh would hold up saves

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Readiness:
    """Whether the index keeps up: rows that wait, how long the oldest has waited, rows that have failed."""

    ok: bool
    waiting: int
    oldest_seconds: int
    failed: int


class SearchService:
    """Search over one back end. `recover` is called when a search finds the index broken."""

    def __init__(self, backend: SearchBackend, lock: Path) -> None:
        self._backend = backend
        self._lock_path = lock
        self._is_broken = False
        self.recover: Callable[[], bool] = self.mend

    def search(self, actor: Actor, query: Query) -> SearchPage:
        """Answer from what the actor may read, with passages from the database."""
        return self._highlighted(self._ask(actor.tokens, query))

    def search_everything(self, query: Query) -> SearchPage:
        """Answer whoever owns the machine: from everything, whoever may read it."""
        return self._highlighted(self._ask(None, query))

    def suggest(self, actor: Actor, text: str, limit: int) -> Suggestions:
        """Give what a half-typed query may become, from what the actor may read; nothing while there is no index."""
        try:
            return self._backend.suggest(text, limit, actor.tokens)
        except IndexBroken:
            return Suggestions()  # the next search mends it; a suggestion is not worth the wait

    def _ask(self, tokens: frozenset[str] | None, query: Query) -> SearchPage:
        try:
            return self._backend.search(query, tokens)
        except IndexBroken as error:
            log.warning("the search index is made afresh: %s", error)
            self._is_broken = True
            return self._backend.search(query, tokens) if self.recover() else SearchPage(total=0, rebuilding=True)

    def _highlighted(self, page: SearchPage) -> SearchPage:
        ids: dict[str, list[int]] = defaultdict(list)
        for hit in page.hits:
            ids[hit.source].append(hit.thing_id)
        texts = {name: sources()[name].texts(found) for name, found in ids.items() if name in sources()}
        highlighter = Highlighter(page.marks)

        def shown(hit: Hit) -> Hit:
            text = texts.get(hit.source, {}).get(hit.thing_id, "")
            return replace(hit, snippet=highlighter.passage(text), title_html=highlighter.title(hit.title))

        return replace(page, hits=tuple(map(shown, page.hits)))

    def drain(self) -> int:
        """Bring the index up to date with the outbox; gives how many rows were ticked off.

        What cannot be indexed stays in the outbox with its error and is tried again later.
        """
        with self._writing():
            done, after = self._catch_up(), 0
            while rows := outbox.take(BATCH, after):
                after = rows[-1].id
                due = [row for row in rows if outbox.is_due(row)]
                done += self._index(due) if due else 0
            if done:
                self._relearn()
            return done

    def _catch_up(self) -> int:
        """Make the index afresh when it is broken, or when as much waits as it holds (an import): it is quicker."""
        backlog = outbox.backlog()
        try:
            if len(backlog) < max(REBUILD_FROM, self._backend.stats().documents):
                return 0
        except IndexBroken as error:
            log.warning("the search index is made afresh: %s", error)
        self._rebuild(None)
        outbox.tick_off(backlog)
        return len(backlog)

    def _index(self, rows: Sequence[OutboxRow]) -> int:
        things = [(row.id, row.source, row.thing_id) for row in rows]
        errors: dict[int, str] = {}
        try:
            self._put({(source, thing_id) for _, source, thing_id in things})
        except IndexBroken:
            self._rebuild(None)
        except Exception:  # one bad thing must not hold up the others: they are tried one by one
            log.warning("a batch could not be indexed", exc_info=True)
            errors = self._index_singly(things)
        if errors:
            outbox.note_failures(errors)
        good = [row_id for row_id, _, _ in things if row_id not in errors]
        outbox.tick_off(good)
        return len(good)

    def _index_singly(self, things: Iterable[tuple[int, str, int]]) -> dict[int, str]:
        errors: dict[int, str] = {}
        for row_id, source, thing_id in things:
            try:
                self._put({(source, thing_id)})
            except Exception as error:  # noted on the row and shown by readiness
                log.warning("cannot index %s %s", source, thing_id, exc_info=True)
                errors[row_id] = f"{type(error).__name__}: {error}"
        return errors

    def _put(self, things: set[tuple[str, int]]) -> None:
        ids: dict[str, list[int]] = defaultdict(list)
        for source, thing_id in sorted(things):
            ids[source].append(thing_id)
        found: list[IndexDocument] = []
        for name, wanted in ids.items():
            if name in sources():
                found.extend(sources()[name].load(wanted))
        keys = {f"{source}:{thing_id}" for source, thing_id in things} - {document.key for document in found}
        if found:
            self._backend.index(found)
        if keys:
            self._backend.delete(keys)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index afresh from all sources; the old one answers until it is done. Gives how many documents."""
        with self._writing():
            return self._rebuild(progress)

    def mend(self) -> bool:
        """Make the index afresh if it is broken; true, since it is whole then."""
        with self._writing():
            try:
                self._backend.stats()
            except IndexBroken:
                self._is_broken = True
            if self._is_broken:
                self._rebuild(None)
        return True

    def _rebuild(self, progress: Progress | None) -> int:
        count = self._backend.rebuild(_all_documents(progress))
        self._is_broken = False
        return count

    def _relearn(self) -> None:
        """Make a growing index afresh when it has doubled: compounds are split by the words the wiki holds."""
        stats = self._backend.stats()
        if stats.rebuilt_with < LEARNT_ENOUGH and stats.documents >= max(REBUILD_FROM, 2 * stats.rebuilt_with):
            self._rebuild(None)

    def stats(self) -> IndexStats:
        """Say how large the index is."""
        return self._backend.stats()

    def readiness(self) -> Readiness:
        """Say whether the index keeps up with the database."""
        waiting = outbox.waiting()
        age = int((now() - waiting.oldest).total_seconds()) if waiting.oldest else 0
        return Readiness(age <= STALE_AFTER_SECONDS, waiting.rows, age, waiting.failed)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the only writer, and see what others have committed until now."""
        self._lock_path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock_path.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file closes, also by a kill
            if not in_unit_of_work():
                db.session.rollback()
            yield


def _all_documents(progress: Progress | None) -> Callable[[], Iterable[IndexDocument]]:
    """Give what gives every document of every source, in batches, and tells how far it has come over two rounds."""
    rounds = 0

    def documents() -> Iterator[IndexDocument]:
        nonlocal rounds
        ids = {name: list(source.all_ids()) for name, source in sources().items()}
        count = sum(map(len, ids.values()))
        done = rounds * count
        rounds += 1
        for name, source in sources().items():
            remaining = iter(ids[name])
            while batch := list(islice(remaining, BATCH)):
                yield from source.load(batch)
                done += len(batch)
                if progress:
                    progress(done, 2 * count)

    return documents
