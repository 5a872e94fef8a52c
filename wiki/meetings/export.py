"""A meeting as an iCalendar file (RFC 5545), for a calendar of one's own.

There is no METHOD, since nobody is asked to answer, and no ATTENDEE. Moments are in UTC, which
every calendar shows in its own zone; so the file needs no VTIMEZONE.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from wiki.meetings.domain.states import MeetingState
from wiki.meetings.models import Meeting

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LINE_OCTETS = 75
_STATUS = {
    MeetingState.PLANNED: "TENTATIVE",
    MeetingState.CALLED: "CONFIRMED",
    MeetingState.HELD: "CONFIRMED",
    MeetingState.CANCELLED: "CANCELLED",
}
_USUAL_LENGTH = timedelta(hours=1)  # when nobody has said how long it lasts


def calendar_file(meeting: Meeting, url: str, host: str, stamp: datetime) -> bytes:
    """The file; ``url`` leads to the meeting's page, ``host`` makes its UID unique in the world."""
    ends_at = meeting.ends_at or meeting.starts_at + _USUAL_LENGTH
    properties = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Fagrom//Fagrom//NO"),
        ("BEGIN", "VEVENT"),
        ("UID", f"meeting-{meeting.id}@{host}"),
        ("SEQUENCE", str(meeting.version - 1)),
        ("DTSTAMP", _moment(stamp)),
        ("DTSTART", _moment(meeting.starts_at)),
        ("DTEND", _moment(ends_at)),
        ("SUMMARY", _text(meeting.title)),
        *([("LOCATION", _text(meeting.place))] if meeting.place else []),
        ("CATEGORIES", _text(meeting.space.name)),
        ("DESCRIPTION", _text(url)),
        ("URL", url),
        ("STATUS", _STATUS[MeetingState(meeting.state)]),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]
    return b"".join(part + b"\r\n" for name, value in properties for part in _folded(f"{name}:{value}"))


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line break escaped (RFC 5545, 3.3.11)."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """The line in parts of at most 75 octets, never inside a character; all but the first begin with a space."""
    part = b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > _LINE_OCTETS:
            yield part
            part = b" "
        part += octets
    yield part
