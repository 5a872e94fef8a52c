"""Lists of documents for the start page and the trash. Filtered before they are cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import contains_eager, joinedload

from wiki.core.authz import Actor
from wiki.core.db import db
from wiki.documents.models import Document, KeptDraft, Revision
from wiki.documents.queries.reading import has_newer_draft, readable
from wiki.spaces.models import Space


@dataclass(frozen=True)
class Change:
    """A document as it was last published, for a list of what is new."""

    title: str
    kind: str
    slug: str
    space_slug: str
    space_name: str
    author_name: str
    acting_for_name: str
    note: str
    language: str
    published_at: datetime


def changes_since(actor: Actor, since: datetime | None, limit: int) -> list[Change]:
    """What was published after a moment and this reader may read, newest first."""
    query = _published().where(readable(actor)).order_by(Document.published_at.desc()).limit(limit)
    if since is not None:
        query = query.where(Document.published_at > since)
    return [_change(row) for row in db.session.execute(query)]


def open_documents(actor: Actor, limit: int) -> list[Change]:
    """What this reader may read, last published first: the start page of the anonymous."""
    return changes_since(actor, None, limit)


def my_drafts(actor: Actor, limit: int = 20) -> Sequence[Document]:
    """Documents whose newest text is this person's and not yet published, newest first."""
    query = (
        select(Document)
        .join(Document.head)
        .options(contains_eager(Document.head), joinedload(Document.space))
        .where(
            Revision.author_id == actor.person_id,
            Document.published_id.is_(None) | has_newer_draft(),
            Document.trashed_at.is_(None),
            readable(actor),
        )
        .order_by(Revision.created_at.desc())
        .limit(limit)
    )
    return db.session.scalars(query).all()


def kept_drafts(actor: Actor) -> Sequence[KeptDraft]:
    """Texts of this person that met somebody else's and still wait to be dealt with."""
    query = (
        select(KeptDraft)
        .join(KeptDraft.document)
        .options(contains_eager(KeptDraft.document).joinedload(Document.space))
        .where(KeptDraft.person_id == actor.person_id, readable(actor))
        .order_by(KeptDraft.saved_at.desc())
    )
    return db.session.scalars(query).all()


def trashed(space_id: int) -> Sequence[Document]:
    """What lies in the trash of a space, last thrown first; for its editors.

    Of a thrown branch only the top is listed: it brings the rest back with it.
    """
    inside = select(Document.id).where(Document.space_id == space_id, Document.trashed_at.is_not(None))
    query = (
        select(Document)
        .where(
            Document.space_id == space_id,
            Document.trashed_at.is_not(None),
            Document.parent_id.is_(None) | Document.parent_id.not_in(inside),
        )
        .order_by(Document.trashed_at.desc())
    )
    return db.session.scalars(query).all()


_COLUMNS = (
    Revision.title,
    Document.kind,
    Document.slug,
    Space.slug.label("space_slug"),
    Space.name.label("space_name"),
    Revision.author_name,
    Revision.acting_for_name,
    Revision.note,
    Document.language,
    Document.published_at,
)


def _published() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .select_from(Document)
        .join(Revision, Revision.id == Document.published_id)
        .join(Space, Space.id == Document.space_id)
        .where(Document.trashed_at.is_(None))
    )


def _change(row: Row[*tuple[Any, ...]]) -> Change:
    return Change(**row._mapping)
