"""What one page view needs, in two key look-ups: the document with its space and text, and its readers."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from wiki.core.authz import Actor
from wiki.core.db import db
from wiki.core.errors import NotFound
from wiki.documents.domain.page import Page, PageSpace
from wiki.documents.models import Document, DocumentAudience, Revision
from wiki.spaces.models import Space

_SPACE = tuple(getattr(Space, name) for name in PageSpace.__dataclass_fields__)
_DOCUMENT = (
    Document.id,
    Document.slug,
    Document.kind,
    Document.purpose,
    Document.language,
    Document.parent_id,
    Document.owner,
    Document.ring,
    Document.review_on,
    Document.published_id,
    Document.head_id,
    Document.published_at,
)
_REVISION = (
    Revision.id,
    Revision.number,
    Revision.title,
    Revision.html,
    Revision.headings,
    Revision.author_name,
    Revision.acting_for_name,
    Revision.created_at,
)


def _at_address(revision_id: ColumnElement[int | None]) -> Select[Any]:
    return (
        select(*_SPACE, *_DOCUMENT, *_REVISION)
        .select_from(Document)
        .join(Space, Space.id == Document.space_id)
        .join(Revision, Revision.id == revision_id)
        .where(
            Space.slug == bindparam("space"),
            Document.slug == bindparam("slug"),
            Document.trashed_at.is_(None),
        )
    )


_AT_ADDRESS = _at_address(func.coalesce(Document.published_id, Document.head_id))
_HEAD_AT_ADDRESS = _at_address(func.coalesce(Document.head_id))
_READERS = select(DocumentAudience.token).where(DocumentAudience.document_id == bindparam("document_id"))


def find_page(actor: Actor, space_slug: str, slug: str, *, head: bool = False) -> Page | None:
    """The page at an address, None when nothing stands there now (it may have stood there before).

    ``head`` shows the newest text instead of the published one; the caller knows that this reader may.

    Raises:
        NotFound: this reader may not read it.
    """
    query = _HEAD_AT_ADDRESS if head else _AT_ADDRESS
    row = db.session.execute(query, {"space": space_slug, "slug": slug}).first()
    if row is None:
        return None
    space, rest = PageSpace(*row[: len(_SPACE)]), row[len(_SPACE) :]
    audience = frozenset(db.session.scalars(_READERS, {"document_id": rest[0]}))
    if not (actor.is_system or audience & actor.tokens):
        raise NotFound()
    return Page(*rest, space=space, audience=audience)


def page_of(actor: Actor, document: Document, *, head: bool = False) -> Page:
    """The page of a document at hand.

    Raises:
        NotFound: this reader may not read it.
    """
    page = find_page(actor, document.space.slug, document.slug, head=head)
    if page is None:
        raise NotFound()
    return page
