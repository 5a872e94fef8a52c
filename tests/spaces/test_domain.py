"""The pure rules: what seats give, who may know of a space, when seats overlap, who coordinates."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wiki.spaces.domain import (
    Ring,
    SeatPeriod,
    SpaceKind,
    SpaceRole,
    default_ring,
    last_day,
    leaves_no_coordinator,
    needs_municipality,
    overlap,
    rings_of,
    seat_tokens,
    staff_tokens,
    visible_to,
)

days = st.dates(date(2024, 1, 1), date(2024, 3, 1))
periods = st.tuples(days, st.none() | days)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Facts:
    """A space as the rules see it."""

    kind: str
    default_ring: str
    id: int = 7
    network_id: int = 3

    @property
    def municipality_number(self) -> str | None:
        return "4601" if self.kind == SpaceKind.MUNICIPALITY else None


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    kind = draw(st.sampled_from(SpaceKind))
    return Facts(kind, draw(st.sampled_from(rings_of(kind))))


# --- tokens --------------------------------------------------------------------------------------


def test_who_writes_holds_both_tokens() -> None:
    for role in (SpaceRole.COORDINATOR, SpaceRole.EDITOR):
        assert seat_tokens(7, role) == {"space:7:reader", "space:7:editor"}


def test_who_does_not_write_only_reads() -> None:
    for role in (SpaceRole.MEMBER, SpaceRole.OBSERVER):
        assert seat_tokens(7, role) == {"space:7:reader"}


def test_staff_reads_and_writes_in_every_space_it_looks_after() -> None:
    assert staff_tokens([1, 2]) == {"space:1:reader", "space:1:editor", "space:2:reader", "space:2:editor"}
    assert staff_tokens([]) == frozenset()


@pytest.mark.parametrize(
    ("kind", "ring"),
    [
        ("network", "network"),
        ("board", "network"),
        ("expert_group", "network"),
        ("project", "network"),
        ("secretariat", "space"),
        ("municipality", "municipality"),
    ],
)
def test_content_is_open_to_the_network_unless_it_is_work_in_house(kind: str, ring: str) -> None:
    assert default_ring(SpaceKind(kind)) == ring


@given(st.sampled_from(SpaceKind))
def test_the_ring_of_a_new_space_is_one_it_can_have(kind: SpaceKind) -> None:
    assert default_ring(kind) in rings_of(kind)
    assert (Ring.MUNICIPALITY in rings_of(kind)) == needs_municipality(kind)


@given(facts())
def test_members_know_of_their_space(space: Facts) -> None:
    assert {"space:7:reader", "space:7:editor"} <= visible_to(space)


@given(facts())
def test_only_the_people_of_a_municipality_know_of_its_room_while_it_is_closed(space: Facts) -> None:
    assume(space.kind == SpaceKind.MUNICIPALITY)
    assume(space.default_ring in (Ring.EDITORS, Ring.SPACE, Ring.MUNICIPALITY))
    assert visible_to(space) == {"space:7:reader", "space:7:editor", "municipality:4601"}


@given(facts())
def test_other_rooms_are_known_in_the_whole_network(space: Facts) -> None:
    assume(space.kind != SpaceKind.MUNICIPALITY)
    assert "network:3" in visible_to(space)


@given(facts())
def test_the_open_world_knows_of_the_network_itself_and_of_open_rooms(space: Facts) -> None:
    is_open = space.kind == SpaceKind.NETWORK or space.default_ring == Ring.PUBLIC
    assert ("public" in visible_to(space)) == is_open


@given(facts())
def test_a_wider_ring_hides_a_space_from_nobody(space: Facts) -> None:
    narrower = [ring for ring in rings_of(SpaceKind(space.kind)) if list(Ring).index(ring) < _width(space)]
    for ring in narrower:
        assert visible_to(Facts(space.kind, ring)) <= visible_to(space)


def _width(space: Facts) -> int:
    return list(Ring).index(Ring(space.default_ring))


# --- periods -------------------------------------------------------------------------------------


@given(periods, periods)
def test_periods_overlap_when_they_share_a_day(
    first: tuple[date, date | None], second: tuple[date, date | None]
) -> None:
    assert overlap(first, second) == bool(_days(first) & _days(second))
    assert overlap(first, second) == overlap(second, first)


def _days(period: tuple[date, date | None]) -> set[date]:
    start, end = period
    return {start + n * DAY for n in range(((end or date(2024, 6, 1)) - start).days + 1)}


@given(days, st.none() | days, days)
def test_a_seat_ends_when_it_is_wished_but_not_before_it_began(start: date, wished: date | None, today: date) -> None:
    ends = last_day(start, wished, today)
    assert ends >= start - DAY
    if wished is None:
        assert ends < max(today, start)
    elif wished >= start:
        assert ends == wished


# --- coordinators --------------------------------------------------------------------------------


def _seat(id_: int, role: str = "coordinator", start: date = date(2024, 1, 1), end: date | None = None) -> SeatPeriod:
    return SeatPeriod(id_, role, start, end)


def test_the_only_coordinator_cannot_leave() -> None:
    assert leaves_no_coordinator([_seat(1), _seat(2, "editor")], 1, date(2024, 2, 1))


def test_one_of_two_coordinators_can_leave() -> None:
    assert not leaves_no_coordinator([_seat(1), _seat(2)], 1, date(2024, 2, 1))


def test_a_coordinator_who_leaves_too_does_not_count() -> None:
    seats = [_seat(1), _seat(2, end=date(2024, 2, 1))]
    assert leaves_no_coordinator(seats, 1, date(2024, 2, 1))


def test_a_coordinator_who_comes_the_next_day_counts() -> None:
    seats = [_seat(1), _seat(2, start=date(2024, 2, 2))]
    assert not leaves_no_coordinator(seats, 1, date(2024, 2, 1))


@given(st.lists(st.tuples(st.sampled_from(SpaceRole), days, st.none() | days), min_size=1, max_size=6), days)
def test_leaving_never_takes_the_last_of_those_who_coordinate_the_next_day(
    seats: list[tuple[SpaceRole, date, date | None]], last: date
) -> None:
    held = [SeatPeriod(n, role.value, start, end) for n, (role, start, end) in enumerate(seats)]
    after = last + DAY
    there = {s.id for s in held if s.role == "coordinator" and after in _days((s.valid_from, s.valid_to))}
    for seat in held:
        refused = leaves_no_coordinator(held, seat.id, last)
        assert refused == (bool(there) and not there - {seat.id})
