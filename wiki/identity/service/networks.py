"""Networks and the municipalities that are members of them."""

import re
from datetime import date

from sqlalchemy import select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import today
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.events import publish
from wiki.identity.domain import INSTANCE, last_day
from wiki.identity.errors import AlreadyKnown
from wiki.identity.events import NetworkAdded, NetworkJoined, NetworkLeft
from wiki.identity.models import Network, NetworkMembership
from wiki.identity.policy import IdentityAction
from wiki.identity.queries import find_network, get_municipality
from wiki.identity.service.rights import bump_rights_epoch

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_network(actor: Actor, slug: str, name: str, accent: str = "fjord") -> Network:
    """Make a network. `slug` is its part of the address: a-z, 0-9 and hyphens.

    Raises:
        Invalid: the name is empty or the slug has other characters.
        AlreadyKnown: another network has the slug.
    """
    authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    name = " ".join(name.split())
    if not 1 <= len(name) <= 120:
        raise Invalid(fields={"name": "Skriv et navn på høyst 120 tegn."})
    if len(slug) > 60 or not _SLUG.fullmatch(slug):
        raise Invalid(fields={"slug": "Bruk bare små bokstaver a–z, tall og bindestrek."})
    with unit_of_work():
        if find_network(slug) is not None:
            raise AlreadyKnown("Et annet nettverk har denne adressen.")
        network = Network(slug=slug, name=name, accent=accent)
        db.session.add(network)
        db.session.flush()
        publish(NetworkAdded(actor=actor, thing_id=network.id, title=name, network_id=network.id))
    return network


def join_network(actor: Actor, network_id: int, number: str, since: date | None = None) -> NetworkMembership:
    """Make a municipality a member of a network, from `since` (today). A second time changes nothing.

    For administrators: the lead of a network manages the people of its members, so leads cannot choose them.

    Raises:
        NotFound: there is no such network or municipality.
    """
    authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    with unit_of_work():
        if db.session.get(Network, network_id) is None:
            raise NotFound()
        municipality = get_municipality(number)
        membership = open_membership(network_id, number)
        if membership is None:
            membership = NetworkMembership(
                network_id=network_id, municipality_number=number, valid_from=since or today()
            )
            db.session.add(membership)
            db.session.flush()
            publish(NetworkJoined(actor=actor, thing_id=number, title=municipality.name, network_id=network_id))
            bump_rights_epoch()
    return membership


def leave_network(actor: Actor, network_id: int, number: str, ends: date | None = None) -> None:
    """Give a municipality's membership its last day; without one it ends at once. The row stays.

    Raises:
        NotFound: the municipality is no member.
    """
    authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    with unit_of_work():
        membership = open_membership(network_id, number)
        if membership is None:
            raise NotFound()
        membership.valid_to = last_day(ends, today())
        title = membership.municipality.name
        publish(NetworkLeft(actor=actor, thing_id=number, title=title, network_id=network_id))
        bump_rights_epoch()


def open_membership(network_id: int, number: str) -> NetworkMembership | None:
    """The membership without a last day, if there is one."""
    return db.session.scalar(
        select(NetworkMembership).where(
            NetworkMembership.network_id == network_id,
            NetworkMembership.municipality_number == number,
            NetworkMembership.valid_to.is_(None),
        )
    )
