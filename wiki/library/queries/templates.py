"""Templates as a reader sees them: the newest release of each, how much it is used, and examples.

How often a template is used is counted over everything, also over what the reader may not read:
a number tells nobody what it was used for. Examples are only what the reader may read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, exists, func, select

from wiki.core.authz import Actor
from wiki.core.db import db, look_up
from wiki.core.errors import NotFound
from wiki.documents.models import Document, Revision
from wiki.documents.queries import get, readable
from wiki.library.domain import TemplateType
from wiki.library.models import Derivation, FormTemplate, TemplateRelease
from wiki.spaces.models import Space

MOST_EXAMPLES = 12
_MUNICIPALITY = "municipality:"


@dataclass(frozen=True)
class Usage:
    """How many documents were started from a template, and in or for how many municipalities."""

    documents: int = 0
    municipalities: int = 0


@dataclass(frozen=True)
class TemplateEntry:
    """A template in a list, as its newest release has it."""

    id: int
    type: TemplateType
    family: str
    summary: str
    title: str
    language: str
    owner: str
    slug: str
    space_slug: str
    space_name: str
    release_id: int
    version: str
    released_at: datetime
    usage: Usage


@dataclass(frozen=True)
class Example:
    """A finished document that was made from a template."""

    title: str
    language: str
    slug: str
    space_slug: str
    space_name: str
    version: str
    published_at: datetime


@dataclass(frozen=True)
class Origin:
    """Which template and version a document was started from, and what the newest version is now.

    ``readable`` says whether this reader may open the template.
    """

    template_id: int
    title: str
    version: str
    newest: str
    readable: bool


def list_templates(
    actor: Actor,
    type: TemplateType | None = None,
    language: str | None = None,
    q: str = "",
    space_id: int | None = None,
) -> list[TemplateEntry]:
    """The released templates this reader may read, by type and title."""
    query = _released().where(readable(actor), Document.published_id.is_not(None))
    if type is not None:
        query = query.where(FormTemplate.type == type)
    if language is not None:
        query = query.where(Document.language == language)
    if space_id is not None:
        query = query.where(Document.space_id == space_id)
    wanted = q.casefold().split()
    rows = [row for row in db.session.execute(query) if _mentions(row, wanted)]
    usage = _usage([row.id for row in rows])
    order = list(TemplateType)
    entries = [_entry(row, usage.get(row.id, Usage())) for row in rows]
    return sorted(entries, key=lambda e: (order.index(e.type), e.title.casefold(), e.language))


def one_per_family(entries: Sequence[TemplateEntry], language: str) -> list[TemplateEntry]:
    """Each template once: in the language where it has it, else in those it has."""
    having = {(e.space_slug, e.type, e.family) for e in entries if e.language == language}
    return [e for e in entries if e.language == language or (e.space_slug, e.type, e.family) not in having]


def get_template(actor: Actor, template_id: int) -> TemplateEntry:
    """One template, if the reader may read it.

    Raises:
        NotFound: there is none, or it may not be read.
    """
    row = db.session.execute(_released().where(readable(actor), Document.id == template_id)).first()
    if row is None:
        raise NotFound()
    return _entry(row, _usage([template_id]).get(template_id, Usage()))


def form_template(actor: Actor, template_id: int) -> FormTemplate:
    """The template's row, for the service and for questions of rights.

    Raises:
        NotFound: there is none, or it may not be read.
    """
    found = db.session.get(FormTemplate, get(actor, template_id).id)
    if found is None:
        raise NotFound()
    return found


def releases(template_id: int) -> Sequence[TemplateRelease]:
    """The releases of a template, newest first."""
    query = select(TemplateRelease).where(TemplateRelease.template_id == template_id)
    return db.session.scalars(query.order_by(TemplateRelease.id.desc())).all()


def newest_release(template_id: int) -> TemplateRelease | None:
    """The release that documents are started from now."""
    query = select(TemplateRelease).where(TemplateRelease.template_id == template_id)
    return db.session.scalars(query.order_by(TemplateRelease.id.desc()).limit(1)).first()


def language_versions(actor: Actor, entry: TemplateEntry) -> list[TemplateEntry]:
    """The same template in its other languages, as far as the reader may read them."""
    query = _released().where(
        readable(actor),
        Document.published_id.is_not(None),
        FormTemplate.family == entry.family,
        FormTemplate.type == entry.type,
        Space.slug == entry.space_slug,
        Document.id != entry.id,
    )
    return [_entry(row, Usage()) for row in db.session.execute(query)]


def find_template(actor: Actor, network_id: int, type: TemplateType, language: str) -> TemplateEntry | None:
    """The network's template of a type, in the language if there is one: the one most documents use."""
    query = _released().where(
        readable(actor),
        Document.published_id.is_not(None),
        FormTemplate.type == type,
        Space.network_id == network_id,
    )
    rows = db.session.execute(query).all()
    usage = _usage([row.id for row in rows])
    entries = [_entry(row, usage.get(row.id, Usage())) for row in rows]
    return min(entries, key=lambda e: (e.language != language, -e.usage.documents, e.id), default=None)


