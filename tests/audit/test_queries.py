"""Who reads which entries, and how a selection and its pages hold together."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.factories import identity as make
from wiki.audit import queries
from wiki.audit.domain import LogOf, Selection
from wiki.audit.models import AuditEntry
from wiki.audit.policy import AuditAction
from wiki.core.authz import Actor, Role, can
from wiki.core.db import unit_of_work
from wiki.core.errors import Forbidden

ADMIN = Actor(1, "Administrator", is_admin=True)
LEAD = Actor(2, "Leder", roles=frozenset({Role("network", "1", "lead")}))
SECRETARY = Actor(3, "Sekretær", roles=frozenset({Role("network", "2", "secretariat")}))
MEMBER = Actor(4, "Medlem", roles=frozenset({Role("network", "1", "member")}))
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def log(db: Any) -> None:
    """Twelve entries, an hour apart: in the networks 1, 2 and none in turn."""
    with unit_of_work():
        for number in range(12):
            db.session.add(
                AuditEntry(
                    at=NOON + timedelta(hours=number),
                    event="signed_in" if number % 2 else "role_granted",
                    actor_id=number,
                    actor_name=f"Åse {number}",
                    thing_type="person",
                    thing_id=str(number),
                    network_id=(1, 2, None)[number % 3],
                )
            )


def ids(actor: Actor, **values: Any) -> list[int]:
    return [int(entry.thing_id) for entry in queries.entries(actor, Selection(**values))]


@pytest.mark.usefixtures("log")
def test_each_reads_the_log_of_their_networks() -> None:
    assert ids(ADMIN) == list(range(11, -1, -1))
    assert ids(LEAD) == [9, 6, 3, 0]
    assert ids(SECRETARY) == [10, 7, 4, 1]
    assert ids(ADMIN, network_id=2) == [10, 7, 4, 1]


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("actor", [MEMBER, Actor(None, "")])
def test_others_read_nothing(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        ids(actor)
    with pytest.raises(Forbidden):
        ids(LEAD, network_id=2)


def test_the_policy_says_the_same() -> None:
    assert can(ADMIN, AuditAction.READ, LogOf(None))
    assert can(LEAD, AuditAction.READ, LogOf(1))
    for actor, network in ((LEAD, None), (LEAD, 2), (MEMBER, 1), (Actor(None, ""), 1)):
        assert not can(actor, AuditAction.READ, LogOf(network))


@pytest.mark.usefixtures("log")
def test_a_selection_narrows() -> None:
    assert ids(ADMIN, event="signed_in") == [11, 9, 7, 5, 3, 1]
    assert ids(ADMIN, person="se 1") == [11, 10, 1]
    assert ids(ADMIN, person="%") == []
    assert ids(ADMIN, last_day=date(2026, 11, 20)) == list(range(10, -1, -1)), "the day ends at midnight in Norway"
    assert ids(ADMIN, first_day=date(2026, 11, 21)) == [11]


@pytest.mark.both_databases
@pytest.mark.usefixtures("log")
def test_batches_give_every_entry_once() -> None:
    batches = list(queries.all_entries(ADMIN, Selection(), step=5))
    assert [len(batch) for batch in batches] == [5, 5, 2]
    assert [int(e.thing_id) for batch in batches for e in batch] == list(range(11, -1, -1))


@pytest.mark.usefixtures("log")
def test_networks_with_a_log_are_found() -> None:
    assert queries.logged_networks() == [1, 2]


def test_who_serves_no_network_reads_none(db: Any) -> None:
    assert queries.readable_networks(make.actor_of(make.person())) == []
    assert queries.readable_networks(ADMIN) is None
