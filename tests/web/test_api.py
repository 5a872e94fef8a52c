"""The JSON API: problem documents, and whole numbers within bounds."""

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from wiki.core.errors import Invalid
from wiki.web.api import api_blueprint, int_argument, problem, wants_json

BARE = Flask("bare")
Babel(BARE)


def limit(query: str, low: int = 0, high: int = 100) -> int:
    with BARE.test_request_context(f"/api/v1/x?{query}"):
        return int_argument("limit", 20, low, high)


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 20), ("other=1", 20), ("limit=0", 0), ("limit=100", 100), ("limit=007", 7), ("limit=3&limit=x", 3)],
)
def test_a_number_within_bounds_is_taken(query: str, number: int) -> None:
    assert limit(query) == number


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-1",
        "101",
        "1.0",
        "1e2",
        "%2B5",
        "0x10",
        "1_0",
        "5%20",
        "ti",
        "%D9%A3",  # an Arabic three
        "%EF%BC%93",  # a full-width three
        "%C2%B3",  # a superscript three
        "9" * 20,
        "9" * 10_000,
        "0" * 12 + "999999",
        "0" * 10_000,
        "%00",
    ],
)
def test_anything_else_is_refused_by_name(raw: str) -> None:
    with pytest.raises(Invalid) as refused:
        limit(f"limit={raw}")
    assert refused.value.fields == {"limit": "Skriv et helt tall fra 0 til 100."}


@given(number=st.integers(-(10**15), 10**15), low=st.integers(0, 50), high=st.integers(50, 10**9))
def test_what_is_taken_is_always_within_bounds(number: int, low: int, high: int) -> None:
    try:
        taken = limit(f"limit={number}", low, high)
    except Invalid:
        assert not low <= number <= high
    else:
        assert taken == number


@pytest.mark.parametrize(
    ("address", "json"),
    [("/api/v1/x", True), ("/api/", True), ("/api", False), ("/", False), ("/x/api/", False), ("/apiary/", False)],
)
def test_the_api_is_known_by_its_address(address: str, json: bool) -> None:
    with BARE.test_request_context(address):
        assert wants_json() is json


def test_a_problem_is_a_problem_document() -> None:
    with BARE.test_request_context("/api/v1/x"):
        answer = problem(404, "Not found", "Vi finner ikke siden.", errors={"a": "b"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "Vi finner ikke siden.",
        "errors": {"a": "b"},
    }


def test_a_blueprint_stands_under_the_version() -> None:
    blueprint = api_blueprint("things")
    assert (blueprint.name, blueprint.url_prefix) == ("api_things", "/api/v1")
