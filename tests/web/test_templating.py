"""What every template can use."""

import json
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from jinja2 import UndefinedError

from wiki.web import templating
from wiki.web.auth import public


@pytest.fixture
def built(app: Flask, tmp_path: Path) -> Flask:
    """The application with a front end of one built file."""
    (tmp_path / "manifest.json").write_text(json.dumps({"app.css": "app-1F2E.css"}), encoding="utf-8")
    app.static_folder = str(tmp_path)
    templating.init_app(app)
    return app


def shown(app: Flask, template: str, address: str = "/", **values: object) -> str:
    with app.test_request_context(address):
        return render_template_string(template, **values)


def test_an_asset_is_named_after_its_contents(built: Flask) -> None:
    assert shown(built, "{{ asset('app.css') }}") == "/static/app-1F2E.css"
    assert shown(built, "{{ asset('finnes-ikke.css') }}") == "/static/finnes-ikke.css"


def test_what_was_built_is_there(app: Flask) -> None:
    manifest = Path(str(app.static_folder)) / "manifest.json"
    if not manifest.exists():
        pytest.skip("the front end is not built")
    names = json.loads(manifest.read_text(encoding="utf-8"))
    assert {"app.css", "app.js", "icons.svg", "favicon.svg"} <= set(names)
    assert [name for name in names.values() if not (manifest.parent / name).exists()] == []


def test_an_icon_is_decoration_and_safe(built: Flask) -> None:
    html = shown(built, "{{ icon('home') }}")
    assert (
        html == '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/icons.svg#home"></use></svg>'
    )
    assert '"><script>' not in shown(built, "{{ icon(name) }}", name='"><script>')


def test_a_word_that_is_nowhere_defined_is_a_mistake(app: Flask) -> None:
    with pytest.raises(UndefinedError):
        shown(app, "{{ finnes_ikke }}")


def test_rights_are_asked_by_the_policys_member_only(app: Flask) -> None:
    with pytest.raises(TypeError, match="needs an action of a policy"):
        shown(app, "{{ can('document.read', 1) }}")


def test_an_action_that_nobody_declared_is_a_mistake(app: Flask) -> None:
    class Made(StrEnum):
        UP = "made.up"

    with pytest.raises(LookupError):
        shown(app, "{{ can(action, 1) }}", action=Made.UP)


@pytest.mark.parametrize(
    ("address", "changes", "expected"),
    [
        ("/sok?q=a&side=2", {"side": 3}, "/sok?q=a&side=3"),
        ("/sok?q=a&side=2", {"side": None}, "/sok?q=a"),
        ("/sok?q=a", {"q": None}, "/sok"),
        ("/sok", {"q": "blåbær & «fløte»"}, "/sok?q=bl%C3%A5b%C3%A6r+%26+%C2%ABfl%C3%B8te%C2%BB"),
        ("/sok?_scheme=javascript&_external=1", {}, "/sok?_scheme=javascript&_external=1"),
        ("/sok?endpoint=x&_method=POST&_anchor=a&values=1", {}, "/sok?endpoint=x&_method=POST&_anchor=a&values=1"),
        ("/finnes/ikke?a=1", {"a": 2}, "/finnes/ikke?a=2"),
        ("/s/bl%C3%A5/%3Cb%3E", {"side": 2}, "/s/bl%C3%A5/%3Cb%3E?side=2"),
    ],
)
def test_the_address_of_this_page_with_something_changed(
    app: Flask, address: str, changes: dict[str, object], expected: str
) -> None:
    with app.test_request_context(address):
        assert templating.page_address(**changes) == expected


@pytest.mark.parametrize("query", ["_scheme=javascript&_external=1", "endpoint=x", "_method=FINNES", "_anchor=%22"])
def test_the_reader_cannot_steer_the_links_of_a_page(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/sok?q=a&side=2&{query}")
    assert answer.status_code == 200
    assert "javascript:" not in answer.text


def test_the_page_knows_its_reader_and_its_language(app: Flask, client: FlaskClient) -> None:
    text = "{{ current_actor.is_anonymous }} {{ ui_language }} [{{ network_name }}]"
    app.add_url_rule("/bare", "bare", public(lambda: render_template_string(text)))
    assert client.get("/bare").text.startswith("True nb ")
    assert client.get("/bare").text.endswith("[]")
