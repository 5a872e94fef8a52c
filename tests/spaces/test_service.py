"""Making spaces and giving seats: who may, what is refused, what becomes of rights, what is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import identity as people
from tests.factories.spaces import seat, space
from wiki.core.authz import SYSTEM
from wiki.core.clock import today
from wiki.core.errors import Forbidden, Invalid, NotFound
from wiki.core.events import subscribe
from wiki.spaces import queries, service
from wiki.spaces.domain import AddMember, ChangeRole, CreateSpace, EndMembership, UpdateSpace
from wiki.spaces.errors import AlreadyMember, LastCoordinator, SeatEnded, SpaceClosed
from wiki.spaces.events import (
    MemberAdded,
    MemberRoleChanged,
    MembershipEnded,
    SpaceArchived,
    SpaceCreated,
    SpaceEvent,
    SpaceReopened,
    SpaceUpdated,
)

pytestmark = pytest.mark.usefixtures("db")
DAY = timedelta(days=1)
_told: list[SpaceEvent] = []


def _listen(event: SpaceEvent) -> None:
    _told.append(event)


@pytest.fixture
def told() -> Iterator[list[SpaceEvent]]:
    """What is told about spaces in the test, from when it is asked for."""
    subscribe(SpaceEvent, _listen)
    _told.clear()
    yield _told
    _told.clear()


def kinds(events: list[SpaceEvent]) -> list[type]:
    return [type(event) for event in events]


# --- spaces --------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_the_lead_makes_a_space_and_writes_in_it(told: list[SpaceEvent]) -> None:
    network = people.network("vest", "4601")
    lead = people.lead(network)
    made = service.create_space(
        people.actor_of(lead), CreateSpace(network_id=network.id, name="Faggruppe ære & å", kind="expert_group")
    )
    assert (made.slug, made.default_ring) == ("faggruppe-aere-a", "network")
    assert {f"space:{made.id}:reader", f"space:{made.id}:editor"} <= people.actor_of(lead).tokens
    assert kinds(told) == [SpaceCreated]
    assert (told[0].space_id, told[0].network_id, told[0].title) == (made.id, network.id, "Faggruppe ære & å")


def test_the_same_name_twice_gives_two_addresses() -> None:
    network = people.network("vest")
    assert [space(network, name="IT-drift").slug for _ in range(2)] == ["it-drift", "it-drift-2"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"slug": "Store Bokstaver"}, "slug"),
        ({"slug": "tatt"}, "slug"),
        ({"kind": "klubb"}, "kind"),
        ({"summary": "x" * 501}, "summary"),
        ({"language": "se"}, "language"),
        ({"kind": "municipality"}, "municipality_number"),
        ({"kind": "municipality", "municipality_number": "9999"}, "municipality_number"),
        ({"kind": "board", "municipality_number": "4601"}, "municipality_number"),
        ({"default_ring": "municipality"}, "default_ring"),
        ({"default_ring": "alle"}, "default_ring"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_field(values: dict[str, Any], field: str) -> None:
    network = people.network("vest", "4601")
    space(network, name="Tatt")
    with pytest.raises(Invalid) as refused:
        space(network, **{"name": "Nytt", **values})
    assert list(refused.value.fields) == [field]
    assert len(queries.list_spaces(SYSTEM)) == 1


def test_others_make_no_spaces() -> None:
    network, other = people.network("vest", "4601"), people.network("ost", "4602")
    for person in (people.contact("4601"), people.lead(other), people.person()):
        with pytest.raises(Forbidden):
            service.create_space(
                people.actor_of(person), CreateSpace(network_id=network.id, name="Nytt", kind="project")
            )


def test_a_network_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        service.create_space(SYSTEM, CreateSpace(network_id=99, name="Nytt", kind="project"))


def test_changing_settings_says_whether_the_readers_change(told: list[SpaceEvent]) -> None:
    made = space(people.network("vest"))
    service.update_space(SYSTEM, UpdateSpace(space_id=made.id, summary="  Kort  om\nrommet "))
    service.update_space(SYSTEM, UpdateSpace(space_id=made.id, default_ring="public"))
    service.update_space(SYSTEM, UpdateSpace(space_id=made.id, default_ring="public"))
    updates = [event for event in told if isinstance(event, SpaceUpdated)]
    assert [update.ring_changed for update in updates] == [False, True]
    assert made.summary == "Kort om rommet"


def test_an_archived_space_takes_no_changes_until_it_is_opened(told: list[SpaceEvent]) -> None:
    made = space(people.network("vest"))
    member = seat(made, people.person())
    service.archive_space(SYSTEM, made.id)
    for change in (
        lambda: service.update_space(SYSTEM, UpdateSpace(space_id=made.id, name="Annet")),
        lambda: service.archive_space(SYSTEM, made.id),
        lambda: seat(made, people.person()),
        lambda: service.end_membership(SYSTEM, EndMembership(membership_id=member.id)),
    ):
        with pytest.raises(SpaceClosed):
            change()
    service.reopen_space(SYSTEM, made.id)
    service.reopen_space(SYSTEM, made.id)
    assert [kind for kind in kinds(told) if kind in (SpaceArchived, SpaceReopened)] == [SpaceArchived, SpaceReopened]


# --- seats ---------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_seat_gives_its_rights_at_once_and_takes_them_at_once(told: list[SpaceEvent]) -> None:
    made = space(people.network("vest", "4601"))
    person = people.person(municipality_number="4601")
    assert not people.actor_of(person).has_role("space", made.id, "editor")
    given = seat(made, person, "editor", represents="4601")
    assert people.actor_of(person).has_role("space", made.id, "editor")
    assert f"space:{made.id}:editor" in people.actor_of(person).tokens
    service.end_membership(SYSTEM, EndMembership(membership_id=given.id))
    assert not any(token.startswith("space:") for token in people.actor_of(person).tokens)
    assert [kind for kind in kinds(told) if kind is not SpaceCreated] == [MemberAdded, MembershipEnded]


def test_a_coordinator_adds_members_and_a_member_does_not() -> None:
    made = space(people.network("vest", "4601"))
    coordinator, member = people.person(), people.person()
    seat(made, coordinator, "coordinator")
    seat(made, member)
    new = AddMember(space_id=made.id, person_id=people.person().id, role="member")
    with pytest.raises(Forbidden):
        service.add_member(people.actor_of(member), new)
    service.add_member(people.actor_of(coordinator), new)
    assert len(queries.members(made.id)) == 3


def test_the_contact_of_a_municipality_leads_its_room_and_the_lead_does_not() -> None:
    network = people.network("vest", "4601")
    room = space(network, "municipality", municipality_number="4601")
    contact, lead = people.contact("4601"), people.lead(network)
    new = AddMember(space_id=room.id, person_id=people.person().id, role="editor")
    with pytest.raises(Forbidden):
        service.add_member(people.actor_of(lead), new)
    service.add_member(people.actor_of(contact), new)
    assert f"space:{room.id}:editor" in people.actor_of(contact).tokens
    assert f"space:{room.id}:reader" not in people.actor_of(lead).tokens


@pytest.mark.both_databases
def test_nobody_has_two_seats_at_a_time() -> None:
    made = space(people.network("vest"))
    person = people.person()
    seat(made, person, since=date(2024, 1, 1), until=date(2024, 12, 31))
    seat(made, person, "observer", since=date(2025, 1, 1))
    for since, until in ((date(2024, 6, 1), None), (date(2023, 1, 1), date(2024, 1, 1)), (None, None)):
        with pytest.raises(AlreadyMember):
            seat(made, person, since=since, until=until)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"role": "leder"}, "role"),
        ({"represents": "9999"}, "represents_number"),
        ({"since": date(2024, 2, 1), "until": date(2024, 1, 1)}, "valid_to"),
    ],
)
def test_a_seat_that_breaks_a_rule_is_refused_by_field(values: dict[str, Any], field: str) -> None:
    made = space(people.network("vest"))
    with pytest.raises(Invalid) as refused:
        seat(made, people.person(), **values)
    assert list(refused.value.fields) == [field]


def test_somebody_unknown_gets_no_seat() -> None:
    made = space(people.network("vest"))
    with pytest.raises(Invalid):
        service.add_member(SYSTEM, AddMember(space_id=made.id, person_id=999, role="member"))


def test_the_only_coordinator_stays_until_there_is_another() -> None:
    made = space(people.network("vest"))
    first = seat(made, people.person(), "coordinator")
    with pytest.raises(LastCoordinator):
        service.end_membership(SYSTEM, EndMembership(membership_id=first.id))
    with pytest.raises(LastCoordinator):
        service.change_role(SYSTEM, ChangeRole(membership_id=first.id, role="member"))
    seat(made, people.person(), "coordinator")
    service.end_membership(SYSTEM, EndMembership(membership_id=first.id))
    assert len(queries.members(made.id)) == 1


def test_another_role_keeps_the_past_as_it_was(told: list[SpaceEvent]) -> None:
    made = space(people.network("vest"))
    person = people.person()
    old = seat(made, person, "member", since=today() - 30 * DAY)
    new = service.change_role(SYSTEM, ChangeRole(membership_id=old.id, role="editor"))
    assert service.change_role(SYSTEM, ChangeRole(membership_id=new.id, role="editor")).id == new.id
    assert [m.role for m in queries.members(made.id)] == ["editor"]
    assert [m.role for m in queries.members(made.id, today() - DAY)] == ["member"]
    assert people.actor_of(person).has_role("space", made.id, "editor")
    changed = [event for event in told if isinstance(event, MemberRoleChanged)]
    assert [(event.former_role, event.role) for event in changed] == [("member", "editor")]


def test_what_is_over_does_not_change() -> None:
    made = space(people.network("vest"))
    old = seat(made, people.person(), since=date(2024, 1, 1), until=date(2024, 6, 1))
    with pytest.raises(SeatEnded):
        service.end_membership(SYSTEM, EndMembership(membership_id=old.id))
    with pytest.raises(SeatEnded):
        service.change_role(SYSTEM, ChangeRole(membership_id=old.id, role="editor"))


def test_a_seat_given_by_mistake_leaves_no_trace_in_the_list() -> None:
    made = space(people.network("vest"))
    mistake = seat(made, people.person())
    service.end_membership(SYSTEM, EndMembership(membership_id=mistake.id))
    assert queries.members(made.id) == queries.former_members(made.id) == []


def test_a_seat_can_end_later() -> None:
    made = space(people.network("vest"))
    given = seat(made, people.person())
    service.end_membership(SYSTEM, EndMembership(membership_id=given.id, last_day=today() + 10 * DAY))
    assert len(queries.members(made.id)) == 1
    assert queries.members(made.id, today() + 11 * DAY) == []


def test_seats_that_are_not_there() -> None:
    with pytest.raises(NotFound):
        service.end_membership(SYSTEM, EndMembership(membership_id=99))
