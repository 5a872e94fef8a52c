"""What an import is made of: the item that is read, what became of it, and the sink a higher room offers.

The reader knows files, the sink knows documents, and neither knows the other. A room that takes items in implements
`Sink` and calls `register_sink` in its `wiring.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from wiki.core.authz import Actor

AUDIENCES = ("editors", "space", "municipality", "network", "networks", "public")


@dataclass(frozen=True)
class Item:
    """One document as it was read.

    Attributes:
        source_path: where it lay, relative to the folder: with `/`, in NFC. The same path again is the same document.
        body: Markdown, without front matter and without the heading that became the title.
        language: `nb`, `nn` or `en`; None when the source does not say.
        data: the fields of the front matter that are not title, language or tags; plain JSON values.
    """

    source_path: str
    title: str
    body: str
    language: str | None = None
    tags: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)


class Result(StrEnum):
    """What became of an item."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Outcome:
    """What became of an item, and why when it was skipped."""

    result: Result
    reason: str = ""


class Sink(Protocol):
    """Where items go. One sink serves one import; `begin` comes before the first `save`."""

    def actor(self, email: str) -> Actor:
        """The person with that e-mail address, to import on their behalf.

        Raises:
            NotFound: nobody has it.
        """

    def begin(self, actor: Actor, space_slug: str, audience: str | None) -> None:
        """Aim at a space; `audience` is one of AUDIENCES, or None for what the space says.

        Raises:
            NotFound: there is no such space.
            Forbidden: the actor may not write there.
            Invalid: the space cannot have that audience.
        """

    def save(self, item: Item, dry_run: bool) -> Outcome:
        """Store the item as a new or changed document; in a dry run only say what would become of it.

        Called inside a unit of work unless it is a dry run. A DomainError skips the item and nothing else.
        """


_sinks: list[Callable[[], Sink]] = []


def register_sink(make: Callable[[], Sink]) -> None:
    """Let imports go to the sinks that `make` gives, one for each import; the last one registered holds."""
    _sinks[:] = [make]


def new_sink() -> Sink:
    """A sink for one import.

    Raises:
        LookupError: no room has registered one.
    """
    if not _sinks:
        raise LookupError("no room takes imported documents")
    return _sinks[0]()
