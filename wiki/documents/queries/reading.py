"""One document, if the reader may read it, and what stands around it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, false, func, select, true
from sqlalchemy.orm import aliased, defer

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


def has_newer_draft() -> ColumnElement[bool]:
    """Whether a published document has a head that says something else, see ``domain.state.state_of``."""
    head, published = aliased(Revision), aliased(Revision)
    of_head = select(head.content_hash).where(head.id == Document.head_id).scalar_subquery()
    of_published = select(published.content_hash).where(published.id == Document.published_id).scalar_subquery()
    return func.coalesce(of_head != of_published, false())


def title_for(document: Document) -> str:
    """The title that readers see: never that of a draft, unless there is nothing but a draft."""
    return document.published.title if document.published else document.title


def revisions(document: Document, *, with_drafts: bool) -> Sequence[Revision]:
    """The revisions of a document, newest first, their texts unread; without drafts those that were published."""
    query = _revisions(document, with_drafts).order_by(Revision.number.desc())
    texts = (Revision.body, Revision.html, Revision.plain, Revision.data, Revision.headings)
    return db.session.scalars(query.options(*map(defer, texts))).all()


def _revisions(document: Document, with_drafts: bool) -> Select[Revision]:
    query = select(Revision).where(Revision.document_id == document.id)
    if with_drafts:
        return query
    return query.where(Revision.id.in_(select(Publication.revision_id).where(Publication.document_id == document.id)))


def get_revision(document: Document, number: int, *, with_drafts: bool) -> Revision:
    """One revision by its number.

    Raises:
        NotFound: there is none, or it was never published and ``with_drafts`` is false.
    """
    revision = db.session.scalar(_revisions(document, with_drafts).where(Revision.number == number))
    if revision is None:
        raise NotFound()
    return revision


def published_ids(document: Document) -> frozenset[int]:
    """The ids of the revisions that readers have seen."""
    return frozenset(db.session.scalars(select(Publication.revision_id).where(Publication.document_id == document.id)))
