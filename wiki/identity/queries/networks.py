"""Reads of networks and municipalities."""

import csv
from collections.abc import Sequence
from importlib.resources import files

from sqlalchemy import func, select

from wiki.core.authz import Actor
from wiki.core.clock import today
from wiki.core.db import db
from wiki.core.errors import NotFound
from wiki.identity.domain import MunicipalityFacts
from wiki.identity.models import Municipality, Network, NetworkMembership
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
        raise NotFound()
    return municipality


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
