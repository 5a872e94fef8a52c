"""The use cases of meetings, the only writers of their tables. Actor first, one commit each."""

from wiki.meetings.service.agenda import add_case, change_case, move_case, remove_case
from wiki.meetings.service.attendance import record_attendance
from wiki.meetings.service.follow_up import add_follow_up, finish_follow_up, reopen_follow_up
from wiki.meetings.service.minutes import hold_meeting_of, publish_minutes, write_minutes
from wiki.meetings.service.planning import call_meeting, cancel_meeting, change_meeting, plan_meeting

__all__ = [
    "add_case",
    "add_follow_up",
    "call_meeting",
    "cancel_meeting",
    "change_case",
    "change_meeting",
    "finish_follow_up",
    "hold_meeting_of",
    "move_case",
    "plan_meeting",
    "publish_minutes",
    "record_attendance",
    "remove_case",
    "reopen_follow_up",
    "write_minutes",
]
