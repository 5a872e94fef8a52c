"""What is logged of a request: who, what and how long; never contents, queries or secrets."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import identity as make
from wiki.app import create_app
from wiki.core.authz import SYSTEM
from wiki.identity import service
from wiki.settings import Settings
from wiki.web import logs
from wiki.web.auth import public


@pytest.fixture
def settings(database_url: str, tmp_path: Path, make_settings: Callable[..., Settings]) -> Settings:
    return make_settings(tmp_path, database_url, log_format="json")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log of this process says during the test."""
    root = logging.getLogger("wiki")
    before = (root.handlers[:], root.level, root.propagate)
    logs.configure("json")
    [handler] = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    handler.setStream(stream)
    yield stream
    root.handlers[:], root.propagate = before[0], before[2]
    root.setLevel(before[1])


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_one_line_with_who_and_what(app: Flask, db: object, written: io.StringIO) -> None:
    kari = make.person("Kari Nordmann", email="kari@example.no")
    client = make.sign_in(app.test_client(), kari)
    written.truncate(written.seek(0))
    assert client.get("/sok?q=hemmelig").status_code == 200
    [line] = lines(written)
    assert (line["method"], line["endpoint"], line["status"], line["person"]) == ("GET", "search.results", 200, kari.id)
    assert isinstance(line["ms"], float)
    assert not any(word in written.getvalue() for word in ("hemmelig", "Nordmann", "kari@"))


def test_secrets_are_not_logged(app: Flask, db: object, written: io.StringIO) -> None:
    secret = service.add_token(SYSTEM, make.person("Kari").id, "Prøve")
    client = app.test_client()
    client.get("/api/v1/search?q=x", headers={"Authorization": f"Bearer {secret}"})
    client.get("/invitasjon/hemmelig-lenke")
    client.post("/logg-inn", data={"email": "kari@example.no", "password": "hemmelig-ord"})
    assert len(lines(written)) >= 3
    assert not any(word in written.getvalue() for word in (secret, "hemmelig", "kari@example.no"))


def test_a_mistake_of_ours_is_logged_with_its_traceback(app: Flask, written: io.StringIO) -> None:
    def fails() -> str:
        raise RuntimeError("inni")

    app.add_url_rule("/feil", "fails", public(fails))
    assert app.test_client().get("/feil?q=hemmelig").status_code == 500
    error, request = lines(written)
    assert error["level"] == "ERROR"
    assert "RuntimeError: inni" in str(error["traceback"])
    assert request["status"] == 500
    assert "hemmelig" not in written.getvalue()


def test_people_at_a_terminal_are_left_in_peace(
    database_url: str, tmp_path: Path, make_settings: Callable[..., Settings], written: io.StringIO
) -> None:
    app = create_app(make_settings(tmp_path, database_url))
    app.testing = True
    app.test_client().get("/")
    assert written.getvalue() == ""
