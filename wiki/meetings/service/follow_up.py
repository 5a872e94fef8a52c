"""What somebody promised to do."""

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Conflict, Invalid, NotFound
from wiki.core.events import publish
from wiki.identity.queries import load_actor
from wiki.meetings.domain.commands import MAX_FOLLOW_UP, AddFollowUp
from wiki.meetings.domain.states import MeetingState
from wiki.meetings.events import FollowUpAdded, FollowUpEvent, FollowUpFinished, FollowUpReopened
from wiki.meetings.models import AgendaItem, FollowUp, Meeting
from wiki.meetings.policy import MeetingAction
from wiki.meetings.queries import is_member, visible_to
from wiki.meetings.service.loading import checked_line, load


def add_follow_up(actor: Actor, command: AddFollowUp) -> FollowUp:
    """Give somebody something to do.

    Raises:
        NotFound, Forbidden: see ``loading.load``.
        Conflict: the meeting is not called yet, or cancelled.
        Invalid: on ``text``, ``responsible_id`` or ``case_id``.
    """
    with unit_of_work():
        meeting = load(actor, command.meeting_id)
        if meeting.state not in (MeetingState.CALLED, MeetingState.HELD):
            raise Conflict("Oppfølging føres når møtet er kalt inn.")
        follow_up = FollowUp(
            meeting=meeting,
            agenda_item_id=_case(meeting, command.case_id),
            text=checked_line("text", command.text, MAX_FOLLOW_UP, "Skriv hva som skal gjøres."),
            responsible_id=_responsible(meeting, command.responsible_id),
            due_on=command.due_on,
        )
        db.session.add(follow_up)
        _announce(actor, follow_up, FollowUpAdded)
    return follow_up


def finish_follow_up(actor: Actor, follow_up_id: int) -> FollowUp:
    """Note that it is done; one that is done already stays as it is.

    Raises:
        NotFound: there is none that concerns the actor.
        Forbidden: the actor is neither responsible nor coordinator.
    """
    with unit_of_work():
        follow_up = _load(actor, follow_up_id)
        if follow_up.done_at is None:
            follow_up.done_at = now()
            _announce(actor, follow_up, FollowUpFinished)
    return follow_up


def reopen_follow_up(actor: Actor, follow_up_id: int) -> FollowUp:
    """Note that it is not done after all.

    Raises:
        NotFound, Forbidden: as for ``finish_follow_up``.
    """
    with unit_of_work():
        follow_up = _load(actor, follow_up_id)
        if follow_up.done_at is not None:
            follow_up.done_at = None
            _announce(actor, follow_up, FollowUpReopened)
    return follow_up


def _load(actor: Actor, follow_up_id: int) -> FollowUp:
    follow_up = db.session.get(FollowUp, follow_up_id)
    if follow_up is None:
        raise NotFound()
    if follow_up.responsible_id != actor.person_id and not is_member(actor, follow_up.meeting.space):
        raise NotFound()
    authorize(actor, MeetingAction.FINISH, follow_up)
    return follow_up


def _case(meeting: Meeting, case_id: int | None) -> int | None:
    if case_id is None:
        return None
    item = db.session.get(AgendaItem, case_id)
    if item is None or item.meeting_id != meeting.id:
        raise Invalid(fields={"case_id": "Velg en av sakene i møtet."})
    return item.id


def _responsible(meeting: Meeting, person_id: int) -> int:
    """Anybody who was there or can see the meeting: a board gives tasks to people of other groups, too."""
    was_there = any(row.person_id == person_id for row in meeting.attendance)
    someone = None if was_there else load_actor(person_id)
    if not was_there and (someone is None or not visible_to(someone, meeting.space)):
        raise Invalid(fields={"responsible_id": "Velg en som er med i gruppen eller kan se møtet."})
    return person_id


def _announce(actor: Actor, follow_up: FollowUp, kind: type[FollowUpEvent]) -> None:
    db.session.flush()
    meeting = follow_up.meeting
    publish(
        kind(
            actor=actor,
            thing_id=follow_up.id,
            title=follow_up.text,
            space_id=meeting.space_id,
            network_id=meeting.space.network_id,
        )
    )
