"""What one page view needs, in two key look-ups: the document with its space and text, and what stands around it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from wiki.core.authz import Actor
from wiki.core.db import look_up
from wiki.core.errors import NotFound
from wiki.documents.domain.page import Page
from wiki.documents.models import Document, DocumentAudience, DocumentTag, Revision
from wiki.documents.queries.reading import has_newer_draft
from wiki.spaces.domain import SpaceView
from wiki.spaces.models import Space

_SPACE = tuple(getattr(Space, name) for name in SpaceView.__dataclass_fields__)
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
    has_newer_draft().label("has_newer_draft"),
)
_REVISION = (
    Revision.id.label("revision_id"),
    Revision.number,
    Revision.title,
    Revision.html,
    Revision.headings,
    Revision.author_name,
    Revision.acting_for_name,
    Revision.created_at.label("written_at"),
)
_NAMES = tuple(column.key for column in (*_DOCUMENT, *_REVISION))


def _page(
    revision_id: ColumnElement[int] | InstrumentedAttribute[int | None], *where: ColumnElement[bool]
) -> Select[Any]:
    return (
        select(*_SPACE, *_DOCUMENT, *_REVISION)
        .select_from(Document)
        .join(Space, Space.id == Document.space_id)
        .join(Revision, Revision.id == revision_id)
        .where(Space.slug == bindparam("space"), Document.trashed_at.is_(None), *where)
    )


_SHOWN = func.coalesce(Document.published_id, Document.head_id)
_SLUG = Document.slug == bindparam("slug")
_AT_ADDRESS = _page(_SHOWN, _SLUG)
_HEAD_AT_ADDRESS = _page(Document.head_id, _SLUG)
_FRONT = _page(_SHOWN, Document.purpose == "front")
_AROUND = union_all(
    select(DocumentAudience.token, literal(1)).where(DocumentAudience.document_id == bindparam("document_id")),
    select(DocumentTag.name, literal(0)).where(DocumentTag.document_id == bindparam("document_id")),
)


def find_page(actor: Actor, space_slug: str, slug: str, *, head: bool = False) -> Page | None:
    """The page at an address, None when nothing stands there now (it may have stood there before).

    ``head`` shows the newest text instead of the published one; the caller knows that this reader may.

    Raises:
        NotFound: this reader may not read it.
    """
    return _find(actor, _HEAD_AT_ADDRESS if head else _AT_ADDRESS, space=space_slug, slug=slug)


def find_front(actor: Actor, space_slug: str) -> Page | None:
    """The front page of a space, None when there is none that this reader may read."""
    try:
        return _find(actor, _FRONT, space=space_slug)
    except NotFound:
        return None


def _find(actor: Actor, query: Select[Any], **where: str) -> Page | None:
    row = look_up(query, where).first()
    if row is None:
        return None
    values = dict(zip(_NAMES, row[len(_SPACE) :], strict=True))
    around: Sequence[Any] = look_up(_AROUND, {"document_id": values["id"]}).all()
    audience = frozenset(word for word, is_token in around if is_token)
    if not (actor.is_system or audience & actor.tokens):
        raise NotFound()
    tags = tuple(sorted(word for word, is_token in around if not is_token))
    space = SpaceView(*row[: len(_SPACE)])
    return Page(**values, space=space, audience=audience, tags=tags)
