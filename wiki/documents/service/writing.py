"""Writing text. A save never loses any: what cannot be merged is kept twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Conflict, Invalid
from wiki.core.markdown import Heading, Rendered, render
from wiki.core.text import normalise
from wiki.documents.domain.commands import (
    MAX_NOTE,
    MAX_SOURCE_PATH,
    MAX_TITLE,
    CreateDocument,
    EditDocument,
    SettleConflict,
)
from wiki.documents.domain.fields import FieldConflict, merge_fields
from wiki.documents.domain.kinds import Kind
from wiki.documents.domain.merge import merge3, resolve
from wiki.documents.domain.state import content_hash
from wiki.documents.errors import EditConflict, WrongBase, WrongPlace
from wiki.documents.events import DocumentCreated, DocumentEdited
from wiki.documents.models import Document, KeptDraft, Revision
from wiki.documents.policy import DocumentAction
from wiki.documents.service import upkeep
from wiki.documents.service.announcing import announce
from wiki.documents.service.publishing import publish_head, rename
from wiki.documents.service.sharing import checked_language, checked_owner, set_tags
from wiki.spaces.models import Space


@dataclass(frozen=True)
class Saved:
    """What a save came to: ``merged`` when it was joined with somebody else's."""

    document: Document
    revision: Revision
    merged: bool


@dataclass(frozen=True)
class _Text:
    """What a revision says, ready to be stored."""

    title: str
    body: str
    data: Mapping[str, Any]
    rendered: Rendered
    imported: bool = False

    @property
    def hash(self) -> str:
        return content_hash(self.title, self.body, self.data)


def create(actor: Actor, command: CreateDocument) -> Document:
    """Write a new document, last among its siblings.

    Raises:
        Forbidden: the actor may not write in the space.
        Invalid: no title, an unknown kind or language, a ring that the space does not have, a parent elsewhere.
    """
    title, body = checked_text(command.title, command.body)
    language = checked_language(command.language)
    text = _Text(title, body, dict(command.data), render(body, language), imported=command.source_path is not None)
    with unit_of_work():
        space = upkeep.load_space(command.space_id)
        authorize(actor, DocumentAction.CREATE, space)
        if command.parent_id is not None:
            parent = upkeep.load(actor, command.parent_id, DocumentAction.EDIT)
            if parent.space_id != space.id:
                raise WrongPlace()
        document = _new(actor, command, space, title)
        db.session.add(document)
        db.session.flush()
        set_tags(document, command.tags)
        _add_revision(actor, document, text, command.note)
        announce(actor, document, DocumentCreated)
        if command.publish:
            publish_head(actor, document)
        else:
            upkeep.refresh_audience(space, [document.id])
            upkeep.tree_changed(space.id)
        return document


def _new(actor: Actor, command: CreateDocument, space: Space, title: str) -> Document:
    if command.kind not in set(Kind):
        raise Invalid(fields={"kind": "Vi kjenner ikke den typen innhold."})
    if command.source_path is not None and len(command.source_path) > MAX_SOURCE_PATH:
        raise Invalid("Stien til filen kan ha høyst 500 tegn.")
    return Document(
        space_id=space.id,
        parent_id=command.parent_id,
        position=_next_position(space.id, command.parent_id),
        slug=upkeep.free_slug(space.id, command.slug or title),
        kind=command.kind,
        purpose=command.purpose,
        language=checked_language(command.language),
        title=title,
        owner=checked_owner(command.owner),
        ring=upkeep.checked_ring(command.ring, space),
        review_on=command.review_on,
        source_path=command.source_path,
        created_by_id=actor.person_id,
        created_at=now(),
    )


