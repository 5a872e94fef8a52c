"""Writing and publishing text. A save never loses any: what cannot be merged is kept twice."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid
from wiki.core.markdown import Rendered, render
from wiki.core.text import normalise
from wiki.documents.domain.commands import MAX_NOTE, MAX_TITLE, CreateDocument, EditDocument
from wiki.documents.domain.merge import merge3
from wiki.documents.domain.state import content_hash
from wiki.documents.errors import EditConflict, WrongBase, WrongPlace
from wiki.documents.events import (
    DocumentCreated,
    DocumentEdited,
    DocumentPublished,
    DocumentWithdrawn,
)
from wiki.documents.models import Document, KeptDraft, Publication, Revision
from wiki.documents.policy import DocumentAction
from wiki.documents.service import upkeep
from wiki.documents.service.announcing import announce
from wiki.documents.service.sharing import set_tags


@dataclass(frozen=True)
class Saved:
    """What a save came to: ``merged`` when it was joined with somebody else's."""

    document: Document
    revision: Revision
    merged: bool


def create(actor: Actor, command: CreateDocument) -> Document:
    """Write a new document, last among its siblings.

    Raises:
        Forbidden: the actor may not write in the space.
        Invalid: no title, a ring that the space does not have, a parent elsewhere.
    """
    title, body = checked_text(command.title, command.body)
    rendered = render(body)
    with unit_of_work():
        space = upkeep.load_space(command.space_id)
        authorize(actor, DocumentAction.CREATE, space)
        if command.parent_id is not None:
            parent = upkeep.load(actor, command.parent_id, DocumentAction.EDIT)
            if parent.space_id != space.id:
                raise WrongPlace()
        document = Document(
            space_id=space.id,
            parent_id=command.parent_id,
            position=_next_position(space.id, command.parent_id),
            slug=upkeep.free_slug(space.id, command.slug or title),
            kind=command.kind,
            purpose=command.purpose,
            language=command.language,
            title=title,
            owner=command.owner,
            ring=upkeep.checked_ring(command.ring, space),
            review_on=command.review_on,
            source_path=command.source_path,
            created_by_id=actor.person_id,
            created_at=now(),
        )
        db.session.add(document)
        db.session.flush()
        set_tags(document, command.tags)
        revision = _add_revision(actor, document, title, body, rendered, command.note)
        revision.data = dict(command.data)
        revision.content_hash = content_hash(title, body, command.data)
        announce(actor, document, DocumentCreated)
        if command.publish:
            _publish(actor, document)
        else:
            upkeep.refresh_audience(space, [document.id])
        upkeep.tree_changed(space.id)
        return document


def edit(actor: Actor, command: EditDocument) -> Saved:
    """Save a text. One that was written from an older base is merged with what came since.

    Raises:
        EditConflict: both changed the same; the actor's text is kept as a draft first.
        WrongBase: the base is no revision of this document.
        Forbidden, NotFound, Invalid: as for ``create``.
    """
    title, body = checked_text(command.title, command.body)
    command = replace(command, title=title, body=body)
    rendered = render(body)
    try:
        with unit_of_work():
            return _edit(actor, command, rendered)
    except EditConflict:
        with unit_of_work():
            _keep_draft(actor, command)
        raise


def _edit(actor: Actor, command: EditDocument, rendered: Rendered) -> Saved:
    document = upkeep.load(actor, command.document_id, DocumentAction.EDIT)
    head, base = _head(document), db.session.get(Revision, command.base_id)
    if base is None or base.document_id != document.id:
        raise WrongBase()
    title, body, merged = command.title, command.body, False
    if base.id != head.id:
        title, body = _merged(base, head, command)
        merged = True
        rendered = render(body)
    data = head.data if command.data is None else dict(command.data)
    hash_ = content_hash(title, body, data)
    if hash_ == head.content_hash:
        revision, merged = head, False
    else:
        revision = _add_revision(actor, document, title, body, rendered, command.note)
        revision.data, revision.content_hash = data, hash_
        revision.merged_from_id = base.id if merged else None
        _rename(document, title)
        announce(actor, document, DocumentEdited)
    _forget_draft(actor, document)
    if command.publish:
        _publish(actor, document)
    return Saved(document, revision, merged)


def _merged(base: Revision, head: Revision, command: EditDocument) -> tuple[str, str]:
    """Title and body of mine joined with the head's, both written from the base."""
    result = merge3(base.body, command.body, head.body)
    titles = (base.title, command.title, head.title)
    changed = {title for title in titles if title != base.title}
    if len(changed) > 1 or not result.clean:
        raise EditConflict(head.id, result, titles)
    return next(iter(changed), base.title), result.text


def publish(actor: Actor, document_id: int) -> Document:
    """Let readers see the head."""
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.PUBLISH)
        _publish(actor, document)
        return document


