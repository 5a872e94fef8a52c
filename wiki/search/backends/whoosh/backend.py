"""The `SearchBackend` over a Whoosh index in a folder. Any number of processes read; one writes at a time.

    folder/state.json     which generation answers, and how many commits it has seen; replaced whole
    folder/index-<n>/     one generation: the Whoosh files, and words.txt, the words that compounds are made of

A commit, and the switch to a generation made afresh, are seen by every process at its next search, since each compares
state.json. Old generations stay until the next rebuild, for those who still read them.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.writing import IndexWriter

from wiki.search.analysis.compounds import Lexicon
from wiki.search.backends.entries import learn, title_words
from wiki.search.backends.whoosh.schema import fields, schema
from wiki.search.backends.whoosh.segments import WhooshSnapshot, reading
from wiki.search.contracts import IndexBroken, IndexDocument, IndexStats, Query, SearchPage, Suggestions
from wiki.search.engine import Engine

VERSION = 4  # of schema, analysis and weights together: another number and the index is made afresh
WRITER_MEMORY_MB = 128
LOCK_SECONDS = 30
MOST_SEGMENTS = 8
_STATE, _WORDS = "state.json", "words.txt"


@dataclass(frozen=True)
class _State:
    version: int
    generation: int
    commit: int
    rebuilt_with: int


class WhooshBackend:
    """A Whoosh index in a folder, which may be deleted at any time and is then made afresh."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._seen: bytes = b""
        self._engine: Engine | None = None
        self._snapshot: WhooshSnapshot | None = None
        self._lexicon = Lexicon()
        self._lexicon_read = (-1, 0)  # generation, bytes read of its words.txt

    def index(self, batch: Sequence[IndexDocument]) -> None:
        """Add or replace documents in one commit; small segments are put together afterwards."""
        state = self._state()
        with self._lock:
            self._read_words(state)
            self._write_words(state, sorted(self._lexicon.add(title_words(batch))))
            lexicon = self._lexicon
        writer = self._writer(state)
        _write(writer, batch, lexicon)
        state = replace(state, commit=state.commit + 1)
        self._put(state)
        self._tidy(state)

    def _tidy(self, state: _State) -> None:
        """Put small segments together once there are many. What was saved is found already: a merge takes longer."""
        if self.stats().segments > MOST_SEGMENTS:
            self._writer(state).commit(merge=True)
            self._put(replace(state, commit=state.commit + 1))

    def delete(self, keys: Iterable[str]) -> None:
        """Take documents out in one commit."""
        state = self._state()
        writer = self._writer(state)
        try:
            for key in keys:
                writer.delete_by_term("key", key)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(merge=False)
        self._put(replace(state, commit=state.commit + 1))

    def search(self, query: Query, tokens: frozenset[str] | None) -> SearchPage:
        """Answer from the documents the holder of the tokens may read.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """
        return self._current().search(query, tokens)

    def suggest(self, text: str, limit: int, tokens: frozenset[str] | None) -> Suggestions:
        """Give what a half-typed query may become.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """
        return self._current().suggest(text, limit, tokens)

    def rebuild(self, documents: Callable[[], Iterable[IndexDocument]]) -> int:
        """Make a new generation beside the one that answers, then switch."""
        self._folder.mkdir(parents=True, exist_ok=True)
        generation = 1 + max([time.time_ns(), *self._generations()])  # never one that a process remembers
        state = _State(VERSION, generation, 0, 0)
        path = self._path(state)
        path.mkdir()
        lexicon = Lexicon(learn(documents()))
        self._write_words(state, sorted(lexicon))
        index = FileStorage(str(path)).create_index(schema())
        count = _write(index.writer(limitmb=WRITER_MEMORY_MB, compound=False), documents(), lexicon, fresh=True)
        self._put(replace(state, rebuilt_with=count))
        for old in self._generations()[:-2]:
            shutil.rmtree(self._path(replace(state, generation=old)), ignore_errors=True)
        return count

    def stats(self) -> IndexStats:
        """Say how large the index is.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """
        self._current()
        snapshot, state = self._snapshot, self._state()
        return (
            IndexStats(sum(snapshot.live), len(snapshot.segments), state.rebuilt_with)
            if snapshot
            else IndexStats(0, 0, 0)
        )

    def _current(self) -> Engine:
        seen = self._read_state()
        with self._lock:
            if seen != self._seen or self._engine is None:
                state = _parse(seen)
                self._read_words(state)
                kept = self._snapshot.segments if self._snapshot else {}
                with reading():
                    self._snapshot = WhooshSnapshot(self._open(state).reader(), kept, self._lexicon)
                self._engine = Engine(self._snapshot)
                self._seen = seen
            return self._engine

    def _open(self, state: _State) -> FileIndex:
        # Plain reads: a mapped file that somebody cuts would kill the process, and what is read is kept anyway.
        return FileStorage(str(self._path(state)), supports_mmap=False).open_index()

    def _writer(self, state: _State) -> IndexWriter:
        with reading():
            return self._open(state).writer(timeout=LOCK_SECONDS, limitmb=WRITER_MEMORY_MB, compound=False)

    def _path(self, state: _State) -> Path:
        return self._folder / f"index-{state.generation}"

    def _generations(self) -> list[int]:
        names = (path.name.removeprefix("index-") for path in self._folder.glob("index-*"))
        return sorted(int(name) for name in names if name.isdecimal())

    def _read_state(self) -> bytes:
        try:
            return (self._folder / _STATE).read_bytes()
        except OSError as error:
            raise IndexBroken("there is no index") from error

    def _state(self) -> _State:
        return _parse(self._read_state())

    def _put(self, state: _State) -> None:
        """Let every process see a commit."""
        fresh = self._folder / f"{_STATE}.{os.getpid()}"
        fresh.write_text(json.dumps(asdict(state)), "utf-8")
        fresh.replace(self._folder / _STATE)

    def _read_words(self, state: _State) -> None:
        """Read what other processes have learnt since."""
        generation, read = self._lexicon_read
        if generation != state.generation:
            self._lexicon, read = Lexicon(), 0
        path = self._path(state) / _WORDS
        size = path.stat().st_size if path.exists() else 0
        if size > read:
            with reading(), path.open("rb") as file:
                file.seek(read)
                text = file.read(size - read)
                whole = text[: text.rfind(b"\n") + 1]
                self._lexicon.add_learnt(whole.decode().split())
            read += len(whole)
        self._lexicon_read = (state.generation, read)

    def _write_words(self, state: _State, learnt: Sequence[str]) -> None:
        if learnt:
            with (self._path(state) / _WORDS).open("a", encoding="utf-8") as file:
                file.write("\n".join(learnt) + "\n")


def _write(writer: IndexWriter, batch: Iterable[IndexDocument], lexicon: Lexicon, *, fresh: bool = False) -> int:
    add = writer.add_document if fresh else writer.update_document
    count = 0
    try:
        for document in batch:
            add(**fields(document, lexicon))
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    return count


def _parse(text: bytes) -> _State:
    try:
        state = _State(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise IndexBroken("the state of the index cannot be read") from error
    if state.version != VERSION:
        raise IndexBroken("the index was written by another version")
    return state
