"""What every use case of meetings begins and ends with: the meeting, locked and permitted; the event; checked words."""

from sqlalchemy import select

from wiki.core.authz import Actor, authorize
from wiki.core.db import db
from wiki.core.errors import Conflict, Invalid
from wiki.core.events import publish
from wiki.core.text import normalise
from wiki.meetings import queries
from wiki.meetings.domain.states import MeetingState, is_open
from wiki.meetings.events import MeetingEvent
from wiki.meetings.models import Meeting
from wiki.meetings.policy import MeetingAction
from wiki.spaces.models import Space


def load(actor: Actor, meeting_id: int) -> Meeting:
    """The meeting, locked until the commit, once the actor has been found to arrange it.

    Raises:
        NotFound: there is none that the actor may see.
        Forbidden: the actor sees it but does not arrange it.
    """
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update())
    meeting = queries.get(actor, meeting_id)
    authorize(actor, MeetingAction.ARRANGE, meeting)
    return meeting


def load_open(actor: Actor, meeting_id: int) -> Meeting:
    """As :func:`load`, for what can be done only until the minutes are published.

    Raises:
        Conflict: the meeting is over or cancelled.
    """
    meeting = load(actor, meeting_id)
    if not is_open(MeetingState(meeting.state)):
        raise Conflict("Møtet er avsluttet eller avlyst og kan ikke endres.")
    return meeting


def lock_space(space_id: int) -> None:
    """Let nobody else give out case numbers in the space until the commit."""
    db.session.execute(select(Space.id).where(Space.id == space_id).with_for_update())


def announce(actor: Actor, meeting: Meeting, kind: type[MeetingEvent]) -> None:
    """Write what has changed, and publish an event of ``kind`` about the meeting."""
    db.session.flush()
    publish(
        kind(
            actor=actor,
            thing_id=meeting.id,
            title=meeting.title,
            space_id=meeting.space_id,
            network_id=meeting.space.network_id,
        )
    )


def checked_line(field: str, text: str, longest: int, missing: str | None = None) -> str:
    """A text on one line, at most ``longest`` characters; ``missing`` says what is asked for when it is empty.

    Raises:
        Invalid: on ``field``.
    """
    line = " ".join(normalise(text).split())
    if not line and missing:
        raise Invalid(fields={field: missing})
    if len(line) > longest:
        raise Invalid(fields={field: "Teksten er for lang. Skriv det kortere."})
    return line
