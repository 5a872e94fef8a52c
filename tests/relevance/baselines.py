"""Plain lexical methods to hold the search against. Each is a class made of the entries, with `rank(query)`."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log
from pathlib import Path

import simplemma
from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import MultifieldParser, OrGroup

from tests.relevance.corpus import Entry

DEPTH = 100  # documents in a ranking
_WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


class SqliteFts:
    """SQLite FTS5 as it comes: unicode61, its bm25 with the title no heavier than the text, any of the words."""

    name = "FTS5"

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("create virtual table texts using fts5(id unindexed, title, body)")
        rows = ((entry.id, self._written(entry.title), self._written(entry.text)) for entry in entries)
        self._database.executemany("insert into texts values (?, ?, ?)", rows)

    def rank(self, query: str) -> list[str]:
        """Give the ids, the best first."""
        words = " OR ".join(f'"{word}"' for word in _words(self._written(query)))
        if not words:
            return []
        found = self._database.execute("select id from texts where texts match ? order by rank limit ?", (words, DEPTH))
        return [row[0] for row in found]

    def _written(self, text: str) -> str:
        return text


class SqliteLemmas(SqliteFts):
    """The same over the dictionary forms of bokmål and nynorsk."""

    name = "+lemmas"

    def _written(self, text: str) -> str:
        return " ".join(simplemma.lemmatize(word, lang=("nb", "nn")).lower() for word in _words(text))


class WhooshNorwegian:
    """Whoosh with the Norwegian stemmer it brings, any of the words."""

    name = "Whoosh"

    def __init__(self, entries: Sequence[Entry]) -> None:
        analyzer = LanguageAnalyzer("no")
        schema = Schema(id=ID(stored=True), title=TEXT(analyzer), body=TEXT(analyzer))
        self._folder = tempfile.TemporaryDirectory()
        index = create_in(Path(self._folder.name), schema)
        with index.writer() as writer:
            for entry in entries:
                writer.add_document(id=entry.id, title=entry.title, body=entry.text)
        self._searcher = index.searcher()
        self._parser = MultifieldParser(["title", "body"], schema, group=OrGroup)

    def rank(self, query: str) -> list[str]:
        """Give the ids, the best first."""
        asked = self._parser.parse(" ".join(_words(query)))
        return [hit["id"] for hit in self._searcher.search(asked, limit=DEPTH)]


class CharacterGrams:
    """BM25 over sequences of four letters, the title counted six times: the one to beat."""

    name = "4-grams"
    size, title_times, k1, b = 4, 6, 1.2, 0.75

    def __init__(self, entries: Sequence[Entry]) -> None:
        counts = {entry.id: self._counts(entry) for entry in entries}
        self._lengths = {name: sum(found.values()) for name, found in counts.items()}
        self._mean = sum(self._lengths.values()) / max(1, len(counts))
        self._postings: dict[str, dict[str, int]] = defaultdict(dict)
        for name, found in counts.items():
            for gram, count in found.items():
                self._postings[gram][name] = count

    def rank(self, query: str) -> list[str]:
        """Give the ids, the best first."""
        scores: dict[str, float] = defaultdict(float)
        for gram in self._grams(query):
            found = self._postings.get(gram, {})
            idf = log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for name, count in found.items():
                thin = 1 - self.b + self.b * self._lengths[name] / self._mean
                scores[name] += idf * count * (self.k1 + 1) / (count + self.k1 * thin)
        return sorted(scores, key=lambda name: (-scores[name], name))[:DEPTH]

    def _counts(self, entry: Entry) -> Counter[str]:
        counts = Counter(self._grams(entry.text))
        for gram in self._grams(entry.title):
            counts[gram] += self.title_times
        return counts

    def _grams(self, text: str) -> list[str]:
        marked = (f" {word} " for word in _words(text))
        return [word[at : at + self.size] for word in marked for at in range(max(1, len(word) - self.size + 1))]


BASELINES = (SqliteFts, SqliteLemmas, WhooshNorwegian, CharacterGrams)
