"""Facts that happened, told inside the transaction in which they happened.

A room publishes a frozen, past-tense dataclass; the engines (audit, search) and higher rooms
subscribe. Subscribers run in the same transaction: if one fails, nothing happened.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from wiki.core.authz import Actor
from wiki.core.clock import now
from wiki.core.db import in_unit_of_work


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to a thing.

    Attributes:
        actor: who did it; ``actor.acting_for`` says on whose behalf.
        thing_id: which thing of ``thing_type`` it happened to.
        title: what people call the thing; for messages, never for the audit log.
        space_id: the space in which it happened, if any.
        network_id: the network in which it happened, if any.
        at: when, aware.
        affected: ids of other things of the same type whose readers or place changed with it.
    """

    thing_type: ClassVar[str]

    actor: Actor
    thing_id: int | str
    title: str = ""
    space_id: int | None = None
    network_id: int | None = None
    at: datetime = field(default_factory=now)
    affected: tuple[int, ...] = ()


Handler = Callable[[Any], None]

_handlers: dict[type[Event], list[Handler]] = {}


def subscribe(kind: type[Event], handler: Handler) -> None:
    """Call ``handler`` with every event of ``kind`` or of a class below it. Saying it twice is saying it once."""
    handlers = _handlers.setdefault(kind, [])
    if handler not in handlers:
        handlers.append(handler)


def publish(event: Event) -> None:
    """Tell every subscriber of the event's class and of the classes above it.

    Raises:
        RuntimeError: outside a unit of work, since subscribers write.
    """
    if not in_unit_of_work():
        raise RuntimeError("publish() needs a unit of work")
    for kind in type(event).__mro__:
        for handler in _handlers.get(kind, ()):
            handler(event)
