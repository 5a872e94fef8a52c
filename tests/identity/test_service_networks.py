"""Networks and their member municipalities."""

from typing import Any

import pytest

from tests.factories import identity as make
from wiki.core.authz import SYSTEM
from wiki.core.errors import Forbidden, Invalid, NotFound
from wiki.identity import queries, service
from wiki.identity.errors import AlreadyKnown


def test_a_network_has_an_address_of_its_own(db: Any) -> None:
    made = service.add_network(make.actor_of(make.admin()), "digivest", "  Digi   Vest ")
    assert (made.name, queries.get_network("digivest").id) == ("Digi Vest", made.id)
    with pytest.raises(AlreadyKnown):
        service.add_network(SYSTEM, "digivest", "Et annet")


@pytest.mark.parametrize(
    ("slug", "name", "field"),
    [("Digi", "Navn", "slug"), ("-a", "Navn", "slug"), ("", "Navn", "slug"), ("å", "Navn", "slug"), ("a", " ", "name")],
)
def test_an_address_or_name_that_breaks_a_rule_is_refused(db: Any, slug: str, name: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        service.add_network(SYSTEM, slug, name)
    assert list(refusal.value.fields) == [field]


def test_membership_is_ended_and_can_begin_again(db: Any) -> None:
    network = make.network("", "4631")
    who = make.person(municipality_number="4631")
    first = service.join_network(SYSTEM, network.id, "4631")
    assert service.join_network(SYSTEM, network.id, "4631").id == first.id
    service.leave_network(SYSTEM, network.id, "4631")
    assert queries.members_of(network.id) == []
    assert "networks" not in make.actor_of(who).tokens
    with pytest.raises(NotFound):
        service.leave_network(SYSTEM, network.id, "4631")


def test_leads_do_not_choose_the_members(db: Any) -> None:
    network = make.network("", "4631")
    make.municipality("0301")
    lead = make.actor_of(make.lead(network))
    with pytest.raises(Forbidden):
        service.join_network(lead, network.id, "0301")
    with pytest.raises(Forbidden):
        service.leave_network(lead, network.id, "4631")
    with pytest.raises(Forbidden):
        service.add_network(lead, "mitt-eget", "Mitt eget")
