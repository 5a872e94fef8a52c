"""Roles in networks and municipalities: who gives and ends them."""

from datetime import date
from typing import Any

import pytest

from tests.factories import identity as make
from wiki.core.authz import SYSTEM
from wiki.core.clock import today
from wiki.core.errors import Forbidden, Invalid, NotFound
from wiki.identity import queries, service


def test_the_lead_gives_and_ends_roles_in_the_network(db: Any) -> None:
    network, who = make.network("", "4631"), make.person()
    lead = make.actor_of(make.lead(network))
    held = service.grant_network_role(lead, network.id, who.id, "secretariat")
    assert service.grant_network_role(lead, network.id, who.id, "secretariat").id == held.id
    service.end_network_role(lead, held.id)
    assert [role for _scope, role, _first, last in queries.roles_of_person(who.id) if last] == ["secretariat"]


@pytest.mark.parametrize("role", ["secretariat", "member"])
def test_nobody_else_in_the_network_does(db: Any, role: str) -> None:
    network = make.network("", "4631")
    other = make.actor_of(make.lead(network, role=role))
    with pytest.raises(Forbidden):
        service.grant_network_role(other, network.id, other.person_id or 0, "lead")
    held = queries.network_roles(SYSTEM, network)[0]
    with pytest.raises(Forbidden):
        service.end_network_role(other, held.id)


def test_the_lead_of_one_network_is_nobody_in_another(db: Any) -> None:
    mine, other = make.network("mitt", "4631"), make.network("annet", "0301")
    lead = make.actor_of(make.lead(mine))
    with pytest.raises(Forbidden):
        service.grant_network_role(lead, other.id, lead.person_id or 0, "lead")
    with pytest.raises(Forbidden):
        service.grant_municipality_role(lead, "0301", lead.person_id or 0, "contact")
    service.grant_municipality_role(lead, "4631", make.person().id, "contact")


def test_the_contact_gives_and_ends_roles_in_the_municipality(db: Any) -> None:
    contact, who = make.actor_of(make.contact("4631")), make.person(municipality_number="4631")
    held = service.grant_municipality_role(contact, "4631", who.id, "editor", since=date(2026, 1, 1))
    assert make.actor_of(who).has_role("municipality", "4631", "editor")
    service.end_municipality_role(contact, held.id, today())
    assert make.actor_of(who).has_role("municipality", "4631", "editor"), "the last day counts"
    service.end_municipality_role(contact, held.id)
    assert not make.actor_of(who).has_role("municipality", "4631", "editor")


@pytest.mark.parametrize("role", ["editor", "reader"])
def test_nobody_else_in_the_municipality_does(db: Any, role: str) -> None:
    other = make.actor_of(make.contact("4631", role=role))
    with pytest.raises(Forbidden):
        service.grant_municipality_role(other, "4631", other.person_id or 0, "contact")


def test_there_are_no_other_roles(db: Any) -> None:
    network, who = make.network("", "4631"), make.person()
    with pytest.raises(Invalid):
        service.grant_network_role(SYSTEM, network.id, who.id, "contact")
    with pytest.raises(Invalid):
        service.grant_municipality_role(SYSTEM, "4631", who.id, "lead")


def test_what_is_not_there_is_not_found(db: Any) -> None:
    network, who = make.network("", "4631"), make.person()
    for call in (
        lambda: service.grant_network_role(SYSTEM, 999, who.id, "lead"),
        lambda: service.grant_network_role(SYSTEM, network.id, 999, "lead"),
        lambda: service.grant_municipality_role(SYSTEM, "9999", who.id, "contact"),
        lambda: service.end_network_role(SYSTEM, 999),
        lambda: service.end_municipality_role(SYSTEM, 999),
    ):
        with pytest.raises(NotFound):
            call()
