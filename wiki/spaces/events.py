"""What happens to spaces and to the seats in them."""

from dataclasses import dataclass
from typing import ClassVar

from wiki.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SpaceEvent(Event):
    """Something that happened to a space; `thing_id` is its id."""

    thing_type: ClassVar[str] = "space"


@dataclass(frozen=True, kw_only=True)
class SpaceCreated(SpaceEvent):
    """A space was made and has no content yet."""

    kind: str
    language: str


@dataclass(frozen=True, kw_only=True)
class SpaceUpdated(SpaceEvent):
    """Its name, summary, language or default ring changed; `ring_changed` says whether its readers did."""

    ring_changed: bool = False


@dataclass(frozen=True, kw_only=True)
class SpaceArchived(SpaceEvent):
    """It was closed: what is there can be read, and nothing is added."""


@dataclass(frozen=True, kw_only=True)
class SpaceReopened(SpaceEvent):
    """It is in use again after it was archived."""


@dataclass(frozen=True, kw_only=True)
class SeatEvent(SpaceEvent):
    """Something that happened to a person's seat in a space."""

    person_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberAdded(SeatEvent):
    """A person got a seat."""


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(SeatEvent):
    """A person has another role from now on; `role` is the new one."""

    former_role: str


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(SeatEvent):
    """A person's seat was given its last day."""
