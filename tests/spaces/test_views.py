"""The pages of spaces, as each sort of reader meets them."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import identity as people
from tests.factories.spaces import seat, space
from wiki.core.authz import SYSTEM
from wiki.identity.models import Network, Person
from wiki.spaces import queries, service
from wiki.spaces.models import Space

pytestmark = pytest.mark.usefixtures("db")


@dataclass
class World:
    """A network with a group and a municipality's room, another network, and a reader of every sort."""

    app: Flask
    network: Network
    group: Space
    room: Space
    readers: dict[str, Person]

    def client(self, reader: str) -> FlaskClient:
        client = self.app.test_client()
        return people.sign_in(client, self.readers[reader]) if reader in self.readers else client

    def status(self, reader: str, path: str) -> int:
        return self.client(reader).get(path).status_code


@pytest.fixture
def world(app: Flask) -> World:
    network, other = people.network("vest", "4601", "4602"), people.network("ost", "0301")
    group = space(network, name="Personvern", summary="Maler og råd")
    room = space(network, "municipality", "Bergens rom", municipality_number="4601")
    readers = {
        "coordinator": people.person("Koordinator", municipality_number="4601", function="Rådgiver"),
        "member": people.person("Medlem", municipality_number="4602"),
        "colleague": people.person("Kollega", municipality_number="4602"),
        "contact": people.contact("4601", "Kontakt"),
        "lead": people.lead(network, "Leder"),
        "stranger": people.person("Fremmed", municipality_number="0301"),
        "other lead": people.lead(other, "Annen leder"),
        "admin": people.admin("Drift"),
    }
    seat(group, readers["coordinator"], "coordinator", represents="4601")
    seat(group, readers["member"], represents="4602")
    return World(app, network, group, room, readers)


GROUP_PAGES = ("/s/personvern/-/om", "/s/personvern/-/medlemmer", "/s/personvern/-/innstillinger")


@pytest.mark.parametrize(
    ("reader", "statuses"),
    [
        ("coordinator", (200, 200, 200)),
        ("member", (200, 200, 403)),
        ("colleague", (200, 200, 403)),
        ("lead", (200, 200, 200)),
        ("admin", (200, 200, 200)),
        ("stranger", (404, 404, 404)),
        ("other lead", (404, 404, 404)),
        ("nobody", (404, 302, 302)),
    ],
)
def test_who_reaches_the_pages_of_a_group(world: World, reader: str, statuses: tuple[int, ...]) -> None:
    assert tuple(world.status(reader, page) for page in GROUP_PAGES) == statuses


@pytest.mark.parametrize(
    ("reader", "status"),
    [("contact", 200), ("coordinator", 200), ("admin", 200), ("member", 404), ("lead", 404), ("nobody", 404)],
)
def test_who_knows_of_the_room_of_a_municipality(world: World, reader: str, status: int) -> None:
    assert world.status(reader, "/s/bergens-rom/-/om") == status


def test_the_list_shows_my_spaces_first(world: World) -> None:
    page = world.client("coordinator").get("/rom").text
    assert page.index("Mine rom") < page.index("Personvern") < page.index("Faggrupper")
    assert "Bergens rom" in page
    assert "Lag et rom" not in page


def test_the_list_shows_nobody_what_they_may_not_know_of(world: World) -> None:
    space(world.network, "network", "Om nettverket")
    anonymous, stranger = (world.client(reader).get("/rom").text for reader in ("nobody", "stranger"))
    for page in (anonymous, stranger):
        assert "Om nettverket" in page
        assert "Personvern" not in page
        assert "Bergens rom" not in page


def test_the_names_of_members_are_for_signed_in_people(world: World) -> None:
    service.update_space(SYSTEM, service.UpdateSpace(space_id=world.group.id, default_ring="public"))
    page = world.client("nobody").get("/s/personvern/-/om").text
    assert "Maler og råd" in page
    assert "Koordinator" not in page
    assert "koordinator" not in page


