"""The calendar file against the rules of RFC 5545 that calendar programs stumble over."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.meetings.domain.states import MeetingState
from wiki.meetings.export import calendar_file
from wiki.meetings.models import Meeting
from wiki.spaces.models import Space

STAMP = datetime(2026, 11, 20, 12, tzinfo=UTC)


def file_of(**values: object) -> bytes:
    defaults = {
        "id": 7,
        "title": "Møte",
        "starts_at": datetime(2026, 10, 24, 7, tzinfo=UTC),
        "ends_at": None,
        "place": "",
        "state": MeetingState.CALLED,
        "version": 3,
        "space": Space(name="Faggruppe"),
    }
    meeting = Meeting(**defaults | values)  # type: ignore[arg-type]
    return calendar_file(meeting, "https://wiki.example.no/s/gruppe/-/moter/7", "wiki.example.no", STAMP)


def unfolded(content: bytes) -> dict[str, str]:
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if line and not line.startswith(("BEGIN", "END")))


any_text = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


@given(any_text, any_text)
def test_lines_are_folded_inside_no_character_and_read_back_whole(title: str, place: str) -> None:
    content = file_of(title=title, place=place or "x")
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    read = unfolded(content)["SUMMARY"]
    assert read.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\") == title or (
        "\\" in title
    )


def test_moments_are_utc_on_both_sides_of_the_change_of_clocks() -> None:
    before = unfolded(file_of(starts_at=datetime.fromisoformat("2026-10-24T09:00:00+02:00")))
    after = unfolded(file_of(starts_at=datetime.fromisoformat("2026-10-26T09:00:00+01:00")))
    assert (before["DTSTART"], before["DTEND"]) == ("20261024T070000Z", "20261024T080000Z")
    assert after["DTSTART"] == "20261026T080000Z"


@pytest.mark.parametrize(
    ("state", "status"),
    [("planned", "TENTATIVE"), ("called", "CONFIRMED"), ("held", "CONFIRMED"), ("cancelled", "CANCELLED")],
)
def test_status_and_identity(state: str, status: str) -> None:
    read = unfolded(file_of(state=state))
    assert read["STATUS"] == status
    assert (read["UID"], read["SEQUENCE"], read["DTSTAMP"]) == ("meeting-7@wiki.example.no", "2", "20261120T120000Z")
    assert read["URL"] == "https://wiki.example.no/s/gruppe/-/moter/7"


def test_what_means_something_to_the_format_is_escaped() -> None:
    assert unfolded(file_of(title="a,b;c\\d\ne"))["SUMMARY"] == "a\\,b\\;c\\\\d\\ne"


def test_nobody_is_named_as_a_participant() -> None:
    assert b"ATTENDEE" not in file_of()
    assert b"METHOD" not in file_of()
