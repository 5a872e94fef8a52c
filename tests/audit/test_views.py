"""The page of the log: words, names only where the reader may know them, pages and the file."""

import csv
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories import identity as make
from wiki.audit import domain
from wiki.audit.models import AuditEntry
from wiki.core.clock import now
from wiki.core.db import unit_of_work
from wiki.identity.models import Network, Person


@pytest.fixture
def network(db: Any) -> Network:
    return make.network("nettet", "4631")


@pytest.fixture
def lead(network: Network, client: FlaskClient) -> Person:
    """The lead of the network, signed in."""
    who = make.lead(network, "Leder")
    make.sign_in(client, who)
    return who


def add(db: Any, count: int = 1, **values: Any) -> None:
    fields = {"event": "thing_done", "actor_id": 1, "actor_name": "Kari", "thing_type": "box", "thing_id": "1"}
    with unit_of_work():
        for _number in range(count):
            db.session.add(AuditEntry(at=now(), **{**fields, **values}))


def test_the_lead_reads_who_did_what(client: FlaskClient, lead: Person) -> None:
    page = client.get("/hendelser").text
    assert "La til en medlemskommune" in page
    assert 'href="/kommune/4631"' in page
    assert "Leder" in page


def test_the_log_of_another_network_stays_with_it(client: FlaskClient, lead: Person, db: Any) -> None:
    other = make.network("annet", "0301")
    assert "Oslo" not in client.get("/hendelser").text
    assert client.get(f"/hendelser?nettverk={other.id}").status_code == 422
    assert client.get(f"/hendelser.csv?nettverk={other.id}").status_code == 422


def test_what_the_reader_may_not_read_has_no_name(
    client: FlaskClient, lead: Person, network: Network, db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(db, network_id=network.id, thing_id="1")
    add(db, network_id=network.id, thing_id="2")
    monkeypatch.setitem(domain._registered.namers, "box", (lambda _actor, ids: {1: ("Åpen eske", "/eske/1")}, int))
    page = client.get("/hendelser?hendelse=").text
    assert page.count("Åpen eske") == 1
    assert page.count("Ikke lesbart for deg") == 1


def test_older_entries_are_a_page_away(client: FlaskClient, lead: Person, network: Network, db: Any) -> None:
    add(db, 60, network_id=network.id)
    first = client.get("/hendelser")
    assert first.text.count("<time") == domain.PAGE
    older = first.text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = client.get(older)
    assert 0 < second.text.count("<time") < domain.PAGE
    assert 'rel="prev"' in second.text


@pytest.mark.parametrize("query", ["for=x", "for=0", "for=-1", "fra=i-dag", "hendelse=tull", "nettverk=x"])
def test_wrong_input_is_refused_with_words(client: FlaskClient, lead: Person, query: str) -> None:
    assert client.get(f"/hendelser?{query}").status_code == 422
    assert client.get(f"/hendelser.csv?{query}").status_code == 422


def test_a_selection_without_entries_says_so(client: FlaskClient, lead: Person) -> None:
    page = client.get("/hendelser?person=ingen+heter+dette")
    assert page.status_code == 200
    assert "Ingen hendelser passer" in page.text


def test_the_file_is_for_spreadsheets_and_harmless(
    client: FlaskClient, lead: Person, network: Network, db: Any
) -> None:
    add(db, network_id=network.id, actor_name="=1+1", acting_for="Alver")
    answer = client.get("/hendelser.csv?person=1%2B1")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
    assert rows[0] == ["Tidspunkt", "Hvem", "På vegne av", "Hendelse", "Gjelder", "Rom"]
    assert rows[1][1:] == ["'=1+1", "Alver", "Thing done", "Ikke lesbart for deg", ""]
    assert len(rows) == 2
