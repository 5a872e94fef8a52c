"""From a change to a hit: the outbox, the drainer, and an index that mends itself."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select

from tests.search.notes import Notes, NoteWritten
from wiki.core import clock
from wiki.core.authz import ANONYMOUS, SYSTEM
from wiki.core.db import db as database
from wiki.core.db import unit_of_work
from wiki.core.events import publish
from wiki.search import service as service_module
from wiki.search.backends.whoosh import WhooshBackend
from wiki.search.contracts import Query
from wiki.search.models import OutboxRow
from wiki.search.outbox import RETRY_AFTER
from wiki.search.service import SearchService


def _tell(*numbers: int) -> None:
    with unit_of_work():
        publish(NoteWritten(actor=SYSTEM, thing_id=numbers[0], affected=numbers[1:]))


def _found(service: SearchService, text: str) -> list[int]:
    return sorted(hit.thing_id for hit in service.search(ANONYMOUS, Query(text=text)).hits)


def _waiting() -> list[OutboxRow]:
    return list(database.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def test_a_change_is_found_after_a_drain(service: SearchService, notes: Notes) -> None:
    notes.write(1, "Skole")
    _tell(1)
    assert [(row.source, row.thing_id) for row in _waiting()] == [("note", 1)]
    assert service.drain() == 1
    assert _found(service, "skole") == [1]
    assert _waiting() == []


def test_what_changed_with_a_thing_is_indexed_too(service: SearchService, notes: Notes) -> None:
    notes.write(1, "Skole")
    notes.write(2, "Skole")
    _tell(1, 2, 2)
    assert service.drain() == 2
    assert _found(service, "skole") == [1, 2]


def test_what_was_rolled_back_leaves_nothing_in_the_outbox(service: SearchService, notes: Notes) -> None:
    def fail() -> None:
        with unit_of_work():
            publish(NoteWritten(actor=SYSTEM, thing_id=1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _waiting() == []


def test_a_thing_that_is_gone_is_not_found_any_more(service: SearchService, notes: Notes) -> None:
    notes.write(1, "Skole")
    _tell(1)
    service.drain()
    del notes.kept[1]
    _tell(1)
    service.drain()
    assert _found(service, "skole") == []


def test_rights_that_change_change_the_result(service: SearchService, notes: Notes) -> None:
    notes.write(1, "Skole", tokens=["space:7:reader"])
    _tell(1)
    service.drain()
    assert _found(service, "skole") == []
    member = replace(ANONYMOUS, tokens=frozenset({"public", "space:7:reader"}))
    assert service.search(member, Query(text="skole")).total == 1
    notes.write(1, "Skole")
    _tell(1)
    service.drain()
    assert _found(service, "skole") == [1]


def test_one_bad_thing_holds_nothing_up_and_is_tried_again(service: SearchService, notes: Notes) -> None:
    for number, title in enumerate(("Skole", "Uleselig", "Skole"), start=1):
        notes.write(number, title)
        _tell(number)
    assert service.drain() == 2
    assert _found(service, "skole") == [1, 3]
    (row,) = _waiting()
    assert (row.thing_id, row.attempts, row.last_error) == (2, 1, "ValueError: uleselig")
    assert (service.readiness().waiting, service.readiness().failed) == (1, 1)
    notes.write(2, "Skole")
    assert service.drain() == 0
    with clock.at(clock.now() + 2 * RETRY_AFTER):
        assert service.drain() == 1
    assert _found(service, "skole") == [1, 2, 3]


def test_an_old_row_makes_the_process_not_ready(service: SearchService, notes: Notes) -> None:
    assert service.readiness().ok
    _tell(1)
    with clock.at(clock.now() + RETRY_AFTER * 100):
        assert not service.readiness().ok


def test_events_of_things_that_cannot_be_found_are_left_alone(
    service: SearchService, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NoteWritten, "thing_type", "something_else")
    _tell(1)
    assert _waiting() == []


def test_hits_have_passages_from_the_source(service: SearchService, notes: Notes) -> None:
    notes.write(1, "Skole <b>", "Alle skular i kommunen.")
    _tell(1)
    service.drain()
    (hit,) = service.search(ANONYMOUS, Query(text="skole")).hits
    assert hit.snippet == "Alle <mark>skular</mark> i kommunen."
    assert hit.title_html == "<mark>Skole</mark> &lt;b&gt;"


def test_a_rebuild_takes_everything_and_tells_how_far_it_is(service: SearchService, notes: Notes) -> None:
    for number in range(1, 6):
        notes.write(number, "Skole")
    steps: list[tuple[int, int]] = []
    assert service.rebuild(lambda done, count: steps.append((done, count))) == 5
    assert _found(service, "skole") == [1, 2, 3, 4, 5]
    assert steps[-1] == (10, 10)


def test_a_large_backlog_is_indexed_as_a_whole(
    service: SearchService, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "REBUILD_FROM", 3)
    for number in range(1, 5):
        notes.write(number, "Skole")
        _tell(number)
    assert service.drain() == 4
    assert service.stats().rebuilt_with == 4
    assert _waiting() == []


def test_an_index_that_has_doubled_is_made_afresh(
    service: SearchService, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_module, "REBUILD_FROM", 3)
    for number in range(1, 4):
        notes.write(number, "Skole")
        _tell(number)
        service.drain()
    assert service.stats().rebuilt_with == 3


@pytest.fixture
def on_disk(service: SearchService, tmp_path: Path) -> SearchService:
    """The same search over a Whoosh index."""
    return SearchService(WhooshBackend(tmp_path / "index"), tmp_path / "index" / "lock")


def test_an_index_that_is_not_there_is_made(on_disk: SearchService, notes: Notes) -> None:
    notes.write(1, "Skole")
    assert _found(on_disk, "skole") == [1]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh does not close a file that it fails to read
def test_an_index_that_breaks_under_way_is_made_afresh(on_disk: SearchService, notes: Notes, tmp_path: Path) -> None:
    notes.write(1, "Skole")
    notes.write(2, "Kart")
    assert _found(on_disk, "skole") == [1]
    for file in (tmp_path / "index").glob("index-*/*.pst"):
        file.write_bytes(b"")
    assert _found(on_disk, "kart") == [2]
    shutil.rmtree(tmp_path / "index")
    assert _found(on_disk, "skole kart") == [1, 2]
    _tell(1)
    assert on_disk.drain() == 1


def test_writers_at_once_lose_nothing(app: Flask, on_disk: SearchService, notes: Notes, tmp_path: Path) -> None:
    others = [SearchService(WhooshBackend(tmp_path / "index"), tmp_path / "index" / "lock") for _ in range(4)]
    on_disk.rebuild()

    def write(first: int, other: SearchService) -> None:
        with app.app_context():
            for number in range(first, first + 5):
                notes.write(number, "Skole")
                _tell(number)
                other.drain()

    _run([lambda n=n, other=other: write(10 * n, other) for n, other in enumerate(others, start=1)])  # type: ignore[misc]
    database.session.rollback()
    assert _waiting() == []
    assert _found(on_disk, "skole") == sorted(notes.kept)
    assert len(notes.kept) == 20


def _run(jobs: list[Callable[[], None]]) -> None:
    threads = [Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
