"""What each reader sees of spaces, and what actors get from seats: SQL and rules give the same answer."""

from datetime import date, timedelta

import pytest

from tests.factories import identity as people
from tests.factories.spaces import seat, space
from wiki.core.authz import ANONYMOUS, SYSTEM, Actor, can
from wiki.core.clock import today
from wiki.core.errors import NotFound
from wiki.spaces import queries, service
from wiki.spaces.domain import SpaceKind, editor_token, rings_of
from wiki.spaces.models import Space
from wiki.spaces.policy import SpaceAction

pytestmark = pytest.mark.usefixtures("db")
DAY = timedelta(days=1)


def slugs(spaces: list[Space]) -> list[str]:
    return [each.slug for each in spaces]


def _two_networks() -> tuple[list[Space], dict[str, Actor]]:
    """Every kind with every ring in one network, some of another, and a reader of every sort."""
    west, east = people.network("vest", "4601", "4602"), people.network("ost", "0301")
    made = []
    for network, number in ((west, "4601"), (east, "0301")):
        for kind in SpaceKind:
            values = {"municipality_number": number} if kind is SpaceKind.MUNICIPALITY else {}
            made += [space(network, kind.value, default_ring=ring.value, **values) for ring in rings_of(kind)]
    member, foreign_member = people.person(municipality_number="4602"), people.person(municipality_number="0301")
    for each in made[::5]:
        seat(each, member, "editor")
        seat(each, foreign_member, "observer")
    readers = {
        "member": member,
        "foreign member": foreign_member,
        "colleague": people.person(municipality_number="4601"),
        "contact": people.contact("4601"),
        "lead": people.lead(west),
        "secretariat": people.lead(west, role="secretariat"),
        "outsider": people.person(),
        "admin": people.admin(),
    }
    actors = {name: people.actor_of(person) for name, person in readers.items()}
    return made, actors | {"anonymous": ANONYMOUS, "system": SYSTEM}


def test_sql_and_rule_let_the_same_people_know_of_the_same_spaces() -> None:
    made, actors = _two_networks()
    for name, actor in actors.items():
        listed = {each.id for each in queries.list_spaces(actor)}
        assert listed == {each.id for each in made if can(actor, SpaceAction.READ, each)}, name


def test_who_holds_the_token_of_editors_may_write_unless_the_space_is_archived() -> None:
    made, actors = _two_networks()
    service.archive_space(SYSTEM, made[0].id)
    for name, actor in actors.items():
        if actor.is_system:
            continue
        listed = {each.id for each in queries.writable_spaces(actor)}
        assert listed == {each.id for each in made[1:] if editor_token(each.id) in actor.tokens}, name


def test_what_the_reader_may_not_know_of_is_not_found() -> None:
    network = people.network("vest", "4601", "4602")
    room = space(network, "municipality", "Bergens rom", municipality_number="4601")
    outside = people.actor_of(people.person(municipality_number="4602"))
    for slug in (room.slug, "finnes-ikke"):
        with pytest.raises(NotFound):
            queries.get_space(outside, slug)
    assert queries.get_space(people.actor_of(people.person(municipality_number="4601")), room.slug).id == room.id
    assert queries.find_space(room.slug) is not None


def test_staff_holds_the_tokens_of_the_spaces_it_looks_after() -> None:
    network = people.network("vest", "4601")
    group, room = space(network), space(network, "municipality", municipality_number="4601")
    lead, contact = people.actor_of(people.lead(network)), people.actor_of(people.contact("4601"))
    editor = people.actor_of(people.contact("4601", role="editor"))
    reader = people.actor_of(people.contact("4601", role="reader"))
    assert f"space:{group.id}:editor" in lead.tokens
    assert f"space:{room.id}:editor" not in lead.tokens
    for actor in (contact, editor):
        assert f"space:{room.id}:editor" in actor.tokens
        assert f"space:{group.id}:editor" not in actor.tokens
    assert not any(token.startswith("space:") for token in reader.tokens)
    assert can(reader, SpaceAction.READ, room)


