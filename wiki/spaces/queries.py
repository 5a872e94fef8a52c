"""Reads about spaces and seats, within what the reader may know of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, or_, select, true
from sqlalchemy.orm import joinedload

from wiki.core.authz import Actor, Role
from wiki.core.clock import today
from wiki.core.db import db
from wiki.core.errors import NotFound
from wiki.identity.domain import active
from wiki.identity.models import Employment, Municipality, MunicipalityRole, NetworkRole, Person
from wiki.identity.queries import ActorPart, former_numbers, members_of, valid_on
from wiki.spaces.domain import (
    MUNICIPALITY_STAFF,
    NETWORK_STAFF,
    Ring,
    SpaceKind,
    SpaceRole,
    address,
    seat_tokens,
    staff_tokens,
)
from wiki.spaces.models import Space, SpaceMembership

_WIDE = {
    Ring.NETWORK: (Ring.NETWORK, Ring.NETWORKS, Ring.PUBLIC),
    Ring.NETWORKS: (Ring.NETWORKS, Ring.PUBLIC),
}
_KIND_ORDER = case({kind.value: place for place, kind in enumerate(SpaceKind)}, value=Space.kind)
_ROLE_ORDER = case({role.value: place for place, role in enumerate(SpaceRole)}, value=SpaceMembership.role)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The criterion on Space of `domain.visible_to`: the spaces the actor may know of."""
    if actor.is_admin or actor.is_system:
        return true()
    networks, municipalities = _held(actor, "network"), _held(actor, "municipality")
    seats = {int(each.partition(":")[0]) for each in _held(actor, "space")}
    in_network = Space.network_id.in_([int(number) for number in networks])
    ways = [
        Space.id.in_(seats),
        and_(Space.kind != SpaceKind.MUNICIPALITY, in_network),
        and_(Space.kind == SpaceKind.MUNICIPALITY, Space.municipality_number.in_(municipalities)),
        and_(Space.default_ring.in_(_WIDE[Ring.NETWORK]), in_network),
    ]
    if "networks" in actor.tokens:
        ways.append(Space.default_ring.in_(_WIDE[Ring.NETWORKS]))
    if "public" in actor.tokens:
        ways.append(or_(Space.kind == SpaceKind.NETWORK, Space.default_ring == Ring.PUBLIC))
    return or_(*ways)


def _held(actor: Actor, scope: str) -> list[str]:
    """What follows `scope:` in the actor's tokens."""
    prefix = f"{scope}:"
    return [token.removeprefix(prefix) for token in actor.tokens if token.startswith(prefix)]


def find_space(slug: str) -> Space | None:
    """The space with that address, whoever asks."""
    return db.session.scalar(select(Space).where(Space.slug == slug))


def get_space(actor: Actor, slug: str) -> Space:
    """The space with that address, with its network.

    Raises:
        NotFound: there is none, or the actor may not know of it.
    """
    asked = select(Space).where(Space.slug == slug, visible(actor)).options(joinedload(Space.network))
    space = db.session.scalar(asked)
    if space is None:
        raise NotFound()
    return space


def list_spaces(actor: Actor, network_id: int | None = None, archived: bool | None = False) -> list[Space]:
    """The spaces the actor may know of, by kind and name; `archived` None gives both those in use and the others."""
    asked = select(Space).where(visible(actor)).options(joinedload(Space.network))
    if network_id is not None:
        asked = asked.where(Space.network_id == network_id)
    if archived is not None:
        asked = asked.where(Space.archived_at.is_not(None) if archived else Space.archived_at.is_(None))
    return list(db.session.scalars(asked.order_by(_KIND_ORDER, Space.name, Space.id)))


def my_spaces(actor: Actor) -> list[Space]:
    """The spaces in use in which the actor has a seat, and the rooms of the municipalities they belong to."""
    if actor.person_id is None:
        return []
    seat = and_(SpaceMembership.person_id == actor.person_id, valid_on(SpaceMembership, today()))
    seated = select(SpaceMembership.space_id).where(seat)
    of_municipality = and_(
        Space.kind == SpaceKind.MUNICIPALITY, Space.municipality_number.in_(_held(actor, "municipality"))
    )
    asked = select(Space).where(Space.archived_at.is_(None), or_(Space.id.in_(seated), of_municipality))
    return list(db.session.scalars(asked.order_by(_KIND_ORDER, Space.name, Space.id)))


def writable_spaces(actor: Actor) -> list[Space]:
    """The spaces in use in which the actor may make documents."""
    asked = select(Space).where(Space.archived_at.is_(None))
    if not actor.is_system:
        editing = [each.partition(":")[0] for each in _held(actor, "space") if each.endswith(":editor")]
        asked = asked.where(Space.id.in_([int(number) for number in editing]))
    return list(db.session.scalars(asked.order_by(_KIND_ORDER, Space.name, Space.id)))


