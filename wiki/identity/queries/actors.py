"""Who makes a request: actors built from roles and memberships, and kept until somebody's rights change.

A request asks the database once: does the session still hold, and which is the current rights epoch? An actor
built in this process is used again while the epoch and the day are the same. Rooms above add their roles and
tokens through :func:`contribute`, and count the epoch up (`identity.service.bump_rights_epoch`) when they change.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from wiki.core.authz import Actor, Party, Role
from wiki.core.clock import now, today
from wiki.core.db import db, in_unit_of_work, look_up
from wiki.core.ids import hash_secret
from wiki.identity.domain import Standing, distinct_parties, parties_of, roles_of, tokens_of
from wiki.identity.models import (
    ApiToken,
    Employment,
    Municipality,
    MunicipalityRole,
    Network,
    NetworkMembership,
    NetworkRole,
    Person,
    RightsEpoch,
)
from wiki.identity.queries.periods import valid_on


@dataclass(frozen=True)
class ActorPart:
    """What a room above adds to an actor."""

    roles: frozenset[Role] = frozenset()
    tokens: frozenset[str] = frozenset()
    parties: tuple[Party, ...] = ()


Contributor = Callable[[int, date], ActorPart]

_contributors: list[Contributor] = []
_kept: "WeakKeyDictionary[Engine, dict[int, tuple[int, date, Actor]]]" = WeakKeyDictionary()

_EPOCH = func.coalesce(select(RightsEpoch.value).where(RightsEpoch.id == 1).scalar_subquery(), 0).label("epoch")
_BY_ID = select(Person.id, Person.session_key, Person.is_active, _EPOCH).where(Person.id == bindparam("person_id"))
_BY_TOKEN = (
    select(Person.id, Person.is_active, ApiToken.expires_at, _EPOCH)
    .join(ApiToken, ApiToken.person_id == Person.id)
    .where(ApiToken.secret_hash == bindparam("secret_hash"), ApiToken.revoked_at.is_(None))
)


def contribute(contributor: Contributor) -> None:
    """Let `contributor(person_id, today)` add to every actor built from now on. Saying it twice is saying it once."""
    if contributor not in _contributors:
        _contributors.append(contributor)


def load_actor(person_id: int) -> Actor | None:
    """The actor of an active person; None when there is no such person."""
    row = db.session.execute(_BY_ID, {"person_id": person_id}).one_or_none()
    return _actor(row.id, row.epoch) if row is not None and row.is_active else None


def session_key_of(person: Person) -> str:
    """What a session of the person is known by; it changes when all sessions are to end."""
    return f"{person.id}:{person.session_key}"


def load_session(key: str) -> Actor | None:
    """The actor behind a session key; None when the session is over."""
    person_id, _colon, secret = key.partition(":")
    if not (person_id.isascii() and person_id.isdecimal() and len(person_id) < 12):
        return None
    row = look_up(_BY_ID, {"person_id": int(person_id)}).one_or_none()
    if row is None or not row.is_active or not hmac.compare_digest(row.session_key.encode(), secret.encode()):
        return None
    return _actor(row.id, row.epoch)


def load_token(secret: str) -> Actor | None:
    """The actor behind a personal access token; None when it is unknown, revoked or expired."""
    row = db.session.execute(_BY_TOKEN, {"secret_hash": hash_secret(secret)}).one_or_none()
    if row is None or not row.is_active or (row.expires_at is not None and row.expires_at <= now()):
        return None
    return _actor(row.id, row.epoch)


def _actor(person_id: int, epoch: int) -> Actor:
    day = today()
    kept = _kept.setdefault(db.engine, {})
    known = kept.get(person_id)
    if known is not None and known[:2] == (epoch, day):
        return known[2]
    actor = _build(person_id, day)
    if not in_unit_of_work():  # what a transaction sees may yet be rolled back
        kept[person_id] = (epoch, day, actor)
    return actor


def _build(person_id: int, day: date) -> Actor:
    person = db.session.execute(
        select(Person.name, Person.email, Person.is_admin, Person.language, Person.acting_for).where(
            Person.id == person_id
        )
    ).one()
    standing = standing_of(person_id, day)
    parts = [contributor(person_id, day) for contributor in _contributors]
    parties = distinct_parties([*parties_of(standing), *(party for part in parts for party in part.parties)])
    roles = roles_of(standing).union(*(part.roles for part in parts))
    home = _home(roles)
    actor = Actor(
        person_id=person_id,
        name=person.name,
        email=person.email,
        is_admin=person.is_admin,
        language=person.language,
        roles=roles,
        tokens=tokens_of(standing).union(*(part.tokens for part in parts)),
        parties=parties,
        acting_for=parties[0] if parties else None,
        network_name=home.name if home else "",
        network_accent=home.accent if home else "",
    )
    return actor.speaking_for(person.acting_for)


def _home(roles: frozenset[Role]) -> Network | None:
    """The network whose name stands over the pages: the first that the person has anything to do with."""
    ids = sorted(int(role.scope_id) for role in roles if role.scope == "network")
    return db.session.get(Network, ids[0]) if ids else None


def standing_of(person_id: int, day: date) -> Standing:
    """What the tables say of a person on a day."""
    employers = _employers(person_id, day)
    network_roles = db.session.execute(
        select(NetworkRole.network_id, NetworkRole.role, Network.name)
        .join(Network)
        .where(NetworkRole.person_id == person_id, valid_on(NetworkRole, day))
    ).all()
    municipality_roles = db.session.execute(
        select(MunicipalityRole.municipality_number, MunicipalityRole.role, Municipality.name)
        .join(Municipality)
        .where(MunicipalityRole.person_id == person_id, valid_on(MunicipalityRole, day))
    ).all()
    numbers = {p.id for p in employers if p.kind == "municipality"} | {
        r.municipality_number for r in municipality_roles
    }
    return Standing(
        person_id=person_id,
        employers=employers,
        network_roles=frozenset((row.network_id, row.role) for row in network_roles),
        municipality_roles=frozenset((row.municipality_number, row.role) for row in municipality_roles),
        networks_of=_networks_of(numbers, day),
        former={number: former_numbers(number) for number in numbers},
        names={str(row.network_id): row.name for row in network_roles}
        | {row.municipality_number: row.name for row in municipality_roles},
    )


def _employers(person_id: int, day: date) -> tuple[Party, ...]:
    rows = db.session.execute(
        select(Employment.municipality_number, Employment.employer, Municipality.name)
        .outerjoin(Municipality)
        .where(Employment.person_id == person_id, valid_on(Employment, day))
        .order_by(Employment.valid_from, Employment.id)
    )
    return tuple(
        Party("municipality", row.municipality_number, row.name)
        if row.municipality_number
        else Party("employer", row.employer, row.employer)
        for row in rows
    )


def _networks_of(numbers: set[str], day: date) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {number: set() for number in numbers}
    rows = db.session.execute(
        select(NetworkMembership.municipality_number, NetworkMembership.network_id).where(
            NetworkMembership.municipality_number.in_(numbers), valid_on(NetworkMembership, day)
        )
    )
    for number, network_id in rows:
        found[number].add(network_id)
    return {number: frozenset(networks) for number, networks in found.items()}


def former_numbers(number: str) -> frozenset[str]:
    """The numbers of the municipalities that this one has taken over, directly or in several steps."""
    found: set[str] = set()
    step = {number}
    while step:
        column: InstrumentedAttribute[str | None] = Municipality.successor_number
        step = set(db.session.scalars(select(Municipality.number).where(column.in_(step)))) - found - {number}
        found |= step
    return frozenset(found)
