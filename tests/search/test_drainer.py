"""The thread that drains in the background of a server."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.search.notes import Notes, NoteWritten
from wiki.core.authz import ANONYMOUS, SYSTEM
from wiki.core.db import unit_of_work
from wiki.core.events import publish
from wiki.search.contracts import Query
from wiki.search.drainer import Drainer
from wiki.search.service import SearchService

PATIENCE_SECONDS = 20


@pytest.fixture
def drainer(app: Flask, service: SearchService) -> Iterator[Drainer]:
    """The drainer of the application, running."""
    running: Drainer = app.extensions["search"].drainer
    running.start()
    yield running
    running.stop()


def _wait_for(service: SearchService, text: str) -> bool:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if service.search(ANONYMOUS, Query(text=text)).total:
            return True
        time.sleep(0.01)
    return False


def test_what_is_saved_is_found_by_itself(drainer: Drainer, service: SearchService, notes: Notes) -> None:
    for number, word in enumerate(("skole", "kart"), start=1):
        notes.write(number, word)
        with unit_of_work():
            publish(NoteWritten(actor=SYSTEM, thing_id=number))
        assert _wait_for(service, word)


def test_starting_twice_is_starting_once(drainer: Drainer) -> None:
    thread = drainer._thread
    drainer.start()
    assert drainer._thread is thread


def test_a_failure_does_not_end_it(
    drainer: Drainer, service: SearchService, notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(SearchService, "drain", lambda self: 1 / 0)
        drainer.wake()
        time.sleep(0.2)
    notes.write(1, "skole")
    with unit_of_work():
        publish(NoteWritten(actor=SYSTEM, thing_id=1))
    assert _wait_for(service, "skole")
