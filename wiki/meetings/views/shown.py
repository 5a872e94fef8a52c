"""What the pages of meetings have in common: where they stand, their words, the meeting of the address."""

from typing import Any

from flask import url_for

from wiki.meetings import queries
from wiki.meetings.domain.minutes import clock_times
from wiki.meetings.forms import FORM_NAMES, STATE_NAMES, STATUS_NAMES, TYPE_NAMES
from wiki.meetings.models import Meeting
from wiki.meetings.policy import MeetingAction
from wiki.web.auth import current_actor

IN_SPACE = "/s/<space>/-/moter"
ONE = f"{IN_SPACE}/<int:meeting_id>"
# How a state looks as a tag: see the macro `tag`.
TONES = {"planned": "draft", "called": "waiting", "held": "published", "cancelled": "rejected"}


def words() -> dict[str, Any]:
    """The words and small functions that the templates need."""
    return {
        "state_names": STATE_NAMES,
        "form_names": FORM_NAMES,
        "type_names": TYPE_NAMES,
        "status_names": STATUS_NAMES,
        "tones": TONES,
        "clock": clock_times,
        "case_number": queries.case_number,
        "MeetingAction": MeetingAction,
    }


def meeting_at(space: str, meeting_id: int) -> Meeting:
    """The meeting of the address.

    Raises:
        NotFound: there is none that the reader may see.
    """
    return queries.get(current_actor(), meeting_id, space)


def address(meeting: Meeting, endpoint: str = "meetings.show", **values: Any) -> str:
    """The address of a page of the meeting."""
    return url_for(endpoint, space=meeting.space.slug, meeting_id=meeting.id, **values)
