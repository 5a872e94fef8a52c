"""The guard: anonymous people reach what is marked public; tokens are for the API alone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import identity as make
from wiki.core.authz import SYSTEM
from wiki.identity import service
from wiki.identity.models import Person
from wiki.identity.queries import tokens_of_person
from wiki.web.auth import current_actor, is_public, public


def who() -> str:
    """A page that says who reads it."""
    return current_actor().name or "nobody"


@pytest.fixture(autouse=True)
def _pages(app: Flask) -> None:
    """The same page behind the guard and before it, for people and for programs."""

    def open_page() -> str:
        return who()

    public(open_page)
    for address in ("/lukket", "/api/v1/lukket"):
        app.add_url_rule(address, f"closed{address.count('/')}", who, methods=["GET", "POST"])
    for address in ("/apen", "/api/v1/apen"):
        app.add_url_rule(address, f"open{address.count('/')}", open_page, methods=["GET", "POST"])


@pytest.fixture
def kari(db: object) -> Person:
    return make.person("Kari")


@pytest.fixture
def token(kari: Person) -> str:
    return service.add_token(SYSTEM, kari.id, "Prøve")


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_only_what_is_marked_is_public(app: Flask) -> None:
    assert is_public(app.view_functions["open1"])
    assert not is_public(who)
    assert is_public(app.view_functions["static"])


def test_anonymous_people_reach_what_is_public(client: FlaskClient) -> None:
    assert client.get("/apen").text == client.get("/api/v1/apen").text == "nobody"


@pytest.mark.parametrize(
    ("address", "back"),
    [("/lukket", "/lukket"), ("/lukket?a=1&b=%C3%A6", "/lukket?a=1&b=%C3%A6"), ("/lukket?", "/lukket")],
)
def test_anonymous_people_are_led_to_sign_in_and_back(client: FlaskClient, address: str, back: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    sign_in = urlsplit(answer.location)
    assert (sign_in.netloc, sign_in.path) == ("", "/logg-inn")
    [target] = parse_qs(sign_in.query)["neste"]
    assert urlsplit(target).path == "/lukket"
    assert parse_qs(urlsplit(target).query) == parse_qs(urlsplit(back).query)
    assert not target.endswith("?")


def test_what_was_sent_cannot_be_sent_again_but_its_form_opened(client: FlaskClient) -> None:
    assert client.post("/lukket?a=1", data={"b": "2"}).location == "/logg-inn?neste=/lukket"


def test_what_is_only_sent_is_not_gone_back_to(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/bare-send", "only_sent", who, methods=["POST"])
    assert client.post("/bare-send").location == "/logg-inn"


def test_the_api_says_that_a_key_is_needed(client: FlaskClient) -> None:
    answer = client.get("/api/v1/lukket")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_unknown_address_asks_nobody_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/finnes-ikke").status_code == client.get("/api/v1/finnes-ikke").status_code == 404


def test_a_signed_in_person_reaches_pages_and_the_api(client: FlaskClient, kari: Person) -> None:
    make.sign_in(client, kari)
    assert [client.get(a).text for a in ("/lukket", "/apen", "/api/v1/lukket", "/api/v1/apen")] == ["Kari"] * 4


def test_a_session_that_is_not_ours_is_nobodys(app: Flask, kari: Person) -> None:
    for key in ("", "x", f"{kari.id}", f"{kari.id}:forged", "999999:x", "9" * 40, "None", "-1"):
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = key
        assert client.get("/apen").text == "nobody", key
        assert client.get("/lukket").status_code == 302


def test_a_cookie_signed_with_another_key_is_nobodys(client: FlaskClient, kari: Person) -> None:
    make.sign_in(client, kari)
    cookie = client.get_cookie("fagrom")
    assert cookie is not None
    client.set_cookie("fagrom", cookie.value[:-4] + "AAAA")
    assert client.get("/apen").text == "nobody"


def test_a_token_opens_the_api(client: FlaskClient, token: str) -> None:
    assert client.get("/api/v1/lukket", headers=bearer(token)).text == "Kari"


def test_a_token_opens_no_page(client: FlaskClient, token: str) -> None:
    assert client.get("/lukket", headers=bearer(token)).status_code == 302
    assert client.get("/apen", headers=bearer(token)).text == "nobody"


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Bearer ", "Bearer ukjent", "Bearer \xe6\xf8", "Basic a2FyaTp4", "x", "", "Bearer a b", "Bearer a=b"],
)
@pytest.mark.parametrize("address", ["/api/v1/apen", "/api/v1/lukket"])
def test_a_wrong_token_is_not_passed_over(client: FlaskClient, kari: Person, address: str, authorization: str) -> None:
    """Not even for an open address, nor with a session beside it: whoever sends one means it."""
    make.sign_in(client, kari)
    answer = client.get(address, headers={"Authorization": authorization})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert "Kari" not in answer.text


def test_a_token_that_was_taken_back_opens_nothing(client: FlaskClient, kari: Person, token: str) -> None:
    [row] = tokens_of_person(make.actor_of(kari))
    service.revoke_token(make.actor_of(kari), row.id)
    assert client.get("/api/v1/lukket", headers=bearer(token)).status_code == 401


def test_one_signs_out(client: FlaskClient, kari: Person) -> None:
    make.sign_in(client, kari)
    client.post("/logg-ut")
    assert client.get("/apen").text == "nobody"
