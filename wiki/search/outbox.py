"""The outbox as a queue: put things in, take what is due, tick off what the index holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.search.models import OutboxRow

RETRY_AFTER = timedelta(seconds=10)  # after the first failure; four times as long after the second, and so on
LONGEST_ERROR = 500
MOST_IDS = 1000  # in one statement


@dataclass(frozen=True)
class Waiting:
    """How much waits for the index."""

    rows: int
    failed: int
    oldest: datetime | None


def put(source: str, ids: Iterable[int]) -> None:
    """Note in the present transaction that these things must be indexed anew."""
    rows = [{"source": source, "thing_id": thing_id, "created_at": now()} for thing_id in dict.fromkeys(ids)]
    if rows:
        db.session.execute(insert(OutboxRow), rows)


def take(limit: int, after: int = 0) -> list[OutboxRow]:
    """Give the oldest rows with ids greater than `after`. They stay until ticked off."""
    oldest = select(OutboxRow).where(OutboxRow.id > after).order_by(OutboxRow.id).limit(limit)
    return list(db.session.scalars(oldest))


def is_due(row: OutboxRow) -> bool:
    """Say whether it is time to try a row: at once, and after a failure less and less often."""
    return row.attempts == 0 or row.created_at + RETRY_AFTER * 4 ** min(row.attempts - 1, 6) <= now()


def tick_off(ids: Sequence[int]) -> None:
    """Delete rows whose things the index holds."""
    with unit_of_work():
        for start in range(0, len(ids), MOST_IDS):
            db.session.execute(delete(OutboxRow).where(OutboxRow.id.in_(ids[start : start + MOST_IDS])))


def backlog() -> Sequence[int]:
    """Give the ids of all rows there are, failed ones included."""
    return db.session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)).all()


def note_failures(errors: Mapping[int, str]) -> None:
    """Remember that rows could not be indexed, and why."""
    with unit_of_work():
        for row_id, error in errors.items():
            changed = {"attempts": OutboxRow.attempts + 1, "last_error": error[:LONGEST_ERROR]}
            db.session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(**changed))


def waiting() -> Waiting:
    """Count what waits."""
    counted = func.count(), func.count().filter(OutboxRow.attempts > 0), func.min(OutboxRow.created_at)
    rows, failed, oldest = db.session.execute(select(*counted)).one()
    return Waiting(rows, failed, oldest)
