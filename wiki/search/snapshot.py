"""What ranking needs of an index, whatever it lies in: an unchanging picture of it, documents numbered from 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from wiki.search.analysis.compounds import Lexicon
from wiki.search.contracts import Hit

Chunk = tuple[Sequence[int], Sequence[float]]  # document numbers and their weights


@dataclass(frozen=True)
class Columns:
    """One value a document, in the order of the numbers.

    `audience` is the sorted tokens with spaces between, `tags` has a line a tag, `published` is "" for a draft.
    """

    key: list[str] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    space: list[str] = field(default_factory=list)
    municipality: list[str] = field(default_factory=list)
    language: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    owner: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    sketch: list[str] = field(default_factory=list)
    space_names: dict[str, str] = field(default_factory=dict)  # slug -> name
    municipality_names: dict[str, str] = field(default_factory=dict)  # number -> name


class Snapshot(Protocol):
    """One state of an index."""

    @property
    def live(self) -> Sequence[bool]:
        """Whether each document is there still."""

    @property
    def columns(self) -> Columns:
        """The columns of all documents, deleted ones too."""

    @property
    def lexicon(self) -> Lexicon:
        """The words by which compounds were split."""

    def postings(self, level: str, term: str) -> Iterable[Chunk]:
        """Give the documents that hold a term, and its weight in each."""

    def positions(self, form: str) -> Mapping[int, Sequence[int]]:
        """Give the places of a word as written, by document."""

    def vocabularies(self) -> Iterable[Sequence[str]]:
        """Give the words as written in one or more lists, each in the order of letters; a word may stand in several."""

    def titles_with(self, beginning: str) -> set[int]:
        """Give the documents whose titles have a word that begins so, deleted ones too."""

    def hit(self, number: int, score: float) -> Hit:
        """Give what is shown of a document, without snippet."""