def name_spaces(actor: Actor, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Name and address of those of the spaces that the actor may know of, by id."""
    found = db.session.scalars(select(Space).where(Space.id.in_(ids), visible(actor)))
    return {space.id: (space.name, address(space.slug)) for space in found}


# --- seats ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Member:
    """A seat with what is shown of the person in it.

    `function` and `employer` are those of the person's work on the day asked about, else of the last work known.
    """

    membership_id: int
    person_id: int
    name: str
    email: str
    role: SpaceRole
    function: str
    employer: str
    represents_number: str | None
    represents: str
    since: date
    until: date | None


def members(space_id: int, on: date | None = None) -> list[Member]:
    """Who has a seat in the space on a day, by role and name; None is today."""
    day = on if on is not None else today()
    return _members(SpaceMembership.space_id == space_id, valid_on(SpaceMembership, day), on=day)


def coming_members(space_id: int) -> list[Member]:
    """Whose seat begins later than today."""
    day = today()
    held = or_(SpaceMembership.valid_to.is_(None), SpaceMembership.valid_to >= SpaceMembership.valid_from)
    return _members(SpaceMembership.space_id == space_id, SpaceMembership.valid_from > day, held, on=day)


def former_members(space_id: int) -> list[Member]:
    """Seats that have ended, the latest first. What ended before it began never held and is left out."""
    day = today()
    ended = and_(SpaceMembership.valid_to < day, SpaceMembership.valid_to >= SpaceMembership.valid_from)
    seats = _members(SpaceMembership.space_id == space_id, ended, on=day)
    return sorted(seats, key=lambda seat: seat.until or day, reverse=True)


def find_seat(space_id: int, membership_id: int) -> Member | None:
    """One seat of the space, ended or not."""
    found = _members(SpaceMembership.space_id == space_id, SpaceMembership.id == membership_id, on=today())
    return found[0] if found else None


def seats_of(space_id: int) -> Sequence[SpaceMembership]:
    """Every seat the space ever had."""
    return db.session.scalars(select(SpaceMembership).where(SpaceMembership.space_id == space_id)).all()


def _members(*criteria: ColumnElement[bool], on: date) -> list[Member]:
    """The seats that meet the criteria; two statements, however many they are."""
    asked = (
        select(SpaceMembership)
        .join(SpaceMembership.person)
        .where(*criteria)
        .options(joinedload(SpaceMembership.person), joinedload(SpaceMembership.represents))
        .order_by(_ROLE_ORDER, Person.name, SpaceMembership.id)
    )
    seats = db.session.scalars(asked).all()
    work = _work({seat.person_id for seat in seats}, on)
    return [_member(seat, work.get(seat.person_id)) for seat in seats]


def _work(person_ids: set[int], on: date) -> dict[int, Employment]:
    """Where each person works: what holds on the day wins over what does not, later over earlier."""
    asked = select(Employment).where(Employment.person_id.in_(person_ids)).options(joinedload(Employment.municipality))
    found = db.session.scalars(asked).all()
    ordered = sorted(found, key=lambda work: (active(work.valid_from, work.valid_to, on), work.valid_from, work.id))
    return {work.person_id: work for work in ordered}


def _member(seat: SpaceMembership, work: Employment | None) -> Member:
    employer = ""
    if work is not None:
        employer = work.municipality.name if work.municipality else work.employer or ""
    return Member(
        membership_id=seat.id,
        person_id=seat.person_id,
        name=seat.person.name,
        email=seat.person.email,
        role=SpaceRole(seat.role),
        function=work.function if work else "",
        employer=employer,
        represents_number=seat.represents_number,
        represents=seat.represents.name if seat.represents else "",
        since=seat.valid_from,
        until=seat.valid_to,
    )


def municipalities_without_a_seat(space: Space, seats: Sequence[Member]) -> list[Municipality]:
    """The member municipalities of the space's network that none of the seats represents."""
    represented = {seat.represents_number for seat in seats}
    return [each for each in members_of(space.network_id) if each.number not in represented]


def municipalities_of(network_id: int) -> list[Municipality]:
    """The member municipalities of a network today, by name."""
    return list(members_of(network_id))


def people_to_ask(space: Space) -> list[Person]:
    """The people of the space's network and its own members, by name: whom one can give a seat or share with."""
    day = today()
    numbers = [each.number for each in members_of(space.network_id)]
    groups = (
        select(Employment.person_id).where(Employment.municipality_number.in_(numbers), valid_on(Employment, day)),
        select(NetworkRole.person_id).where(NetworkRole.network_id == space.network_id, valid_on(NetworkRole, day)),
        select(SpaceMembership.person_id).where(SpaceMembership.space_id == space.id, valid_on(SpaceMembership, day)),
    )
    asked = select(Person).where(or_(*(Person.id.in_(group) for group in groups)), Person.is_active)
    return list(db.session.scalars(asked.order_by(Person.name, Person.id)))


# --- actors --------------------------------------------------------------------------------------


def part_of_actor(person_id: int, day: date) -> ActorPart:
    """The roles and tokens that a person has in spaces on a day, for `identity.queries.contribute`."""
    asked = select(SpaceMembership.space_id, SpaceMembership.role).where(
        SpaceMembership.person_id == person_id, valid_on(SpaceMembership, day)
    )
    seats = [(space_id, SpaceRole(role)) for space_id, role in db.session.execute(asked)]
    return ActorPart(
        roles=frozenset(Role("space", str(space_id), role.value) for space_id, role in seats),
        tokens=staff_tokens(_looked_after(person_id, day)).union(*(seat_tokens(*seat) for seat in seats)),
    )


def _looked_after(person_id: int, day: date) -> Sequence[int]:
    """The spaces of networks and municipalities whose staff the person is on."""
    networks = select(NetworkRole.network_id).where(
        NetworkRole.person_id == person_id, NetworkRole.role.in_(NETWORK_STAFF), valid_on(NetworkRole, day)
    )
    numbers = select(MunicipalityRole.municipality_number).where(
        MunicipalityRole.person_id == person_id,
        MunicipalityRole.role.in_(MUNICIPALITY_STAFF),
        valid_on(MunicipalityRole, day),
    )
    staffed = set(db.session.scalars(numbers))
    staffed = staffed.union(*(former_numbers(number) for number in staffed))
    asked = select(Space.id).where(
        or_(
            and_(Space.kind != SpaceKind.MUNICIPALITY, Space.network_id.in_(networks)),
            and_(Space.kind == SpaceKind.MUNICIPALITY, Space.municipality_number.in_(staffed)),
        )
    )
    return db.session.scalars(asked).all()
