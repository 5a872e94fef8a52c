"""``fagrom demo``: the demo network from the command line."""

import json
import time

import click
from flask import Flask

from wiki.core.errors import Conflict
from wiki.demo import loader, source
from wiki.demo.cast import PASSWORD
from wiki.settings import Settings


@click.group("demo")
def demo() -> None:
    """The demo network."""


@demo.command("load", epilog="Example: fagrom demo load --if-empty")
@click.option("--if-empty", is_flag=True, help="Do nothing, and say so, when the installation is in use.")
@click.option("--json", "as_json", is_flag=True, help="Print the sum as JSON.")
@click.pass_obj
def load_command(app: Flask, if_empty: bool, as_json: bool) -> None:
    """Fill an empty installation with the demo network."""
    if if_empty and not loader.is_empty():
        click.echo("{}" if as_json else "The installation is in use; nothing was loaded.")
        return
    try:
        made, seconds = _load(app, quiet=as_json)
    except Conflict as error:
        raise click.ClickException(error.message) from error
    if as_json:
        click.echo(json.dumps(made.as_json() | {"seconds": seconds}))
    else:
        click.echo(f"The demo network was loaded in {seconds} s.")
        print_accounts(with_password=_in_demo_mode(app))


def load_if_empty(app: Flask) -> None:
    """Fill the installation if nobody has used it yet; for the server's start in demo mode."""
    with app.app_context():
        if loader.is_empty():
            _load(app, quiet=False)


def print_accounts(with_password: bool = True) -> None:
    """Print whom one can sign in as."""
    accounts = [person for person in source.people() if person.note is not None]
    width = max(len(person.email) for person in accounts)
    click.echo("Demo accounts:")
    for person in accounts:
        click.echo(f"  {person.email:<{width}}  {person.name}")
    if with_password:
        click.echo(f"Password for all: {PASSWORD}")
    else:
        click.echo("They have no password, since the installation does not run in demo mode (FAGROM_DEMO).")


def _load(app: Flask, *, quiet: bool) -> tuple[loader.Sum, float]:
    begun = time.monotonic()
    tell = (lambda _text: None) if quiet else (lambda text: click.echo(f"  {text}"))
    if not quiet:
        click.echo("Loading the demo network:")
    made = loader.load(tell, with_password=_in_demo_mode(app))
    app.extensions["search"].finish()  # so that the first search finds all of it
    return made, round(time.monotonic() - begun, 1)


def _in_demo_mode(app: Flask) -> bool:
    settings: Settings = app.config["SETTINGS"]
    return settings.demo


COMMANDS = [demo]
