"""`fagrom search`."""

import json

import pytest
from click.testing import CliRunner, Result

from tests.search.notes import Notes
from wiki.core.authz import ANONYMOUS
from wiki.search.cli import search
from wiki.search.service import SearchService


@pytest.fixture(autouse=True)
def _filled(service: SearchService, notes: Notes) -> None:
    notes.write(1, "Skole", "Kart over skular.")
    notes.write(2, "Hemmelig skole", tokens=["space:7:reader"])
    service.rebuild()


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(search, arguments)


def test_the_owner_of_the_machine_searches_everything() -> None:
    result = _run("skole", "--json")
    assert result.exit_code == 0
    assert {hit["id"] for hit in json.loads(result.stdout)["hits"]} == {1, 2}


def test_what_everybody_may_read() -> None:
    assert {hit["id"] for hit in json.loads(_run("--public", "skole", "--json").stdout)["hits"]} == {1}


def test_as_a_person(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from flask import current_app

    monkeypatch.setitem(current_app.extensions, "actor_by_email", {"kari@example.org": ANONYMOUS}.get)
    assert json.loads(_run("skole", "--as", "kari@example.org", "--json").stdout)["total"] == 1
    nobody = _run("skole", "--as", "ola@example.org")
    assert nobody.exit_code == 1
    assert "ola@example.org" in nobody.stderr


def test_text_for_people() -> None:
    result = _run("skole", "--public")
    assert result.stdout.splitlines()[:4] == ["1 hits", "", "1. Skole  [page, Rommet]", "   /s/rom/1"]
    assert "<mark>" not in result.stdout


def test_no_hits_is_no_error_and_help_has_an_example() -> None:
    assert _run("sykehus").exit_code == 0
    assert "fagrom search rebuild" in _run("--help").stdout


def test_rebuild_says_how_many() -> None:
    result = _run("rebuild")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "2 documents indexed"


def test_a_wrong_option_is_wrong_usage() -> None:
    assert _run("skole", "--limit", "1000").exit_code == 2
