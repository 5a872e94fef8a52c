"""Who was there."""

from collections.abc import Sequence

from wiki.core.authz import Actor
from wiki.core.clock import OSLO
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Conflict, Invalid
from wiki.identity.models import Person
from wiki.meetings.domain.commands import Attendee
from wiki.meetings.domain.states import MeetingState
from wiki.meetings.events import AttendanceRecorded
from wiki.meetings.models import Attendance, Meeting
from wiki.meetings.service.loading import announce, load_open
from wiki.spaces.queries import Member, members


def record_attendance(actor: Actor, meeting_id: int, attendees: Sequence[Attendee]) -> Meeting:
    """Note who was there, also people who were not invited; who is not named keeps what was noted.

    Name and municipality are noted as they are on the day of the meeting, and stay so.

    Raises:
        NotFound, Forbidden, Conflict: see ``loading.load_open``; also when the meeting is not called yet.
        Invalid: there is no such person.
    """
    with unit_of_work():
        meeting = load_open(actor, meeting_id)
        if meeting.state != MeetingState.CALLED:
            raise Conflict("Kall inn til møtet før du fører oppmøte.")
        day = meeting.starts_at.astimezone(OSLO).date()
        seats = {member.person_id: member for member in members(meeting.space_id, on=day)}
        noted = {row.person_id: row for row in meeting.attendance}
        for attendee in attendees:
            row = noted.get(attendee.person_id)
            if row is None:
                row = Attendance(person_id=attendee.person_id, name=_name(attendee.person_id))
                meeting.attendance.append(row)
                noted[attendee.person_id] = row
            _note(row, attendee, seats.get(attendee.person_id))
        announce(actor, meeting, AttendanceRecorded)
    return meeting


def _note(row: Attendance, attendee: Attendee, seat: Member | None) -> None:
    row.status = attendee.status
    if attendee.represents is not None:
        row.represents = attendee.represents
    elif seat is not None:
        row.represents = seat.represents or seat.employer


def _name(person_id: int) -> str:
    person = db.session.get(Person, person_id)
    if person is None:
        raise Invalid("Vi finner ikke personen.")
    return person.name
