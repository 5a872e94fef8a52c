"""What was decided: the meetings of the demo, called, held and written about on their days."""

from datetime import date, datetime, time, timedelta

from wiki.core.authz import Actor, can
from wiki.core.clock import OSLO, at, now
from wiki.demo.cast import Cast
from wiki.demo.pages import Shelf
from wiki.demo.source import DemoFollowUp, DemoMeeting, DemoMinutes
from wiki.documents import service as documents
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import DescribeDocument, EditDocument
from wiki.documents.models import Document
from wiki.identity.queries import get_municipality
from wiki.meetings import queries, service
from wiki.meetings.domain.commands import AddCase, AddFollowUp, Attendee, PlanMeeting, WriteMinutes
from wiki.meetings.domain.states import AttendanceStatus, CaseType, MeetingForm
from wiki.meetings.models import Meeting
from wiki.meetings.policy import MeetingAction

_PLANNED_BEFORE = timedelta(days=28)
_CALLED_BEFORE = timedelta(days=10)
_OFFICE = time(10, 0)


def hold(shelf: Shelf, demo: DemoMeeting) -> None:
    """Plan a meeting and take it as far as the content says.

    Raises:
        LookupError: a case got another number than the content has.
    """
    cast = shelf.cast
    arranger = _arranger(cast, demo)
    with at(_not_later_than_now(demo.starts_at - _PLANNED_BEFORE)):
        meeting = _plan(cast, arranger, demo)
    if demo.state == "planned":
        return
    with at(_not_later_than_now(demo.starts_at - _CALLED_BEFORE)):
        service.call_meeting(arranger, meeting.id)
    _check_numbers(meeting, demo)
    if demo.state == "held":
        with at(_not_later_than_now(demo.ends_at)):
            service.record_attendance(arranger, meeting.id, [_attendee(cast, *row) for row in demo.attendance])
    if demo.minutes:
        with at(_not_later_than_now(_office_hour(demo.minutes.written))):
            _write(shelf, arranger, meeting, demo.minutes)
            for follow_up in demo.follow_ups:
                _promise(cast, arranger, meeting, follow_up)


def _arranger(cast: Cast, demo: DemoMeeting) -> Actor:
    """The secretary, if they may; else whoever coordinates the space."""
    space = cast.spaces[demo.space]
    keys = [demo.secretary, *cast.people]
    return next(actor for actor in map(cast.actor, keys) if can(actor, MeetingAction.PLAN, space))


def _plan(cast: Cast, arranger: Actor, demo: DemoMeeting) -> Meeting:
    meeting = service.plan_meeting(
        arranger,
        PlanMeeting(
            space_id=cast.spaces[demo.space].id,
            title=demo.title,
            starts_at=demo.starts_at,
            ends_at=demo.ends_at,
            place=demo.place,
            form=MeetingForm(demo.form),
        ),
    )
    for case in demo.cases:
        command = AddCase(meeting_id=meeting.id, title=case.title, type=CaseType(case.type), description=case.proposal)
        service.add_case(arranger, command)
    return meeting


def _check_numbers(meeting: Meeting, demo: DemoMeeting) -> None:
    given = [str(queries.case_number(item)) for item in queries.cases(meeting)]
    if given != [case.number for case in demo.cases]:
        raise LookupError(f"{demo.key}: the cases got the numbers {', '.join(given)}")


def _attendee(cast: Cast, person: str, status: str, number: str) -> Attendee:
    return Attendee(
        person_id=cast.people[person].id,
        status=AttendanceStatus(status),
        represents=get_municipality(number).name if number else None,
    )


def _write(shelf: Shelf, arranger: Actor, meeting: Meeting, minutes: DemoMinutes) -> None:
    document = service.write_minutes(
        arranger, WriteMinutes(meeting_id=meeting.id, title=minutes.title, slug=minutes.slug)
    )
    author = shelf.cast.actor(minutes.author)
    _save(author, document, minutes, shelf.at_home(minutes.body))
    if minutes.published:
        service.publish_minutes(arranger, meeting.id, Ring(minutes.ring) if minutes.ring else None)


def _save(author: Actor, document: Document, minutes: DemoMinutes, body: str) -> None:
    if minutes.language != document.language:
        command = DescribeDocument(document_id=document.id, language=minutes.language, owner=document.owner)
        documents.describe(author, command)
    documents.edit(
        author,
        EditDocument(document_id=document.id, base_id=document.head_id or 0, title=minutes.title, body=body),
    )


def _promise(cast: Cast, arranger: Actor, meeting: Meeting, demo: DemoFollowUp) -> None:
    cases = {str(queries.case_number(item)): item.id for item in queries.cases(meeting)}
    follow_up = service.add_follow_up(
        arranger,
        AddFollowUp(
            meeting_id=meeting.id,
            text=demo.text,
            responsible_id=cast.people[demo.responsible].id,
            due_on=demo.due,
            case_id=cases[demo.case] if demo.case else None,
        ),
    )
    if demo.done_on:
        with at(_not_later_than_now(_office_hour(demo.done_on))):
            service.finish_follow_up(cast.actor(demo.responsible), follow_up.id)


def _office_hour(day: date) -> datetime:
    return datetime.combine(day, _OFFICE, tzinfo=OSLO)


def _not_later_than_now(moment: datetime) -> datetime:
    return min(moment, now())