def withdraw(actor: Actor, document_id: int) -> Document:
    """Make the document a draft again: only the editors read it until it is published anew."""
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.PUBLISH)
        if document.published_id is not None:
            document.published_id = document.published_at = None
            db.session.flush()
            upkeep.refresh_audience(document.space, [document.id])
            upkeep.tree_changed(document.space_id)
            announce(actor, document, DocumentWithdrawn)
        return document


def restore(actor: Actor, document_id: int, number: int, note: str) -> Revision:
    """Make an earlier revision the head again, as a new revision with its text.

    Raises:
        Invalid: there is no such revision.
    """
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.EDIT)
        earlier = db.session.scalar(
            select(Revision).where(Revision.document_id == document.id, Revision.number == number)
        )
        if earlier is None:
            raise Invalid("Vi finner ikke den versjonen.")
        rendered = Rendered(html=earlier.html, headings=_headings(earlier), text=earlier.plain)
        revision = _add_revision(actor, document, earlier.title, earlier.body, rendered, note or f"№ {number}")
        revision.data, revision.content_hash = dict(earlier.data), earlier.content_hash
        _rename(document, earlier.title)
        announce(actor, document, DocumentEdited)
        return revision


def discard_kept_draft(actor: Actor, document_id: int) -> None:
    """Throw away the text that was kept for this person."""
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.EDIT)
        _forget_draft(actor, document)


def checked_text(title: str, body: str) -> tuple[str, str]:
    """Title and body as they are stored.

    Raises:
        Invalid: there is no title, or it is too long.
    """
    title = " ".join(normalise(title).split())
    if not title:
        raise Invalid(fields={"title": "Skriv en tittel."})
    if len(title) > MAX_TITLE:
        raise Invalid(fields={"title": f"Tittelen kan ha høyst {MAX_TITLE} tegn."})
    return title, normalise(body)


def _head(document: Document) -> Revision:
    if document.head is None:  # create() always makes one; only a broken import could miss it
        raise WrongBase()
    return document.head


def _headings(revision: Revision) -> tuple[tuple[int, str, str], ...]:
    return tuple((level, id_, text) for level, id_, text in revision.headings)


def _add_revision(actor: Actor, document: Document, title: str, body: str, rendered: Rendered, note: str) -> Revision:
    """Add the next revision and make it the head; the caller sets data and hash."""
    last = db.session.scalar(select(func.max(Revision.number)).where(Revision.document_id == document.id))
    revision = Revision(
        document_id=document.id,
        number=(last or 0) + 1,
        title=title,
        body=body,
        data={},
        html=rendered.html,
        plain=rendered.text,
        headings=[list(heading) for heading in rendered.headings],
        author_id=actor.person_id,
        author_name=actor.name,
        acting_for=actor.acting_for.key if actor.acting_for else "",
        acting_for_name=actor.acting_for.name if actor.acting_for else "",
        note=normalise(note).strip()[:MAX_NOTE],
        content_hash=content_hash(title, body, {}),
        created_at=now(),
    )
    db.session.add(revision)
    db.session.flush()
    document.head_id = revision.id
    db.session.flush()
    db.session.expire(document, ["head"])
    return revision


def _rename(document: Document, title: str) -> None:
    """Take the head's title. The address follows only once readers see the title, see ``_publish``."""
    if title == document.title:
        return
    document.title = title
    if document.published_id is None:
        _readdress(document)
    upkeep.tree_changed(document.space_id)


def _readdress(document: Document) -> None:
    """Let the address follow the title, except that of a page which serves its space."""
    if document.purpose is None:
        slug = upkeep.free_slug(document.space_id, document.title, own=document.id)
        upkeep.set_address(document, document.space_id, slug)


def _publish(actor: Actor, document: Document) -> None:
    if document.published_id == document.head_id:
        return
    first = document.published_id is None
    if document.published is not None and document.published.title != document.title:
        _readdress(document)
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


def _next_position(space_id: int, parent_id: int | None) -> int:
    last = db.session.scalar(
        select(func.max(Document.position)).where(Document.space_id == space_id, Document.parent_id == parent_id)
        if parent_id is not None
        else select(func.max(Document.position)).where(Document.space_id == space_id, Document.parent_id.is_(None))
    )
    return 0 if last is None else last + 1


def _keep_draft(actor: Actor, command: EditDocument) -> None:
    document = upkeep.load(actor, command.document_id, DocumentAction.EDIT)
    if actor.person_id is None:
        return
    _forget_draft(actor, document)
    db.session.add(
        KeptDraft(
            document_id=document.id,
            person_id=actor.person_id,
            base_id=command.base_id,
            title=command.title,
            body=command.body,
            saved_at=now(),
        )
    )


def _forget_draft(actor: Actor, document: Document) -> None:
    db.session.execute(
        delete(KeptDraft).where(KeptDraft.document_id == document.id, KeptDraft.person_id == actor.person_id)
    )
