"""Meetings and follow-ups as a reader sees them.

A meeting is read by those who read the content of its space by default, from its call on; before
that by the members alone. What was promised in it (follow-ups) is seen by the members, and by the
one who promised. Nobody who is not signed in sees meetings; minutes are documents and have readers
of their own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, false, select, true
from sqlalchemy.orm import joinedload, selectinload

from wiki.core.authz import Actor
from wiki.core.clock import OSLO, now, today
from wiki.core.db import db
from wiki.core.errors import NotFound
from wiki.documents.domain.audience import Ring, SpaceScope, ring_tokens
from wiki.documents.models import Document
from wiki.documents.queries import readable
from wiki.meetings.domain.numbering import CaseNumber
from wiki.meetings.domain.states import MeetingState
from wiki.meetings.models import AgendaItem, FollowUp, Meeting
from wiki.spaces.domain import editor_token, reader_token
from wiki.spaces.models import Space


@dataclass(frozen=True)
class Promise:
    """A follow-up for a list; ``case`` is None when it came up outside the cases."""

    id: int
    text: str
    due_on: date | None
    done_at: datetime | None
    responsible_id: int
    responsible: str
    case: CaseNumber | None
    meeting_id: int
    meeting_title: str
    space_slug: str
    space_name: str

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed and it is not done."""
        return self.done_at is None and self.due_on is not None and self.due_on < today()


def is_member(actor: Actor, space: Space) -> bool:
    """Whether the actor belongs to the space: what is planned and what was promised is theirs to see."""
    return actor.is_system or not actor.tokens.isdisjoint((reader_token(space.id), editor_token(space.id)))


def visible_to(actor: Actor, space: Space) -> bool:
    """Whether the actor sees the called meetings of a space: whoever reads its content by default."""
    if actor.is_anonymous:
        return False
    scope = SpaceScope(space.id, Ring(space.default_ring), space.network_id, space.municipality_number)
    return is_member(actor, space) or not actor.tokens.isdisjoint(ring_tokens(scope.ring, scope))


def get(actor: Actor, meeting_id: int, space_slug: str | None = None) -> Meeting:
    """The meeting with that id, with its space.

    Raises:
        NotFound: there is none (in that space) that the actor may see.
    """
    query = select(Meeting).where(Meeting.id == meeting_id).options(joinedload(Meeting.space))
    meeting = db.session.scalar(query)
    if meeting is None or (space_slug is not None and meeting.space.slug != space_slug):
        raise NotFound()
    if not db.session.scalar(select(Meeting.id).where(Meeting.id == meeting_id, _shown(actor, meeting.space))):
        raise NotFound()
    return meeting


def coming(actor: Actor, space: Space) -> Sequence[Meeting]:
    """The meetings of a space that are not over, the nearest first."""
    query = _of(actor, space).where(Meeting.starts_at >= _start_of_day(), Meeting.state != MeetingState.HELD)
    return db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id)).all()


def past(actor: Actor, space: Space, year: int) -> Sequence[Meeting]:
    """The meetings of a space in a year that are over, the latest first."""
    first, last = datetime(year, 1, 1, tzinfo=OSLO), datetime(year + 1, 1, 1, tzinfo=OSLO)
    over = (Meeting.starts_at < _start_of_day()) | (Meeting.state == MeetingState.HELD)
    query = _of(actor, space).where(over, Meeting.starts_at >= first, Meeting.starts_at < last)
    return db.session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id)).all()


def years(actor: Actor, space: Space) -> list[int]:
    """The years in which a space has met, the latest first."""
    over = (Meeting.starts_at < _start_of_day()) | (Meeting.state == MeetingState.HELD)
    moments = db.session.scalars(select(Meeting.starts_at).where(_in(actor, space), over))
    return sorted({moment.astimezone(OSLO).year for moment in moments}, reverse=True)


