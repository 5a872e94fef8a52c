"""Actors as requests see them: built from the tables, kept while nobody's rights change, never stale."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from tests.factories import identity as make
from wiki.core.authz import SYSTEM, Role
from wiki.core.clock import at
from wiki.core.db import unit_of_work
from wiki.identity import queries, service
from wiki.identity.queries import actors
from wiki.identity.queries.actors import ActorPart

pytestmark = pytest.mark.both_databases


@pytest.fixture
def statements(db: Any) -> Iterator[list[str]]:
    """The SELECTs that the database gets."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_an_actor_has_what_the_tables_say(db: Any) -> None:
    network = make.network("", "4631")
    actor = make.actor_of(make.contact("4631", "Kontakt Alver"))
    assert actor.has_role("municipality", "4631", "contact")
    assert actor.has_role("municipality", "4631", "employee")
    assert actor.has_role("network", network.id, "member")
    assert {"public", "networks", f"network:{network.id}", "municipality:4631"} <= actor.tokens
    assert actor.acting_for is not None
    assert actor.acting_for.key == "municipality:4631"


def test_an_outsider_is_of_no_network(db: Any) -> None:
    make.network("", "4631")
    actor = make.actor_of(make.person(employer="Statlig etat"))
    assert actor.tokens == {"public", f"user:{actor.person_id}"}
    assert [party.key for party in actor.parties] == ["employer:Statlig etat"]


def test_a_request_costs_one_look_up(db: Any, statements: list[str]) -> None:
    key = queries.session_key_of(make.contact("4631"))
    first = queries.load_session(key)
    statements.clear()
    assert queries.load_session(key) is first
    assert len(statements) == 1


def test_a_change_of_rights_is_seen_by_the_next_request(db: Any) -> None:
    network = make.network("", "4631")
    who = make.person(municipality_number="4601")
    assert not make.actor_of(who).has_role("network", network.id, "lead")
    held = service.grant_network_role(SYSTEM, network.id, who.id, "lead")
    assert make.actor_of(who).has_role("network", network.id, "lead")
    service.end_network_role(SYSTEM, held.id)
    assert not make.actor_of(who).has_role("network", network.id, "lead", "member")


def test_what_was_rolled_back_is_not_kept(db: Any) -> None:
    network = make.network("", "4631")
    who = make.person()

    def grant_and_fail() -> None:
        with unit_of_work():
            service.grant_network_role(SYSTEM, network.id, who.id, "lead")
            assert make.actor_of(who).has_role("network", network.id, "lead")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        grant_and_fail()
    service.add_network(SYSTEM, "et-annet", "Et annet")
    assert not make.actor_of(who).has_role("network", network.id, "lead")


def test_roles_come_and_go_with_their_days(db: Any) -> None:
    network = make.network("", "4631")
    who = make.person()
    service.grant_network_role(SYSTEM, network.id, who.id, "lead", since=date(2026, 12, 1))
    held = service.grant_network_role(SYSTEM, network.id, who.id, "secretariat", since=date(2026, 1, 1))
    service.end_network_role(SYSTEM, held.id, date(2026, 11, 30))
    with at(datetime(2026, 11, 30, 12, tzinfo=UTC)):
        assert make.actor_of(who).roles == {Role("network", str(network.id), r) for r in ("secretariat", "member")}
    with at(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        assert make.actor_of(who).roles == {Role("network", str(network.id), r) for r in ("lead", "member")}


def test_a_closed_account_has_no_actor(db: Any) -> None:
    who = make.person()
    key = queries.session_key_of(who)
    secret = service.add_token(SYSTEM, who.id, "test")
    service.deactivate(SYSTEM, who.id)
    assert queries.load_actor(who.id) is None
    assert queries.load_session(key) is None
    assert queries.load_token(secret) is None


@pytest.mark.parametrize("key", ["", "1", "1:", ":", "x:y", "-1:a", "99999999999999:a", "١:a", "1:å", "0:0"])
def test_a_wrong_session_key_is_nobody(db: Any, key: str) -> None:
    make.person()
    assert queries.load_session(key) is None


def test_a_token_is_its_person_until_it_is_revoked_or_expires(db: Any) -> None:
    who = make.contact("4631")
    kept = service.add_token(SYSTEM, who.id, "lenge")
    brief = service.add_token(SYSTEM, who.id, "kort", days=1)
    assert kept.startswith("fgm_")
    assert queries.load_token(kept) == make.actor_of(who)
    with at(datetime.now(UTC) + timedelta(days=2)):
        assert queries.load_token(brief) is None
        assert queries.load_token(kept) is not None
    token = queries.tokens_of_person(make.actor_of(who))[0]
    service.revoke_token(make.actor_of(who), token.id)
    assert queries.load_token(kept) is None
    assert queries.load_token("fgm_" + "a" * 43) is None


def test_rooms_above_add_to_actors(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actors, "_contributors", [])
    queries.contribute(lambda _person, _day: ActorPart(tokens=frozenset({"space:7:reader"})))
    assert "space:7:reader" in make.actor_of(make.person()).tokens
