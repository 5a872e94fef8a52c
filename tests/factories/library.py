"""A small network for tests of templates and meetings, made by the same services as everywhere else."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import select

from tests.factories import identity
from wiki.app import create_app
from wiki.core.authz import SYSTEM, Actor
from wiki.core.db import db
from wiki.identity.models import Network, Person
from wiki.library import service
from wiki.library.domain import AddTemplate, TemplateType
from wiki.library.models import FormTemplate
from wiki.settings import Settings
from wiki.spaces.domain import AddMember, CreateSpace
from wiki.spaces.models import Space
from wiki.spaces.service import add_member, create_space

_numbers = count(1)


@dataclass(frozen=True)
class Small:
    """A network with its own space, an expert group and the room of one municipality.

    Bergen and Kinn are members; the group has a coordinator (of Bergen) and a member (of Kinn). `reader` is of Kinn
    without a seat, `stranger` of a municipality outside the network.
    """

    network: Network
    own: Space
    group: Space
    room: Space
    lead: Person
    coordinator: Person
    member: Person
    reader: Person
    stranger: Person

    def actor(self, role: str) -> Actor:
        """The actor of one of its people."""
        return identity.actor_of(getattr(self, role))


def small_network(language: str = "nb") -> Small:
    """A small network, with the starting content that every new space gets."""
    network = identity.network("", "4601", "4602")
    outside = identity.network("", "4631")
    own = space(network, "network", language=language)
    group = space(network, "expert_group", language=language)
    room = space(network, "municipality", municipality_number="4602")
    coordinator = identity.person("Koordinator", municipality_number="4601")
    member = identity.person("Fagperson", municipality_number="4602")
    seat(group, coordinator, "coordinator", "4601")
    seat(group, member, "member", "4602")
    assert outside.id != network.id
    return Small(
        network=network,
        own=own,
        group=group,
        room=room,
        lead=identity.lead(network, "Nettverksleder", municipality_number="4601"),
        coordinator=coordinator,
        member=member,
        reader=identity.person("Leser", municipality_number="4602"),
        stranger=identity.person("Fremmed", municipality_number="4631"),
    )


def peopled(empty: Path, folder: Path, make_settings: Callable[..., Settings]) -> Path:
    """A copy of the empty database with a small network in it: its content takes a second to write."""
    copy = folder / "small.sqlite3"
    shutil.copyfile(empty, copy)
    app = create_app(make_settings(folder, f"sqlite:///{copy}"))
    with app.app_context():
        small_network()
        db.session.remove()
        db.engine.dispose()
    return copy


def small_again() -> Small:
    """The small network of a database that :func:`peopled` has made."""
    network = db.session.scalars(select(Network).order_by(Network.id)).first()
    assert network is not None
    spaces = {each.kind: each for each in db.session.scalars(select(Space).where(Space.network_id == network.id))}
    people = {each.name: each for each in db.session.scalars(select(Person))}
    return Small(
        network=network,
        own=spaces["network"],
        group=spaces["expert_group"],
        room=spaces["municipality"],
        lead=people["Nettverksleder"],
        coordinator=people["Koordinator"],
        member=people["Fagperson"],
        reader=people["Leser"],
        stranger=people["Fremmed"],
    )


def space(network: Network, kind: str, **values: object) -> Space:
    """A space of that kind."""
    name = f"Rom {next(_numbers)}"
    return create_space(SYSTEM, CreateSpace(network_id=network.id, name=name, kind=kind, **values))  # type: ignore[arg-type]


def seat(of: Space, person: Person, role: str, represents: str | None = None) -> None:
    """Give a person a seat."""
    add_member(SYSTEM, AddMember(space_id=of.id, person_id=person.id, role=role, represents_number=represents))


def template(in_space: Space, title: str = "", actor: Actor = SYSTEM, **values: object) -> FormTemplate:
    """A released form template in a space."""
    defaults = {
        "family": "egen",
        "type": TemplateType.ROS,
        "title": title or f"Mal {next(_numbers)}",
        "body": "## Punkt 1\n\nTekst.\n",
        "language": "nb",
    }
    return service.add_template(actor, AddTemplate(space_id=in_space.id, **defaults | values))  # type: ignore[arg-type]
