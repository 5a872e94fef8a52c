"""`fagrom search`: ask the index from the shell, or make it afresh.

Exit codes: 0 done (no hits is no error), 1 refused (the reason is on stderr), 2 wrong usage.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

import click
from flask import current_app

from wiki.core.authz import ANONYMOUS, Actor
from wiki.search import answer
from wiki.search.contracts import DEFAULT_LIMIT, MAX_LIMIT, Query, SearchPage
from wiki.search.service import SearchService

_TAG = re.compile(r"</?mark>")


class _QueryOrCommand(click.Group):
    """A group whose unknown command is a query: `fagrom search QUERY` and `fagrom search rebuild` both work."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the hidden command `query` before what is no command."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["query", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_QueryOrCommand,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Examples: fagrom search 'personvern skole' --json   fagrom search rebuild",
    subcommand_metavar="QUERY [--json] [--as EMAIL] [--public] | rebuild",
)
def search() -> None:
    """Search for QUERY, or make the search index afresh with `rebuild`.

    Whoever runs this owns the machine, so QUERY is searched in everything; --as EMAIL searches as that person would,
    --public as somebody not signed in.
    """


@search.command("query", hidden=True, epilog="Example: fagrom search 'risikovurdering' --as kari@alver.kommune.no")
@click.argument("words", metavar="QUERY", nargs=-1, required=True)
@click.option("--as", "email", metavar="EMAIL", help="Search as this person: only what he or she may read.")
@click.option("--public", "only_public", is_flag=True, help="Search only what everybody may read.")
@click.option("--kind", default="", help="Only this kind of thing: page, minutes, space …")
@click.option("--space", default="", metavar="SLUG", help="Only this space.")
@click.option("--limit", type=click.IntRange(1, MAX_LIMIT), default=DEFAULT_LIMIT, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@click.option("--json", "as_json", is_flag=True, help="Print JSON as GET /api/v1/search does.")
def run_query(words: tuple[str, ...], email: str | None, only_public: bool, as_json: bool, **values: Any) -> None:
    """Search for QUERY and print the hits, the best first."""
    query = Query(text=" ".join(words), **values)
    service = _service()
    if email:
        page = service.search(_person(email), query)
    elif only_public:
        page = service.search(ANONYMOUS, query)
    else:
        page = service.search_everything(query)
    click.echo(_as_json(query, page) if as_json else _as_text(query, page))


@search.command(epilog="Example: fagrom search rebuild")
def rebuild() -> None:
    """Make the search index afresh from the database. The old one answers until the new one is done."""
    with click.progressbar(length=1, label="Indexing", show_pos=False) as bar:

        def progress(done: int, count: int) -> None:
            bar.length = count
            bar.update(done - bar.pos)

        count = _service().rebuild(progress)
    click.echo(f"{count} documents indexed")


def _service() -> SearchService:
    service: SearchService = current_app.extensions["search"].service
    return service


def _person(email: str) -> Actor:
    load = current_app.extensions.get("actor_by_email")
    actor: Actor | None = load(email) if load else None
    if actor is None:
        raise click.ClickException(f"Nobody has the e-mail address {email}.")
    return actor


def _as_json(query: Query, page: SearchPage) -> str:
    return json.dumps(answer.as_json(query, page), ensure_ascii=False, indent=2)


def _as_text(query: Query, page: SearchPage) -> str:
    lines = [f"{page.total} hits"]
    for place, hit in enumerate(page.hits, start=query.offset + 1):
        lines += ["", f"{place}. {hit.title}  [{hit.kind}, {hit.space_name or '-'}]", f"   {hit.url}"]
        passage = html.unescape(_TAG.sub("", hit.snippet))
        if passage:
            lines.append(f"   {passage}")
    if page.suggestion:
        lines += ["", f"Did you mean: {page.suggestion}"]
    return "\n".join(lines)


COMMANDS: tuple[click.Command, ...] = (search,)
