"""What search shows to the rest of the house: the shapes of an index entry, a query and its answer, and two protocols.

A room that wants its things found implements `Source` in its `index.py` and calls `register_source` in its `wiring.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

MAX_LIMIT = 100
DEFAULT_LIMIT = 20


class IndexBroken(Exception):
    """The index is missing, cut or of another version. It holds nothing that cannot be made afresh: rebuild it."""


@dataclass(frozen=True, kw_only=True)
class IndexDocument:
    """One findable thing. `body` is plain text; it is analysed but never kept in the index.

    `tokens` are the audience tokens of the thing: it is readable for whoever holds at least one of them.
    """

    key: str  # "document:12", unique over all sources
    source: str  # the name of its Source, "document"
    thing_id: int
    kind: str  # "page", "minutes", "person" ...: the facet
    title: str
    tokens: frozenset[str]
    body: str = ""
    headings: Sequence[str] = ()
    tags: Sequence[str] = ()
    space_id: int | None = None
    space_slug: str = ""
    space_name: str = ""
    network_id: int | None = None
    municipality: str = ""  # four digits, or "" for none
    municipality_name: str = ""
    language: str = "nb"
    updated_at: datetime | None = None
    url: str = ""
    source_path: str = ""
    published: bool = True
    owner: str = ""  # a role, not a person


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a person asked for. `prefix` lets the last word stand for every word that begins with it."""

    text: str
    kind: str = ""
    space: str = ""  # slug
    municipality: str = ""
    language: str = ""
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    prefix: bool = False
    grouped: bool = False  # put nearly identical texts together; `limit` and `offset` count rows then


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One answer. `snippet` is safe HTML: escaped text with the matched words in <mark>."""

    key: str
    source: str
    thing_id: int
    kind: str
    title: str
    space_slug: str
    space_name: str
    municipality: str
    municipality_name: str
    language: str
    updated_at: datetime | None
    url: str
    source_path: str
    published: bool
    score: float
    snippet: str = ""
    title_html: str = ""
    similar: tuple[Hit, ...] = ()  # nearly identical texts that this hit stands for
    reasons: tuple[tuple[str, float], ...] = ()  # each word or phrase of the query, and what it gave to the score


@dataclass(frozen=True)
class FacetValue:
    """A value one can narrow the search to, and how many readable hits it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facets:
    """Counts over the readable hits. Each facet leaves its own filter out, so that one can change one's mind."""

    kind: tuple[FacetValue, ...] = ()
    space: tuple[FacetValue, ...] = ()
    language: tuple[FacetValue, ...] = ()
    municipality: tuple[FacetValue, ...] = ()


@dataclass(frozen=True)
class Marks:
    """What to mark in a text: words as written, and keys of words."""

    forms: Set[str] = frozenset()
    keys: Set[str] = frozenset()


@dataclass(frozen=True)
class SearchPage:
    """One page of hits out of `total` documents in `rows` rows, which are as many unless texts are put together.

    `marks` are the analysed words the query matched, for highlighting.
    """

    total: int
    rows: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Facets = field(default_factory=Facets)
    suggestion: str | None = None
    marks: Marks = field(default_factory=Marks)
    rebuilding: bool = False  # nothing was searched: the index is being made afresh


@dataclass(frozen=True)
class Suggestions:
    """What a half-typed query may become: documents by title, and tags."""

    titles: tuple[Hit, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class IndexStats:
    """The size of an index: documents, segments they lie in, and documents when it was last made afresh."""

    documents: int
    segments: int
    rebuilt_with: int


class SearchBackend(Protocol):
    """An index that can be thrown away. Any thread may call; one writer at a time is the caller's duty."""

    def index(self, batch: Sequence[IndexDocument]) -> None:
        """Add the documents, each in place of what stood under its key, and make them findable."""

    def delete(self, keys: Iterable[str]) -> None:
        """Take the keys out; an unknown key is no error."""

    def search(self, query: Query, tokens: frozenset[str] | None) -> SearchPage:
        """Answer from the documents that share an audience token with `tokens`, and from nothing else.

        None stands for whoever owns the machine and reads everything.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """

    def suggest(self, text: str, limit: int, tokens: frozenset[str] | None) -> Suggestions:
        """Give what a half-typed query may become, out of the documents that `search` would answer from.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """

    def rebuild(self, documents: Callable[[], Iterable[IndexDocument]]) -> int:
        """Make the index afresh from all documents, while the old one answers; returns how many there are.

        `documents` is called twice: first to learn the words that compounds are made of, then to index.
        """

    def stats(self) -> IndexStats:
        """Say how large the index is."""


class Source(Protocol):
    """Where the index entries of one type of thing come from: the database, which stays the truth."""

    name: str

    def load(self, ids: Sequence[int]) -> Iterable[IndexDocument]:
        """Give the index entries of these things; an id left out is deleted from the index."""

    def all_ids(self) -> Iterable[int]:
        """Give the ids of everything that can be found."""

    def texts(self, ids: Sequence[int]) -> Mapping[int, str]:
        """Give the plain body of these things, for highlighting."""


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let search know a source; the same name again takes the place of the first (an app made twice in tests)."""
    _sources[source.name] = source


def sources() -> Mapping[str, Source]:
    """Give the registered sources by name."""
    return _sources
