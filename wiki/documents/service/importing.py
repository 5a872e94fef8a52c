"""Imported items as documents: the same path into the same space is the same document again."""

from typing import Any

from sqlalchemy import select

from wiki.core.authz import SYSTEM, Actor, authorize
from wiki.core.db import db
from wiki.core.errors import NotFound
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import CreateDocument, DescribeDocument, EditDocument
from wiki.documents.domain.state import content_hash
from wiki.documents.models import Document, Revision
from wiki.documents.policy import DocumentAction
from wiki.documents.service import upkeep
from wiki.documents.service.sharing import describe
from wiki.documents.service.writing import checked_text, create, edit
from wiki.identity.queries import find_person, load_actor
from wiki.spaces.models import Space
from wiki.spaces.queries import find_space
from wiki.transfer.contracts import Item, Outcome, Result


class DocumentSink:
    """Takes imported items into one space, published at once for the audience that was asked for."""

    def __init__(self) -> None:
        self._actor: Actor = SYSTEM
        self._space: Space | None = None
        self._ring: Ring | None = None

    def actor(self, email: str) -> Actor:
        """The person with that e-mail address.

        Raises:
            NotFound: nobody has it.
        """
        person = find_person(email)
        actor = load_actor(person.id) if person else None
        if actor is None:
            raise NotFound()
        return actor

    def begin(self, actor: Actor, space_slug: str, audience: str | None) -> None:
        """Aim at a space.

        Raises:
            NotFound: there is no such space.
            Forbidden: the actor may not write there.
            Invalid: the space cannot have that audience.
        """
        space = find_space(space_slug)
        if space is None:
            raise NotFound()
        authorize(actor, DocumentAction.CREATE, space)
        ring = Ring(audience) if audience else None
        upkeep.checked_ring(ring, space)
        self._actor, self._space, self._ring = actor, space, ring

    def save(self, item: Item, dry_run: bool) -> Outcome:
        """Store the item as a new or changed document; in a dry run only say what would become of it."""
        if self._space is None:
            raise RuntimeError("begin() comes before save()")
        title, body = checked_text(item.title, item.body)
        existing = self._find(self._space.id, item.source_path)
        if existing is None:
            if not dry_run:
                self._create(self._space, item)
            return Outcome(Result.NEW)
        if existing.trashed_at is not None:
            return Outcome(Result.SKIPPED, "is in the trash")
        before = self._last_import(existing)
        if before is not None and before.content_hash == content_hash(title, body, _data(item)):
            return Outcome(Result.UNCHANGED)  # also when somebody has changed it here since: that stays
        if before is None or before.id != existing.head_id:
            return Outcome(Result.SKIPPED, "changed both here and where it comes from")
        if not dry_run:
            self._update(existing, before, item)
        return Outcome(Result.UPDATED)

    def _update(self, document: Document, before: Revision, item: Item) -> None:
        edit(
            self._actor,
            EditDocument(
                document_id=document.id,
                base_id=before.id,
                title=item.title,
                body=item.body,
                note="Importert på nytt",
                publish=True,
                data=_data(item),
                imported=True,
            ),
        )
        describe(
            self._actor,
            DescribeDocument(
                document_id=document.id,
                language=item.language or document.language,
                owner=document.owner,
                review_on=document.review_on,
                tags=item.tags or tuple(tag.name for tag in document.tags),
            ),
        )

    def _last_import(self, document: Document) -> Revision | None:
        query = select(Revision).where(Revision.document_id == document.id, Revision.imported)
        return db.session.scalar(query.order_by(Revision.number.desc()).limit(1))

    def _find(self, space_id: int, source_path: str) -> Document | None:
        query = select(Document).where(Document.space_id == space_id, Document.source_path == source_path)
        return db.session.scalar(query)

    def _create(self, space: Space, item: Item) -> None:
        create(
            self._actor,
            CreateDocument(
                space_id=space.id,
                title=item.title,
                body=item.body,
                language=item.language or space.language,
                note="Importert",
                ring=self._ring,
                tags=item.tags,
                publish=True,
                source_path=item.source_path,
                data=_data(item),
            ),
        )


def _data(item: Item) -> dict[str, Any]:
    """What the source says besides its text; tags and language too, so that a change of them is a change."""
    return {**item.data, "tags": list(item.tags), "language": item.language}
