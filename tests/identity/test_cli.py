"""The commands of the room: what they do, print and answer with."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.factories import identity as make
from wiki.identity import queries, service
from wiki.identity.cli import COMMANDS


def run(name: str, *arguments: str, text: str = "") -> Result:
    command = next(command for command in COMMANDS if command.name == name)
    return CliRunner().invoke(command, arguments, input=text)


def test_a_person_is_added_and_can_sign_in(db: Any) -> None:
    make.municipality("4631")
    result = run("user", "add", "kari@alver.no", "Kari Vik", "--municipality", "4631", "--admin", "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    actor = service.sign_in("kari@alver.no", data["password"], "192.0.2.1").actor
    assert (actor.person_id, actor.is_admin) == (data["id"], True)
    assert "municipality:4631" in actor.tokens


def test_a_password_is_read_and_not_repeated(db: Any) -> None:
    result = run("user", "add", "kari@alver.no", "Kari", "--password-stdin", text=make.PASSWORD + "\n")
    assert result.exit_code == 0
    assert make.PASSWORD not in result.output
    service.sign_in("kari@alver.no", make.PASSWORD, "192.0.2.1")
    assert run("user", "password", "kari@alver.no", text="en helt annen frase\n").exit_code == 0
    service.sign_in("kari@alver.no", "en helt annen frase", "192.0.2.1")


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("user", "add", "nei", "Kari"), "e-postadresse"),
        (("user", "add", "kari@alver.no", "Kari", "--municipality", "9999"), "kommune"),
        (("user", "add", "kari@alver.no", "Kari", "--password-stdin"), "12 tegn"),
        (("user", "password", "ukjent@alver.no"), "ukjent@alver.no"),
        (("token", "add", "ukjent@alver.no"), "ukjent@alver.no"),
        (("network", "add", "Store Bokstaver", "Navn"), "bindestrek"),
        (("network", "add", "nett", "Navn", "--member", "9999"), "kommune"),
    ],
)
def test_what_is_refused_ends_with_1_and_a_reason(db: Any, command: tuple[str, ...], reason: str) -> None:
    result = run(*command)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert queries.find_person("kari@alver.no") is None
    assert queries.list_networks() == []


def test_wrong_usage_ends_with_2(db: Any) -> None:
    assert run("user", "add").exit_code == 2
    assert run("network", "fly").exit_code == 2


def test_people_and_networks_are_listed(db: Any) -> None:
    assert run("user", "list").stdout == "Nobody has an account yet.\n"
    assert json.loads(run("network", "list", "--json").stdout) == []
    make.person("Kari", email="kari@alver.no", municipality_number="4631")
    added = run("network", "add", "nett", "Nettet", "--member", "4631", "--lead", "kari@alver.no", "--json")
    assert json.loads(added.stdout)["members"] == ["4631"]
    assert json.loads(run("network", "list", "--json").stdout)[0]["members"] == ["4631"]
    assert json.loads(run("user", "list", "--json").stdout)[0]["works_for"] == ["Alver"]
    assert "kari@alver.no" in run("user", "list").stdout
    assert "1 members" in run("network", "list").stdout
    kari = queries.find_person("kari@alver.no")
    assert kari is not None
    assert make.actor_of(kari).scopes("network", "lead")


def test_a_token_is_printed_alone_or_as_json(db: Any) -> None:
    who = make.person(email="kari@alver.no")
    assert queries.load_token(run("token", "add", "kari@alver.no").stdout.strip()) == make.actor_of(who)
    data = json.loads(run("token", "add", "kari@alver.no", "--name", "rapport", "--days", "2", "--json").stdout)
    assert queries.load_token(data["token"]) == make.actor_of(who)


def test_municipalities_are_loaded_from_the_program_and_from_a_file(db: Any, tmp_path: Path) -> None:
    assert run("municipality", "load").stdout.startswith("357 new, ")
    rows = [row for row in queries.bundled_municipalities() if row.number != "4632"]
    lines = ["number,name,county_number,county"]
    lines += [f"{row.number},{row.name},{row.county_number},{row.county}" for row in rows]
    (tmp_path / "list.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    (tmp_path / "mergers.csv").write_text("number,successor\n4632,4631\n", encoding="utf-8")
    files = (str(tmp_path / "list.csv"), "--successors", str(tmp_path / "mergers.csv"), "--from", "2028-01-01")
    assert json.loads(run("municipality", "load", *files, "--json").stdout)["ended"] == ["4632"]
    assert queries.get_municipality("4632").successor_number == "4631"


@pytest.mark.parametrize("text", ["", "number,name\n4631,Alver\n", "number,name,county_number,county\n46,Alver,46,V\n"])
def test_a_file_that_is_no_list_is_refused(db: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    assert run("municipality", "load", str(tmp_path / "list.csv")).exit_code == 1
    assert queries.list_municipalities() == []
