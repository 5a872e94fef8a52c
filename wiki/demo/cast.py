"""Who and where: networks, municipalities, people and spaces of the demo, and who acts as whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from wiki.core.authz import SYSTEM, Actor
from wiki.core.clock import at
from wiki.demo.source import DemoNetwork, DemoPerson, DemoSpace
from wiki.identity import service as identity
from wiki.identity.domain import AddPerson
from wiki.identity.models import Person
from wiki.identity.queries import load_actor
from wiki.identity.service.passwords import hash_password
from wiki.spaces.domain import AddMember, CreateSpace
from wiki.spaces.models import Space
from wiki.spaces.service import add_member, create_space

BEGINNING = datetime(2024, 1, 8, 8, 0, tzinfo=UTC)
"""When the networks were made: before anything that the content tells of."""
SINCE = date(2024, 1, 1)
PASSWORD = "fagrom demo nettverk"  # noqa: S105  shared by everybody of the demo, which runs on loopback alone


@dataclass
class Cast:
    """The things that the content names by key."""

    networks: dict[str, int] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, key: str, acting_for: str = "") -> Actor:
        """Somebody as themselves, speaking for a municipality if it is one of theirs."""
        if key not in self._actors:
            actor = load_actor(self.people[key].id)
            if actor is None:
                raise LookupError(key)
            self._actors[key] = actor
        return self._actors[key].speaking_for(f"municipality:{acting_for}")

    def forget_actors(self) -> None:
        """Build the actors anew, after rights have changed."""
        self._actors.clear()


def gather(networks: Sequence[DemoNetwork], people: Sequence[DemoPerson], with_password: bool) -> Cast:
    """Make networks, people, spaces and seats, in this order; each space gets its starting content."""
    cast = Cast()
    with at(BEGINNING):
        identity.load_municipalities(SYSTEM)
        for network in networks:
            _make_network(cast, network)
        kept = hash_password(PASSWORD) if with_password else None
        for person in people:
            _make_person(cast, person, kept)
        for network in networks:
            lead = _lead_of(cast, network, people)
            for space in network.spaces:
                cast.spaces[space.key] = _make_space(cast.networks[network.key], space, lead)
        for person in people:
            _take_seats(cast, person)
    cast.forget_actors()
    return cast


def _make_network(cast: Cast, network: DemoNetwork) -> None:
    made = identity.add_network(SYSTEM, network.slug, network.name)
    cast.networks[network.key] = made.id
    for number in network.members:
        identity.join_network(SYSTEM, made.id, number, SINCE)


def _make_person(cast: Cast, person: DemoPerson, password_hash: str | None) -> None:
    command = AddPerson(
        email=person.email,
        name=person.name,
        language=person.language,
        is_admin=person.admin,
        municipality_number=person.municipality,
        employer=person.employer,
        since=SINCE,
        demo_note=person.note,
    )
    made = identity.add_person(SYSTEM, command)
    made.password_hash = password_hash  # hashed once for all: argon2 is slow on purpose
    cast.people[person.key] = made
    for network, role in person.network_roles:
        identity.grant_network_role(SYSTEM, cast.networks[network], made.id, role, SINCE)
    for number, role in person.municipality_roles:
        identity.grant_municipality_role(SYSTEM, number, made.id, role, SINCE)


def _lead_of(cast: Cast, network: DemoNetwork, people: Sequence[DemoPerson]) -> Actor:
    """The network's lead makes its spaces; the system does where the content names no lead."""
    leads = (person.key for person in people if (network.key, "lead") in person.network_roles)
    key = next(leads, None)
    return cast.actor(key) if key else SYSTEM


def _make_space(network_id: int, space: DemoSpace, lead: Actor) -> Space:
    command = CreateSpace(
        network_id=network_id,
        name=space.name,
        kind=space.kind,
        slug=space.slug,
        summary=space.summary,
        language=space.language,
        municipality_number=space.municipality,
        default_ring=space.ring,
    )
    return create_space(lead, command)


def _take_seats(cast: Cast, person: DemoPerson) -> None:
    for space, role, number in person.seats:
        seat = AddMember(
            space_id=cast.spaces[space].id,
            person_id=cast.people[person.key].id,
            role=role,
            represents_number=number,
            valid_from=SINCE,
        )
        add_member(SYSTEM, seat)
