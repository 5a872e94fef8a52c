"""What every write keeps in order: the materialised audience, the tree's version, the address."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, delete, insert, select, update

from wiki.core.authz import Actor, authorize, can
from wiki.core.db import db
from wiki.core.errors import Conflict, Invalid, NotFound
from wiki.core.text import slugify, unique_slug
from wiki.documents.domain.audience import Node, Ring, audiences, available_rings
from wiki.documents.models import Document, DocumentAudience, DocumentGrant, OldAddress
from wiki.documents.policy import DocumentAction
from wiki.documents.queries.naming import space_scope
from wiki.documents.queries.reading import ancestor_ids, readable
from wiki.spaces.models import Space

SLUG_LENGTH = 80


def load(actor: Actor, document_id: int, action: DocumentAction, *, and_spaces: tuple[int, ...] = ()) -> Document:
    """The document for writing, once the actor has been found to be allowed ``action``.

    Until the commit nobody else writes in its space or in ``and_spaces``.

    Raises:
        NotFound: there is none that the actor may read.
        Forbidden: the actor may read it but not do this.
    """
    document = _locked(document_id, and_spaces, Document.trashed_at.is_(None), readable(actor))
    authorize(actor, action, document)
    return document


def load_trashed(actor: Actor, document_id: int) -> Document:
    """A document from the trash, locked as by ``load``.

    Raises:
        NotFound: it is not in the trash of a space whose editors the actor is one of.
        Forbidden: the space is archived.
    """
    document = _locked(document_id, (), Document.trashed_at.is_not(None))
    if not can(actor, DocumentAction.SEE_DRAFTS, document):
        raise NotFound()
    authorize(actor, DocumentAction.TRASH, document)
    return document


def _locked(document_id: int, and_spaces: tuple[int, ...], *criteria: ColumnElement[bool]) -> Document:
    space_id = db.session.scalar(select(Document.space_id).where(Document.id == document_id))
    if space_id is None:
        raise NotFound()
    _lock_spaces({space_id, *and_spaces})
    query = select(Document).where(Document.id == document_id, *criteria)
    document = db.session.scalar(query.execution_options(populate_existing=True))
    if document is None:
        raise NotFound()
    if document.space_id != space_id:  # moved between the two look-ups
        raise Conflict()
    return document


def _lock_spaces(ids: Collection[int]) -> None:
    """Be the only writer in these spaces until the commit; always in the same order, so that nobody waits in a ring.

    What is inherited and what is counted (audience, order, addresses, revision numbers) is read and written back,
    and two such writers would each miss what the other did. SQLite has one writer at a time anyway.
    """
    query = select(Space.id).where(Space.id.in_(ids)).order_by(Space.id)
    db.session.execute(query.with_for_update(of=Space, key_share=True)).all()


def checked_ring(ring: Ring | None, space: Space) -> str | None:
    """The ring as it is stored.

    Raises:
        Invalid: the space does not have that ring.
    """
    if ring is None:
        return None
    if ring not in available_rings(space_scope(space)):
        raise Invalid(fields={"ring": "Rommet hører ikke til en kommune. Velg noe annet."})
    return str(ring)


def load_space(space_id: int) -> Space:
    """The space with that id; until the commit nobody else writes in it.

    Raises:
        NotFound: there is none.
    """
    _lock_spaces({space_id})
    query = select(Space).where(Space.id == space_id)
    space = db.session.scalar(query.execution_options(populate_existing=True))
    if space is None:
        raise NotFound()
    return space


def refresh_audience(space: Space, document_ids: Collection[int]) -> list[int]:
    """Write the audience of these documents anew; the ids of those whose readers changed.

    They share a subtree, or are a whole space: what they inherit from is looked up once.
    """
    asked = set(document_ids)
    above: set[int] = set()
    for top in _tops(asked):
        above.update(ancestor_ids(top))
    nodes = _nodes(asked)
    wanted = audiences(nodes.values(), space_scope(space), _nodes(above - asked).values())
    in_trash = set(
        db.session.scalars(select(Document.id).where(Document.id.in_(asked), Document.trashed_at.is_not(None)))
    )
    return _write({id_: frozenset() if id_ in in_trash else t for id_, t in wanted.items()})


def _tops(ids: set[int]) -> list[int]:
    rows = db.session.execute(select(Document.id, Document.parent_id).where(Document.id.in_(ids)))
    return [id_ for id_, parent in rows if parent not in ids]


def _nodes(ids: Collection[int]) -> dict[int, Node]:
    extras: dict[int, set[str]] = {}
    grants = select(DocumentGrant.document_id, DocumentGrant.token)
    for id_, token in db.session.execute(grants.where(DocumentGrant.document_id.in_(ids))):
        extras.setdefault(id_, set()).add(token)
    rows = db.session.execute(
        select(Document.id, Document.parent_id, Document.ring, Document.published_id).where(Document.id.in_(ids))
    )
    return {
        id_: Node(
            id=id_,
            parent_id=parent,
            ring=Ring(ring) if ring else None,
            extras=frozenset(extras.get(id_, ())),
            published=published is not None,
        )
        for id_, parent, ring, published in rows
    }


def _write(wanted: dict[int, frozenset[str]]) -> list[int]:
    present: dict[int, set[str]] = {id_: set() for id_ in wanted}
    rows = select(DocumentAudience.document_id, DocumentAudience.token)
    for id_, token in db.session.execute(rows.where(DocumentAudience.document_id.in_(wanted))):
        present[id_].add(token)
    changed = [id_ for id_, tokens in wanted.items() if tokens != present[id_]]
    for id_ in changed:
        gone = present[id_] - wanted[id_]
        if gone:
            db.session.execute(
                delete(DocumentAudience).where(DocumentAudience.document_id == id_, DocumentAudience.token.in_(gone))
            )
    new = [{"document_id": id_, "token": token} for id_ in changed for token in sorted(wanted[id_] - present[id_])]
    if new:
        db.session.execute(insert(DocumentAudience), new)
    return changed


def tree_changed(*space_ids: int) -> None:
    """Count up the tree's version, so that no kept tree of these spaces is shown again."""
    db.session.flush()
    db.session.execute(
        update(Space)
        .where(Space.id.in_(space_ids))
        .values(tree_version=Space.tree_version + 1)
        .execution_options(synchronize_session="fetch")
    )