def test_about_says_who_leads_and_which_municipalities_are_missing(world: World) -> None:
    people.municipality("4631")
    people.service.join_network(SYSTEM, world.network.id, "4631")
    page = world.client("colleague").get("/s/personvern/-/om").text
    assert "Rådgiver" in page
    represented, missing = page.partition("Kommuner i gruppen")[2].split("Kommuner uten en plass")
    assert "Bergen, Kinn." in represented
    assert "Alver." in missing


def test_members_are_shown_with_what_they_do_and_for_whom(world: World) -> None:
    page = world.client("colleague").get("/s/personvern/-/medlemmer").text
    for word in ("Koordinator", "Rådgiver", "Bergen", "Kinn", world.readers["member"].email):
        assert word in page
    assert "Legg til medlem" not in page


# --- changing ------------------------------------------------------------------------------------


def test_the_lead_makes_a_space(world: World) -> None:
    client = world.client("lead")
    assert "Lag et rom" in client.get("/rom").text
    form = {"name": "Faggruppe HR", "kind": "expert_group", "network": world.network.id, "language": "nn"}
    answer = client.post("/rom/nytt", data=form)
    assert (answer.status_code, answer.location) == (302, "/s/faggruppe-hr/-/medlemmer")
    assert "Faggruppe HR" in client.get(answer.location).text


def test_the_lead_makes_the_room_of_a_municipality_and_leaves_it_to_its_people(world: World) -> None:
    form = {"name": "Kinns rom", "kind": "municipality", "municipality": "4602", "network": world.network.id}
    answer = world.client("lead").post("/rom/nytt", data=form | {"language": "nb"})
    assert (answer.status_code, answer.location) == (302, "/rom")
    assert world.status("member", "/s/kinns-rom/-/medlemmer") == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"kind": "klubb"},
        {"network": "999"},
        {"network": "x"},
        {"language": "se"},
        {"kind": "municipality"},
        {"kind": "project", "municipality": "4601"},
        {"municipality": "9999"},
    ],
)
def test_a_wrong_space_is_refused_with_its_reason(world: World, wrong: dict[str, str]) -> None:
    form = {"name": "Nytt", "kind": "project", "network": str(world.network.id), "language": "nb"}
    answer = world.client("lead").post("/rom/nytt", data=form | wrong)
    assert answer.status_code == 422
    assert "Noe må rettes" in answer.text
    assert len(queries.list_spaces(SYSTEM)) == 2


@pytest.mark.parametrize("reader", ["coordinator", "member", "contact", "stranger"])
def test_others_make_no_spaces(world: World, reader: str) -> None:
    client = world.client(reader)
    assert client.get("/rom/nytt").status_code == 403
    assert client.post("/rom/nytt", data={"name": "Nytt", "kind": "project"}).status_code == 403


def test_a_coordinator_adds_a_member_for_the_municipality_they_work_in(world: World) -> None:
    client = world.client("coordinator")
    form = {"email": world.readers["colleague"].email.upper(), "role": "editor", "represents": "own"}
    answer = client.post("/s/personvern/-/medlemmer/nytt", data=form)
    assert answer.status_code == 302
    added = next(each for each in queries.members(world.group.id) if each.name == "Kollega")
    assert (added.role, added.represents) == ("editor", "Kinn")
    assert "Kollega er med i rommet." in client.get(answer.location).text


@pytest.mark.parametrize(
    ("values", "status", "word"),
    [
        ({"email": "ingen@example.no"}, 422, "Vi kjenner ingen med denne adressen"),
        ({"email": ""}, 422, "Skriv e-postadressen"),
        ({"role": "sjef"}, 422, "Noe må rettes"),
        ({"represents": "9999"}, 422, "Noe må rettes"),
        ({"valid_from": "i går"}, 422, "Noe må rettes"),
        ({}, 409, "allerede medlem"),
    ],
)
def test_a_wrong_member_is_refused_with_its_reason(
    world: World, values: dict[str, str], status: int, word: str
) -> None:
    form = {"email": world.readers["member"].email, "role": "member", "represents": ""} | values
    answer = world.client("coordinator").post("/s/personvern/-/medlemmer/nytt", data=form)
    assert (answer.status_code, word in answer.text) == (status, True)
    assert len(queries.members(world.group.id)) == 2