def cases(meeting: Meeting) -> Sequence[AgendaItem]:
    """The agenda of a meeting, in order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    return db.session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)).all()


def case_number(item: AgendaItem) -> CaseNumber | None:
    """The number of a case; None until its meeting is called."""
    if item.year is None or item.number is None:
        return None
    return CaseNumber(year=item.year, number=item.number)


def readable_minutes(actor: Actor, meetings: Sequence[Meeting]) -> dict[int, Document]:
    """The minutes of the meetings that the actor may read, by meeting."""
    ids = {meeting.minutes_id: meeting.id for meeting in meetings if meeting.minutes_id is not None}
    query = select(Document).where(Document.id.in_(ids), Document.trashed_at.is_(None), readable(actor))
    return {ids[document.id]: document for document in db.session.scalars(query)}


def follow_ups(actor: Actor, meeting: Meeting) -> list[Promise]:
    """What was promised in a meeting; for others than members only what they promised themselves."""
    mine = true() if is_member(actor, meeting.space) else FollowUp.responsible_id == actor.person_id
    return _promises(FollowUp.meeting_id == meeting.id, mine)


def open_follow_ups(space_id: int) -> list[Promise]:
    """Everything promised in a space and not done, the first due first; for services."""
    return _promises(Meeting.space_id == space_id, FollowUp.done_at.is_(None))


def my_follow_ups(actor: Actor) -> list[Promise]:
    """What the actor has promised and not done, the first due first."""
    if actor.person_id is None:
        return []
    return _promises(FollowUp.responsible_id == actor.person_id, FollowUp.done_at.is_(None))


def next_meeting(meeting: Meeting) -> Meeting | None:
    """The meeting of the same space that comes after, if one is in the calendar."""
    query = select(Meeting).where(
        Meeting.space_id == meeting.space_id,
        Meeting.starts_at > meeting.starts_at,
        Meeting.state != MeetingState.CANCELLED,
    )
    return db.session.scalars(query.order_by(Meeting.starts_at).limit(1)).first()


def meeting_names(actor: Actor, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Title and address of the meetings that the actor sees, for the log."""
    query = select(Meeting).where(Meeting.id.in_(ids)).options(joinedload(Meeting.space))
    spaces = {meeting.space_id: meeting.space for meeting in db.session.scalars(query)}
    seen = (_of(actor, space).where(Meeting.id.in_(ids)) for space in spaces.values())
    return {
        meeting.id: (meeting.title, f"/s/{spaces[meeting.space_id].slug}/-/moter/{meeting.id}")
        for found in seen
        for meeting in db.session.scalars(found)
    }


def follow_up_names(actor: Actor, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Text and address of the follow-ups that the actor sees, for the log."""
    query = select(FollowUp).where(FollowUp.id.in_(ids)).options(joinedload(FollowUp.meeting).joinedload(Meeting.space))
    return {
        each.id: (each.text, f"/s/{each.meeting.space.slug}/-/moter/{each.meeting_id}#oppfolging")
        for each in db.session.scalars(query)
        if each.responsible_id == actor.person_id or is_member(actor, each.meeting.space)
    }


def _of(actor: Actor, space: Space) -> Select[Meeting]:
    return select(Meeting).where(_in(actor, space)).options(selectinload(Meeting.agenda))


def _in(actor: Actor, space: Space) -> ColumnElement[bool]:
    return (Meeting.space_id == space.id) & _shown(actor, space)


def _shown(actor: Actor, space: Space) -> ColumnElement[bool]:
    """The criterion that leaves the meetings of the space that the actor sees.

    A cancelled meeting is known to others than members only if it was called: then its cases have numbers.
    """
    if is_member(actor, space):
        return true()
    if not visible_to(actor, space):
        return false()
    was_called = exists().where(AgendaItem.meeting_id == Meeting.id, AgendaItem.number.is_not(None))
    known = Meeting.state.in_((MeetingState.CALLED, MeetingState.HELD))
    return known | ((Meeting.state == MeetingState.CANCELLED) & was_called)


def _start_of_day() -> datetime:
    return now().astimezone(OSLO).replace(hour=0, minute=0, second=0, microsecond=0)


def _promises(*criteria: ColumnElement[bool]) -> list[Promise]:
    query = (
        select(FollowUp)
        .join(FollowUp.meeting)
        .where(*criteria)
        .options(
            joinedload(FollowUp.meeting).joinedload(Meeting.space),
            joinedload(FollowUp.agenda_item),
            joinedload(FollowUp.responsible),
        )
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    )
    return [
        Promise(
            id=row.id,
            text=row.text,
            due_on=row.due_on,
            done_at=row.done_at,
            responsible_id=row.responsible_id,
            responsible=row.responsible.name,
            case=case_number(row.agenda_item) if row.agenda_item else None,
            meeting_id=row.meeting_id,
            meeting_title=row.meeting.title,
            space_slug=row.meeting.space.slug,
            space_name=row.meeting.space.name,
        )
        for row in db.session.scalars(query)
    ]
