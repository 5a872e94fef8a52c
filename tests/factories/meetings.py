"""Meetings for tests, made by the same services as everywhere else."""

from datetime import UTC, datetime

from tests.factories.library import Small
from wiki.core.authz import Actor
from wiki.meetings import service
from wiki.meetings.domain.commands import AddCase, PlanMeeting
from wiki.meetings.models import Meeting

SOON = datetime(2031, 3, 14, 8, 0, tzinfo=UTC)


def planned(small: Small, *titles: str, starts_at: datetime = SOON, actor: Actor | None = None) -> Meeting:
    """A planned meeting of the expert group with cases of these titles (two, when none is named)."""
    actor = actor or small.actor("coordinator")
    meeting = service.plan_meeting(
        actor, PlanMeeting(space_id=small.group.id, title="Møte i gruppen", starts_at=starts_at, place="Teams")
    )
    for title in titles or ("Godkjenning av innkalling", "Felles DPIA"):
        service.add_case(actor, AddCase(meeting_id=meeting.id, title=title))
    return meeting


def called(small: Small, *titles: str, starts_at: datetime = SOON) -> Meeting:
    """The same, called."""
    meeting = planned(small, *titles, starts_at=starts_at)
    return service.call_meeting(small.actor("coordinator"), meeting.id)
