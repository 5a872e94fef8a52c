"""The agenda: cases are added, changed, moved and withdrawn."""

from wiki.core.authz import Actor
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.text import normalise
from wiki.meetings.domain.commands import MAX_TITLE, AddCase, ChangeCase
from wiki.meetings.domain.states import CaseType, MeetingState
from wiki.meetings.events import AgendaChanged
from wiki.meetings.models import AgendaItem, Meeting
from wiki.meetings.service.loading import announce, checked_line, load_open
from wiki.meetings.service.planning import number_cases


def add_case(actor: Actor, command: AddCase) -> AgendaItem:
    """Put a case last on the agenda; on that of a called meeting it gets its number at once.

    Raises:
        NotFound, Forbidden, Conflict: see ``loading.load_open``.
        Invalid: on ``title``.
    """
    with unit_of_work():
        meeting = load_open(actor, command.meeting_id)
        item = AgendaItem(space_id=meeting.space_id, position=len(meeting.agenda))
        _describe(item, command)
        meeting.agenda.append(item)
        db.session.flush()
        if meeting.state == MeetingState.CALLED:
            number_cases(meeting)
        announce(actor, meeting, AgendaChanged)
    return item


def change_case(actor: Actor, command: ChangeCase) -> AgendaItem:
    """Set title, type and description of a case; a withdrawn one comes back with another type.

    Raises:
        NotFound, Forbidden, Conflict: see ``loading.load_open``.
        Invalid: on ``title``.
    """
    with unit_of_work():
        item, meeting = _load(actor, command.case_id)
        _describe(item, command)
        announce(actor, meeting, AgendaChanged)
    return item


def move_case(actor: Actor, case_id: int, direction: str) -> Meeting:
    """Move a case one place ``up`` or ``down``; it keeps its number. At the edge it stays.

    Raises:
        NotFound, Forbidden, Conflict: see ``loading.load_open``.
        Invalid: another direction.
    """
    if direction not in ("up", "down"):
        raise Invalid("Vi forsto ikke hvor saken skulle flyttes.")
    with unit_of_work():
        item, meeting = _load(actor, case_id)
        order = list(meeting.agenda)
        at = order.index(item)
        to = at - 1 if direction == "up" else at + 1
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            _number_places(order)
            announce(actor, meeting, AgendaChanged)
            db.session.expire(meeting, ["agenda"])
    return meeting


def remove_case(actor: Actor, case_id: int) -> Meeting:
    """Take a case off the agenda. One that has a number stays there as withdrawn, so that its number does.

    Raises:
        NotFound, Forbidden, Conflict: see ``loading.load_open``.
    """
    with unit_of_work():
        item, meeting = _load(actor, case_id)
        if item.number is None:
            meeting.agenda.remove(item)
            _number_places(list(meeting.agenda))
        else:
            item.type = CaseType.WITHDRAWN
        announce(actor, meeting, AgendaChanged)
    return meeting


def _load(actor: Actor, case_id: int) -> tuple[AgendaItem, Meeting]:
    item = db.session.get(AgendaItem, case_id)
    if item is None:
        raise NotFound()
    return item, load_open(actor, item.meeting_id)


def _describe(item: AgendaItem, command: AddCase | ChangeCase) -> None:
    item.title = checked_line("title", command.title, MAX_TITLE, "Skriv hva saken gjelder.")
    item.type = command.type
    item.description = normalise(command.description).strip()


def _number_places(order: list[AgendaItem]) -> None:
    for place, item in enumerate(order):
        item.position = place
