"""Forms carry a token of their session: signed once, good as long as the session, and nobody else's."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import identity as make
from wiki.identity.models import Person
from wiki.web.auth import current_actor, public
from wiki.web.csrf import csrf_token

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@pytest.fixture(autouse=True)
def _page(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    def token() -> str:
        return csrf_token()

    def sent() -> str:
        return current_actor().name or "nobody"

    app.add_url_rule("/nokkel", "token", public(token))
    app.add_url_rule("/send", "sent", public(sent), methods=["POST"])


def token_of(client: FlaskClient) -> str:
    return client.get("/nokkel").text


def test_the_token_of_a_session_is_signed_once(client: FlaskClient) -> None:
    first = token_of(client)  # makes the session's secret
    second = token_of(client)
    assert token_of(client) == second
    assert client.post("/send", data={"csrf_token": first}).status_code == 200
    assert client.post("/send", data={"csrf_token": second}).status_code == 200


def test_it_is_still_good_after_others_have_filled_the_memory(app: Flask, client: FlaskClient) -> None:
    token_of(client)
    token = token_of(client)
    for _ in range(3):
        other = app.test_client()
        token_of(other)
        assert token_of(other) != token
    assert client.post("/send", data={"csrf_token": token}).text == "nobody"


@pytest.mark.parametrize("form", [{}, {"csrf_token": ""}, {"csrf_token": "forged"}, {"csrf_token": "æ" * 500}])
def test_without_its_token_nothing_is_taken(client: FlaskClient, form: dict[str, str]) -> None:
    token_of(client)
    answer = client.post("/send", data=form)
    assert answer.status_code == 400
    assert "Skjemaet var åpent for lenge" in answer.text


def test_the_token_of_another_session_is_not_taken(app: Flask, client: FlaskClient) -> None:
    token_of(client)
    other = app.test_client()
    assert client.post("/send", data={"csrf_token": token_of(other)}).status_code == 400
    assert app.test_client().post("/send", data={"csrf_token": token_of(other)}).status_code == 400


def test_a_token_with_another_signature_is_not_taken(client: FlaskClient) -> None:
    token = token_of(client)
    assert client.post("/send", data={"csrf_token": token[:-3] + "AAA"}).status_code == 400


def test_each_person_has_a_token_of_their_own_on_the_same_page(app: Flask, db: object) -> None:
    """The header with its sign-out form is kept between requests; the token in it is not."""
    clients = []
    for name in ("Kari", "Ola"):
        client = make.sign_in(app.test_client(), make.person(name))
        clients.append(client)
    tokens = [TOKEN.findall(client.get("/").text) for client in clients * 2]
    assert all(tokens)
    assert set(tokens[0]).isdisjoint(tokens[1])
    for client, own, foreign in zip(clients, tokens[2:], tokens[2:][::-1], strict=True):
        assert client.post("/send", data={"csrf_token": foreign[0]}).status_code == 400
        assert client.post("/send", data={"csrf_token": own[0]}).status_code == 200


def test_signing_out_takes_a_token(client: FlaskClient, db: object) -> None:
    kari: Person = make.person("Kari")
    make.sign_in(client, kari)
    assert client.post("/logg-ut").status_code == 400
    [token, *_] = TOKEN.findall(client.get("/").text)
    assert client.post("/logg-ut", data={"csrf_token": token}).status_code == 302


def test_a_form_whose_session_is_over_leads_to_sign_in(app: Flask, client: FlaskClient) -> None:
    """Not to be told of a token: one signs in, and the form is opened again."""
    app.add_url_rule("/lukket", "closed", lambda: "ok", methods=["GET", "POST"])
    answer = client.post("/lukket", data={"csrf_token": "from before"})
    assert (answer.status_code, answer.location) == (302, "/logg-inn?neste=/lukket")


def test_no_page_lets_a_form_do_without(app: Flask) -> None:
    """Nothing that people or programs send by POST is exempt."""
    from wiki.web.extensions import csrf

    assert csrf._exempt_views == set()
    assert csrf._exempt_blueprints == set()
