"""Index documents and back ends for the tests of search."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from wiki.search.backends.memory import MemoryBackend
from wiki.search.backends.whoosh import WhooshBackend
from wiki.search.contracts import IndexDocument, Query, SearchBackend, SearchPage

PUBLIC = frozenset({"public"})
UPDATED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def document(number: int, title: str = "Tittel", body: str = "", **values: object) -> IndexDocument:
    """A public page unless said otherwise."""
    defaults: dict[str, object] = {
        "key": f"document:{number}",
        "source": "document",
        "thing_id": number,
        "kind": "page",
        "tokens": PUBLIC,
        "updated_at": UPDATED,
        "url": f"/s/rom/{number}",
    }
    return IndexDocument(title=title, body=body, **defaults | values)  # type: ignore[arg-type]


def filled(kind: str, folder: Path, documents: Iterable[IndexDocument]) -> SearchBackend:
    """A back end of that kind made from the documents."""
    backend: SearchBackend = MemoryBackend() if kind == "memory" else WhooshBackend(folder)
    kept = list(documents)
    backend.rebuild(lambda: kept)
    return backend


def found(backend: SearchBackend, text: str, tokens: frozenset[str] | None = PUBLIC, **values: object) -> list[int]:
    """The numbers of the documents found, the best first."""
    return numbers(ask(backend, text, tokens, **values))


def ask(backend: SearchBackend, text: str, tokens: frozenset[str] | None = PUBLIC, **values: object) -> SearchPage:
    """The answer to a query."""
    return backend.search(Query(text=text, **{"limit": 100, **values}), tokens)  # type: ignore[arg-type]


def numbers(page: SearchPage) -> list[int]:
    """The numbers of the documents on a page."""
    return [hit.thing_id for hit in page.hits]


Make = Callable[[Iterable[IndexDocument]], SearchBackend]