def edit(actor: Actor, command: EditDocument) -> Saved:
    """Save a text. One that was written from an older base is merged with what came since.

    Raises:
        EditConflict: both changed the same; the actor's text is kept as a draft first.
        Conflict: both changed the same field of a structured document; the actor's text is kept as a draft first.
        WrongBase: the base is no revision of this document.
        Forbidden, NotFound, Invalid: as for ``create``.
    """
    title, body = checked_text(command.title, command.body)
    command = replace(command, title=title, body=body)
    rendered = render(body, _language(command.document_id))  # before the transaction, so that nobody waits for it
    return _keeping_the_text(actor, command, lambda: _edit(actor, command, rendered))


def settle(actor: Actor, command: SettleConflict) -> Saved:
    """Save what was chosen where two texts met.

    Raises:
        EditConflict: somebody has saved again, or there are more choices to make; the text is still kept.
        WrongBase, Forbidden, NotFound, Invalid: as for ``edit``.
    """
    title, body = checked_text(command.title, command.body)
    mine = EditDocument(
        document_id=command.document_id,
        base_id=command.base_id,
        title=title,
        body=body,
        note=command.note,
        publish=command.publish,
    )
    return _keeping_the_text(actor, mine, lambda: _settle(actor, mine, command))


def _keeping_the_text(actor: Actor, mine: EditDocument, save: Callable[[], Saved]) -> Saved:
    """Run a save; when it meets somebody else's, keep the text before telling."""
    try:
        with unit_of_work():
            return save()
    except Conflict:
        with unit_of_work():
            _keep_draft(actor, mine)
        raise


def _edit(actor: Actor, command: EditDocument, rendered: Rendered) -> Saved:
    document = upkeep.load(actor, command.document_id, DocumentAction.EDIT)
    head, base = _head(document), _base(document, command.base_id)
    if base.id == head.id:
        data = head.data if command.data is None else dict(command.data)
        text = _Text(command.title, command.body, data, rendered, command.imported)
    else:
        text = _merged(base, head, command, document.language)
    return _save(actor, document, base, text, command)


def _settle(actor: Actor, mine: EditDocument, command: SettleConflict) -> Saved:
    document = upkeep.load(actor, mine.document_id, DocumentAction.EDIT)
    head, base = _head(document), _base(document, mine.base_id)
    merged = merge3(base.body, mine.body, head.body)
    if head.id != command.head_id or len(command.choices) != len(merged.conflicts):
        raise EditConflict(head.id, merged, (base.title, mine.title, head.title))
    body = normalise(resolve(merged, command.choices))
    return _save(actor, document, base, _Text(mine.title, body, head.data, render(body, document.language)), mine)


def _save(actor: Actor, document: Document, base: Revision, text: _Text, command: EditDocument) -> Saved:
    """Make the text the head, unless it says what the head says already."""
    revision = head = _head(document)
    if text.hash != head.content_hash:
        other_parent = base.id if base.id != head.id else None
        revision = _add_revision(actor, document, text, command.note, merged_from_id=other_parent)
        rename(document, text.title)
        announce(actor, document, DocumentEdited)
    _forget_draft(actor, KeptDraft.document_id == document.id, KeptDraft.base_id == base.id)
    if command.publish:
        publish_head(actor, document)
    return Saved(document, revision, merged=revision.merged_from_id is not None and revision is not head)


def _merged(base: Revision, head: Revision, command: EditDocument, language: str) -> _Text:
    """Mine joined with the head, both written from the base."""
    result = merge3(base.body, command.body, head.body)
    titles = (base.title, command.title, head.title)
    changed = {title for title in titles if title != base.title}
    if len(changed) > 1 or not result.clean:
        raise EditConflict(head.id, result, titles)
    mine = base.data if command.data is None else command.data
    try:
        data = merge_fields(base.data, mine, head.data)
    except FieldConflict as error:
        raise Conflict() from error
    return _Text(next(iter(changed), base.title), result.text, data, render(result.text, language))