def test_administrators_hold_no_tokens_of_content() -> None:
    made = space(people.network("vest"))
    admin = people.actor_of(people.admin())
    assert can(admin, SpaceAction.ADMINISTER, made)
    assert not can(admin, SpaceAction.COORDINATE, made)
    assert not any(token.startswith("space:") for token in admin.tokens)


@pytest.mark.both_databases
def test_spaces_stand_by_kind_and_name() -> None:
    network = people.network("vest", "4601")
    for kind, name in (("secretariat", "A"), ("project", "B"), ("expert_group", "D"), ("expert_group", "C")):
        space(network, kind, name)
    assert slugs(queries.list_spaces(SYSTEM)) == ["c", "d", "b", "a"]
    assert slugs(queries.list_spaces(SYSTEM, network_id=network.id + 1)) == []


def test_my_spaces_are_those_i_sit_in_and_the_room_of_my_municipality() -> None:
    network = people.network("vest", "4601", "4602")
    group, former = space(network, name="Gruppe"), space(network, name="Tidligere")
    space(network, name="Ikke min")
    space(network, "municipality", "Kinns rom", municipality_number="4602")
    space(network, "municipality", "Bergens rom", municipality_number="4601")
    person = people.person(municipality_number="4601")
    seat(group, person)
    seat(former, person, since=date(2024, 1, 1), until=date(2024, 2, 1))
    assert slugs(queries.my_spaces(people.actor_of(person))) == ["gruppe", "bergens-rom"]
    assert queries.my_spaces(ANONYMOUS) == []


@pytest.mark.both_databases
def test_members_show_function_workplace_and_whom_they_represent() -> None:
    network = people.network("vest", "4601", "4602")
    made = space(network)
    seat(made, people.person("Berit", municipality_number="4601", function="Personvernombud"), represents="4602")
    seat(made, people.person("Anna", employer="Sekretariatet AS"), "coordinator")
    first, second = queries.members(made.id)
    assert (first.name, first.role, first.employer, first.represents) == ("Anna", "coordinator", "Sekretariatet AS", "")
    assert (second.function, second.employer, second.represents) == ("Personvernombud", "Bergen", "Kinn")
    assert [each.name for each in queries.municipalities_without_a_seat(made, [first, second])] == ["Bergen"]


def test_seats_are_current_coming_or_former() -> None:
    made = space(people.network("vest"))
    seat(made, people.person("Nå"))
    seat(made, people.person("Siste dag"), until=today())
    seat(made, people.person("Kommer"), since=today() + DAY)
    seat(made, people.person("Var"), since=date(2024, 1, 1), until=today() - DAY)
    assert [each.name for each in queries.members(made.id)] == ["Nå", "Siste dag"]
    assert [each.name for each in queries.coming_members(made.id)] == ["Kommer"]
    assert [each.name for each in queries.former_members(made.id)] == ["Var"]
    assert [each.name for each in queries.members(made.id, on=date(2024, 1, 15))] == ["Var"]


def test_whom_one_can_ask_are_the_people_of_the_network_and_the_members() -> None:
    network = people.network("vest", "4601")
    made = space(network)
    people.person("Utenfor", municipality_number="4602")
    people.person("Fra Bergen", municipality_number="4601")
    people.lead(network, "Leder")
    seat(made, people.person("Gjest"))
    assert [each.name for each in queries.people_to_ask(made)] == ["Fra Bergen", "Gjest", "Leder"]


def test_the_log_names_only_what_its_reader_may_know_of() -> None:
    network = people.network("vest", "4601")
    group, room = space(network, name="Gruppe"), space(network, "municipality", municipality_number="4601")
    lead = people.actor_of(people.lead(network))
    assert queries.name_spaces(lead, [group.id, room.id, 999]) == {group.id: ("Gruppe", "/s/gruppe")}