def examples(actor: Actor, template_id: int) -> list[Example]:
    """Published documents made from a template that this reader may read, newest first."""
    query = (
        select(
            Revision.title,
            Document.language,
            Document.slug,
            Space.slug.label("space_slug"),
            Space.name.label("space_name"),
            TemplateRelease.version,
            Document.published_at,
        )
        .select_from(Derivation)
        .join(Document, Document.id == Derivation.document_id)
        .join(Revision, Revision.id == Document.published_id)
        .join(Space, Space.id == Document.space_id)
        .join(TemplateRelease, TemplateRelease.id == Derivation.release_id)
        .where(Derivation.template_id == template_id, Document.trashed_at.is_(None), readable(actor))
        .order_by(Document.published_at.desc(), Document.id.desc())
        .limit(MOST_EXAMPLES)
    )
    return [Example(**row._mapping) for row in db.session.execute(query)]


def origin(actor: Actor, document_id: int) -> Origin | None:
    """Where a document was started from; None when it was begun with an empty page, as most are."""
    derived = look_up(_DERIVATION, {"document_id": document_id}).first()
    if derived is None:
        return None
    newest = db.session.scalar(_NEWEST_VERSION, {"template_id": derived.template_id})
    is_readable = select(
        exists().where(Document.id == derived.template_id, Document.trashed_at.is_(None), readable(actor))
    )
    return Origin(**derived._mapping, newest=newest or derived.version, readable=bool(db.session.scalar(is_readable)))


# Asked for on every page of a document, so they are put together once.
_DERIVATION = (
    select(Derivation.template_id, Revision.title, TemplateRelease.version)
    .join(TemplateRelease, TemplateRelease.id == Derivation.release_id)
    .join(Revision, Revision.id == TemplateRelease.revision_id)
    .where(Derivation.document_id == bindparam("document_id"))
)
_NEWEST_VERSION = (
    select(TemplateRelease.version)
    .where(TemplateRelease.template_id == bindparam("template_id"))
    .order_by(TemplateRelease.id.desc())
    .limit(1)
)


def _released() -> Select[*tuple[Any, ...]]:
    newest = (
        select(TemplateRelease.template_id, func.max(TemplateRelease.id).label("id"))
        .group_by(TemplateRelease.template_id)
        .subquery()
    )
    return (
        select(
            Document.id,
            FormTemplate.type,
            FormTemplate.family,
            FormTemplate.summary,
            Revision.title,
            Document.language,
            Document.owner,
            Document.slug,
            Space.slug.label("space_slug"),
            Space.name.label("space_name"),
            TemplateRelease.id.label("release_id"),
            TemplateRelease.version,
            TemplateRelease.released_at,
        )
        .select_from(FormTemplate)
        .join(Document, Document.id == FormTemplate.document_id)
        .join(Space, Space.id == Document.space_id)
        .join(newest, newest.c.template_id == FormTemplate.document_id)
        .join(TemplateRelease, TemplateRelease.id == newest.c.id)
        .join(Revision, Revision.id == TemplateRelease.revision_id)
        .where(Document.trashed_at.is_(None))
    )


def _usage(template_ids: Sequence[int]) -> dict[int, Usage]:
    """Documents and municipalities by template, in one query.

    A document counts for the municipality whose room it stands in, else for the one its first
    author spoke for.
    """
    if not template_ids:
        return {}
    spoken_for = case(
        (Revision.acting_for.startswith(_MUNICIPALITY), func.substr(Revision.acting_for, len(_MUNICIPALITY) + 1))
    )
    municipality = func.coalesce(Space.municipality_number, spoken_for)
    query = (
        select(
            Derivation.template_id,
            func.count(Derivation.document_id),
            func.count(municipality.distinct()),
        )
        .join(Document, Document.id == Derivation.document_id)
        .join(Space, Space.id == Document.space_id)
        .join(Revision, (Revision.document_id == Document.id) & (Revision.number == 1))
        .where(Derivation.template_id.in_(template_ids), Document.trashed_at.is_(None))
        .group_by(Derivation.template_id)
    )
    return {template: Usage(documents, places) for template, documents, places in db.session.execute(query)}


def _entry(row: Row[*tuple[Any, ...]], usage: Usage) -> TemplateEntry:
    return TemplateEntry(**{**row._mapping, "type": TemplateType(row.type), "usage": usage})


def _mentions(row: Row[*tuple[Any, ...]], wanted: Sequence[str]) -> bool:
    text = f"{row.title} {row.summary} {row.owner}".casefold()
    return all(word in text for word in wanted)
