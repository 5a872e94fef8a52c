"""Whether the process lives, and whether it can do its work."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from wiki.app import create_app
from wiki.settings import Settings
from wiki.web.health import add_check


@pytest.fixture
def cut_off(tmp_path: Path, make_settings: Callable[..., Settings]) -> FlaskClient:
    """A browser with a session, at an application whose database is away."""
    app = create_app(make_settings(tmp_path, f"sqlite:///{tmp_path}/finnes/ikke.sqlite3"))
    app.config.update(
        PROPAGATE_EXCEPTIONS=False,  # as it runs: what fails in an error page is answered too
        SEARCH_DRAINER=False,  # a thread that would outlive this test
    )
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1:x"
    return client


def test_all_is_well(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "ok"
    assert answer.json["parts"]["database"] == {"ok": True}
    assert answer.json["parts"]["search"]["ok"] is True


def test_a_part_that_says_no_makes_it_unready(app: Flask, client: FlaskClient) -> None:
    add_check(app, "queue", lambda: {"ok": False, "waiting": 9})
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["status"] == "unavailable"
    assert answer.json["parts"]["queue"] == {"ok": False, "waiting": 9}
    assert client.get("/healthz").status_code == 200


def test_a_part_that_fails_makes_it_unready_and_tells_no_more_than_the_kind(app: Flask, client: FlaskClient) -> None:
    def fail() -> dict[str, bool]:
        raise OSError("/hemmelig/sti")

    add_check(app, "disk", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["parts"]["disk"] == {"ok": False, "error": "OSError"}
    assert answer.json["parts"]["database"] == {"ok": True}


def test_without_its_database_it_lives_but_is_not_ready(cut_off: FlaskClient) -> None:
    assert cut_off.get("/healthz").status_code == 200
    answer = cut_off.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["parts"]["database"] == {"ok": False, "error": "OperationalError"}


@pytest.mark.parametrize("address", ["/", "/min-side", "/finnes-ikke", "/static/finnes-ikke.css"])
def test_without_its_database_people_get_a_page_of_ours(cut_off: FlaskClient, address: str) -> None:
    answer = cut_off.get(address)
    assert answer.status_code == 500
    assert "Noe gikk galt hos oss" in answer.text
    assert "Content-Security-Policy" in answer.headers
    assert "sqlite" not in answer.text.lower()


def test_without_its_database_styles_are_still_served(cut_off: FlaskClient, tmp_path: Path) -> None:
    cut_off.application.static_folder = str(tmp_path)
    (tmp_path / "app.css").write_text("p{}", encoding="utf-8")
    with cut_off.get("/static/app.css") as answer:
        assert answer.text == "p{}"