def restore(actor: Actor, document_id: int, number: int, note: str = "") -> Revision:
    """Make an earlier revision the head again, as a new revision with its text.

    Raises:
        Invalid: there is no such revision.
    """
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.EDIT)
        query = select(Revision).where(Revision.document_id == document.id, Revision.number == number)
        earlier, head = db.session.scalar(query), _head(document)
        if earlier is None:
            raise Invalid("Vi finner ikke den versjonen.")
        if earlier.content_hash == head.content_hash:
            return head
        headings = tuple(Heading(*heading) for heading in earlier.headings)
        rendered = Rendered(html=earlier.html, headings=headings, text=earlier.plain)
        text = _Text(earlier.title, earlier.body, dict(earlier.data), rendered)
        revision = _add_revision(actor, document, text, note)
        rename(document, earlier.title)
        announce(actor, document, DocumentEdited)
        return revision


def discard_kept_draft(actor: Actor, kept_id: int) -> None:
    """Throw away a text that was kept for this person; nothing happens when it is gone."""
    with unit_of_work():
        _forget_draft(actor, KeptDraft.id == kept_id)


def checked_text(title: str, body: str) -> tuple[str, str]:
    """Title and body as they are stored.

    Raises:
        Invalid: there is no title, or it is too long.
    """
    title = " ".join(normalise(title).split())
    if not title:
        raise Invalid(fields={"title": "Skriv en tittel."})
    if len(title) > MAX_TITLE:
        raise Invalid(fields={"title": "Tittelen kan ha høyst 200 tegn."})
    return title, normalise(body)


def _language(document_id: int) -> str:
    """The language of a document's text, for the few words that rendering adds; nothing rests on it being there."""
    return db.session.scalar(select(Document.language).where(Document.id == document_id)) or "nb"


def _head(document: Document) -> Revision:
    if document.head is None:  # create() always makes one; only a broken import could miss it
        raise WrongBase()
    return document.head


def _base(document: Document, base_id: int) -> Revision:
    base = db.session.get(Revision, base_id)
    if base is None or base.document_id != document.id:
        raise WrongBase()
    return base


def _add_revision(
    actor: Actor, document: Document, text: _Text, note: str, merged_from_id: int | None = None
) -> Revision:
    """Add the next revision and make it the head."""
    last = db.session.scalar(select(func.max(Revision.number)).where(Revision.document_id == document.id))
    revision = Revision(
        document_id=document.id,
        number=(last or 0) + 1,
        title=text.title,
        body=text.body,
        data=dict(text.data),
        html=text.rendered.html,
        plain=text.rendered.text,
        headings=[[h.level, h.id, h.text] for h in text.rendered.headings],
        author_id=actor.person_id,
        author_name=actor.name,
        acting_for=actor.acting_for.key if actor.acting_for else "",
        acting_for_name=actor.acting_for.name if actor.acting_for else "",
        note=normalise(note).strip()[:MAX_NOTE],
        content_hash=text.hash,
        merged_from_id=merged_from_id,
        imported=text.imported,
        created_at=now(),
    )
    db.session.add(revision)
    db.session.flush()
    document.head_id = revision.id
    db.session.flush()
    db.session.expire(document, ["head"])
    return revision


def _next_position(space_id: int, parent_id: int | None) -> int:
    siblings = Document.parent_id.is_(None) if parent_id is None else Document.parent_id == parent_id
    last = db.session.scalar(select(func.max(Document.position)).where(Document.space_id == space_id, siblings))
    return 0 if last is None else last + 1


def _keep_draft(actor: Actor, command: EditDocument) -> None:
    document = upkeep.load(actor, command.document_id, DocumentAction.EDIT)
    if actor.person_id is None:
        return
    _forget_draft(actor, KeptDraft.document_id == document.id, KeptDraft.base_id == command.base_id)
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


def _forget_draft(actor: Actor, *criteria: ColumnElement[bool]) -> None:
    """Those of the actor's kept texts that were written from one base, since they have been dealt with."""
    db.session.execute(delete(KeptDraft).where(KeptDraft.person_id == actor.person_id, *criteria))
