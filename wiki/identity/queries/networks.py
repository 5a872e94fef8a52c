"""Reads of networks and municipalities."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.resources import files

from sqlalchemy import case, func, select
from sqlalchemy.orm import contains_eager

from wiki.core.authz import Actor
from wiki.core.clock import today
from wiki.core.db import db
from wiki.core.errors import Forbidden, NotFound
from wiki.identity.domain import MunicipalityFacts, serves_network
from wiki.identity.models import (
    Employment,
    Municipality,
    MunicipalityRole,
    Network,
    NetworkMembership,
    NetworkRole,
    Person,
)
from wiki.identity.queries.periods import valid_on


def list_networks() -> Sequence[Network]:
    """Every network of the installation, by name. Names of networks are no secret to signed-in people."""
    return db.session.scalars(select(Network).order_by(Network.name, Network.id)).all()


def find_network(slug: str) -> Network | None:
    """The network with that address; None when there is none."""
    return db.session.scalar(select(Network).where(Network.slug == slug))


def get_network(slug: str) -> Network:
    """The network with that address.

    Raises:
        NotFound: there is none.
    """
    network = find_network(slug)
    if network is None:
        raise NotFound()
    return network


def served_networks(actor: Actor) -> list[Network]:
    """The networks that the actor leads or is the secretariat of; all of them for an administrator."""
    if actor.is_admin:
        return list(list_networks())
    ids = [int(scope) for scope in actor.scopes("network", "lead", "secretariat")]
    return list(db.session.scalars(select(Network).where(Network.id.in_(ids)).order_by(Network.name)))


def my_networks(actor: Actor) -> list[Network]:
    """The networks that the actor belongs to."""
    ids = [int(scope) for scope in actor.scopes("network", "member", "lead", "secretariat")]
    return list(db.session.scalars(select(Network).where(Network.id.in_(ids)).order_by(Network.name)))


def members_of(network_id: int) -> Sequence[Municipality]:
    """The municipalities that are members of a network today, by name."""
    return db.session.scalars(
        select(Municipality)
        .join(NetworkMembership)
        .where(NetworkMembership.network_id == network_id, valid_on(NetworkMembership, today()))
        .order_by(Municipality.name)
    ).all()


@dataclass(frozen=True)
class MemberLine:
    """A member municipality in the overview of its network."""

    municipality: Municipality
    contacts: tuple[str, ...]
    people: int


def member_lines(actor: Actor, network: Network) -> list[MemberLine]:
    """The members of a network with their contacts and how many people each has, for those who serve the network.

    Raises:
        Forbidden: the actor does not.
    """
    _require_service(actor, network)
    day = today()
    members = members_of(network.id)
    numbers = [member.number for member in members]
    contacts: dict[str, list[str]] = {number: [] for number in numbers}
    held = (
        select(MunicipalityRole.municipality_number, Person.name)
        .join(MunicipalityRole.person)
        .where(MunicipalityRole.municipality_number.in_(numbers), MunicipalityRole.role == "contact")
        .where(valid_on(MunicipalityRole, day), Person.is_active)
        .order_by(Person.name)
    )
    for number, name in db.session.execute(held):
        contacts[number].append(name)
    employed = (
        select(Employment.municipality_number, func.count(Employment.person_id.distinct()))
        .join(Employment.person)
        .where(Employment.municipality_number.in_(numbers), valid_on(Employment, day), Person.is_active)
        .group_by(Employment.municipality_number)
    )
    counts = {row[0]: row[1] for row in db.session.execute(employed)}
    return [MemberLine(each, tuple(contacts[each.number]), counts.get(each.number, 0)) for each in members]


def network_roles(actor: Actor, network: Network) -> Sequence[NetworkRole]:
    """Who has a role in the network itself today, leads first, for those who serve the network.

    Raises:
        Forbidden: the actor does not.
    """
    _require_service(actor, network)
    return db.session.scalars(
        select(NetworkRole)
        .join(NetworkRole.person)
        .options(contains_eager(NetworkRole.person))
        .where(NetworkRole.network_id == network.id, valid_on(NetworkRole, today()), Person.is_active)
        .order_by(case({"lead": 0, "secretariat": 1}, value=NetworkRole.role, else_=2), Person.name)
    ).all()


def _require_service(actor: Actor, network: Network) -> None:
    if not (actor.is_admin or actor.is_system or serves_network(actor, [network.id])):
        raise Forbidden()


def network_of(number: str | None) -> int | None:
    """The network that a municipality's affairs are logged under: the first it is a member of, if any."""
    return db.session.scalar(
        select(func.min(NetworkMembership.network_id)).where(
            NetworkMembership.municipality_number == number, valid_on(NetworkMembership, today())
        )
    )


def get_municipality(number: str) -> Municipality:
    """The municipality with that number, merged ones included.

    Raises:
        NotFound: there is none.
    """
    municipality = db.session.get(Municipality, number)
    if municipality is None:
        raise NotFound("Vi finner ingen kommune med dette nummeret.")
    return municipality


def municipality_names(numbers: Collection[str]) -> dict[str, str]:
    """The names of municipalities by number."""
    rows = db.session.execute(select(Municipality.number, Municipality.name).where(Municipality.number.in_(numbers)))
    return {row.number: row.name for row in rows}


def list_municipalities() -> Sequence[Municipality]:
    """The municipalities of today, by name."""
    return db.session.scalars(
        select(Municipality).where(valid_on(Municipality, today())).order_by(Municipality.name, Municipality.number)
    ).all()


def bundled_municipalities() -> list[MunicipalityFacts]:
    """The official list that comes with the program."""
    text = files("wiki.identity").joinpath("data/municipalities.csv").read_text(encoding="utf-8")
    return [
        MunicipalityFacts(row["number"], row["name"], row["county_number"], row["county"])
        for row in csv.DictReader(text.splitlines())
    ]
