"""Commands about spaces."""

import json
from typing import Any

import click
from sqlalchemy import select

from wiki.core.authz import SYSTEM
from wiki.core.db import db
from wiki.core.errors import DomainError, Invalid
from wiki.identity.models import Network
from wiki.identity.queries import find_network
from wiki.settings import LANGUAGES
from wiki.spaces import queries, service
from wiki.spaces.domain import CreateSpace, Ring, SpaceKind
from wiki.spaces.models import Space


@click.group("space")
def space_group() -> None:
    """Spaces of groups, boards, projects and municipalities."""


@space_group.command(
    "add", epilog='Example: fagrom space add personvern "Faggruppe personvern" --network digivest --kind expert_group'
)
@click.argument("slug")
@click.argument("name")
@click.option("--network", "network_slug", required=True, metavar="SLUG", help="The network it is in.")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in SpaceKind]))
@click.option("--municipality", metavar="NUMBER", help="Four digits; for the kind municipality.")
@click.option("--summary", default="", help="One sentence on what it is for.")
@click.option("--language", default="nb", show_default=True, type=click.Choice(LANGUAGES))
@click.option("--audience", type=click.Choice([ring.value for ring in Ring]), help="Who reads what says nothing else.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def add(slug: str, name: str, network_slug: str, as_json: bool, audience: str | None, **given: Any) -> None:
    """Make a space with the address SLUG, and its starting content.

    Exit code 0: made. 2: an argument cannot be used.
    """
    network = _network(network_slug)
    command = CreateSpace(
        network_id=network.id,
        slug=slug,
        name=name,
        kind=given["kind"],
        summary=given["summary"],
        language=given["language"],
        municipality_number=given["municipality"],
        default_ring=audience,
    )
    try:
        space = service.create_space(SYSTEM, command)
    except Invalid as error:
        raise click.UsageError(" ".join(error.fields.values()) or error.message) from error
    except DomainError as error:
        raise click.ClickException(error.message) from error
    if as_json:
        click.echo(json.dumps(_facts(space), ensure_ascii=False))
    else:
        click.echo(f"Made the space {space.slug} ({space.name}) in {network.name}.")


@space_group.command("list", epilog="Example: fagrom space list --network digivest --json")
@click.option("--network", "network_slug", metavar="SLUG", help="Only the spaces of this network.")
@click.option("--archived", is_flag=True, help="The archived ones.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(network_slug: str | None, archived: bool, as_json: bool) -> None:
    """List spaces by kind and name.

    Exit code 0, also when there are none. 2: there is no such network.
    """
    network_id = _network(network_slug).id if network_slug else None
    spaces = queries.list_spaces(SYSTEM, network_id=network_id, archived=archived)
    if as_json:
        click.echo(json.dumps([_facts(space) for space in spaces], ensure_ascii=False, indent=2))
        return
    for space in spaces:
        click.echo(f"{space.slug:30}  {space.kind:13}  {space.network.slug:16}  {space.name}")


def _network(slug: str) -> Network:
    network = find_network(slug)
    if network is None:
        known = ", ".join(db.session.scalars(select(Network.slug).order_by(Network.slug))) or "none yet"
        raise click.BadParameter(f"there is no network {slug!r}; there are: {known}", param_hint="--network")
    return network


def _facts(space: Space) -> dict[str, Any]:
    return {
        "id": space.id,
        "slug": space.slug,
        "name": space.name,
        "kind": space.kind,
        "network": space.network.slug,
        "municipality": space.municipality_number,
        "language": space.language,
        "audience": space.default_ring,
        "archived": space.archived_at is not None,
    }


COMMANDS: list[click.Command] = [space_group]
