"""A meeting's way to the day: planned, changed, called or cancelled."""

from datetime import datetime

from sqlalchemy import select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import OSLO, now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Conflict, Invalid, NotFound
from wiki.meetings.domain.commands import MAX_PLACE, MAX_TITLE, ChangeMeeting, PlanMeeting
from wiki.meetings.domain.numbering import next_numbers, numbering_year
from wiki.meetings.domain.states import AttendanceStatus, MeetingState, may_become
from wiki.meetings.events import MeetingCalled, MeetingCancelled, MeetingChanged, MeetingPlanned
from wiki.meetings.models import AgendaItem, Attendance, Meeting
from wiki.meetings.policy import MeetingAction
from wiki.meetings.service.loading import announce, checked_line, load, load_open, lock_space
from wiki.spaces.models import Space
from wiki.spaces.queries import members


def plan_meeting(actor: Actor, command: PlanMeeting) -> Meeting:
    """Put a meeting in the calendar of a space; only its members see it until it is called.

    Raises:
        NotFound: there is no such space.
        Forbidden: the actor does not coordinate it.
        Invalid: on ``title``, ``place`` or ``ends_at``.
    """
    with unit_of_work():
        space = db.session.get(Space, command.space_id)
        if space is None:
            raise NotFound()
        authorize(actor, MeetingAction.PLAN, space)
        meeting = Meeting(space=space, created_by_id=actor.person_id, created_at=now())
        _describe(meeting, command)
        db.session.add(meeting)
        announce(actor, meeting, MeetingPlanned)
    return meeting


def change_meeting(actor: Actor, command: ChangeMeeting) -> Meeting:
    """Set title, time, place and form.

    Raises:
        NotFound, Forbidden, Conflict: see ``loading.load_open``.
        Invalid: as for ``plan_meeting``; on ``starts_at`` when its numbered cases belong to another year.
    """
    with unit_of_work():
        meeting = load_open(actor, command.meeting_id)
        year = numbering_year(command.starts_at)
        if any(item.year not in (None, year) for item in meeting.agenda):
            raise Invalid(
                fields={"starts_at": "Sakene har fått nummer for et annet år. Avlys møtet og planlegg et nytt."}
            )
        _describe(meeting, command)
        announce(actor, meeting, MeetingChanged)
    return meeting


def call_meeting(actor: Actor, meeting_id: int) -> Meeting:
    """Call the members: the cases get their numbers, the members are invited, the network sees the meeting.

    Raises:
        NotFound, Forbidden: see ``loading.load``.
        Conflict: it is called already, over or cancelled.
        Invalid: there is nothing on the agenda.
    """
    with unit_of_work():
        meeting = load(actor, meeting_id)
        _go_to(meeting, MeetingState.CALLED)
        if not meeting.agenda:
            raise Invalid("Sett minst én sak på sakslisten før du kaller inn.")
        number_cases(meeting)
        _invite_members(meeting)
        announce(actor, meeting, MeetingCalled)
    return meeting


def cancel_meeting(actor: Actor, meeting_id: int) -> Meeting:
    """Say that the meeting will not be held; its case numbers stay taken.

    Raises:
        NotFound, Forbidden: see ``loading.load``.
        Conflict: it is over or cancelled already, or its minutes have been begun.
    """
    with unit_of_work():
        meeting = load(actor, meeting_id)
        if meeting.minutes_id is not None:
            raise Conflict("Referatet er påbegynt, så møtet kan ikke avlyses.")
        _go_to(meeting, MeetingState.CANCELLED)
        announce(actor, meeting, MeetingCancelled)
    return meeting


def number_cases(meeting: Meeting) -> None:
    """Give the cases that have no number the next free ones of the space and the meeting's year."""
    waiting = [item for item in meeting.agenda if item.number is None]
    lock_space(meeting.space_id)
    year = numbering_year(meeting.starts_at)
    used = select(AgendaItem.number).where(AgendaItem.space_id == meeting.space_id, AgendaItem.year == year)
    taken = [number for number in db.session.scalars(used) if number is not None]
    for item, number in zip(waiting, next_numbers(taken, len(waiting)), strict=True):
        item.year, item.number = year, number
    db.session.flush()


def _describe(meeting: Meeting, command: PlanMeeting | ChangeMeeting) -> None:
    _check_times(command.starts_at, command.ends_at)
    meeting.title = checked_line("title", command.title, MAX_TITLE, "Skriv hva møtet heter.")
    meeting.place = checked_line("place", command.place, MAX_PLACE)
    meeting.starts_at, meeting.ends_at = command.starts_at, command.ends_at
    meeting.form = command.form


def _check_times(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid(fields={"ends_at": "Møtet må slutte etter at det begynner."})


def _go_to(meeting: Meeting, state: MeetingState) -> None:
    if not may_become(MeetingState(meeting.state), state):
        raise Conflict("Noen andre har endret møtet i mellomtiden. Se på det på nytt.")
    meeting.state = state


def _invite_members(meeting: Meeting) -> None:
    """Those who have a seat in the space on the day of the meeting."""
    day = meeting.starts_at.astimezone(OSLO).date()
    for member in {m.person_id: m for m in members(meeting.space_id, on=day)}.values():
        meeting.attendance.append(
            Attendance(
                person_id=member.person_id,
                name=member.name,
                represents=member.represents or member.employer,
                status=AttendanceStatus.INVITED,
            )
        )
    db.session.flush()
