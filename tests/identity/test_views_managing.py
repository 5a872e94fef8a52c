"""What leads, contacts, administrators and everybody for themselves do by the pages."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import identity as make
from wiki.core.authz import SYSTEM
from wiki.identity import queries, service
from wiki.identity.models import Network, Person


@pytest.fixture
def network(db: Any) -> Network:
    return make.network("nettet", "4631", "4601")


@pytest.fixture
def lead(network: Network, client: FlaskClient) -> Person:
    """The lead of the network, signed in."""
    who = make.lead(network, "Leder")
    make.sign_in(client, who)
    return who


@pytest.fixture
def boss(db: Any, client: FlaskClient) -> Person:
    """An administrator, signed in."""
    who = make.admin("Sjef")
    make.sign_in(client, who)
    return who


# --- the network -----------------------------------------------------------------------------------------------------


def test_who_leads_one_network_comes_straight_to_it(client: FlaskClient, lead: Person) -> None:
    assert client.get("/nettverk").location == "/nettverk/nettet"
    assert 'href="/nettverk"' in client.get("/nettverk/nettet").text, "the menu leads here"


def test_who_leads_two_chooses(client: FlaskClient, lead: Person) -> None:
    service.grant_network_role(SYSTEM, make.network("annet").id, lead.id, "secretariat")
    page = client.get("/nettverk").text
    assert "/nettverk/nettet" in page
    assert "/nettverk/annet" in page


def test_who_leads_none_has_no_such_page(client: FlaskClient, network: Network) -> None:
    make.sign_in(client, make.contact("4631"))
    assert client.get("/nettverk").status_code == 403
    assert 'href="/nettverk"' not in client.get("/min-side").text


def test_a_role_in_the_network_is_given_and_ended(client: FlaskClient, lead: Person) -> None:
    who = make.person("Kari", email="kari@alver.no")
    form = {"rolle-email": "kari@alver.no", "rolle-role": "secretariat"}
    assert client.post("/nettverk/nettet/roller", data=form).status_code == 302
    page = client.get("/nettverk/nettet").text
    assert "Kari" in page
    held = [role for role in queries.network_roles(SYSTEM, queries.get_network("nettet")) if role.person_id == who.id]
    assert client.post(f"/nettverk/nettet/roller/{held[0].id}/avslutt").status_code == 302
    assert "Kari" not in client.get("/nettverk/nettet").text.partition("Rollen er avsluttet.")[2]


@pytest.mark.parametrize(
    "form", [{}, {"rolle-email": "ukjent@alver.no", "rolle-role": "lead"}, {"rolle-email": "a@b.no", "rolle-role": "x"}]
)
def test_a_role_that_cannot_be_given_is_explained(client: FlaskClient, lead: Person, form: dict[str, str]) -> None:
    answer = client.post("/nettverk/nettet/roller", data=form)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_the_secretariat_invites_but_gives_no_roles(client: FlaskClient, network: Network) -> None:
    make.sign_in(client, make.lead(network, "Sekretær", role="secretariat"))
    page = client.get("/nettverk/nettet/inviter").text
    assert 'value="member"' in page
    assert 'value="lead"' not in page
    assert 'value="contact"' not in page
    form = {"rolle-email": "a@b.no", "rolle-role": "lead"}
    assert client.post("/nettverk/nettet/roller", data=form).status_code == 403
    sent = {"name": "Ny", "email": "ny@alver.no", "municipality": "4631", "role": "contact"}
    assert client.post("/nettverk/nettet/inviter", data=sent).status_code == 422


def test_an_invitation_is_made_listed_and_withdrawn(client: FlaskClient, lead: Person) -> None:
    sent = {"name": "Ny", "email": "ny@alver.no", "municipality": "4631", "role": "contact"}
    page = client.post("/nettverk/nettet/inviter", data=sent)
    assert page.status_code == 201
    link = re.search(r"/invitasjon/[\w-]+", page.text)
    assert link
    listed = client.get("/nettverk/nettet").text
    assert "ny@alver.no" in listed
    assert link[0] not in listed
    address = re.search(r"/invitasjoner/\d+/trekk-tilbake", listed)
    assert address
    assert client.post(address[0], data={"neste": "/nettverk/nettet"}).location == "/nettverk/nettet"
    assert client.get(link[0]).status_code == 404


def test_who_has_an_account_is_added_at_once(client: FlaskClient, lead: Person) -> None:
    make.person("Kari", email="kari@alver.no")
    sent = {"name": "Kari", "email": "kari@alver.no", "municipality": "4631"}
    assert client.post("/nettverk/nettet/inviter", data=sent).status_code == 302
    assert "hadde en konto fra før" in client.get("/nettverk/nettet").text
    assert "Kari" in client.get("/nettverk/nettet/folk?q=kari").text


def test_people_are_found_and_paged(client: FlaskClient, lead: Person) -> None:
    for number in range(60):
        make.person(f"Ansatt {number:02d}", municipality_number="4631")
    make.person("Utenfor", municipality_number="0301")
    page = client.get("/nettverk/nettet/folk")
    assert "61 personer" in page.text
    assert "side=2" in page.text
    assert "Utenfor" not in client.get("/nettverk/nettet/folk?q=utenfor").text
    assert "Ansatt 59" in client.get("/nettverk/nettet/folk?side=2").text
    for side in ("0", "-1", "x", "99999999999"):
        assert client.get(f"/nettverk/nettet/folk?side={side}").status_code == 200


# --- the municipality ------------------------------------------------------------------------------------------------


def test_the_contact_manages_people_and_the_neighbour_sees_functions(app: Flask, network: Network, db: Any) -> None:
    contact = make.sign_in(app.test_client(), make.contact("4631", "Kontakt"))
    neighbour = make.sign_in(app.test_client(), make.person(municipality_number="4601"))
    make.person("Kari Vik", email="kari@alver.no", municipality_number="4631", function="Rådgiver")
    form = {"rolle-email": "kari@alver.no", "rolle-role": "editor"}
    assert contact.post("/kommune/4631/roller", data=form).status_code == 302
    page = contact.get("/kommune/4631").text
    assert "Kari Vik" in page
    seen = neighbour.get("/kommune/4631").text
    assert "Rådgiver" in seen
    assert "Kari Vik" not in seen
    assert "kari@alver.no" not in seen
    end_role, end_work = (re.search(rf"/kommune/4631/{part}/\d+/avslutt", page) for part in ("roller", "ansatte"))
    assert end_role
    assert end_work
    assert neighbour.post(end_role[0]).status_code == 403
    assert neighbour.post(end_work[0]).status_code == 403
    assert neighbour.post("/kommune/4631/roller", data=form).status_code == 403


def test_somebody_who_has_left_is_gone_from_the_page(client: FlaskClient, network: Network) -> None:
    make.sign_in(client, make.contact("4631", "Kontakt"))
    who = make.person("Kari Vik", municipality_number="4631")
    work = queries.employments_of(who.id)[0]
    assert client.post(f"/kommune/4631/ansatte/{work.id}/avslutt").status_code == 302
    assert "Kari Vik" not in client.get("/kommune/4631").text


# --- administration --------------------------------------------------------------------------------------------------


def test_an_administrator_makes_networks_and_members(client: FlaskClient, boss: Person) -> None:
    assert (
        client.post("/administrasjon/nettverk", data={"nettverk-name": "Nett", "nettverk-slug": "Å"}).status_code == 422
    )
    made = client.post("/administrasjon/nettverk", data={"nettverk-name": "Nettet", "nettverk-slug": "nettet"})
    assert made.location == "/nettverk/nettet"
    again = client.post("/administrasjon/nettverk", data={"nettverk-name": "Nettet", "nettverk-slug": "nettet"})
    assert again.status_code == 409
    make.municipality("4631")
    network_id = queries.get_network("nettet").id
    form = {"medlem-network": network_id, "medlem-municipality": "4631"}
    assert client.post("/administrasjon/medlemmer", data=form).status_code == 302
    assert "Alver" in client.get("/nettverk/nettet").text
    ended = client.post("/administrasjon/medlemmer/avslutt", data={"network": network_id, "municipality": "4631"})
    assert ended.status_code == 302
    assert client.post("/administrasjon/medlemmer/avslutt", data={"network": "x"}).status_code == 404


def test_an_administrator_makes_and_closes_accounts(app: Flask, client: FlaskClient, boss: Person) -> None:
    make.municipality("4631")
    form = {"name": "Kari", "email": "kari@alver.no", "municipality": "4631", "password": make.PASSWORD}
    assert client.post("/administrasjon/folk", data=form).status_code == 302
    assert client.post("/administrasjon/folk", data=form).status_code == 409
    assert client.post("/administrasjon/folk", data={**form, "password": "kort"}).status_code == 422
    who = queries.find_person("kari@alver.no")
    assert who is not None
    theirs = make.sign_in(app.test_client(), who)
    assert theirs.get("/min-side").status_code == 200
    assert client.post(f"/administrasjon/folk/{who.id}/steng").status_code == 302
    assert theirs.get("/min-side").status_code == 302
    assert "Stengt" in client.get("/administrasjon/folk?q=kari").text
    assert client.post(f"/administrasjon/folk/{who.id}/apne").status_code == 302
    assert client.post(f"/administrasjon/folk/{boss.id}/steng").status_code == 422
    assert client.post("/administrasjon/folk/999/steng").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/administrasjon/nettverk",
        "/administrasjon/medlemmer",
        "/administrasjon/medlemmer/avslutt",
        "/administrasjon/folk",
        "/administrasjon/folk/1/steng",
        "/administrasjon/folk/1/apne",
    ],
)
def test_others_change_nothing_there(client: FlaskClient, lead: Person, address: str) -> None:
    assert client.post(address, data={"network": 1, "municipality": "4631"}).status_code == 403


# --- min side --------------------------------------------------------------------------------------------------------


def test_name_and_language_are_ones_own_choice(client: FlaskClient, lead: Person) -> None:
    client.set_cookie("sprak", "en")
    answer = client.post("/min-side", data={"profil-name": "Nytt navn", "profil-language": "nn"})
    assert answer.status_code == 302
    page = client.get("/min-side").text
    assert '<html lang="nn"' in page
    assert "Nytt navn" in page
    assert client.post("/min-side", data={"profil-name": "", "profil-language": "de"}).status_code == 422


def test_one_chooses_whom_to_act_for(client: FlaskClient, network: Network) -> None:
    who = make.contact("4631")
    service.grant_network_role(SYSTEM, network.id, who.id, "lead")
    make.sign_in(client, who)
    chosen = client.post("/min-side/handler-for", data={"part-party": f"network:{network.id}", "neste": "/sok?q=a"})
    assert chosen.location == "/sok?q=a"
    party = make.actor_of(who).acting_for
    assert party is not None
    assert party.kind == "network"
    assert client.post("/min-side/handler-for", data={"part-party": "municipality:0301"}).status_code == 422


def test_a_token_is_shown_once_and_revoked(client: FlaskClient, lead: Person) -> None:
    page = client.post("/min-side/nokler", data={"nokkel-name": "Rapport", "nokkel-days": "30"})
    assert page.status_code == 201
    assert page.headers["Cache-Control"] == "no-store"
    found = re.search(r"fgm_[\w-]{43}", page.text)
    assert found
    assert queries.load_token(found[0]) is not None
    listed = client.get("/min-side").text
    assert found[0] not in listed
    assert "Rapport" in listed
    address = re.search(r"/min-side/nokler/\d+/trekk-tilbake", listed)
    assert address
    assert client.post(address[0]).status_code == 302
    assert queries.load_token(found[0]) is None
    assert client.post(address[0].replace("nokler/", "nokler/9")).status_code == 404
    assert client.post("/min-side/nokler", data={"nokkel-days": "7"}).status_code == 422


def test_a_wrong_current_password_is_said_at_its_field(client: FlaskClient, db: Any) -> None:
    make.sign_in(client, make.person(password=True))
    form = {"passord-current": "noe helt annet", "passord-password": "en helt annen frase"}
    answer = client.post("/min-side/passord", data=form)
    assert answer.status_code == 422
    assert 'id="passord-current-error"' in answer.text
