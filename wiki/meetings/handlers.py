"""What meetings do when something happens elsewhere: published minutes end their meeting."""

from wiki.core.events import subscribe
from wiki.documents.events import DocumentPublished
from wiki.meetings import service


def on_document_published(event: DocumentPublished) -> None:
    """Note that the meeting was held, in the transaction that published its minutes."""
    service.hold_meeting_of(event.actor, int(event.thing_id))


def register() -> None:
    """Subscribe."""
    subscribe(DocumentPublished, on_document_published)
