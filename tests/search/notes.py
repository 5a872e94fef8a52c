"""A source of things to find, kept in a dictionary: what a room's tables are to its own source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from tests.search.examples import document
from wiki.core.events import Event
from wiki.search.contracts import IndexDocument


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """A note has been written, changed or thrown away."""

    thing_type: ClassVar[str] = "note"


@dataclass
class Notes:
    """Notes by number: title, text and who may read. A note titled «Uleselig» cannot be loaded."""

    name: ClassVar[str] = "note"
    kept: dict[int, tuple[str, str, frozenset[str]]] = field(default_factory=dict)

    def write(self, number: int, title: str, text: str = "", tokens: Iterable[str] = ("public",)) -> None:
        """Write a note or change it."""
        self.kept[number] = (title, text, frozenset(tokens))

    def load(self, ids: Sequence[int]) -> Iterable[IndexDocument]:
        """The notes that are there."""
        for number in ids:
            if number in self.kept:
                title, text, tokens = self.kept[number]
                if title == "Uleselig":
                    raise ValueError("uleselig")
                yield document(
                    number,
                    title,
                    text,
                    tokens=tokens,
                    source="note",
                    key=f"note:{number}",
                    space_slug="rom",
                    space_name="Rommet",
                )

    def all_ids(self) -> Iterable[int]:
        """All of them."""
        return list(self.kept)

    def texts(self, ids: Sequence[int]) -> Mapping[int, str]:
        """Their texts."""
        return {number: self.kept[number][1] for number in ids if number in self.kept}
