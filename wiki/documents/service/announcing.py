"""Telling of what happened to a document: the same facts for every event."""

from wiki.core.authz import Actor
from wiki.core.events import publish
from wiki.documents.events import DocumentEvent
from wiki.documents.models import Document


def announce(actor: Actor, document: Document, kind: type[DocumentEvent], affected: tuple[int, ...] = ()) -> None:
    """Publish an event of ``kind`` about the document."""
    publish(
        kind(
            actor=actor,
            thing_id=document.id,
            title=document.title,
            space_id=document.space_id,
            network_id=document.space.network_id,
            affected=affected,
        )
    )
