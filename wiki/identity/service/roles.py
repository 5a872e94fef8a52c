"""Roles in networks and municipalities: granted from a day, ended on a day, never deleted."""

from datetime import date

from sqlalchemy import select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import today
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.events import publish
from wiki.identity.domain import MUNICIPALITY_ROLES, NETWORK_ROLES, last_day
from wiki.identity.events import RoleEnded, RoleGranted
from wiki.identity.models import MunicipalityRole, Network, NetworkRole, Person
from wiki.identity.policy import IdentityAction
from wiki.identity.queries import get_municipality, get_person, network_of
from wiki.identity.service.rights import bump_rights_epoch


def grant_network_role(
    actor: Actor, network_id: int, person_id: int, role: str, since: date | None = None
) -> NetworkRole:
    """Give somebody a role in a network: `lead`, `secretariat`, or `member` for other employers' people.

    Raises:
        Invalid: there is no such role.
    """
    with unit_of_work():
        network = db.session.get(Network, network_id)
        if network is None:
            raise NotFound()
        authorize(actor, IdentityAction.MANAGE_NETWORK, network)
        person = get_person(person_id)
        granted = hold_network_role(person, network_id, role, since)
        _tell(RoleGranted, actor, person, network_id)
    return granted


def hold_network_role(person: Person, network_id: int, role: str, since: date | None) -> NetworkRole:
    """The row of a role, the open one when there is one; the caller has authorised and tells what happened."""
    if role not in NETWORK_ROLES:
        raise Invalid(fields={"role": "Velg en av rollene i listen."})
    held = db.session.scalar(
        select(NetworkRole).where(
            NetworkRole.person_id == person.id,
            NetworkRole.network_id == network_id,
            NetworkRole.role == role,
            NetworkRole.valid_to.is_(None),
        )
    )
    if held is None:
        held = NetworkRole(person_id=person.id, network_id=network_id, role=role, valid_from=since or today())
        db.session.add(held)
        db.session.flush()
    return held


def grant_municipality_role(
    actor: Actor, number: str, person_id: int, role: str, since: date | None = None
) -> MunicipalityRole:
    """Give somebody a role in a municipality: `contact`, `editor` or `reader`.

    Raises:
        Invalid: there is no such role.
    """
    with unit_of_work():
        authorize(actor, IdentityAction.MANAGE_PEOPLE, get_municipality(number))
        person = get_person(person_id)
        granted = hold_municipality_role(person, number, role, since)
        _tell(RoleGranted, actor, person, network_of(number))
    return granted


def hold_municipality_role(person: Person, number: str, role: str, since: date | None) -> MunicipalityRole:
    """The row of a role, the open one when there is one; the caller has authorised and tells what happened."""
    if role not in MUNICIPALITY_ROLES:
        raise Invalid(fields={"role": "Velg en av rollene i listen."})
    held = db.session.scalar(
        select(MunicipalityRole).where(
            MunicipalityRole.person_id == person.id,
            MunicipalityRole.municipality_number == number,
            MunicipalityRole.role == role,
            MunicipalityRole.valid_to.is_(None),
        )
    )
    if held is None:
        held = MunicipalityRole(person_id=person.id, municipality_number=number, role=role, valid_from=since or today())
        db.session.add(held)
        db.session.flush()
    return held


def end_network_role(actor: Actor, role_id: int, ends: date | None = None) -> None:
    """Give a role in a network its last day; without one it ends at once. The row stays."""
    with unit_of_work():
        held = db.session.get(NetworkRole, role_id)
        if held is None:
            raise NotFound()
        authorize(actor, IdentityAction.MANAGE_NETWORK, held.network)
        held.valid_to = last_day(ends, today())
        _tell(RoleEnded, actor, held.person, held.network_id)


def end_municipality_role(actor: Actor, role_id: int, ends: date | None = None) -> None:
    """Give a role in a municipality its last day; without one it ends at once. The row stays."""
    with unit_of_work():
        held = db.session.get(MunicipalityRole, role_id)
        if held is None:
            raise NotFound()
        authorize(actor, IdentityAction.MANAGE_PEOPLE, held.municipality)
        held.valid_to = last_day(ends, today())
        _tell(RoleEnded, actor, held.person, network_of(held.municipality_number))


def _tell(event: type[RoleGranted] | type[RoleEnded], actor: Actor, person: Person, network_id: int | None) -> None:
    publish(event(actor=actor, thing_id=person.id, title=person.name, network_id=network_id))
    bump_rights_epoch()
