"""The time, asked in one place so that tests and the demo network can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The current time, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The current date in Norway."""
    return now().astimezone(OSLO).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Make ``moment`` (aware) the current time within the block, in this context only."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
