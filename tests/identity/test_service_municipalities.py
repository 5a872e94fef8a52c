"""The list of municipalities: the bundled one, corrections, and mergers that keep history."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import identity as make
from wiki.core.authz import SYSTEM
from wiki.core.clock import at
from wiki.core.errors import Forbidden, Invalid
from wiki.identity import queries, service
from wiki.identity.domain import MunicipalityFacts
from wiki.identity.models import Employment, Municipality, NetworkMembership

NEW_YEAR = date(2028, 1, 1)


def without(listed: list[MunicipalityFacts], *numbers: str) -> list[MunicipalityFacts]:
    return [row for row in listed if row.number not in numbers]


def test_all_357_municipalities_come_with_the_program(db: Any) -> None:
    change = service.load_municipalities(SYSTEM)
    assert len(change.added) == 357
    assert queries.get_municipality("0301").name == "Oslo"
    assert len(queries.list_municipalities()) == 357


def test_loading_again_changes_nothing(db: Any) -> None:
    service.load_municipalities(SYSTEM)
    change = service.load_municipalities(SYSTEM)
    assert (change.added, change.corrected, change.ended, change.unchanged) == ((), (), (), 357)


def test_only_administrators_load(db: Any) -> None:
    with pytest.raises(Forbidden):
        service.load_municipalities(make.actor_of(make.person()))


@pytest.mark.both_databases
def test_a_merger_closes_a_number_and_moves_what_is_open(db: Any) -> None:
    service.load_municipalities(SYSTEM)
    network = make.network("nettet", "4631", "4632")
    mover = make.contact("4632", "Kontakt Austrheim", function="Rådgiver")
    rows = without(queries.bundled_municipalities(), "4632")
    service.load_municipalities(SYSTEM, rows, since=NEW_YEAR, successors={"4632": "4631"})

    closed = queries.get_municipality("4632")
    assert (closed.valid_to, closed.successor_number) == (date(2027, 12, 31), "4631")
    with at(datetime(2027, 12, 31, 12, tzinfo=UTC)):
        assert [party.id for party in make.actor_of(mover).parties] == ["4632"]
        assert {m.number for m in queries.members_of(network.id)} == {"4631", "4632"}
    with at(datetime(2028, 1, 1, 12, tzinfo=UTC)):
        actor = make.actor_of(mover)
        assert [party.id for party in actor.parties] == ["4631"]
        assert actor.has_role("municipality", "4631", "contact")
        assert actor.has_role("municipality", "4632", "contact"), "the heir manages what was left behind"
        assert {"municipality:4631", "municipality:4632"} <= actor.tokens
        assert [m.number for m in queries.members_of(network.id)] == ["4631"]
        assert len(queries.list_municipalities()) == 356
    work = db.session.scalars(select(Employment).order_by(Employment.id)).all()
    assert [(w.municipality_number, w.valid_to, w.function) for w in work] == [
        ("4632", date(2027, 12, 31), "Rådgiver"),
        ("4631", None, "Rådgiver"),
    ]
    assert len(db.session.scalars(select(NetworkMembership)).all()) == 2, "the successor is a member once"


@pytest.mark.both_databases
def test_a_merger_of_a_merger_is_inherited_too(db: Any) -> None:
    for number in ("1001", "1002", "1003"):
        make.municipality(number)
    who = make.person(municipality_number="1001")
    facts = {n: MunicipalityFacts(n, f"Kommune {n}", "10", "Fylke") for n in ("1002", "1003")}
    service.load_municipalities(SYSTEM, list(facts.values()), successors={"1001": "1002"})
    service.load_municipalities(SYSTEM, [facts["1003"]], successors={"1002": "1003"})
    held = {token for token in make.actor_of(who).tokens if token.startswith("municipality:")}
    assert held == {"municipality:1001", "municipality:1002", "municipality:1003"}


def test_without_a_successor_people_lose_the_place_but_not_the_history(db: Any) -> None:
    make.municipality("1002")
    who = make.person(municipality_number="1001")
    service.load_municipalities(SYSTEM, [MunicipalityFacts("1002", "Kommune", "10", "Fylke")])
    assert make.actor_of(who).parties == ()
    assert len(queries.employments_of(who.id)) == 1


def test_a_number_that_returns_is_open_again(db: Any) -> None:
    service.load_municipalities(SYSTEM)
    rows = queries.bundled_municipalities()
    service.load_municipalities(SYSTEM, without(rows, "4632"))
    change = service.load_municipalities(SYSTEM, rows)
    assert change.returned == ("4632",)
    assert queries.get_municipality("4632").valid_to is None


def test_a_list_that_is_refused_changes_nothing(db: Any) -> None:
    service.load_municipalities(SYSTEM)
    with pytest.raises(Invalid):
        service.load_municipalities(SYSTEM, queries.bundled_municipalities()[:100])
    assert db.session.scalars(select(Municipality).where(Municipality.valid_to.is_not(None))).all() == []
