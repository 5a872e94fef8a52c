"""What readers see: publishing, taking back, and the address that follows the title they read."""

from datetime import datetime

from wiki.core.authz import Actor
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.documents.events import DocumentPublished, DocumentWithdrawn
from wiki.documents.models import Document, Publication
from wiki.documents.policy import DocumentAction
from wiki.documents.service import upkeep
from wiki.documents.service.announcing import announce


def publish(actor: Actor, document_id: int) -> Document:
    """Let readers see the head."""
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.PUBLISH)
        publish_head(actor, document)
        return document


def withdraw(actor: Actor, document_id: int) -> Document:
    """Make the document a draft again: only the editors read it until it is published anew."""
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.PUBLISH)
        if document.published is not None:
            _readdress_from(document, document.published.title)
            document.published_id = document.published_at = None
            db.session.flush()
            upkeep.refresh_audience(document.space, [document.id])
            upkeep.tree_changed(document.space_id)
            announce(actor, document, DocumentWithdrawn)
        return document


def publish_head(actor: Actor, document: Document) -> None:
    """Let readers see the head of a document loaded for writing; nothing happens when they do already."""
    if document.published_id == document.head_id:
        return
    first = document.published is None
    if document.published is not None:
        _readdress_from(document, document.published.title)
    moment: datetime = now()
    document.published_id, document.published_at = document.head_id, moment
    db.session.add(
        Publication(
            document_id=document.id,
            revision_id=document.head_id,
            published_by_id=actor.person_id,
            published_at=moment,
        )
    )
    db.session.flush()
    if first:
        upkeep.refresh_audience(document.space, [document.id])
    upkeep.tree_changed(document.space_id)
    announce(actor, document, DocumentPublished)


def rename(document: Document, title: str) -> None:
    """Take the head's title. While readers see another, the address stays: it must not tell them the new one."""
    before = document.title
    if title == before:
        return
    document.title = title
    if document.published_id is None:
        _readdress_from(document, before)
        upkeep.tree_changed(document.space_id)


def _readdress_from(document: Document, old_title: str) -> None:
    """Let the address follow the title if that is another now, except for a page which serves its space."""
    if document.purpose is None and document.title != old_title:
        slug = upkeep.free_slug(document.space_id, document.title, own=document.id)
        upkeep.set_address(document, document.space_id, slug)
