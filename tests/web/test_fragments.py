"""Kept pieces of pages: made once for what decides them, with the token of whoever is shown them."""

import pytest
from flask import Flask, render_template_string, request
from flask.testing import FlaskClient

from wiki.web import fragments
from wiki.web.auth import public
from wiki.web.csrf import csrf_token

PIECE = """{% call kept("piece", request.args.key) %}made for {{ request.args.name }}, {{ ui_language }}
<input name="csrf_token" value="{{ csrf_token() }}">{% endcall %}"""
PLAIN = """{% call kept("plain") %}<b>{{ request.args.name }}</b>{% endcall %}"""
NESTED = """{% call kept("outer") %}<i>{% call kept("inner") %}[{{ csrf_token() }}]{% endcall %}</i>{% endcall %}"""


@pytest.fixture(autouse=True)
def _pages(app: Flask) -> None:
    add_pages(app)


def add_pages(app: Flask) -> None:
    def piece() -> str:
        return render_template_string(PIECE) + f"|{csrf_token()}"

    def plain() -> str:
        return render_template_string(PLAIN)

    def nested() -> str:
        return render_template_string(NESTED) + f"|{csrf_token()}"

    for view in (piece, plain, nested):
        app.add_url_rule(f"/{view.__name__}", view.__name__, public(view))


def shown(client: FlaskClient, key: str = "k", name: str = "Kari") -> tuple[str, str]:
    """The piece, and the reader's token."""
    html, _, token = client.get("/piece", query_string={"key": key, "name": name}).text.rpartition("|")
    return html, token


def test_another_reader_gets_the_same_piece_with_their_own_token(app: Flask) -> None:
    first, second = app.test_client(), app.test_client()
    html, token = shown(first)
    assert html.startswith("made for Kari, nb")
    assert html.count(token) == 1
    other_html, other_token = shown(second, name="Ola")
    assert other_token != token
    assert other_html.startswith("made for Kari, nb")  # what decides it is the key alone
    assert other_html == html.replace(token, other_token)
    assert token not in other_html
    assert fragments._TOKEN not in html + other_html


def test_the_same_holds_when_the_token_was_asked_for_before(app: Flask) -> None:
    for client in (app.test_client(), app.test_client()):
        shown(client)
        html, token = shown(client)
        assert html.count(token) == 1


def test_a_piece_in_a_piece_carries_the_readers_token_too(app: Flask) -> None:
    for client in (app.test_client(), app.test_client()):
        html, _, token = client.get("/nested").text.partition("|")
        assert html == f"<i>[{token}]</i>"


def test_another_key_is_another_piece(client: FlaskClient) -> None:
    assert shown(client, "a", "Kari")[0].startswith("made for Kari")
    assert shown(client, "b", "Ola")[0].startswith("made for Ola")


def test_each_language_has_its_piece(client: FlaskClient) -> None:
    assert shown(client)[0].startswith("made for Kari, nb")
    client.set_cookie("sprak", "en")
    assert shown(client, name="Ola")[0].startswith("made for Ola, en")
    client.set_cookie("sprak", "nb")
    assert shown(client, name="Ola")[0].startswith("made for Kari, nb")


def test_what_is_put_in_stays_escaped_when_it_is_kept(client: FlaskClient) -> None:
    for _ in range(2):
        assert client.get("/plain?name=<script>").text == "<b>&lt;script&gt;</b>"


def test_nobody_writes_the_place_of_the_token_into_a_text(client: FlaskClient) -> None:
    """It is drawn for this process, and cannot be read from a page."""
    assert len(fragments._TOKEN) > 32
    assert fragments._TOKEN not in client.get("/piece?key=z&name=csrf-").text


def test_applications_in_one_process_do_not_share_pieces(app: Flask, client: FlaskClient) -> None:
    from wiki.app import create_app

    other = create_app(app.config["SETTINGS"])
    other.testing = True
    add_pages(other)
    assert shown(client, name="Kari")[0].startswith("made for Kari")
    assert shown(other.test_client(), name="Ola")[0].startswith("made for Ola")


def test_what_could_not_be_made_is_not_kept(app: Flask, client: FlaskClient) -> None:
    def fails() -> str:
        text = '{% call kept("fails") %}{{ 1 // (request.args.by | int) }}{% endcall %}'
        return render_template_string(text, request=request)

    app.add_url_rule("/fails", "fails", public(fails))
    assert client.get("/fails?by=0").status_code == 500
    assert client.get("/fails?by=1").text == "1"
