"""Sign-in, sign-out and invitations over HTTP."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import identity as make
from wiki.identity import queries, service
from wiki.identity.domain import FREE_TRIES, Invite
from wiki.identity.models import Person


@pytest.fixture
def kari(db: object) -> Person:
    return make.person("Kari", email="kari@alver.no", municipality_number="4631", password=True)


@pytest.fixture
def demo(app: Flask) -> Iterator[None]:
    app.config["DEMO"] = True
    yield
    app.config["DEMO"] = False


def sign_in(client: FlaskClient, password: str = make.PASSWORD, **more: str) -> tuple[int, str]:
    answer = client.post("/logg-inn", data={"email": "kari@alver.no", "password": password, **more})
    return answer.status_code, answer.location or answer.text


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/min-side").status_code == 200


def test_the_right_password_lets_in_and_leads_on(client: FlaskClient, kari: Person) -> None:
    assert client.get("/min-side").location.startswith("/logg-inn?neste=")
    assert sign_in(client, neste="/min-side") == (302, "/min-side")
    assert is_signed_in(client)
    assert client.get("/logg-inn").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\tx", "min-side"]
)
def test_sign_in_leads_nowhere_else(client: FlaskClient, kari: Person, target: str) -> None:
    assert sign_in(client, neste=target) == (302, "/")


def test_a_refused_sign_in_says_the_same_whoever_it_was(client: FlaskClient, kari: Person) -> None:
    wrong = client.post("/logg-inn", data={"email": "kari@alver.no", "password": "et annet passord"})
    unknown = client.post("/logg-inn", data={"email": "ola@alver.no", "password": "et annet passord"})
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("kari@", "ola@") == unknown.text
    assert "E-postadressen eller passordet er feil." in wrong.text
    assert not is_signed_in(client)


def test_missing_fields_are_named_at_the_field(client: FlaskClient, kari: Person) -> None:
    answer = client.post("/logg-inn", data={})
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text
    assert 'id="password-error"' in answer.text


def test_too_many_tries_are_held_back_with_when_to_try_again(client: FlaskClient, kari: Person) -> None:
    for _time in range(FREE_TRIES):
        assert sign_in(client, "et annet passord")[0] == 422
    answer = client.post("/logg-inn", data={"email": "kari@alver.no", "password": make.PASSWORD})
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 30
    assert "Prøv igjen om 1 min." in answer.text
    assert not is_signed_in(client)


def test_a_session_from_before_sign_in_is_not_kept(client: FlaskClient, kari: Person) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"] == queries.session_key_of(kari)


def test_sign_out_ends_the_session_of_this_browser(client: FlaskClient, kari: Person) -> None:
    sign_in(client)
    assert client.get("/logg-ut").status_code == 405
    assert client.post("/logg-ut").status_code == 302
    assert not is_signed_in(client)
    assert client.post("/logg-ut").status_code == 302


def test_a_new_password_signs_out_other_browsers(app: Flask, client: FlaskClient, kari: Person) -> None:
    other = app.test_client()
    sign_in(client)
    sign_in(other)
    fields = {"passord-current": make.PASSWORD, "passord-password": "en helt annen frase"}
    assert client.post("/min-side/passord", data=fields).status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_demo_accounts_are_offered_in_demo_mode_only(client: FlaskClient, db: object) -> None:
    account = make.person("Koordinator", demo_note="Prøv dette.")
    assert "Koordinator" not in client.get("/logg-inn").text
    assert client.post("/logg-inn/som", data={"person": account.id}).status_code == 404
    assert not is_signed_in(client)


@pytest.mark.usefixtures("demo")
def test_a_demo_account_is_entered_with_one_button(client: FlaskClient, kari: Person) -> None:
    account = make.person("Koordinator", demo_note="Prøv dette.")
    page = client.get("/logg-inn").text
    assert "Logg inn som Koordinator" in page
    assert "Prøv dette." in page
    assert "Logg inn som Kari" not in page
    for value in (kari.id, 999, "x", ""):
        assert client.post("/logg-inn/som", data={"person": value}).status_code == 404
    assert client.post("/logg-inn/som", data={"person": account.id, "neste": "//evil.example"}).location == "/"
    assert is_signed_in(client)


def test_an_invitation_becomes_an_account_once(app: Flask, client: FlaskClient, db: object) -> None:
    make.network("nettet", "4631")
    contact = make.sign_in(app.test_client(), make.contact("4631"))
    page = contact.post("/kommune/4631/inviter", data={"name": "Ny", "email": "ny@alver.no", "role": "editor"})
    assert page.status_code == 201
    assert page.headers["Cache-Control"] == "no-store"
    found = re.search(r"/invitasjon/[\w-]+", page.text)
    assert found
    link = found[0]
    assert "ny@alver.no" in client.get(link).text
    refused = client.post(link, data={"name": "Ny", "language": "nb", "password": "kort"})
    assert refused.status_code == 422
    assert 'id="password-error"' in refused.text
    accepted = client.post(link, data={"name": "Ny Ansatt", "language": "nb", "password": make.PASSWORD})
    assert accepted.status_code == 302
    assert "Ny Ansatt" in client.get("/min-side").text
    assert app.test_client().get(link).status_code == 404
    assert app.test_client().post(link, data={"password": make.PASSWORD}).status_code == 404


def test_the_link_of_somebody_with_an_account_asks_for_sign_in(client: FlaskClient, kari: Person) -> None:
    lead = make.actor_of(make.contact("4631"))
    invited = service.invite(lead, Invite(email="ola@alver.no", name="Ola", municipality_number="4631"))
    link = f"/invitasjon/{invited.secret}"
    owner = make.person("Ola", email="ola@alver.no")
    page = client.get(link)
    assert "Logg inn" in page.text
    assert "new-password" not in page.text
    assert client.post(link, data={}).status_code == 409
    make.sign_in(client, owner)
    assert client.post(link, data={}).status_code == 302
    assert "municipality:4631" in make.actor_of(owner).tokens
