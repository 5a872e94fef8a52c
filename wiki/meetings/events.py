"""What happens to meetings and to what was promised in them."""

from dataclasses import dataclass
from typing import ClassVar

from wiki.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(Event):
    """Something that happened to a meeting; ``thing_id`` is its id."""

    thing_type: ClassVar[str] = "meeting"


class MeetingPlanned(MeetingEvent):
    """A meeting was put in the calendar."""


class MeetingChanged(MeetingEvent):
    """Time, place or title changed."""


class MeetingCalled(MeetingEvent):
    """The members were called, and the cases got their numbers."""


class MeetingCancelled(MeetingEvent):
    """The meeting will not be held."""


class AgendaChanged(MeetingEvent):
    """A case was added, changed, moved or withdrawn."""


class AttendanceRecorded(MeetingEvent):
    """It was noted who was there."""


class MinutesBegun(MeetingEvent):
    """The minutes were begun from the template."""


class MeetingHeld(MeetingEvent):
    """The minutes were published, and with them the meeting is over."""


@dataclass(frozen=True, kw_only=True)
class FollowUpEvent(Event):
    """Something that happened to what somebody promised to do."""

    thing_type: ClassVar[str] = "follow_up"


class FollowUpAdded(FollowUpEvent):
    """Somebody got something to do."""


class FollowUpFinished(FollowUpEvent):
    """It was done."""


class FollowUpReopened(FollowUpEvent):
    """It was not done after all."""
