"""Failures as pages and as problem documents: the right status, a sentence to people, nothing of the inside."""

import logging
from collections.abc import Callable

import pytest
from flask import Flask, abort, request
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.factories import identity as make
from wiki.core import errors
from wiki.core.db import db as database
from wiki.identity.models import Network
from wiki.web.auth import public
from wiki.web.error_pages import status_of

STATUSES = [
    (errors.NotFound(), 404, 404),
    (errors.Forbidden(), 403, 403),
    (errors.Invalid(), 422, 400),
    (errors.Conflict(), 409, 409),
    (errors.TooMany(), 429, 429),
    (errors.TooLarge(), 413, 413),
    (errors.DomainError("Noe eget gikk galt."), 400, 400),
]
INSIDE = "hemmelig tilkobling til db-7"


class Vanished(errors.NotFound):
    message = "Den er borte."


def fails_with(app: Flask, fail: Callable[[], object]) -> None:
    """Serve the failure as a page and in the API."""

    def view() -> str:
        fail()
        return f"{len(request.form)} {len(request.get_data())}"

    for name, address in (("page", "/feil"), ("api", "/api/v1/feil")):
        app.add_url_rule(address, f"fails_{name}", public(view), methods=["GET", "POST"])


def raises(error: Exception) -> Callable[[], object]:
    def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(("error", "page_status", "api_status"), STATUSES, ids=lambda value: type(value).__name__)
def test_each_failure_has_its_status(
    app: Flask, client: FlaskClient, error: errors.DomainError, page_status: int, api_status: int
) -> None:
    fails_with(app, raises(error))
    page = client.get("/feil")
    assert (page.status_code, page.mimetype) == (page_status, "text/html")
    assert error.message.rstrip(".") in page.text
    assert page.text.count("<h1") == 1
    answer = client.get("/api/v1/feil")
    assert (answer.status_code, answer.mimetype) == (api_status, "application/problem+json")
    assert answer.json is not None
    assert (answer.json["detail"], answer.json["status"]) == (error.message, api_status)


def test_who_must_sign_in_is_led_there(app: Flask, client: FlaskClient) -> None:
    fails_with(app, raises(errors.SignInRequired()))
    assert client.get("/feil?a=1").location == "/logg-inn?neste=/feil?a%3D1"
    assert client.post("/feil").location == "/logg-inn?neste=/feil"  # its form can be opened again
    assert client.get("/api/v1/feil").status_code == 401


def test_a_failure_of_a_room_has_the_status_of_its_kind() -> None:
    assert status_of(Vanished()) == 404
    assert status_of(errors.DomainError()) == 400


def test_what_is_wrong_with_which_field_is_told(app: Flask, client: FlaskClient) -> None:
    fails_with(app, raises(errors.Invalid(fields={"title": "Skriv en <tittel>."})))
    assert "Skriv en &lt;tittel&gt;." in client.get("/feil").text
    answer = client.get("/api/v1/feil").json
    assert answer is not None
    assert answer["errors"] == {"title": "Skriv en <tittel>."}


@pytest.mark.parametrize(("code", "shown"), [(400, 400), (404, 404), (410, 410), (418, 418), (503, 503)])
def test_what_the_framework_refuses_looks_like_ours(app: Flask, client: FlaskClient, code: int, shown: int) -> None:
    fails_with(app, lambda: abort(code, description=INSIDE))
    page = client.get("/feil")
    assert page.status_code == shown
    assert page.text.count("<h1") == 1
    assert INSIDE not in page.text
    answer = client.get("/api/v1/feil")
    assert (answer.status_code, answer.mimetype) == (shown, "application/problem+json")
    assert INSIDE not in answer.text


def test_a_method_that_is_not_there_names_those_that_are(app: Flask, client: FlaskClient) -> None:
    fails_with(app, lambda: None)
    answer = client.delete("/feil")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_body_that_is_too_large_is_refused(app: Flask, client: FlaskClient) -> None:
    fails_with(app, lambda: None)
    limit = app.config["MAX_CONTENT_LENGTH"]
    for kind in ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert client.post("/feil", data=b"a" * (limit + 1), content_type=kind).status_code == 413
        answer = client.post("/api/v1/feil", data=b"a" * (limit + 1), content_type=kind)
        assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
    for size, status in ((1024 * 1024, 200), (5 * 1024 * 1024, 413)):  # one value of a form in parts
        part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"b" * size + b"\r\n--x--\r\n"
        assert client.post("/feil", data=part, content_type="multipart/form-data; boundary=x").status_code == status


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_mistake_of_ours_tells_nothing_of_the_inside(
    app: Flask,
    client: FlaskClient,
    db: object,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    signed_in: bool,
) -> None:
    fails_with(app, raises(RuntimeError(INSIDE)))
    if signed_in:
        make.sign_in(client, make.person("Kari"))
    monkeypatch.setattr(logging.getLogger("wiki"), "propagate", True)
    with caplog.at_level(logging.ERROR):
        page, answer = client.get("/feil?q=tekst"), client.get("/api/v1/feil")
    assert (page.status_code, answer.status_code, answer.mimetype) == (500, 500, "application/problem+json")
    for text_ in (page.text, answer.text):
        assert not any(word in text_ for word in (INSIDE, "RuntimeError", "Traceback", "wiki/", ".py"))
    assert page.text.count("<h1") == 1
    assert INSIDE in caplog.text
    assert "q=tekst" not in caplog.text, "what people search for is not logged"


def test_what_was_half_written_is_taken_back(app: Flask, client: FlaskClient, db: object) -> None:
    def write_and_fail() -> None:
        database.session.add(Network(slug="halv", name="Halv"))
        database.session.flush()
        raise errors.Conflict()

    fails_with(app, write_and_fail)
    make.sign_in(client, make.person("Kari"))
    assert client.get("/feil").status_code == 409
    assert database.session.query(Network).count() == 0


@pytest.mark.both_databases
def test_a_statement_that_broke_does_not_break_the_page(app: Flask, client: FlaskClient, db: object) -> None:
    """On PostgreSQL nothing more can be asked in a transaction in which something failed."""
    fails_with(app, lambda: database.session.execute(text("SELECT * FROM finnes_ikke")))
    make.sign_in(client, make.person("Kari"))
    page = client.get("/feil")
    assert page.status_code == 500
    assert "finnes_ikke" not in page.text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_error_page_speaks_every_language(app: Flask, client: FlaskClient, language: str) -> None:
    texts = {}
    for code in (400, 401, 403, 404, 405, 409, 413, 422, 429, 500):
        name = f"e{code}"
        app.add_url_rule(f"/{name}", name, public(lambda code=code: abort(code)))
        client.set_cookie("sprak", language)
    for code in (400, 401, 403, 404, 405, 409, 413, 422, 429, 500):
        page = client.get(f"/e{code}")
        assert page.status_code == code
        assert f'<html lang="{language}"' in page.text
        texts[code] = page.text
    assert len(set(texts.values())) == len(texts)