def free_slug(space_id: int, wanted: str, *, own: int | None = None) -> str:
    """An address in a space that no other document has or had, nearest to ``wanted``."""
    base = slugify(wanted, SLUG_LENGTH)
    stem = base[:24] + "%"  # numbered addresses are cut at a word, so only their beginning is sure
    here = select(Document.slug).where(
        Document.space_id == space_id, Document.slug.like(stem), Document.id != (own or 0)
    )
    before = select(OldAddress.slug).where(
        OldAddress.space_id == space_id,
        OldAddress.slug.like(stem),
        OldAddress.document_id != (own or 0),
    )
    taken = {*db.session.scalars(here), *db.session.scalars(before)}
    return unique_slug(base, taken, SLUG_LENGTH)


def set_address(document: Document, space_id: int, slug: str) -> None:
    """Give the document a new address and let the old one lead there for ever."""
    old = (document.space_id, document.slug)
    if old == (space_id, slug):
        return
    db.session.execute(
        delete(OldAddress).where(
            OldAddress.document_id == document.id,
            ((OldAddress.space_id == space_id) & (OldAddress.slug == slug))
            | ((OldAddress.space_id == old[0]) & (OldAddress.slug == old[1])),
        )
    )
    db.session.add(OldAddress(space_id=old[0], slug=old[1], document_id=document.id))
    document.space_id, document.slug = space_id, slug


def without(ids: Iterable[int], own: int) -> tuple[int, ...]:
    """The ids other than the document's own, for an event's ``affected``."""
    return tuple(sorted(id_ for id_ in ids if id_ != own))
