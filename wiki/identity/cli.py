"""`fagrom user`, `network`, `token` and `municipality`: what is set up before anybody can sign in.

Exit codes: 0 done, 1 refused (the reason is on stderr), 2 wrong usage.
"""

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import StringIO
from typing import Any, TextIO

import click

from wiki.core.authz import SYSTEM
from wiki.core.errors import DomainError, Invalid
from wiki.core.ids import new_secret
from wiki.identity import queries, service
from wiki.identity.domain import AddPerson, MunicipalityFacts
from wiki.identity.models import Person

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn a refused use case into a message and exit code 1."""
    try:
        yield
    except DomainError as error:
        fields = error.fields if isinstance(error, Invalid) else {}
        reasons = [f"{name}: {text}" for name, text in fields.items()] or [error.message]
        raise click.ClickException(" ".join(reasons)) from error


def _show(data: Any, as_json: bool, text: str) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)


# --- people ----------------------------------------------------------------------------------------------------------


@click.group()
def user() -> None:
    """People who can sign in."""


@user.command("add", epilog="Example: fagrom user add kari@alver.kommune.no 'Kari Vik' --municipality 4631")
@click.argument("email")
@click.argument("name")
@click.option("--municipality", metavar="NUMBER", help="Number of the municipality the person works in.")
@click.option("--employer", help="Another employer than a municipality.")
@click.option("--function", default="", help="What the person does there.")
@click.option("--language", type=click.Choice(["nb", "nn", "en"]), default="nb", show_default=True)
@click.option("--admin", is_flag=True, help="Make the person a system administrator.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input; else one is made.")
@_JSON
def user_add(email: str, name: str, password_stdin: bool, as_json: bool, **values: Any) -> None:
    """Make an account for EMAIL. Without --password-stdin a password is made and shown once."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else new_secret()[:24]
    command = AddPerson(
        email=email,
        name=name,
        password=password,
        language=values["language"],
        is_admin=values["admin"],
        municipality_number=values["municipality"],
        employer=values["employer"],
        function=values["function"],
    )
    with _refusals():
        person = service.add_person(SYSTEM, command)
    data = {"id": person.id, "email": person.email, "name": person.name}
    if not password_stdin:
        data["password"] = password
    made = "" if password_stdin else f"\nPassword, shown once: {password}"
    _show(data, as_json, f"Added {person.email} (id {person.id}).{made}")


@user.command("list", epilog="Example: fagrom user list --json")
@_JSON
def user_list(as_json: bool) -> None:
    """List everybody who has an account."""
    lines: list[queries.PersonLine] = []
    for number in range(1, queries.all_people(SYSTEM).pages + 1):
        lines.extend(queries.all_people(SYSTEM, page=number).lines)
    data = [
        {
            "id": line.id,
            "email": line.email,
            "name": line.name,
            "works_for": list(line.workplaces),
            "admin": line.is_admin,
            "active": line.is_active,
        }
        for line in lines
    ]
    text = "\n".join(
        f"{line.id:>6}  {line.email}  {line.name}  {', '.join(line.workplaces)}".rstrip() for line in lines
    )
    _show(data, as_json, text or "Nobody has an account yet.")


