"""Commands that bring content in."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from wiki.core.authz import SYSTEM
from wiki.core.errors import DomainError, Invalid, NotFound
from wiki.transfer.contracts import AUDIENCES, Result, Sink, new_sink
from wiki.transfer.service import Report, import_folder


@click.group("import")
def import_group() -> None:
    """Bring content in from elsewhere."""


@import_group.command("folder", epilog="Example: fagrom import folder ./texts --space personvern --audience network")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, readable=True, path_type=Path))
@click.option("--space", required=True, metavar="SLUG", help="The space that the documents go to.")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Who may read them; else as the space says.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--as", "email", metavar="EMAIL", help="Whose name and rights to use; else the system's.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def folder_command(
    folder: Path, space: str, audience: str | None, dry_run: bool, email: str | None, as_json: bool
) -> None:
    """Bring in every Markdown and text file under DIR, and publish it.

    A document is known by its path under DIR: running it again updates what has changed and adds nothing twice. What
    cannot be brought in is listed with its reason; the last line is the sum.

    Exit code 0: done, also when some were skipped. 1: refused. 2: an argument cannot be used.
    """
    sink = _aimed_sink(space, audience, email)
    try:
        report = _with_progress(folder, sink, dry_run)
    except DomainError as error:
        raise click.ClickException(error.message) from error
    _print_json(report) if as_json else _print(report)


def _aimed_sink(space: str, audience: str | None, email: str | None) -> Sink:
    sink = new_sink()
    actor = SYSTEM
    if email is not None:
        try:
            actor = sink.actor(email)
        except NotFound as error:
            raise click.BadParameter(f"nobody has the e-mail address {email!r}", param_hint="--as") from error
    try:
        sink.begin(actor, space, audience)
    except NotFound as error:
        raise click.BadParameter(f"there is no space {space!r}", param_hint="--space") from error
    except Invalid as error:
        reason = " ".join(error.fields.values()) or error.message
        raise click.BadParameter(reason, param_hint="--audience") from error
    except DomainError as error:
        raise click.ClickException(error.message) from error
    return sink


def _with_progress(folder: Path, sink: Sink, dry_run: bool) -> Report:
    """Run the import; on a terminal with a bar that counts files."""
    if not sys.stderr.isatty():
        return import_folder(folder, sink, dry_run)
    with click.progressbar(length=1, label="Importing", file=sys.stderr, show_pos=True) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return import_folder(folder, sink, dry_run, show)


def _print(report: Report) -> None:
    for path, reason in report.skipped:
        click.echo(f"skipped {path}: {reason}")
    click.echo(report.total)


def _print_json(report: Report) -> None:
    facts: dict[str, Any] = {str(result): report.counts[result] for result in Result}
    facts["reasons"] = [{"path": path, "reason": reason} for path, reason in report.skipped]
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2))


COMMANDS: list[click.Command] = [import_group]
