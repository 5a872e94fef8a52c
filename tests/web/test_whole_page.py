"""A page kept for all is each reader's own where it must be: name, menu, token, what is said once."""

import re
from typing import Any

import pytest
from flask import Flask, flash, render_template_string
from flask.testing import FlaskClient

from tests.factories import identity
from wiki.web.auth import public
from wiki.web.whole_page import kept_page

PAGE = '{% extends "base.html" %}{% block title %}T{% endblock %}{% block content %}laget {{ made }}{% endblock %}'


@pytest.fixture
def times(app: Flask) -> list[int]:
    """How often the page has been made; its one address is /kept."""
    made: list[int] = []

    def render() -> str:
        made.append(1)
        return render_template_string(PAGE, made=len(made))

    app.add_url_rule("/kept", "kept", public(lambda: kept_page("one", render=render)))
    app.add_url_rule("/told", "told", public(lambda: (flash("Bare til deg"), "ok")[1]))
    return made


def reader(app: Flask, name: str) -> FlaskClient:
    return identity.sign_in(app.test_client(), identity.person(name, municipality_number="4601"))


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_two_readers_share_the_page_and_nothing_of_each_other(app: Flask, db: Any, times: list[int]) -> None:
    first, second = reader(app, "Første Leser"), reader(app, "Andre Leser")
    one, two = first.get("/kept").text, second.get("/kept").text
    assert len(times) == 1
    assert "laget 1" in one
    assert "laget 1" in two
    assert "Første Leser" in one
    assert "Andre Leser" not in one
    assert "Andre Leser" in two
    assert "Første Leser" not in two
    assert token(one) != token(two)
    assert first.get("/kept").text == one


def test_who_is_not_signed_in_shares_with_others_who_are_not(app: Flask, db: Any, times: list[int]) -> None:
    reader(app, "En Leser").get("/kept")
    page = app.test_client().get("/kept").text
    assert "Logg inn" in page
    assert "En Leser" not in page
    app.test_client().get("/kept")
    assert len(times) == 2


def test_each_language_is_a_page_of_its_own(app: Flask, times: list[int]) -> None:
    client = app.test_client()
    client.get("/kept")
    client.set_cookie("sprak", "en")
    assert 'lang="en"' in client.get("/kept").text
    assert len(times) == 2


def test_what_is_said_once_is_said_to_its_reader_alone(app: Flask, times: list[int]) -> None:
    told, other = app.test_client(), app.test_client()
    told.get("/told")
    assert "Bare til deg" in told.get("/kept").text
    assert "Bare til deg" not in other.get("/kept").text
    assert "Bare til deg" not in told.get("/kept").text


def test_no_word_of_the_machinery_is_left(app: Flask, db: Any, times: list[int]) -> None:
    for page in (reader(app, "En Leser").get("/kept").text, app.test_client().get("/kept").text):
        assert not re.search(r"(header|csrf)-[0-9a-f]{32}", page)
