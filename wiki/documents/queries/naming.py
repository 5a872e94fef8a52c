"""Who stands behind audience tokens, why each is there, and who could be named besides."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wiki.core.authz import Actor
from wiki.core.db import db
from wiki.core.errors import NotFound
from wiki.documents.domain.address import address
from wiki.documents.domain.audience import Node, Reason, Ring, SpaceScope, available_rings, explain
from wiki.documents.models import Document
from wiki.documents.queries.reading import ancestor_ids, readable
from wiki.identity.models import Municipality, Network, Person
from wiki.identity.queries import members_of
from wiki.spaces.models import Space
from wiki.spaces.queries import people_to_ask


def space_scope(space: Space) -> SpaceScope:
    """What the audience rules need to know of a space."""
    return SpaceScope(
        id=space.id,
        ring=Ring(space.default_ring),
        network_id=space.network_id,
        municipality=space.municipality_number,
    )


def rings_for(document: Document) -> tuple[Ring, ...]:
    """The rings that can be chosen for a document, narrowest first."""
    return available_rings(space_scope(document.space))


def reasons(document: Document) -> list[Reason]:
    """Why each of its readers may read it, the editors first."""
    ids = [document.id, *ancestor_ids(document.id)]
    found = db.session.scalars(select(Document).where(Document.id.in_(ids)))
    nodes = {each.id: _node(each) for each in found}
    return list(explain(nodes[document.id], nodes, space_scope(document.space)))


def _node(document: Document) -> Node:
    return Node(
        id=document.id,
        parent_id=document.parent_id,
        ring=Ring(document.ring) if document.ring else None,
        extras=frozenset(grant.token for grant in document.grants),
        published=document.published_id is not None,
    )


def names_of(tokens: Collection[str]) -> Mapping[str, str]:
    """The name of whoever stands behind each token: network, municipality, space or person."""
    ids: dict[str, set[str]] = {}
    for token in tokens:
        kind, _sep, rest = token.partition(":")
        ids.setdefault(kind, set()).add(rest.partition(":")[0])
    named = {
        ("municipality", number): name
        for number, name in db.session.execute(
            select(Municipality.number, Municipality.name).where(
                Municipality.number.in_(ids.get("municipality", set()))
            )
        )
    }
    for kind, model in (("network", Network), ("space", Space), ("user", Person)):
        numbers = [int(id_) for id_ in ids.get(kind, set())]
        rows = db.session.execute(select(model.id, model.name).where(model.id.in_(numbers)))
        named.update({(kind, str(id_)): name for id_, name in rows})
    return {t: named.get((t.partition(":")[0], t.split(":")[1]), "") for t in tokens if ":" in t}


@dataclass(frozen=True)
class Principal:
    """Somebody a document can be shared with by name."""

    token: str
    name: str


def municipalities_to_name(document: Document) -> list[Principal]:
    """The member municipalities of the document's network."""
    found = members_of(document.space.network_id)
    return [Principal(f"municipality:{each.number}", each.name) for each in found]


def people_to_name(document: Document) -> list[Principal]:
    """The people of the document's network, by name."""
    return [Principal(f"user:{each.id}", each.name) for each in people_to_ask(document.space)]


def readable_among(actor: Actor, ids: Collection[int | None]) -> Sequence[Document]:
    """Those of the documents that the reader may read."""
    wanted = [id_ for id_ in ids if id_ is not None]
    return db.session.scalars(select(Document).where(Document.id.in_(wanted), readable(actor))).all()


def get_for_access_review(space_slug: str, slug: str) -> Document:
    """The document at an address, whoever may read it: for an administrator who asks why.

    Raises:
        NotFound: there is none.
    """
    document = db.session.scalar(
        select(Document)
        .join(Space)
        .where(Space.slug == space_slug, Document.slug == slug, Document.trashed_at.is_(None))
    )
    if document is None:
        raise NotFound()
    return document


def names_for_log(actor: Actor, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Title and address of those documents that the reader may read, for the audit log."""
    found = db.session.scalars(
        select(Document)
        .options(joinedload(Document.space), joinedload(Document.published))
        .where(Document.id.in_(ids), readable(actor))
    )
    return {
        each.id: (each.published.title if each.published else each.title, address(each.space.slug, each.slug))
        for each in found
    }
