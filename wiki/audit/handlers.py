"""Writes down every event, in the transaction in which it happens."""

from wiki.audit.domain import event_name
from wiki.audit.models import AuditEntry
from wiki.core.db import db
from wiki.core.events import Event


def write_down(event: Event) -> None:
    """Add an entry for an event. Its title is left out: a log must not tell what its readers may not read."""
    party = event.actor.acting_for
    entry = AuditEntry(
        at=event.at,
        event=event_name(type(event)),
        actor_id=event.actor.person_id,
        actor_name=event.actor.name,
        acting_for=party.name if party is not None else "",
        thing_type=event.thing_type,
        thing_id=str(event.thing_id),
        space_id=event.space_id,
        network_id=event.network_id,
    )
    db.session.add(entry)
