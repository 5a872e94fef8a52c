"""Names of events, and what rooms register so that the log can be read: words for events, titles for things.

Titles are never stored in the log. Whoever reads it is shown the titles that they may read today, and nothing of
the rest; the rooms that own the things decide that.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wiki.core.authz import Actor

NETWORK_READERS = ("lead", "secretariat")
PAGE = 50


@dataclass(frozen=True)
class LogOf:
    """The log of a network; without one, of the whole installation."""

    network_id: int | None


@dataclass(frozen=True)
class Selection:
    """Which entries to show. Days are in Norway, both counted in; `before` is the id that the page comes after."""

    network_id: int | None = None
    event: str | None = None
    person: str = ""
    first_day: date | None = None
    last_day: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Named:
    """What a thing is called and where it is, for a reader who may read it; `url` may be empty."""

    title: str
    url: str = ""


Namer = Callable[[Actor, Collection[Any]], Mapping[Any, tuple[str, str]]]


@dataclass
class _Registrations:
    labels: dict[str, Any] = field(default_factory=dict)
    namers: dict[str, tuple[Namer, type]] = field(default_factory=dict)


_registered = _Registrations()


def event_name(kind: type) -> str:
    """The name under which a class of events is logged: DocumentEdited -> document_edited."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind.__name__).lower()


def label_events(labels: Mapping[str, Any]) -> None:
    """Register the words (lazy translations) for events: what was done, as «Publiserte et dokument»."""
    _registered.labels.update(labels)


def labels() -> Mapping[str, Any]:
    """The words of every event that has some, by the event's name."""
    return _registered.labels


def label_of(event: str) -> Any:
    """The words for an event; its name made readable when no room has given it words."""
    return _registered.labels.get(event) or event.replace("_", " ").capitalize()


def name_things(thing_type: str, namer: Namer, id_type: type = int) -> None:
    """Let `namer(actor, ids)` give (title, url) of the things of a type that the actor may read, by id.

    `id_type` is what the ids are given and answered as: int, or str.
    """
    _registered.namers[thing_type] = (namer, id_type)


def names_for(actor: Actor, things: Collection[tuple[str, str]]) -> dict[tuple[str, str], Named]:
    """What the actor may call the things, given by (type, id as text); those they may not read are left out."""
    found: dict[tuple[str, str], Named] = {}
    for thing_type in {kind for kind, _id in things} & set(_registered.namers):
        namer, id_type = _registered.namers[thing_type]
        ids = {id_type(text) for kind, text in things if kind == thing_type and _fits(text, id_type)}
        for thing_id, (title, url) in namer(actor, ids).items():
            found[thing_type, str(thing_id)] = Named(title, url)
    return found


def _fits(text: str, id_type: type) -> bool:
    return id_type is str or (text.isascii() and text.isdecimal())
