"""Where documents stand: their order, moves within and between spaces, and the trash."""

from collections.abc import Callable

from sqlalchemy import select, update

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid
from wiki.documents.domain.audience import available_rings
from wiki.documents.domain.commands import MoveDocument
from wiki.documents.domain.tree import CycleError, Place, Tree
from wiki.documents.errors import WrongPlace
from wiki.documents.events import DocumentMoved, DocumentTrashed, DocumentUntrashed
from wiki.documents.models import Document
from wiki.documents.policy import DocumentAction
from wiki.documents.queries.naming import space_scope
from wiki.documents.queries.reading import subtree_ids
from wiki.documents.service import upkeep
from wiki.documents.service.announcing import announce
from wiki.spaces.models import Space

_STEPS: dict[str, Callable[[Tree, int], frozenset[Place]]] = {
    "up": Tree.up,
    "down": Tree.down,
    "in": Tree.indent,
    "out": Tree.outdent,
}


def step(actor: Actor, document_id: int, direction: str) -> Document:
    """Move a document one place ``up``, ``down``, ``in`` or ``out`` in the tree.

    Raises:
        Invalid: another direction.
    """
    if direction not in _STEPS:
        raise Invalid("Vi forsto ikke hvor siden skulle flyttes.")
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.MOVE)
        tree = Tree(_places(document.space_id))
        changed = _STEPS[direction](tree, document.id)
        if changed:
            _write(changed)
            _moved(actor, document)
        return document


def move(actor: Actor, command: MoveDocument) -> Document:
    """Move a document with all below it, also to another space; old addresses lead on.

    Raises:
        WrongPlace: under itself, or beside or under a document of another space.
        Invalid: the front page cannot leave its space, nor a ring go where there is none such.
        Forbidden: the actor may not write in one of the spaces.
    """
    with unit_of_work():
        document = upkeep.load(actor, command.document_id, DocumentAction.MOVE, and_spaces=(command.space_id,))
        target = upkeep.load_space(command.space_id)
        authorize(actor, DocumentAction.CREATE, target)
        _require_in(target.id, command.parent_id)
        _require_in(target.id, command.before_id)
        ids = subtree_ids(document.id)
        if command.parent_id in ids:
            raise WrongPlace()
        if target.id != document.space_id:
            _require_movable(ids, target)
            _to_space(ids, document, target.id)
        _insert(document, command)
        _moved(actor, document)
        return document


def trash(actor: Actor, document_id: int) -> Document:
    """Throw a document away with all below it; nobody finds it but in the trash."""
    with unit_of_work():
        document = upkeep.load(actor, document_id, DocumentAction.TRASH)
        below = subtree_ids(document.id)
        if _has_front(below):
            raise Invalid("Forsiden hører til rommet og kan ikke legges i papirkurven. Du kan redigere den.")
        ids = _in_use(below)
        _set_trashed(ids, actor)
        upkeep.refresh_audience(document.space, ids)
        upkeep.tree_changed(document.space_id)
        announce(actor, document, DocumentTrashed, upkeep.without(ids, document.id))
        return document


def untrash(actor: Actor, document_id: int) -> Document:
    """Bring a document back with what was thrown away together with it.

    It comes back to its place; to the top when its parent is still in the trash.

    Raises:
        NotFound: it is not in the trash of a space in which the actor may write.
    """
    with unit_of_work():
        document = upkeep.load_trashed(actor, document_id)
        together = select(Document.id).where(Document.trashed_at == document.trashed_at)
        thrown = set(db.session.scalars(together))
        ids = [id_ for id_ in subtree_ids(document.id) if id_ in thrown]
        if document.parent is not None and document.parent.trashed_at is not None:
            document.parent_id = None
        _set_trashed(ids, None)
        upkeep.refresh_audience(document.space, ids)
        upkeep.tree_changed(document.space_id)
        announce(actor, document, DocumentUntrashed, upkeep.without(ids, document.id))
        return document


def _places(space_id: int) -> list[Place]:
    rows = db.session.execute(
        select(Document.id, Document.parent_id, Document.position).where(
            Document.space_id == space_id, Document.trashed_at.is_(None)
        )
    )
    return [Place(*row) for row in rows]


def _write(places: frozenset[Place]) -> None:
    for place in places:
        db.session.execute(
            update(Document)
            .where(Document.id == place.id)
            .values(parent_id=place.parent_id, position=place.position)
            .execution_options(synchronize_session="fetch")
        )


def _require_in(space_id: int, document_id: int | None) -> None:
    if document_id is None:
        return
    neighbour = db.session.get(Document, document_id)
    if neighbour is None or neighbour.space_id != space_id or neighbour.trashed_at is not None:
        raise WrongPlace()


def _insert(document: Document, command: MoveDocument) -> None:
    db.session.flush()
    tree = Tree(_places(command.space_id))
    position = None
    if command.before_id is not None:
        siblings = [id_ for id_ in tree.children(command.parent_id) if id_ != document.id]
        if command.before_id not in siblings:
            raise WrongPlace()
        position = siblings.index(command.before_id)
    try:
        changed = tree.insert(document.id, command.parent_id, position)
    except (CycleError, KeyError) as error:
        raise WrongPlace() from error
    _write(changed)


def _to_space(ids: list[int], top: Document, space_id: int) -> None:
    """Give every document of the subtree its address in the other space."""
    origin = top.space_id
    for id_ in ids:
        document = db.session.get(Document, id_)
        if document is not None:
            slug = upkeep.free_slug(space_id, document.slug, own=document.id)
            upkeep.set_address(document, space_id, slug)
            document.purpose = None  # it served the other space
            document.source_path = None
            db.session.flush()
    top.parent_id = None
    db.session.flush()
    db.session.expire(top, ["space"])
    upkeep.tree_changed(origin)


def _moved(actor: Actor, document: Document) -> None:
    """Readers may have changed with the place: what is inherited is inherited from elsewhere."""
    db.session.flush()
    ids = subtree_ids(document.id)
    upkeep.refresh_audience(document.space, ids)
    upkeep.tree_changed(document.space_id)
    announce(actor, document, DocumentMoved, upkeep.without(ids, document.id))


def _in_use(ids: list[int]) -> list[int]:
    """Those that are not in the trash already: what was thrown earlier comes back on its own."""
    return list(db.session.scalars(select(Document.id).where(Document.id.in_(ids), Document.trashed_at.is_(None))))


def _has_front(ids: list[int]) -> bool:
    return db.session.scalar(select(Document.id).where(Document.id.in_(ids), Document.purpose == "front")) is not None


def _require_movable(ids: list[int], target: Space) -> None:
    """Let nobody read or miss what they should not: a ring of the municipality means nothing in another room."""
    if _has_front(ids):
        raise Invalid("Forsiden hører til rommet og kan ikke flyttes til et annet.")
    rings = set(db.session.scalars(select(Document.ring).where(Document.id.in_(ids), Document.ring.is_not(None))))
    if not rings <= {ring.value for ring in available_rings(space_scope(target))}:
        raise Invalid(
            "Noe her er delt med alle i kommunen, og det andre rommet hører ikke til en kommune. "
            "Velg først hvem som kan lese."
        )


def _set_trashed(ids: list[int], actor: Actor | None) -> None:
    db.session.flush()
    values = {
        "trashed_at": now() if actor else None,
        "trashed_by_id": actor.person_id if actor else None,
    }
    db.session.execute(
        update(Document).where(Document.id.in_(ids)).values(values).execution_options(synchronize_session="fetch")
    )
