"""Numbers of cases, without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.meetings.domain.numbering import CaseNumber, next_numbers, numbering_year, parse_case_number

numbers = st.builds(CaseNumber, year=st.integers(2000, 2099), number=st.integers(1, 9999))


@given(numbers)
def test_a_case_number_is_read_as_it_is_written(number: CaseNumber) -> None:
    assert parse_case_number(str(number)) == number


@given(
    numbers,
    st.sampled_from(["", "sak ", "Sak ", "SAK nr. ", "SG ", "SG-sak ", "PS ", "sak: "]),
    st.sampled_from(["-", "/", " - ", "–"]),
    st.booleans(),
    st.integers(0, 3),
)
def test_every_form_in_use_is_read(number: CaseNumber, prefix: str, dash: str, long: bool, zeros: int) -> None:
    year = str(number.year) if long else f"{number.year % 100:02d}"
    assert parse_case_number(f" {prefix}{'0' * zeros}{number.number}{dash}{year} ") == number


@pytest.mark.parametrize("text", ["", "37", "0-26", "12-11-2026", "37-1926", "37-2", "sak", "a 37 26", "12345-26"])
def test_what_is_no_case_number_is_not_read_as_one(text: str) -> None:
    assert parse_case_number(text) is None


@given(st.lists(st.integers(1, 5)), st.lists(st.integers(0, 200)))
def test_numbers_are_never_given_twice_and_rise_without_gaps(calls: list[int], used_before: list[int]) -> None:
    given_out = list(used_before)
    for count in calls:
        new = list(next_numbers(given_out, count))
        assert len(new) == count
        assert not set(new) & set(given_out)
        assert min(new) == max(given_out, default=0) + 1
        given_out += new


def test_a_withdrawn_number_in_the_middle_stays_taken() -> None:
    assert list(next_numbers([1, 2, 5], 2)) == [6, 7]


@pytest.mark.parametrize(
    ("starts_at", "year"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), 2027),  # half past midnight in Oslo
        (datetime(2027, 1, 14, 8, 0, tzinfo=UTC), 2027),  # called in December, held in January
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), 2026),
    ],
)
def test_the_year_is_that_of_the_meeting_in_norway(starts_at: datetime, year: int) -> None:
    assert numbering_year(starts_at) == year
