"""The states of a meeting, how people meet, and what a meeting is asked to do with a case."""

from enum import StrEnum


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


class MeetingForm(StrEnum):
    """How people meet."""

    PHYSICAL = "physical"
    DIGITAL = "digital"
    HYBRID = "hybrid"


class CaseType(StrEnum):
    """What a meeting is asked to do with a case; a withdrawn one keeps its number and is not treated."""

    DECISION = "decision"
    DISCUSSION = "discussion"
    INFORMATION = "information"
    APPROVAL = "approval"
    OTHER = "other"
    WITHDRAWN = "withdrawn"


class AttendanceStatus(StrEnum):
    """Whether somebody was there: ``excused`` has told that they cannot come, ``absent`` has not."""

    INVITED = "invited"
    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


_FOLLOWING = {
    MeetingState.PLANNED: {MeetingState.CALLED, MeetingState.CANCELLED},
    MeetingState.CALLED: {MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.HELD: set[MeetingState](),
    MeetingState.CANCELLED: set[MeetingState](),
}


def may_become(state: MeetingState, following: MeetingState) -> bool:
    """Whether a meeting may go from one state to the other."""
    return following in _FOLLOWING[state]


def is_open(state: MeetingState) -> bool:
    """Whether the meeting's time, place and agenda may still change."""
    return state in (MeetingState.PLANNED, MeetingState.CALLED)


def minutes_ring(space_ring: str) -> str | None:
    """Who reads the minutes unless somebody decides otherwise: the network; in a closed room those of the room."""
    return None if space_ring in ("editors", "space", "municipality") else "network"
