"""Who may do what with meetings. Reading is not here: see ``queries.visible_to``.

| action | who |
|---|---|
| PLAN in a space, ARRANGE a meeting | who coordinates the space; nobody while it is archived |
| FINISH a follow-up | who is responsible for it, and who coordinates the space |
"""

from enum import StrEnum

from wiki.core.authz import Actor, can, declare, rule
from wiki.meetings.models import FollowUp, Meeting
from wiki.spaces.models import Space
from wiki.spaces.policy import SpaceAction


@declare
class MeetingAction(StrEnum):
    """What can be done with meetings."""

    PLAN = "meeting.plan"
    ARRANGE = "meeting.arrange"
    FINISH = "meeting.finish_follow_up"


@rule(MeetingAction.PLAN, Space)
def _plan(actor: Actor, space: Space) -> bool:
    return space.archived_at is None and can(actor, SpaceAction.COORDINATE, space)


@rule(MeetingAction.ARRANGE, Meeting)
def _arrange(actor: Actor, meeting: Meeting) -> bool:
    return _plan(actor, meeting.space)


@rule(MeetingAction.FINISH, FollowUp)
def _finish(actor: Actor, follow_up: FollowUp) -> bool:
    return follow_up.responsible_id == actor.person_id or _arrange(actor, follow_up.meeting)
