"""Reads of people: one by e-mail or id, those of a network or a municipality, and what one person has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from wiki.core.authz import Actor
from wiki.core.clock import now, today
from wiki.core.db import db
from wiki.core.errors import Forbidden, Invalid, NotFound
from wiki.identity.domain import active, current_networks, normalise_email, sees_people_of, serves_network
from wiki.identity.models import (
    ApiToken,
    Employment,
    Municipality,
    MunicipalityRole,
    Network,
    NetworkMembership,
    NetworkRole,
    Person,
)
from wiki.identity.queries.periods import valid_on

PAGE = 50


@dataclass(frozen=True)
class PersonLine:
    """A person in a list. Without the right to see names, `name` and `email` are empty and only functions show.

    Attributes:
        workplaces: names of the municipalities and other employers, with the function in brackets.
        roles: (scope name, role, id of the role's row) now held in the list's scope.
        employment_id: the row of the work in the municipality of the list, if it is a list of one.
    """

    id: int
    name: str
    email: str
    workplaces: tuple[str, ...]
    functions: tuple[str, ...]
    roles: tuple[tuple[str, str, int], ...] = ()
    employment_id: int | None = None
    is_active: bool = True
    is_admin: bool = False


@dataclass(frozen=True)
class Page:
    """A part of a list of people, and the number of all."""

    lines: Sequence[PersonLine]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many parts there are."""
        return max(1, -(-self.total // PAGE))


def find_person(email: str) -> Person | None:
    """The person with that e-mail address, signed-in or not; None when there is none."""
    try:
        return db.session.scalar(select(Person).where(Person.email == normalise_email(email)))
    except Invalid:
        return None


def get_person(person_id: int) -> Person:
    """The person with that id, for rooms that have decided that the reader may know.

    Raises:
        NotFound: there is none.
    """
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound()
    return person


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """The names of people by id."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


def demo_accounts() -> Sequence[Person]:
    """The people who are offered on the sign-in page of a demo."""
    return db.session.scalars(
        select(Person).where(Person.demo_note.is_not(None), Person.is_active).order_by(Person.id)
    ).all()


def all_people(actor: Actor, text: str = "", page: int = 1) -> Page:
    """Everybody on the installation, for administrators.

    Raises:
        Forbidden: the actor is none.
    """
    if not (actor.is_admin or actor.is_system):
        raise Forbidden()
    return _page(_matches(text), page)


def people_of_network(actor: Actor, network: Network, text: str = "", page: int = 1) -> Page:
    """Everybody who belongs to a network, for its lead and secretariat.

    Raises:
        Forbidden: the actor is neither, and no administrator.
    """
    if not (actor.is_admin or actor.is_system or serves_network(actor, [network.id])):
        raise Forbidden()
    return _page(_in_network(network.id, today()) & _matches(text), page, network)


def municipality_people(actor: Actor, municipality: Municipality) -> list[PersonLine]:
    """The people of a municipality; those of other members of its networks see functions only.

    Raises:
        NotFound: the reader shares no network with the municipality.
    """
    day = today()
    networks = current_networks(municipality.memberships, day)
    named = sees_people_of(actor, municipality.number, networks)
    shares = any(actor.has_role("network", network, "member") for network in networks)
    if not named and not shares:
        raise NotFound()
    people = _load(_in_municipality(municipality.number, day), limit=None, offset=0)
    roles = _municipality_roles(municipality.number, day)
    lines = [_line(person, day, roles.get(person.id, ()), municipality.number) for person in people]
    return lines if named else [_without_name(line) for line in lines if line.functions or line.roles]


def roles_of_person(person_id: int) -> list[tuple[str, str, date, date | None]]:
    """(scope name, role, first day, last day) of every role in networks and municipalities, newest first."""
    in_networks = select(Network.name, NetworkRole.role, NetworkRole.valid_from, NetworkRole.valid_to)
    in_municipalities = select(
        Municipality.name, MunicipalityRole.role, MunicipalityRole.valid_from, MunicipalityRole.valid_to
    )
    rows = [
        *db.session.execute(in_networks.join(NetworkRole.network).where(NetworkRole.person_id == person_id)),
        *db.session.execute(
            in_municipalities.join(MunicipalityRole.municipality).where(MunicipalityRole.person_id == person_id)
        ),
    ]
    return sorted(((r[0], r[1], r[2], r[3]) for r in rows), key=lambda row: row[2], reverse=True)


def employments_of(person_id: int) -> Sequence[Employment]:
    """Where a person works and has worked, newest first."""
    return db.session.scalars(
        select(Employment)
        .options(selectinload(Employment.municipality))
        .where(Employment.person_id == person_id)
        .order_by(Employment.valid_from.desc(), Employment.id.desc())
    ).all()


def tokens_of_person(actor: Actor) -> Sequence[ApiToken]:
    """The actor's own access tokens that still work."""
    return db.session.scalars(
        select(ApiToken)
        .where(
            ApiToken.person_id == actor.person_id,
            ApiToken.revoked_at.is_(None),
            or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now()),
        )
        .order_by(ApiToken.id)
    ).all()


def _page(condition: ColumnElement[bool], page: int, network: Network | None = None) -> Page:
    day = today()
    total = db.session.scalar(select(func.count()).select_from(Person).where(condition)) or 0
    people = _load(condition, limit=PAGE, offset=(page - 1) * PAGE)
    roles = _network_roles(network, day) if network else {}
    return Page([_line(person, day, roles.get(person.id, ())) for person in people], total, page)


def _load(condition: ColumnElement[bool], limit: int | None, offset: int) -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .options(selectinload(Person.employments).selectinload(Employment.municipality))
        .where(condition)
        .order_by(Person.name, Person.id)
        .limit(limit)
        .offset(offset)
    ).all()


def _matches(text: str) -> ColumnElement[bool]:
    pattern = text.strip().lower()
    return or_(
        func.lower(Person.name).contains(pattern, autoescape=True), Person.email.contains(pattern, autoescape=True)
    )


def _in_municipality(number: str, day: date) -> ColumnElement[bool]:
    employed = select(Employment.person_id).where(Employment.municipality_number == number, valid_on(Employment, day))
    with_role = select(MunicipalityRole.person_id).where(
        MunicipalityRole.municipality_number == number, valid_on(MunicipalityRole, day)
    )
    return (Person.id.in_(employed) | Person.id.in_(with_role)) & Person.is_active


def _in_network(network_id: int, day: date) -> ColumnElement[bool]:
    members = select(NetworkMembership.municipality_number).where(
        NetworkMembership.network_id == network_id, valid_on(NetworkMembership, day)
    )
    employed = select(Employment.person_id).where(
        Employment.municipality_number.in_(members), valid_on(Employment, day)
    )
    with_role = select(MunicipalityRole.person_id).where(
        MunicipalityRole.municipality_number.in_(members), valid_on(MunicipalityRole, day)
    )
    in_network = select(NetworkRole.person_id).where(NetworkRole.network_id == network_id, valid_on(NetworkRole, day))
    return or_(*(Person.id.in_(part) for part in (employed, with_role, in_network))) & Person.is_active


_Roles = tuple[tuple[str, str, int], ...]
_RoleMap = dict[int, _Roles]


def _network_roles(network: Network, day: date) -> _RoleMap:
    rows = db.session.scalars(
        select(NetworkRole).where(NetworkRole.network_id == network.id, valid_on(NetworkRole, day))
    )
    found: _RoleMap = {}
    for row in rows:
        found[row.person_id] = (*found.get(row.person_id, ()), (network.name, row.role, row.id))
    return found


def _municipality_roles(number: str, day: date) -> _RoleMap:
    rows = db.session.scalars(
        select(MunicipalityRole).where(MunicipalityRole.municipality_number == number, valid_on(MunicipalityRole, day))
    )
    found: _RoleMap = {}
    for row in rows:
        found[row.person_id] = (*found.get(row.person_id, ()), (number, row.role, row.id))
    return found


def _line(person: Person, day: date, roles: _Roles, number: str | None = None) -> PersonLine:
    """The person in a list; in that of one municipality only with what they do there."""
    now_employed = [
        e
        for e in person.employments
        if active(e.valid_from, e.valid_to, day) and number in (None, e.municipality_number)
    ]
    return PersonLine(
        id=person.id,
        name=person.name,
        email=person.email,
        workplaces=tuple(e.municipality.name if e.municipality else str(e.employer) for e in now_employed),
        functions=tuple(e.function for e in now_employed if e.function),
        roles=roles,
        employment_id=now_employed[0].id if number is not None and now_employed else None,
        is_active=person.is_active,
        is_admin=person.is_admin,
    )


def _without_name(line: PersonLine) -> PersonLine:
    return PersonLine(0, "", "", line.workplaces, line.functions, tuple((s, r, 0) for s, r, _id in line.roles))
