"""The minutes: begun from the network's template with what is known, and published, which ends the meeting."""

from sqlalchemy import select

from wiki.core.authz import Actor
from wiki.core.clock import OSLO
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Conflict
from wiki.documents import service as documents
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import CreateDocument, SetAudience
from wiki.documents.models import Document
from wiki.library.domain import TemplateType
from wiki.library.models import TemplateRelease
from wiki.library.queries.templates import find_template, newest_release
from wiki.library.service import remember_origin
from wiki.meetings import queries
from wiki.meetings.domain.commands import WriteMinutes
from wiki.meetings.domain.minutes import (
    MinutesCase,
    MinutesFacts,
    Presence,
    Task,
    minutes_body,
    minutes_title,
    people_in_order,
)
from wiki.meetings.domain.states import AttendanceStatus, CaseType, MeetingState, may_become, minutes_ring
from wiki.meetings.events import MeetingHeld, MinutesBegun
from wiki.meetings.models import Meeting
from wiki.meetings.service.loading import announce, load, load_open
from wiki.spaces.domain import SpaceRole
from wiki.spaces.models import Space
from wiki.spaces.queries import members

# The page that the minutes of a space stand under, by the language of the space: title, address and text.
_SHELF = {
    "nb": ("Referater", "referater", "Referatene fra møtene, med saker, vedtak og oppfølging."),
    "nn": ("Referat", "referat", "Referata frå møta, med saker, vedtak og oppfølging."),
}


def write_minutes(actor: Actor, command: WriteMinutes) -> Document:
    """Begin the minutes of a called meeting as a draft, filled with what is known.

    Raises:
        NotFound, Forbidden: see ``loading.load``.
        Conflict: the meeting is not called, over or cancelled, or has its minutes.
    """
    with unit_of_work():
        meeting = load_open(actor, command.meeting_id)
        if meeting.state != MeetingState.CALLED:
            raise Conflict("Kall inn til møtet før du skriver referat.")
        if meeting.minutes_id is not None:
            raise Conflict("Referatet er allerede påbegynt.")
        space = meeting.space
        release = _template(actor, space)
        language = release.template.document.language if release else space.language
        body = minutes_body(release.revision.body if release else "", _facts(actor, meeting, language))
        ring = minutes_ring(space.default_ring)
        document = documents.create(
            actor,
            CreateDocument(
                space_id=space.id,
                title=command.title or minutes_title(language, meeting.starts_at),
                body=body,
                kind="minutes",
                parent_id=_shelf(actor, space),
                language=language,
                owner=space.name,
                ring=Ring(ring) if ring else None,
                slug=command.slug,
            ),
        )
        if release:
            remember_origin(actor, document, release)
        meeting.minutes_id = document.id
        announce(actor, meeting, MinutesBegun)
    return document


def publish_minutes(actor: Actor, meeting_id: int, ring: Ring | None) -> Document:
    """Publish the minutes to those in ``ring`` (None: those who read the room); the meeting is held with it.

    Raises:
        NotFound, Forbidden: see ``loading.load``.
        Conflict: there are no minutes yet.
    """
    with unit_of_work():
        meeting = load(actor, meeting_id)
        if meeting.minutes_id is None:
            raise Conflict("Det er ikke skrevet referat fra møtet ennå.")
        documents.set_audience(actor, SetAudience(document_id=meeting.minutes_id, ring=ring))
        return documents.publish(actor, meeting.minutes_id)


def hold_meeting_of(actor: Actor, document_id: int) -> None:
    """Note that a meeting was held when its minutes are published, wherever that was done."""
    with unit_of_work():
        meeting = db.session.scalar(select(Meeting).where(Meeting.minutes_id == document_id))
        if meeting is None or not may_become(MeetingState(meeting.state), MeetingState.HELD):
            return
        meeting.state = MeetingState.HELD
        announce(actor, meeting, MeetingHeld)


def _template(actor: Actor, space: Space) -> TemplateRelease | None:
    """The newest release of the network's minutes template; None in a network without one."""
    entry = find_template(actor, space.network_id, TemplateType.MINUTES, space.language)
    return newest_release(entry.id) if entry else None


def _facts(actor: Actor, meeting: Meeting, language: str) -> MinutesFacts:
    following = queries.next_meeting(meeting)
    return MinutesFacts(
        language=language,
        body=meeting.space.name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        form=meeting.form,
        secretary=actor.name,
        cases=[
            MinutesCase(
                number=queries.case_number(item),
                title=item.title,
                background=item.description,
                withdrawn=item.type == CaseType.WITHDRAWN,
            )
            for item in meeting.agenda
        ],
        people=_people(meeting),
        tasks=[
            Task(
                text=promise.text,
                case=str(promise.case or ""),
                responsible=promise.responsible,
                due=f"{promise.due_on:%d.%m.%Y}" if promise.due_on else "",
            )
            for promise in queries.open_follow_ups(meeting.space_id)
        ],
        next_meeting=following.starts_at if following else None,
    )


def _people(meeting: Meeting) -> list[Presence]:
    day = meeting.starts_at.astimezone(OSLO).date()
    observing = {m.person_id for m in members(meeting.space_id, on=day) if m.role is SpaceRole.OBSERVER}
    return people_in_order(
        Presence(row.name, row.represents, AttendanceStatus(row.status), row.person_id in observing)
        for row in meeting.attendance
    )


def _shelf(actor: Actor, space: Space) -> int:
    """The page that the minutes of a space stand under; written when there is none."""
    title, slug, text = _SHELF.get(space.language, _SHELF["nb"])
    query = select(Document.id).where(
        Document.space_id == space.id, Document.slug == slug, Document.trashed_at.is_(None)
    )
    found = db.session.scalar(query)
    if found is not None:
        return found
    page = CreateDocument(space_id=space.id, title=title, body=text, language=space.language, slug=slug, publish=True)
    return documents.create(actor, page).id
