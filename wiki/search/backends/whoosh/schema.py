"""What of a document lies in the Whoosh index: weighted terms, one column of facts, what a hit shows. No body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema
from whoosh.formats import Existence, Positions

from wiki.search.analysis.compounds import Lexicon
from wiki.search.backends.entries import facts, shown
from wiki.search.contracts import IndexDocument
from wiki.search.terms import FORM, GRAM, PART, STEM, document_terms

Posting = tuple[bytes, int, float, bytes]
_SEPARATOR = "\x1f"
_PLACES = Positions()


class WeightedTerms(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Terms that come analysed and weighed: the value is a mapping of term to weight."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: Mapping[str, float], **_options: object) -> Iterator[Posting]:
        """Give the postings as Whoosh stores them."""
        for term, weight in value.items():
            yield term.encode(), 1, weight, b""


class WordPlaces(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Words as written with their weights and places: the value is a mapping of word to (weight, places)."""

    def __init__(self) -> None:
        super().__init__(format=Positions(), analyzer=None)

    def index(self, value: Mapping[str, tuple[float, list[int]]], **_options: object) -> Iterator[Posting]:
        """Give the postings as Whoosh stores them."""
        for word, (weight, places) in value.items():
            yield word.encode(), len(places), weight, _PLACES.encode(places)


def schema() -> Schema:
    """Give the schema; a change of it needs a new VERSION in backend.py."""
    levels = {level: WeightedTerms() for level in (STEM, PART, GRAM)}
    return Schema(key=ID(unique=True), facts=COLUMN(VarBytesColumn()), shown=STORED(), **{FORM: WordPlaces()}, **levels)


def fields(document: IndexDocument, lexicon: Lexicon) -> dict[str, object]:
    """Give the document as the writer takes it."""
    terms = document_terms(document, lexicon)
    forms = {
        word: (weight, terms.positions[word]) for word, weight in terms.weights[FORM].items() if word in terms.positions
    }
    return {
        "key": document.key,
        "facts": _facts(document),
        "shown": shown(document),
        FORM: forms,
        **{level: terms.weights[level] for level in (STEM, PART, GRAM)},
    }


def _facts(document: IndexDocument) -> bytes:
    values = (*facts(document), document.space_name, document.municipality_name)
    return _SEPARATOR.join(value.replace(_SEPARATOR, " ") for value in values).encode()


def read_facts(value: bytes) -> list[str]:
    """Give the values of `FACTS`, then the names of space and municipality."""
    return value.decode().split(_SEPARATOR)


def decode_places(value: bytes) -> list[int]:
    """Give the places of a word in one document."""
    places: list[int] = _PLACES.decode_positions(value)
    return places
