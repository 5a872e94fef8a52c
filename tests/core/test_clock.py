"""The time: aware, in UTC, and the date as it is in Norway."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from wiki.core import clock


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_today_is_the_date_in_norway(moment: datetime, day: date) -> None:
    with clock.at(moment):
        assert clock.today() == day


def test_a_set_time_holds_within_its_block_only() -> None:
    outer, inner = datetime(2026, 1, 1, tzinfo=clock.OSLO), datetime(2027, 1, 1, tzinfo=UTC)
    with clock.at(outer):
        with clock.at(inner):
            assert clock.now() == inner
        assert clock.now() == outer
        assert clock.now().tzinfo is UTC
    assert clock.now().year < 2100


def test_a_set_time_is_given_back_after_a_failure() -> None:
    past = datetime(2001, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="x"), clock.at(past):
        raise ValueError("x")
    assert clock.now() != past


def test_a_set_time_is_of_this_context_only() -> None:
    past = datetime(2001, 1, 1, tzinfo=UTC)
    with clock.at(past), ThreadPoolExecutor(1) as pool:
        assert pool.submit(clock.now).result() != past
