"""Documents in the JSON API: with the rights of whoever asks, by session or by token."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import documents as make
from tests.factories import identity as people
from tests.factories.documents import World
from wiki.documents import service
from wiki.documents.domain.audience import Ring
from wiki.documents.models import Document
from wiki.identity.service import add_token

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def document(world: World) -> Document:
    return make.document(
        world.group, "Veileder", body="## Om\n\nTekst.\n", tags=("ros", "dpia"), language="nn", note="Ny"
    )


@pytest.fixture
def ask(app: Flask, world: World) -> Callable[..., FlaskClient]:
    def client(role: str) -> FlaskClient:
        made = app.test_client()
        return people.sign_in(made, world.person(role)) if role in make.SIGNED_IN else made

    return client


def test_a_reader_gets_what_readers_see(ask: Callable[[str], FlaskClient], world: World, document: Document) -> None:
    make.change(document, title="Hemmelig", body="Kladd.\n")
    answer = ask("reader").get(f"/api/v1/documents/{document.id}").get_json()
    assert (answer["id"], answer["kind"], answer["language"], answer["state"]) == (
        document.id,
        "page",
        "nn",
        "published",
    )
    assert (answer["title"], answer["body"], answer["url"]) == (
        "Veileder",
        "## Om\n\nTekst.\n",
        "/s/personvern/veileder",
    )
    assert answer["tags"] == ["dpia", "ros"]
    assert answer["revision"]["number"] == 1
    assert answer["abilities"] == {"edit": False, "publish": False, "share": False}
    assert "Hemmelig" not in str(answer)


def test_an_editor_is_told_of_the_draft_too(ask: Callable[[str], FlaskClient], document: Document) -> None:
    make.change(document, body="Kladd.\n")
    answer = ask("editor").get(f"/api/v1/documents/{document.id}").get_json()
    assert answer["state"] == "changed"
    assert all(answer["abilities"].values())


def test_a_draft_is_its_editors(ask: Callable[[str], FlaskClient], world: World) -> None:
    draft = make.document(world.group, publish=False)
    found = {
        role: ask(role).get(f"/api/v1/documents/{draft.id}").status_code for role in ("anonymous", *make.SIGNED_IN)
    }
    assert {role for role, status in found.items() if status == 200} == {"coordinator", "editor", "lead"}
    assert set(found.values()) == {200, 404}
    assert ask("editor").get(f"/api/v1/documents/{draft.id}").get_json()["state"] == "draft"


def test_a_token_has_the_rights_of_its_person(app: Flask, world: World, document: Document) -> None:
    path = f"/api/v1/documents/{document.id}"

    def status(secret: str) -> int:
        return app.test_client().get(path, headers={"Authorization": f"Bearer {secret}"}).status_code

    for role, wanted in (("reader", 200), ("stranger", 404)):
        assert status(add_token(world.actor(role), world.person_ids[role], "Skript")) == wanted
    for wrong in ("fgm_finnes-ikke", "", "x" * 5000):
        assert status(wrong) == 401
    assert app.test_client().get(path).status_code == 404


def test_what_is_open_is_there_for_everybody(ask: Callable[[str], FlaskClient], world: World) -> None:
    document = make.document(world.group, ring=Ring.PUBLIC)
    path = f"/api/v1/documents/{document.id}"
    assert ask("anonymous").get(path).status_code == 200
    service.trash(world.actor("editor"), document.id)
    assert ask("editor").get(path).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1.5", "9" * 30, "%00", "%ff"])
def test_ids_of_nothing_are_problems(ask: Callable[[str], FlaskClient], document: Document, number: str) -> None:
    answer = ask("reader").get(f"/api/v1/documents/{number}")
    assert answer.status_code in {400, 404}
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == answer.status_code


def test_there_is_nothing_to_write_to(ask: Callable[[str], FlaskClient], document: Document) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = ask("editor").open(f"/api/v1/documents/{document.id}", method=method, json={"title": "x"})
        assert answer.status_code == 405
        assert answer.mimetype == "application/problem+json"
