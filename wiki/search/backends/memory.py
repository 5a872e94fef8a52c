"""An index in plain dictionaries: the simplest right one. For tests, and to read the others against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import RLock

from wiki.search.analysis.compounds import Lexicon
from wiki.search.backends.entries import FACTS, facts, learn, title_words, to_hit
from wiki.search.contracts import Hit, IndexDocument, IndexStats, Query, SearchPage, Suggestions
from wiki.search.engine import Engine
from wiki.search.snapshot import Chunk, Columns
from wiki.search.terms import DocumentTerms, document_terms
from wiki.search.titles import TitleWords


class MemorySnapshot:
    """All entries at one moment, numbered in the order of their keys."""

    def __init__(self, entries: Mapping[str, tuple[IndexDocument, DocumentTerms]], lexicon: Lexicon) -> None:
        self._documents = [entries[key][0] for key in sorted(entries)]
        self._terms: dict[tuple[str, str], tuple[list[int], list[float]]] = {}
        self._positions: dict[str, dict[int, list[int]]] = {}
        self.live = [True] * len(self._documents)
        self.lexicon = lexicon
        self.columns = Columns()
        for number, key in enumerate(sorted(entries)):
            self._add(number, *entries[key])
        self._vocabulary = sorted(self._positions)
        self._titles = TitleWords(self.columns.title)

    def _add(self, number: int, document: IndexDocument, terms: DocumentTerms) -> None:
        columns = self.columns
        for name, value in zip(FACTS, facts(document), strict=True):
            getattr(columns, name).append(value)
        columns.space_names[document.space_slug] = document.space_name
        columns.municipality_names[document.municipality] = document.municipality_name or document.municipality
        for level, weights in terms.weights.items():
            for term, weight in weights.items():
                numbers, values = self._terms.setdefault((level, term), ([], []))
                numbers.append(number)
                values.append(weight)
        for form, places in terms.positions.items():
            self._positions.setdefault(form, {})[number] = places

    def postings(self, level: str, term: str) -> Iterable[Chunk]:
        """Give the one chunk of a term."""
        found = self._terms.get((level, term))
        return [found] if found else []

    def positions(self, form: str) -> Mapping[int, Sequence[int]]:
        """Give the places of a word by document."""
        return self._positions.get(form, {})

    def vocabularies(self) -> Iterable[Sequence[str]]:
        """Give the one list of all words as written."""
        return [self._vocabulary]

    def titles_with(self, beginning: str) -> set[int]:
        """Give the documents whose titles have a word that begins so."""
        return self._titles.beginning_with(beginning)

    def hit(self, number: int, score: float) -> Hit:
        """Give what is shown of a document."""
        return to_hit(self._documents[number], score)


class MemoryBackend:
    """A `SearchBackend` that forgets everything when the process ends."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[IndexDocument, DocumentTerms]] = {}
        self._lexicon = Lexicon()
        self._engine: Engine | None = None
        self._rebuilt_with = 0
        self._lock = RLock()

    def index(self, batch: Sequence[IndexDocument]) -> None:
        """Add or replace documents."""
        with self._lock:
            self._lexicon.add(title_words(batch))
            for document in batch:
                self._entries[document.key] = (document, document_terms(document, self._lexicon))
            self._engine = None

    def delete(self, keys: Iterable[str]) -> None:
        """Take documents out."""
        with self._lock:
            for key in keys:
                self._entries.pop(key, None)
            self._engine = None

    def search(self, query: Query, tokens: frozenset[str] | None) -> SearchPage:
        """Answer from the documents the holder of the tokens may read."""
        return self._current().search(query, tokens)

    def suggest(self, text: str, limit: int, tokens: frozenset[str] | None) -> Suggestions:
        """Give what a half-typed query may become."""
        return self._current().suggest(text, limit, tokens)

    def _current(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = Engine(MemorySnapshot(self._entries, self._lexicon))
            return self._engine

    def rebuild(self, documents: Callable[[], Iterable[IndexDocument]]) -> int:
        """Make the index afresh."""
        lexicon = Lexicon(learn(documents()))
        entries = {d.key: (d, document_terms(d, lexicon)) for d in documents()}
        with self._lock:
            self._entries, self._lexicon, self._engine = entries, lexicon, None
            self._rebuilt_with = len(entries)
        return len(entries)

    def stats(self) -> IndexStats:
        """Say how large the index is."""
        return IndexStats(len(self._entries), 1, self._rebuilt_with)
