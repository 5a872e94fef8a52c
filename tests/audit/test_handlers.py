"""Every event is written down in the transaction in which it happens, and stays."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.factories import identity as make
from wiki.audit.models import AuditEntry
from wiki.core.authz import SYSTEM
from wiki.core.db import unit_of_work
from wiki.identity import service

pytestmark = pytest.mark.both_databases


def entries(db: Any) -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_an_event_is_written_down_without_its_title(db: Any) -> None:
    network = make.network("nettet", "4631")
    contact = make.actor_of(make.contact("4631", "Kontakt"))
    who = make.person("Hemmelig navn")
    service.grant_municipality_role(contact, "4631", who.id, "editor")
    entry = entries(db)[-1]
    assert (entry.event, entry.thing_type, entry.thing_id) == ("role_granted", "person", str(who.id))
    assert (entry.actor_id, entry.actor_name, entry.acting_for) == (contact.person_id, "Kontakt", "Alver")
    assert entry.network_id == network.id
    assert "Hemmelig navn" not in [str(value) for value in vars(entry).values()]


def test_the_system_is_named_too(db: Any) -> None:
    make.network("nettet")
    assert [(e.event, e.actor_id, e.actor_name) for e in entries(db)] == [("network_added", None, "Fagrom")]


def test_what_did_not_happen_is_not_written_down(db: Any) -> None:
    def add_and_fail() -> None:
        with unit_of_work():
            service.add_network(SYSTEM, "nettet", "Nettet")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    assert entries(db) == []


@pytest.mark.parametrize("change", [delete(AuditEntry), update(AuditEntry).values(actor_name="Noen andre")])
def test_the_database_refuses_to_change_the_log(db: Any, change: Any) -> None:
    make.network("nettet")
    with pytest.raises(DBAPIError, match="append-only"), unit_of_work():
        db.session.execute(change)
    assert [entry.actor_name for entry in entries(db)] == ["Fagrom"]
