"""What was written: the documents of the demo, each version by its author on its day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from wiki.core.authz import Actor
from wiki.core.clock import OSLO, at, now, today
from wiki.core.db import db
from wiki.demo.cast import Cast
from wiki.demo.source import DemoDocument, DemoVersion
from wiki.documents import service
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import CreateDocument, DescribeDocument, EditDocument, SetAudience
from wiki.documents.models import Document
from wiki.library.domain import TemplateType
from wiki.library.queries.templates import find_template, newest_release
from wiki.library.service import remember_origin
from wiki.spaces.models import Space

_OFFICE_OPENS = time(9, 0)
_BETWEEN = timedelta(minutes=7)  # two documents of one day are not written in the same minute


@dataclass
class Shelf:
    """The documents written so far, and the addresses that differ from those in the content.

    A document that takes the place of a starting page keeps that page's address, so links to the address in the
    content are led there.
    """

    cast: Cast
    made: dict[tuple[str, str], Document] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def at_home(self, body: str) -> str:
        """The text with its links led to where their documents stand."""
        for written, actual in self.addresses.items():
            body = body.replace(f"]({written})", f"]({actual})")
        return body


def prepare(cast: Cast, documents: Sequence[DemoDocument]) -> Shelf:
    """Find the starting pages whose place is taken, before anything is written that links to them."""
    shelf = Shelf(cast)
    for document in documents:
        page = _starting_page(cast.spaces[document.space], document)
        if page is not None:
            shelf.made[document.space, document.stem] = page
            written, actual = (f"/s/{page.space.slug}/{slug}" for slug in (document.slug, page.slug))
            if written != actual:
                shelf.addresses[written] = actual
    return shelf


def write(shelf: Shelf, document: DemoDocument, place: int) -> None:
    """Write a document with all its versions; ``place`` is its place among all, for the time of day."""
    first, *later = document.versions
    page = shelf.made.get((document.space, document.stem))
    if page is None:
        with at(_moment(first, place)):
            page = _create(shelf, document, first)
    else:
        later = [first, *later]
        with at(_moment(first, place)):
            _describe(shelf, document, page, first)
    for version in later:
        with at(_moment(version, place)):
            _save(shelf, document, page, version)


def _starting_page(space: Space, document: DemoDocument) -> Document | None:
    if document.purpose is None:
        return None
    query = select(Document).where(Document.space_id == space.id, Document.purpose == document.purpose)
    return db.session.scalar(query)


def _create(shelf: Shelf, document: DemoDocument, version: DemoVersion) -> Document:
    actor = shelf.cast.actor(version.author, version.acting_for)
    space = shelf.cast.spaces[document.space]
    parent = shelf.made[document.space, document.parent].id if document.parent else None
    page = service.create(
        actor,
        CreateDocument(
            space_id=space.id,
            title=document.title,
            body=shelf.at_home(version.body),
            kind=document.kind,
            parent_id=parent,
            language=document.language,
            note=version.note,
            purpose=document.purpose,
            ring=Ring(document.ring) if document.ring else None,
            tags=document.tags,
            review_on=_review_day(document),
            publish=document.published,
            slug=document.slug,
        ),
    )
    _remember_template(actor, document, page)
    shelf.made[document.space, document.stem] = page
    return page


def _describe(shelf: Shelf, document: DemoDocument, page: Document, version: DemoVersion) -> None:
    """Give the starting page what the content says besides the text."""
    actor = shelf.cast.actor(version.author, version.acting_for)
    if document.ring:
        service.set_audience(actor, SetAudience(document_id=page.id, ring=Ring(document.ring)))
    service.describe(
        actor,
        DescribeDocument(
            document_id=page.id, language=document.language, review_on=_review_day(document), tags=document.tags
        ),
    )
    _remember_template(actor, document, page)


def _save(shelf: Shelf, document: DemoDocument, page: Document, version: DemoVersion) -> None:
    service.edit(
        shelf.cast.actor(version.author, version.acting_for),
        EditDocument(
            document_id=page.id,
            base_id=page.head_id or 0,
            title=document.title,
            body=shelf.at_home(version.body),
            note=version.note,
            publish=document.published,
        ),
    )


def _remember_template(actor: Actor, document: DemoDocument, page: Document) -> None:
    if document.template is None:
        return
    type_, language, version = document.template
    entry = find_template(actor, page.space.network_id, TemplateType(type_), language)
    release = newest_release(entry.id) if entry else None
    if release is None or release.version != version:
        raise LookupError(f"{document.space}/{document.stem}: no template {type_} {language} {version}")
    remember_origin(actor, page, release)


def _review_day(document: DemoDocument) -> date | None:
    return today() + timedelta(days=document.review_in_days) if document.review_in_days is not None else None


def _moment(version: DemoVersion, place: int) -> datetime:
    """When a version was written: in the office hours of its day, never later than now."""
    day = today() - timedelta(days=version.days_ago)
    opens = datetime.combine(day, _OFFICE_OPENS, tzinfo=OSLO)
    return min(opens + _BETWEEN * (place % 60), now())