def test_a_member_neither_adds_nor_changes(world: World) -> None:
    client, first = world.client("member"), queries.members(world.group.id)[0]
    at = f"/s/personvern/-/medlemmer/{first.membership_id}"
    assert client.get(at).status_code == 403
    for path in (
        "/s/personvern/-/medlemmer/nytt",
        f"{at}/rolle",
        f"{at}/slutt",
        "/s/personvern/-/innstillinger/arkiver",
    ):
        assert client.post(path, data={"role": "observer", "email": "x@example.no"}).status_code == 403
    assert len(queries.members(world.group.id)) == 2


def test_a_coordinator_changes_a_role_and_ends_a_seat(world: World) -> None:
    client = world.client("coordinator")
    member = queries.members(world.group.id)[1]
    at = f"/s/personvern/-/medlemmer/{member.membership_id}"
    assert "Gi en annen rolle" in client.get(at).text
    assert client.post(f"{at}/rolle", data={"role": "observer"}).status_code == 302
    observer = queries.members(world.group.id)[1]
    assert observer.role == "observer"
    assert client.post(f"/s/personvern/-/medlemmer/{observer.membership_id}/slutt").status_code == 302
    assert [each.name for each in queries.members(world.group.id)] == ["Koordinator"]


def test_the_only_coordinator_is_told_why_they_stay(world: World) -> None:
    first = queries.members(world.group.id)[0]
    at = f"/s/personvern/-/medlemmer/{first.membership_id}"
    for answer in (
        world.client("coordinator").post(f"{at}/slutt"),
        world.client("lead").post(f"{at}/rolle", data={"role": "member"}),
    ):
        assert answer.status_code == 409
        assert "Rommet må ha en koordinator" in answer.text


def test_a_seat_of_another_space_is_not_found_here(world: World) -> None:
    elsewhere = seat(world.room, world.readers["colleague"])
    for number in (elsewhere.id, 999):
        assert world.status("coordinator", f"/s/personvern/-/medlemmer/{number}") == 404
    assert world.status("coordinator", "/s/personvern/-/medlemmer/x") == 404


def test_settings_are_changed_and_the_space_closed_and_opened(world: World) -> None:
    client = world.client("coordinator")
    page = "/s/personvern/-/innstillinger"
    form = {"name": "Personvern og sikkerhet", "summary": "", "language": "nn", "default_ring": "networks"}
    assert client.post(page, data=form).status_code == 302
    assert "Personvern og sikkerhet" in client.get(page).text
    assert client.post(page, data=form | {"default_ring": "municipality"}).status_code == 422
    assert client.post(f"{page}/arkiver").status_code == 302
    assert "Arkivert" in client.get("/s/personvern/-/om").text
    assert client.post(f"{page}/arkiver").status_code == 409
    assert client.post(page, data=form).status_code == 409
    assert client.post(f"{page}/apne").status_code == 302
    assert "Arkivert" not in client.get("/s/personvern/-/om").text


def test_unknown_spaces_are_not_found(world: World) -> None:
    for page in ("om", "medlemmer", "innstillinger"):
        assert world.status("admin", f"/s/finnes-ikke/-/{page}") == 404


@pytest.mark.parametrize("page", ["/rom", "/rom/nytt", "/s/personvern/-/medlemmer/nytt", *GROUP_PAGES])
def test_every_page_has_one_heading_and_labels_on_all_fields(world: World, page: str) -> None:
    html = world.client("lead").get(page).text
    assert html.count("<h1") == 1
    assert "style=" not in html
