"""People: accounts, employments, profiles, visits, and who may touch them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.factories import identity as make
from wiki.core.authz import ANONYMOUS, SYSTEM
from wiki.core.clock import at
from wiki.core.db import unit_of_work
from wiki.core.errors import Forbidden, Invalid, NotFound, SignInRequired
from wiki.core.events import Event, subscribe
from wiki.identity import queries, service
from wiki.identity.domain import AddPerson
from wiki.identity.errors import AlreadyKnown

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def told(db: Any, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What is published in the test."""
    from wiki.core import events

    monkeypatch.setattr(events, "_handlers", {})
    heard: list[Event] = []
    subscribe(Event, heard.append)
    return heard


def test_an_account_is_made_by_administrators_only(db: Any) -> None:
    command = AddPerson(email="Ny@alver.no", name="  Ny   Ansatt ")
    for actor, refusal in ((ANONYMOUS, SignInRequired), (make.actor_of(make.person()), Forbidden)):
        with pytest.raises(refusal):
            service.add_person(actor, command)
    made = service.add_person(make.actor_of(make.admin()), command)
    assert (made.email, made.name, made.password_hash) == ("ny@alver.no", "Ny Ansatt", None)
    with pytest.raises(AlreadyKnown):
        service.add_person(SYSTEM, command)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "nei"}, "email"),
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"password": "kort"}, "password"),
        ({"language": "de"}, "language"),
        ({"municipality_number": "4631", "employer": "Etaten"}, "employer"),
    ],
)
def test_a_field_that_breaks_a_rule_is_named_and_nothing_is_made(db: Any, values: dict[str, str], field: str) -> None:
    make.municipality("4631")
    with pytest.raises(Invalid) as refusal:
        service.add_person(SYSTEM, AddPerson(**{"email": "ny@alver.no", "name": "Ny", **values}))
    assert list(refusal.value.fields) == [field]
    assert queries.find_person("ny@alver.no") is None


def test_an_account_in_a_municipality_is_told_to_its_network(db: Any, told: list[Event]) -> None:
    network = make.network("", "4631")
    told.clear()
    person = make.person("Kari", municipality_number="4631")
    assert [(type(e).__name__, e.thing_id, e.network_id) for e in told] == [("PersonAdded", person.id, network.id)]


def test_employment_has_days_and_is_ended_not_deleted(db: Any) -> None:
    contact = make.actor_of(make.contact("4631"))
    who = make.person()
    work = service.add_employment(contact, who.id, municipality_number="4631", since=date(2026, 1, 1))
    assert service.add_employment(contact, who.id, municipality_number="4631").id == work.id, "one open row is enough"
    with pytest.raises(Forbidden):
        service.end_employment(make.actor_of(make.contact("4601")), work.id)
    service.end_employment(contact, work.id)
    assert "municipality:4631" not in make.actor_of(who).tokens
    assert [each.valid_from for each in queries.employments_of(who.id)] == [date(2026, 1, 1)]
    with pytest.raises(NotFound):
        service.end_employment(contact, 999)


def test_roles_in_a_municipality_end_with_the_work_there(db: Any) -> None:
    contact = make.actor_of(make.contact("4631"))
    who = make.person()
    work = service.add_employment(contact, who.id, municipality_number="4631")
    service.grant_municipality_role(contact, "4631", who.id, "editor")
    service.end_employment(contact, work.id)
    actor = make.actor_of(who)
    assert "municipality:4631" not in actor.tokens
    assert not actor.has_role("municipality", "4631", "editor")


def test_nobody_begins_in_a_municipality_that_is_closed(db: Any) -> None:
    make.municipality("4631")
    with unit_of_work():
        queries.get_municipality("4631").valid_to = date(2020, 1, 1)
    with pytest.raises(Invalid):
        service.add_employment(SYSTEM, make.person().id, municipality_number="4631")


def test_other_employers_are_for_administrators(db: Any) -> None:
    who = make.person()
    with pytest.raises(Forbidden):
        service.add_employment(make.actor_of(make.contact("4631")), who.id, employer="Etaten")
    service.add_employment(make.actor_of(make.admin()), who.id, employer="Etaten", function="Observatør")
    assert [party.name for party in make.actor_of(who).parties] == ["Etaten"]


def test_a_profile_is_ones_own(db: Any) -> None:
    who = make.person()
    service.update_profile(make.actor_of(who), " Nytt  navn ", "nn")
    actor = make.actor_of(who)
    assert (actor.name, actor.language) == ("Nytt navn", "nn")
    with pytest.raises(Invalid):
        service.update_profile(actor, "Navn", "de")
    with pytest.raises(SignInRequired):
        service.update_profile(ANONYMOUS, "Navn", "nb")


def test_one_speaks_for_a_party_of_ones_own(db: Any) -> None:
    network = make.network("", "4631")
    who = make.contact("4631")
    service.grant_network_role(SYSTEM, network.id, who.id, "lead")
    service.choose_party(make.actor_of(who), f"network:{network.id}")
    party = make.actor_of(who).acting_for
    assert party is not None
    assert party.name == network.name
    with pytest.raises(Invalid):
        service.choose_party(make.actor_of(who), "municipality:0301")


def test_a_party_that_is_lost_is_no_longer_spoken_for(db: Any) -> None:
    network = make.network("", "4631")
    who = make.contact("4631")
    held = service.grant_network_role(SYSTEM, network.id, who.id, "lead")
    service.choose_party(make.actor_of(who), f"network:{network.id}")
    service.end_network_role(SYSTEM, held.id)
    party = make.actor_of(who).acting_for
    assert party is not None
    assert party.key == "municipality:4631"


def test_administrators_shut_out_and_let_in_but_not_themselves(db: Any) -> None:
    boss, who = make.admin(), make.person()
    with pytest.raises(Forbidden):
        service.deactivate(make.actor_of(who), boss.id)
    with pytest.raises(Invalid):
        service.deactivate(make.actor_of(boss), boss.id)
    service.deactivate(make.actor_of(boss), who.id)
    assert queries.load_actor(who.id) is None
    service.reactivate(make.actor_of(boss), who.id)
    assert queries.load_actor(who.id) is not None


def test_what_is_new_stays_new_for_the_length_of_a_visit(db: Any) -> None:
    actor = make.actor_of(make.person())
    with at(NOON):
        assert service.note_visit(actor) is None
    with at(NOON + timedelta(hours=3)):
        assert service.note_visit(actor) is None
    with at(NOON + timedelta(hours=5)):
        assert service.note_visit(actor) == NOON
    with at(NOON + timedelta(hours=6)):
        assert service.note_visit(actor) == NOON
