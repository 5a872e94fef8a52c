"""Whoever asks, and wherever: what is shown is exactly what the slow reference resolver says.

Random trees in two spaces, rings, named readers and seats; random calls of the service. Then the materialised audience,
SQL lists, the tree, search and the API are held against the reference, for each of several readers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.documents.reference import may_read
from tests.factories import documents as make
from tests.factories import identity as people
from tests.factories import spaces
from wiki.core.authz import ANONYMOUS, SYSTEM, Actor
from wiki.core.db import db as database
from wiki.core.errors import Invalid
from wiki.documents import queries, service
from wiki.documents.domain.audience import Node, Ring, SpaceScope
from wiki.documents.domain.commands import MoveDocument, SetAudience
from wiki.documents.models import Document, DocumentAudience
from wiki.identity.models import Person
from wiki.search.contracts import Query
from wiki.spaces.domain import SpaceRole, UpdateSpace
from wiki.spaces.models import Space
from wiki.spaces.service import update_space

WORD = "granskog"
NUMBERS = ("4601", "4602", "0301")


@dataclass
class Play:
    """Two spaces, the people around them, and the documents that the calls have made."""

    draw: Callable[[st.SearchStrategy], object]
    group_id: int
    room_id: int
    people: list[Person]
    made: list[int] = field(default_factory=list)

    def one_of(self, *values: object) -> object:
        return self.draw(st.sampled_from(values))

    def space_id(self) -> int:
        return int(str(self.one_of(self.group_id, self.room_id)))

    def document(self) -> Document | None:
        """Any of the documents, also from the trash."""
        return database.session.get(Document, self.one_of(*self.made)) if self.made else None

    def ring(self, space_id: int) -> Ring | None:
        return self.draw(st.none() | st.sampled_from(self.rings(space_id)))  # type: ignore[return-value]

    def rings(self, space_id: int) -> list[Ring]:
        return [ring for ring in Ring if ring is not Ring.MUNICIPALITY or space_id == self.room_id]

    def tokens(self) -> frozenset[str]:
        named = [f"user:{person.id}" for person in self.people]
        return self.draw(st.frozensets(st.sampled_from([*named, "municipality:0301"]), max_size=2))  # type: ignore[return-value]


def create(play: Play) -> None:
    above = play.document()
    use = above is not None and above.trashed_at is None and play.draw(st.booleans())
    space_id = above.space_id if use and above else play.space_id()
    made = make.document(
        database.session.get_one(Space, space_id),
        title=f"Tittel {WORD}",
        parent_id=above.id if use and above else None,
        ring=play.ring(space_id),
        publish=play.one_of(True, True, False),
    )
    play.made.append(made.id)


def on_document(call: Callable[[Play, Document], object]) -> Callable[[Play], None]:
    def run(play: Play) -> None:
        document = play.document()
        if document is not None and document.trashed_at is None:
            call(play, document)

    return run


def share(play: Play, document: Document) -> None:
    command = SetAudience(document_id=document.id, ring=play.ring(document.space_id), tokens=play.tokens())
    service.set_audience(SYSTEM, command)


def move(play: Play, document: Document) -> None:
    parent = play.document() if play.draw(st.booleans()) else None
    space_id = parent.space_id if parent else play.space_id()
    command = MoveDocument(document_id=document.id, space_id=space_id, parent_id=parent.id if parent else None)
    try:
        service.move(SYSTEM, command)
    except Invalid:  # below itself, beside something thrown away, or a ring that the other space does not have
        database.session.rollback()


def untrash(play: Play) -> None:
    document = play.document()
    if document is not None and document.trashed_at is not None:
        service.untrash(SYSTEM, document.id)


def open_space(play: Play) -> None:
    space_id = play.space_id()
    ring = play.one_of(*play.rings(space_id))
    update_space(SYSTEM, UpdateSpace(space_id=space_id, default_ring=str(ring)))


def seat(play: Play) -> None:
    space = database.session.get_one(Space, play.space_id())
    person = play.people[play.draw(st.integers(0, len(play.people) - 1))]  # type: ignore[call-overload]
    if str(space.id) not in people.actor_of(person).scopes("space", *SpaceRole):
        spaces.seat(space, person, str(play.one_of(*SpaceRole)))


CALLS: tuple[Callable[[Play], None], ...] = (
    create,
    on_document(share),
    on_document(share),
    on_document(move),
    on_document(move),
    on_document(lambda _play, document: service.publish(SYSTEM, document.id)),
    on_document(lambda _play, document: service.withdraw(SYSTEM, document.id)),
    on_document(lambda _play, document: service.trash(SYSTEM, document.id)),
    untrash,
    open_space,
    seat,
)


@pytest.mark.both_databases
@given(data=st.data())
def test_everybody_sees_what_the_reference_says(app: Flask, db: object, data: st.DataObject) -> None:
    network, other = people.network("", "4601", "4602"), people.network("", "0301")
    play = Play(
        draw=data.draw,
        group_id=spaces.space(network).id,
        room_id=spaces.space(network, "municipality", municipality_number="4601").id,
        people=[people.person(municipality_number=number) for number in NUMBERS] + [people.lead(other)],
    )
    for call in (create,) * 4 + data.draw(st.lists(st.sampled_from(CALLS), min_size=5, max_size=20).map(tuple)):
        call(play)
    app.extensions["search"].service.drain()
    for space_id in (play.group_id, play.room_id):
        hold(app, play, database.session.get_one(Space, space_id))


def hold(app: Flask, play: Play, space: Space) -> None:
    """Hold everything that is shown of a space against the reference."""
    scope = SpaceScope(space.id, Ring(space.default_ring), space.network_id, space.municipality_number)
    found = database.session.scalars(select(Document).where(Document.space_id == space.id)).all()
    nodes = {document.id: node_of(document) for document in found}
    thrown = {document.id for document in found if document.trashed_at is not None}
    published = {document.id for document in found if document.published_id is not None}
    materialised = audiences(nodes)
    universe = {*(token for tokens in materialised.values() for token in tokens), *named(nodes), *tokens_of(scope)}
    for id_, node in nodes.items():
        expected = set() if id_ in thrown else {t for t in universe if may_read(frozenset({t}), node, nodes, scope)}
        assert materialised[id_] == expected
    for person in (None, *play.people):
        actor = people.actor_of(person) if person else ANONYMOUS
        seen = {id_ for id_, node in nodes.items() if id_ not in thrown and may_read(actor.tokens, node, nodes, scope)}
        assert listed(actor, space) == seen
        assert changed(actor, space) == seen & published
        assert set(queries.whole_tree(actor, space.id, space.tree_version).by_id) == seen
        ours = set(play.made) & set(nodes)
        assert searched(app, actor, space) == seen & ours
        assert through_the_api(app, person, space, ours) == (seen & ours, seen & ours)


def node_of(document: Document) -> Node:
    return Node(
        document.id,
        document.parent_id,
        Ring(document.ring) if document.ring else None,
        frozenset(grant.token for grant in document.grants),
        document.published_id is not None,
    )


def audiences(nodes: dict[int, Node]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {id_: set() for id_ in nodes}
    rows = select(DocumentAudience).where(DocumentAudience.document_id.in_(nodes))
    for row in database.session.scalars(rows):
        found[row.document_id].add(row.token)
    return found


def named(nodes: dict[int, Node]) -> set[str]:
    return {token for node in nodes.values() for token in node.extras}


def tokens_of(space: SpaceScope) -> set[str]:
    of_space = {f"space:{space.id}:reader", f"space:{space.id}:editor"}
    return {"public", "networks", f"network:{space.network_id}", "municipality:4601", "municipality:4602", *of_space}


def listed(actor: Actor, space: Space) -> set[int]:
    return set(
        database.session.scalars(select(Document.id).where(Document.space_id == space.id, queries.readable(actor)))
    )


def changed(actor: Actor, space: Space) -> set[int]:
    addresses = {c.slug for c in queries.changes_since(actor, None, 10_000) if c.space_slug == space.slug}
    rows = select(Document.id).where(Document.space_id == space.id, Document.slug.in_(addresses))
    return set(database.session.scalars(rows))


def searched(app: Flask, actor: Actor, space: Space) -> set[int]:
    page = app.extensions["search"].service.search(actor, Query(text=WORD, space=space.slug, limit=100))
    assert page.total == len(page.hits)
    return {hit.thing_id for hit in page.hits if hit.source == "document"}


def through_the_api(app: Flask, person: Person | None, space: Space, ids: set[int]) -> tuple[set[int], set[int]]:
    """The documents that the API gives one by one, and those that its search finds."""
    client = app.test_client()
    if person:
        people.sign_in(client, person)
    slug = space.slug
    given = {id_ for id_ in ids if client.get(f"/api/v1/documents/{id_}").status_code == 200}
    hits = client.get("/api/v1/search", query_string={"q": WORD, "space": slug, "limit": 100}).get_json()["hits"]
    addresses = {hit["url"].rpartition("/")[2] for hit in hits}
    rows = select(Document.id).where(Document.id.in_(ids), Document.slug.in_(addresses))
    return given, set(database.session.scalars(rows))
