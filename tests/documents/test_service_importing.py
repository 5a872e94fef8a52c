"""Importing again: what has not changed stays, what somebody changed here is never overwritten."""

from typing import Any

import pytest

from tests.factories import identity, spaces
from wiki.core.authz import SYSTEM
from wiki.documents import queries, service
from wiki.documents.domain.commands import EditDocument
from wiki.documents.models import Document
from wiki.documents.service.importing import DocumentSink
from wiki.transfer.contracts import Item, Outcome, Result

PATH = "mappe/side.md"


def item(body: str = "Første tekst.", **values: Any) -> Item:
    return Item(source_path=PATH, title="En side", body=body, **values)


@pytest.fixture
def sink(db: Any) -> DocumentSink:
    space = spaces.space(identity.network("nett", "4601"), name="Samling")
    made = DocumentSink()
    made.begin(SYSTEM, space.slug, "network")
    return made


def imported(db: Any) -> Document:
    found = db.session.query(Document).filter_by(source_path=PATH).one()
    assert isinstance(found, Document)
    return found


def test_the_same_again_changes_nothing(sink: DocumentSink, db: Any) -> None:
    assert sink.save(item(), dry_run=False) == Outcome(Result.NEW)
    head = imported(db).head_id
    assert sink.save(item(), dry_run=False) == Outcome(Result.UNCHANGED)
    assert imported(db).head_id == head


def test_a_changed_source_is_a_new_revision(sink: DocumentSink, db: Any) -> None:
    sink.save(item(), dry_run=False)
    assert sink.save(item("Ny tekst."), dry_run=False) == Outcome(Result.UPDATED)
    document = imported(db)
    assert [r.body for r in queries.revisions(document, with_drafts=True)] == ["Ny tekst.", "Første tekst."]
    assert document.published_id == document.head_id


def test_changed_tags_and_language_are_a_change(sink: DocumentSink, db: Any) -> None:
    sink.save(item(tags=("dpia",)), dry_run=False)
    assert sink.save(item(tags=("ros",), language="nn"), dry_run=False) == Outcome(Result.UPDATED)
    document = imported(db)
    assert [tag.name for tag in document.tags] == ["ros"]
    assert document.language == "nn"


def test_what_was_changed_here_stays(sink: DocumentSink, db: Any) -> None:
    sink.save(item(), dry_run=False)
    document = imported(db)
    mine = EditDocument(document_id=document.id, base_id=document.head_id, title="En side", body="Min tekst.")
    service.edit(SYSTEM, mine)
    assert sink.save(item(), dry_run=False) == Outcome(Result.UNCHANGED)
    outcome = sink.save(item("Ny tekst."), dry_run=False)
    assert outcome == Outcome(Result.SKIPPED, "changed both here and where it comes from")
    db.session.expire_all()
    assert imported(db).head.body == "Min tekst."


def test_a_dry_run_changes_nothing(sink: DocumentSink, db: Any) -> None:
    assert sink.save(item(), dry_run=True) == Outcome(Result.NEW)
    assert db.session.query(Document).filter_by(source_path=PATH).count() == 0


def test_what_was_thrown_away_does_not_come_back(sink: DocumentSink, db: Any) -> None:
    sink.save(item(), dry_run=False)
    service.trash(SYSTEM, imported(db).id)
    assert sink.save(item("Ny tekst."), dry_run=False) == Outcome(Result.SKIPPED, "is in the trash")
