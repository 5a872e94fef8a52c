"""The command line, ``fagrom`` or ``python -m wiki``: every room's commands under one name."""

import socket
import sys
from collections.abc import Iterable

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

import wiki.demo.cli
import wiki.identity.cli
import wiki.search.cli
import wiki.spaces.cli
import wiki.transfer.cli
from wiki.app import create_app
from wiki.core.db import db
from wiki.core.schema import is_current, upgrade
from wiki.settings import Settings, SettingsError, load_settings
from wiki.web import logs
from wiki.web.server import serve


class Commands(click.Group):
    """The commands, and a sentence in place of a traceback when the database is missing or old."""

    def invoke(self, context: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(context)
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(f"The database says: {error.orig}. Try first: fagrom db upgrade") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="fagrom", message="%(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Fagrom: a collaboration wiki for regional digitalisation networks.

    Settings come from FAGROM_* variables and instance/config.py; see docs/settings.md.
    """
    if "--help" in sys.argv or "-h" in sys.argv:
        return
    try:
        settings = load_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    logs.configure(settings.log_format)
    context.obj = app = create_app(settings)
    context.with_resource(app.app_context())
    context.call_on_close(app.extensions["search"].finish)  # what a command changed is found when it ends


@cli.command(epilog="Example: fagrom run --prepare")
@click.option("--prepare", is_flag=True, help="First upgrade the database and, in demo mode, fill an empty one.")
@click.pass_obj
def run(app: Flask, prepare: bool) -> None:
    """Serve the wiki until Ctrl-C."""
    settings: Settings = app.config["SETTINGS"]
    _require_free_port(settings)
    if prepare:
        upgrade(db.engine)
        if settings.demo:
            wiki.demo.cli.load_if_empty(app)
    if not is_current(db.engine):
        raise click.ClickException("The database is not up to date. Run: fagrom db upgrade")
    app.extensions["search"].finish()
    db.engine.dispose()  # no connection may cross the fork into the workers
    serve(lambda: create_app(settings), settings, lambda: _greet(settings))


def _require_free_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            reason = f"Cannot listen on {settings.listens_on}: {error.strerror}."
            raise click.ClickException(f"{reason} PORT=… chooses another port.") from error


def _greet(settings: Settings) -> None:
    click.echo(f"\nFagrom is at {settings.public_url}  (Ctrl-C stops it)")
    if settings.demo:
        click.echo("Demo mode: the sign-in page offers «Logg inn som …» for each role.")
        wiki.demo.cli.print_accounts()


@cli.group("db")
def database() -> None:
    """The database."""


@database.command("upgrade", epilog="Example: fagrom db upgrade")
def database_upgrade() -> None:
    """Bring the database to the newest schema; does nothing when it is there."""
    upgrade(db.engine)
    click.echo("The database is up to date.")


def _commands() -> Iterable[click.Command]:
    for room in (wiki.identity.cli, wiki.spaces.cli, wiki.transfer.cli, wiki.search.cli, wiki.demo.cli):
        yield from room.COMMANDS


for _command in _commands():
    cli.add_command(_command)


def main() -> None:
    """Run the command line."""
    cli(prog_name="fagrom")


if __name__ == "__main__":
    main()
