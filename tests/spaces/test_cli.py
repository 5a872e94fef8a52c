"""`fagrom space`: what it prints and how it ends."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.factories import identity as people
from wiki.core.authz import SYSTEM
from wiki.spaces import queries, service
from wiki.spaces.cli import space_group

pytestmark = pytest.mark.usefixtures("db")
Run = Callable[..., Result]
ADD = ["add", "personvern", "Faggruppe personvern", "--network", "vest", "--kind", "expert_group"]


@pytest.fixture
def run(app: Flask, runner: FlaskCliRunner) -> Run:
    """Run a command about spaces in a world with one network."""
    people.network("vest", "4601")

    def invoke(*arguments: str) -> Result:
        return runner.invoke(space_group, arguments, obj=app)

    return invoke


def test_a_space_is_made_and_listed(run: Run) -> None:
    made = run(*ADD, "--summary", "Maler", "--audience", "public", "--json")
    assert made.exit_code == 0
    listed = json.loads(run("list", "--network", "vest", "--json").output)
    assert listed == [json.loads(made.output)]
    assert listed[0] | {"id": 0} == {
        "id": 0,
        "slug": "personvern",
        "name": "Faggruppe personvern",
        "kind": "expert_group",
        "network": "vest",
        "municipality": None,
        "language": "nb",
        "audience": "public",
        "archived": False,
    }


def test_lists_are_readable_and_leave_archived_spaces_out(run: Run) -> None:
    assert run(*ADD).output == "Made the space personvern (Faggruppe personvern) in Vest.\n"
    assert "Faggruppe personvern" in run("list").output
    service.archive_space(SYSTEM, queries.list_spaces(SYSTEM)[0].id)
    assert run("list").output == ""
    assert "personvern" in run("list", "--archived").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "x", "X", "--network", "ost", "--kind", "board"], "there is no network 'ost'; there are: vest"),
        (["add", "x", "X", "--network", "vest", "--kind", "club"], "'club' is not one of"),
        (["add", "Stor X", "X", "--network", "vest", "--kind", "board"], "Bruk små bokstaver"),
        (["add", "x", "X", "--network", "vest", "--kind", "municipality"], "Velg kommunen"),
        (["add", "x", "X"], "Missing option"),
        (["list", "--network", "ost"], "there is no network 'ost'"),
    ],
)
def test_a_wrong_argument_ends_with_2_and_its_reason(run: Run, arguments: list[str], words: str) -> None:
    answer = run(*arguments)
    assert (answer.exit_code, words in answer.output) == (2, True)
    assert queries.list_spaces(SYSTEM) == []


def test_help_shows_an_example(run: Run) -> None:
    for command in ("add", "list"):
        assert "Example: fagrom space" in run(command, "--help").output
