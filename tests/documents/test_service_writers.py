"""Eight writers at once lose nothing: neither in one document nor in many, on SQLite and PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import documents as make
from tests.factories import identity as people
from tests.factories import spaces
from wiki.core.authz import SYSTEM
from wiki.core.db import db as database
from wiki.documents import queries, service
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import CreateDocument, EditDocument, SetAudience
from wiki.documents.models import Document, DocumentAudience, Revision
from wiki.spaces.models import Space

pytestmark = pytest.mark.both_databases

WRITERS = 8


@pytest.fixture
def space(db: object) -> Space:
    return spaces.space(people.network())


def at_once(app: Flask, write: Callable[[int], object]) -> None:
    """Let eight threads write at the same moment, each with a connection of its own; any failure fails."""
    together = Barrier(WRITERS)

    def run(number: int) -> None:
        with app.app_context():
            together.wait(timeout=30)
            write(number)
            database.session.remove()

    database.session.remove()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(run, range(WRITERS)))


def test_each_their_paragraph_of_one_document(app: Flask, space: Space) -> None:
    body = "\n\n".join(f"Avsnitt {number}." for number in range(WRITERS)) + "\n"
    document = make.document(space, "Felles", body=body)
    id_, base_id = document.id, document.head_id

    def write(number: int) -> None:
        mine = body.replace(f"Avsnitt {number}.", f"Avsnitt {number}, endret.")
        service.edit(
            SYSTEM, EditDocument(document_id=id_, base_id=base_id or 0, title="Felles", body=mine, publish=True)
        )

    at_once(app, write)
    document = database.session.get_one(Document, id_)
    assert document.published is not None
    assert document.published.body == body.replace(".", ", endret.")
    assert [r.number for r in queries.revisions(document, with_drafts=True)] == list(range(WRITERS + 1, 0, -1))


def test_each_a_document_with_the_same_title(app: Flask, space: Space) -> None:
    space_id = space.id
    before = database.session.scalar(select(func.count(Document.id)).where(Document.space_id == space_id)) or 0
    rounds = 4

    def write(number: int) -> None:
        for turn in range(rounds):
            command = CreateDocument(space_id=space_id, title="Lik", body=f"Fra {number}, {turn}.", publish=True)
            service.create(SYSTEM, command)

    at_once(app, write)
    rows = database.session.execute(
        select(Document.slug, Document.position, Revision.body)
        .join(Revision, Revision.id == Document.published_id)
        .where(Document.space_id == space_id, Document.title == "Lik")
    ).all()
    count = WRITERS * rounds
    assert {row.body for row in rows} == {f"Fra {n}, {t}." for n in range(WRITERS) for t in range(rounds)}
    assert len({row.slug for row in rows}) == len({row.position for row in rows}) == len(rows) == count
    after = database.session.scalar(select(func.count(Document.id)).where(Document.space_id == space_id))
    assert after == before + count


def test_readers_are_right_when_sharing_and_publishing_meet(app: Flask, space: Space) -> None:
    """Four share the parent while four publish below it: what is inherited must be what the parent has in the end."""
    parent = make.document(space, "Over")
    children = [make.document(space, parent_id=parent.id, publish=False).id for _ in range(WRITERS)]
    parent_id, space_id = parent.id, space.id

    def write(number: int) -> None:
        if number % 2:
            service.publish(SYSTEM, children[number])
        else:
            ring = Ring.PUBLIC if number % 4 else Ring.SPACE
            service.set_audience(SYSTEM, SetAudience(document_id=parent_id, ring=ring))

    at_once(app, write)

    def audience(id_: int) -> set[str]:
        rows = select(DocumentAudience.token).where(DocumentAudience.document_id == id_)
        return set(database.session.scalars(rows))

    published = [children[number] for number in range(1, WRITERS, 2)]
    assert all(audience(id_) == audience(parent_id) for id_ in published)
    drafts = [children[number] for number in range(0, WRITERS, 2)]
    assert {token for id_ in drafts for token in audience(id_)} == {f"space:{space_id}:editor"}
