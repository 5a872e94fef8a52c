"""Kinds of spaces, seats in them, and the audience tokens that follow. Pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from wiki.identity.domain import active

SLUG_LENGTH = 80
NAME_LENGTH = 120
SUMMARY_LENGTH = 500
ONE_DAY = timedelta(days=1)


class SpaceKind(StrEnum):
    """What a space is for; in the order in which people look for them."""

    NETWORK = "network"
    BOARD = "board"
    EXPERT_GROUP = "expert_group"
    PROJECT = "project"
    MUNICIPALITY = "municipality"
    SECRETARIAT = "secretariat"


class SpaceRole(StrEnum):
    """What a person does in a space; in the order of a list of members."""

    COORDINATOR = "coordinator"
    EDITOR = "editor"
    MEMBER = "member"
    OBSERVER = "observer"


class Ring(StrEnum):
    """Who may read; each ring lies around the one before, within one network."""

    EDITORS = "editors"
    SPACE = "space"
    MUNICIPALITY = "municipality"
    NETWORK = "network"
    NETWORKS = "networks"
    PUBLIC = "public"


WRITING_ROLES = frozenset({SpaceRole.COORDINATOR, SpaceRole.EDITOR})
NETWORK_STAFF = ("lead", "secretariat")
"""Network roles that read, write and coordinate in every space of the network but the municipality rooms."""
MUNICIPALITY_STAFF = ("contact", "editor")
"""Municipality roles that read and write in the rooms of the municipality; the contact coordinates them too."""

# Open by default: what a group writes is for every member municipality unless it says otherwise.
_CLOSED_AT_FIRST = {SpaceKind.SECRETARIAT: Ring.SPACE, SpaceKind.MUNICIPALITY: Ring.MUNICIPALITY}


def default_ring(kind: SpaceKind) -> Ring:
    """Who may read the content of a new space of that kind until somebody decides otherwise."""
    return _CLOSED_AT_FIRST.get(kind, Ring.NETWORK)


def needs_municipality(kind: SpaceKind) -> bool:
    """Whether a space of that kind belongs to one municipality; the others belong to none."""
    return kind is SpaceKind.MUNICIPALITY


def seats_municipalities(kind: SpaceKind) -> bool:
    """Whether the members of a space of that kind sit there for their municipalities."""
    return kind in (SpaceKind.BOARD, SpaceKind.EXPERT_GROUP, SpaceKind.PROJECT)


def rings_of(kind: SpaceKind) -> tuple[Ring, ...]:
    """The rings a space of that kind can have; "the municipality" means something only where there is one."""
    return tuple(ring for ring in Ring if ring is not Ring.MUNICIPALITY or needs_municipality(kind))


def address(slug: str) -> str:
    """The address of a space's front page."""
    return f"/s/{slug}"


# --- tokens --------------------------------------------------------------------------------------


def reader_token(space_id: int) -> str:
    """Held by everybody who has a seat in the space."""
    return f"space:{space_id}:reader"


def editor_token(space_id: int) -> str:
    """Held by everybody who writes in the space; drafts carry it alone."""
    return f"space:{space_id}:editor"


def seat_tokens(space_id: int, role: SpaceRole) -> frozenset[str]:
    """The tokens that a seat in a space gives."""
    if role in WRITING_ROLES:
        return frozenset({reader_token(space_id), editor_token(space_id)})
    return frozenset({reader_token(space_id)})


def staff_tokens(space_ids: Iterable[int]) -> frozenset[str]:
    """The tokens of network or municipality staff in the spaces they look after."""
    return frozenset().union(*(seat_tokens(space_id, SpaceRole.COORDINATOR) for space_id in space_ids))


class SpaceFacts(Protocol):
    """What the rule about visibility needs to know of a space."""

    @property
    def id(self) -> int:
        """The space."""

    @property
    def kind(self) -> str:
        """A SpaceKind."""

    @property
    def default_ring(self) -> str:
        """A Ring."""

    @property
    def network_id(self) -> int:
        """The network it is in."""

    @property
    def municipality_number(self) -> str | None:
        """The municipality it belongs to, if any."""


@dataclass(frozen=True)
class SpaceView:
    """A space as the pages of what lies in it show it: values, so that a page opens no row for them.

    The policy takes it as it takes the row.
    """

    id: int
    slug: str
    name: str
    kind: str
    network_id: int
    municipality_number: str | None
    tree_version: int
    archived_at: datetime | None
    default_ring: str


def visible_to(space: SpaceFacts) -> frozenset[str]:
    """The tokens that may know of the space: its existence, name and summary, and who sits in it.

    - its members, and everybody who may read its content by default;
    - everybody of the network, but for a municipality's room only the people of the municipality;
    - everybody at all for the network's own space.
    """
    tokens = {reader_token(space.id), editor_token(space.id)}
    if needs_municipality(SpaceKind(space.kind)):
        tokens.add(f"municipality:{space.municipality_number}")
    else:
        tokens.add(f"network:{space.network_id}")
    opened = {Ring.NETWORK: f"network:{space.network_id}", Ring.NETWORKS: "networks", Ring.PUBLIC: "public"}
    rings = list(Ring)
    width = rings.index(Ring(space.default_ring))
    tokens |= {token for ring, token in opened.items() if rings.index(ring) <= width}
    if space.kind == SpaceKind.NETWORK:
        tokens.add("public")
    return frozenset(tokens)


# --- seats ---------------------------------------------------------------------------------------


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two periods share a day. A period that ends before it begins has no days: it never held."""
    if any(end is not None and end < start for start, end in (first, second)):
        return False
    return all(end is None or start <= end for start, end in ((first[0], second[1]), (second[0], first[1])))


def last_day(valid_from: date, wished: date | None, today: date) -> date:
    """The last day of a seat that is ended: the wished one, else yesterday so that it ends at once.

    A seat cannot end earlier than the day before it began; ended then, it never held.
    """
    return max(wished if wished is not None else today - ONE_DAY, valid_from - ONE_DAY)


@dataclass(frozen=True)
class SeatPeriod:
    """What the rule about coordinators needs to know of a seat."""

    id: int
    role: str
    valid_from: date
    valid_to: date | None


def leaves_no_coordinator(seats: Iterable[SeatPeriod], seat_id: int, last: date) -> bool:
    """Whether ending the seat after its day `last` takes away the only coordinator the space then has."""
    after = last + ONE_DAY
    coordinating = {s.id for s in seats if s.role == SpaceRole.COORDINATOR and active(s.valid_from, s.valid_to, after)}
    return coordinating == {seat_id}


# --- commands ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CreateSpace:
    """A new space. Without a slug its address is made from the name; without a ring it is its kind's."""

    network_id: int
    name: str
    kind: str
    slug: str = ""
    summary: str = ""
    language: str = "nb"
    municipality_number: str | None = None
    default_ring: str | None = None


@dataclass(frozen=True, kw_only=True)
class UpdateSpace:
    """What a coordinator may change about a space; None leaves it as it is."""

    space_id: int
    name: str | None = None
    summary: str | None = None
    language: str | None = None
    default_ring: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddMember:
    """A seat for a person. `valid_from` None is today; `represents_number` is the municipality they sit there for."""

    space_id: int
    person_id: int
    role: str
    represents_number: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeRole:
    """Another role for a member from today on."""

    membership_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class EndMembership:
    """The end of a seat: after `last_day`, or at once when it is None."""

    membership_id: int
    last_day: date | None = None
