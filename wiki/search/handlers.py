"""From events to the outbox: whatever happens to a thing that can be found, its index entry is stale."""

from __future__ import annotations

from flask import current_app

from wiki.core.db import after_commit
from wiki.core.events import Event
from wiki.search import outbox
from wiki.search.contracts import sources


def note_change(event: Event) -> None:
    """Put the thing and what changed with it into the outbox, in the transaction of the event."""
    if event.thing_type in sources():
        ids = (event.thing_id, *event.affected)
        outbox.put(event.thing_type, [thing_id for thing_id in ids if isinstance(thing_id, int)])
        after_commit(wake)


def wake() -> None:
    """Let the index be brought up to date: by the thread of a server, or by a command when it ends."""
    current_app.extensions["search"].wake()
