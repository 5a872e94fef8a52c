"""What the service of meetings can be asked to do, as plain values that forms and the demo network make."""

from dataclasses import dataclass
from datetime import date, datetime

from wiki.meetings.domain.states import AttendanceStatus, CaseType, MeetingForm

MAX_TITLE = 200
MAX_PLACE = 200
MAX_FOLLOW_UP = 500


@dataclass(frozen=True, kw_only=True)
class PlanMeeting:
    """Put a meeting in the calendar of a space; both moments are aware."""

    space_id: int
    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    form: MeetingForm = MeetingForm.DIGITAL


@dataclass(frozen=True, kw_only=True)
class ChangeMeeting:
    """Set what is known about a meeting that is not held yet."""

    meeting_id: int
    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    form: MeetingForm = MeetingForm.DIGITAL


@dataclass(frozen=True, kw_only=True)
class AddCase:
    """Put a case last on the agenda; ``description`` is the background and proposal, in Markdown."""

    meeting_id: int
    title: str
    type: CaseType = CaseType.DECISION
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeCase:
    """Set what is known about a case on an agenda."""

    case_id: int
    title: str
    type: CaseType
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody's attendance. ``represents`` None means: what their seat in the space says that day."""

    person_id: int
    status: AttendanceStatus
    represents: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddFollowUp:
    """Give somebody something to do by a date, as decided in a meeting."""

    meeting_id: int
    text: str
    responsible_id: int
    due_on: date | None = None
    case_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class WriteMinutes:
    """Write the minutes of a meeting; title and address are made from the meeting when empty."""

    meeting_id: int
    title: str = ""
    slug: str | None = None
