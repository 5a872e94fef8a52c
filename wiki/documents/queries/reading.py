"""One document, if the reader may read it, and what stands around it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.orm import aliased

from wiki.core.authz import Actor
from wiki.core.db import db
from wiki.core.errors import NotFound
from wiki.documents.models import (
    Document,
    DocumentAudience,
    OldAddress,
    Publication,
    Revision,
)
from wiki.spaces.models import Space


def readable(actor: Actor) -> ColumnElement[bool]:
    """The criterion that leaves the documents this reader may read: audience meets tokens.

    The materialised audience of a draft is its editors, and that of trash is empty.
    """
    if actor.is_system:
        return true()
    return exists().where(
        DocumentAudience.document_id == Document.id,
        DocumentAudience.token.in_(sorted(actor.tokens)),
    )


def get(actor: Actor, document_id: int) -> Document:
    """The document with that id.

    Raises:
        NotFound: there is none that this reader may read.
    """
    document = db.session.scalar(
        select(Document).where(Document.id == document_id, Document.trashed_at.is_(None), readable(actor))
    )
    if document is None:
        raise NotFound()
    return document


def get_by_address(actor: Actor, space_slug: str, slug: str) -> Document:
    """The document at an address, or the one that stood there before.

    Raises:
        NotFound: there is none that this reader may read.
    """
    here = (
        select(Document.id)
        .join(Space)
        .where(Space.slug == space_slug, Document.slug == slug, Document.trashed_at.is_(None))
    )
    before = (
        select(OldAddress.document_id)
        .join(Space, Space.id == OldAddress.space_id)
        .where(Space.slug == space_slug, OldAddress.slug == slug)
    )
    found = db.session.scalar(here) or db.session.scalar(before)
    if found is None:
        raise NotFound()
    return get(actor, found)


def find_purpose(actor: Actor, space_id: int, purpose: str) -> Document | None:
    """The document that serves a purpose in a space, if the reader may read it."""
    return db.session.scalar(
        select(Document).where(
            Document.space_id == space_id,
            Document.purpose == purpose,
            Document.trashed_at.is_(None),
            readable(actor),
        )
    )


def find_front(actor: Actor, space_id: int) -> Document | None:
    """The front page of a space, if the reader may read it."""
    return find_purpose(actor, space_id, "front")


def subtree_ids(document_id: int) -> list[int]:
    """The ids of a document and of all below it, whoever may read them; for services."""
    top = select(Document.id).where(Document.id == document_id).cte("subtree", recursive=True)
    child = aliased(Document)
    below = top.union_all(select(child.id).join(top, child.parent_id == top.c.id))
    return list(db.session.scalars(select(below.c.id)))


def ancestor_ids(document_id: int) -> list[int]:
    """The ids of the documents above one, nearest first; for services."""
    start = select(Document.parent_id.label("id")).where(Document.id == document_id).cte("ancestors", recursive=True)
    above = aliased(Document)
    chain = start.union_all(select(above.parent_id).join(start, above.id == start.c.id))
    return [found for found in db.session.scalars(select(chain.c.id)) if found is not None]


def ancestors(actor: Actor, document_id: int) -> list[Document]:
    """The readable documents above one, from the top down; for the breadcrumb."""
    ids = ancestor_ids(document_id)
    if not ids:
        return []
    found = db.session.scalars(select(Document).where(Document.id.in_(ids), readable(actor)))
    by_id = {document.id: document for document in found}
    return [by_id[id_] for id_ in reversed(ids) if id_ in by_id]


def revisions(document: Document, *, with_drafts: bool) -> Sequence[Revision]:
    """The revisions of a document, newest first; without drafts those that were published."""
    query = select(Revision).where(Revision.document_id == document.id)
    if not with_drafts:
        published = select(Publication.revision_id).where(Publication.document_id == document.id)
        query = query.where(Revision.id.in_(published))
    return db.session.scalars(query.order_by(Revision.number.desc())).all()


def get_revision(document: Document, number: int, *, with_drafts: bool) -> Revision:
    """One revision by its number.

    Raises:
        NotFound: there is none, or it was never published and ``with_drafts`` is false.
    """
    for revision in revisions(document, with_drafts=with_drafts):
        if revision.number == number:
            return revision
    raise NotFound()


def published_ids(document: Document) -> frozenset[int]:
    """The ids of the revisions that readers have seen."""
    return frozenset(db.session.scalars(select(Publication.revision_id).where(Publication.document_id == document.id)))