@user.command("password", epilog="Example: fagrom user password kari@alver.kommune.no < password.txt")
@click.argument("email")
def user_password(email: str) -> None:
    """Give EMAIL a new password, read from standard input. The sessions of the person end."""
    password = (
        click.prompt("New password", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    )
    with _refusals():
        service.set_password(SYSTEM, _person(email).id, password)
    click.echo("The password is changed.")


def _person(email: str) -> Person:
    person = queries.find_person(email)
    if person is None:
        raise click.ClickException(f"Nobody has the e-mail address {email}.")
    return person


# --- networks --------------------------------------------------------------------------------------------------------


@click.group()
def network() -> None:
    """Networks and their members."""


@network.command(
    "add", epilog="Example: fagrom network add digivest 'DigiVest' --member 4601 --member 4631 --lead a@b.no"
)
@click.argument("slug")
@click.argument("name")
@click.option("--member", "members", multiple=True, metavar="NUMBER", help="A member municipality; may be repeated.")
@click.option("--lead", "leads", multiple=True, metavar="EMAIL", help="Somebody who leads it; may be repeated.")
@_JSON
def network_add(slug: str, name: str, members: tuple[str, ...], leads: tuple[str, ...], as_json: bool) -> None:
    """Make the network NAME with the address SLUG."""
    with _refusals():
        people = [_person(email) for email in leads]
        municipalities = [queries.get_municipality(number) for number in members]
        made = service.add_network(SYSTEM, slug, name)
        for municipality in municipalities:
            service.join_network(SYSTEM, made.id, municipality.number)
        for person in people:
            service.grant_network_role(SYSTEM, made.id, person.id, "lead")
    data = {"id": made.id, "slug": made.slug, "name": made.name, "members": list(members)}
    _show(data, as_json, f"Added {made.name} (id {made.id}) with {len(members)} member municipalities.")


@network.command("list", epilog="Example: fagrom network list --json")
@_JSON
def network_list(as_json: bool) -> None:
    """List the networks and the numbers of their members."""
    data: list[dict[str, Any]] = [
        {
            "id": each.id,
            "slug": each.slug,
            "name": each.name,
            "members": [municipality.number for municipality in queries.members_of(each.id)],
        }
        for each in queries.list_networks()
    ]
    text = "\n".join(f"{row['id']:>4}  {row['slug']}  {row['name']}  {len(row['members'])} members" for row in data)
    _show(data, as_json, text or "There are no networks yet.")


# --- tokens ----------------------------------------------------------------------------------------------------------


@click.group()
def token() -> None:
    """Personal access tokens for the API."""


@token.command("add", epilog="Example: fagrom token add kari@alver.kommune.no --name report --days 90")
@click.argument("email")
@click.option("--name", default="fagrom", show_default=True, help="What the token is for.")
@click.option("--days", type=int, help="How long it works; without, until it is revoked.")
@_JSON
def token_add(email: str, name: str, days: int | None, as_json: bool) -> None:
    """Make a token with the rights of EMAIL and show it once."""
    with _refusals():
        secret = service.add_token(SYSTEM, _person(email).id, name, days)
    _show({"email": email, "name": name, "token": secret}, as_json, secret)


# --- municipalities --------------------------------------------------------------------------------------------------


@click.group()
def municipality() -> None:
    """The reference list of municipalities."""


@municipality.command(
    "load", epilog="Example: fagrom municipality load list.csv --from 2028-01-01 --successors mergers.csv"
)
@click.argument("file", type=click.File(encoding="utf-8-sig"), required=False)
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="The day from which the list holds; today.")
@click.option(
    "--successors",
    type=click.File(encoding="utf-8-sig"),
    help="CSV with the columns number,successor for municipalities that are merged.",
)
@_JSON
def municipality_load(file: TextIO | None, since: datetime | None, successors: TextIO | None, as_json: bool) -> None:
    """Bring the municipalities to the list in FILE (the one that comes with Fagrom).

    FILE is CSV with the columns number,name,county_number,county. A municipality that is not in it is closed, never
    deleted; people, roles and memberships go on in its successor.
    """
    day: date | None = since.date() if since else None
    with _refusals():
        listed = None if file is None else [_facts(row) for row in _rows(file)]
        merged = {} if successors is None else {_cell(r, "number"): _cell(r, "successor") for r in _rows(successors)}
        change = service.load_municipalities(SYSTEM, listed, since=day, successors=merged)
    data = {
        "added": [row.number for row in change.added],
        "corrected": [row.number for row in change.corrected],
        "returned": list(change.returned),
        "ended": list(change.ended),
        "unchanged": change.unchanged,
    }
    counts = f"{len(change.added)} new, {len(change.corrected)} corrected, {len(change.ended)} ended"
    _show(data, as_json, f"{counts}, {change.unchanged} unchanged")


def _rows(file: TextIO) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.read())))


def _facts(row: dict[str, str]) -> MunicipalityFacts:
    number = _cell(row, "number")
    if not (len(number) == 4 and number.isascii() and number.isdecimal()):
        raise click.ClickException(f"A municipality number has four digits, not {number!r}.")
    return MunicipalityFacts(number, _cell(row, "name"), _cell(row, "county_number"), _cell(row, "county"))


def _cell(row: dict[str, str], name: str) -> str:
    value = (row.get(name) or "").strip()
    if not value:
        raise click.ClickException(f"A row lacks {name}: {row}")
    return value


COMMANDS: list[click.Command] = [user, network, token, municipality]
