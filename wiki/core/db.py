"""The database: one session a request, and one write transaction a use case.

Reads run in a plain transaction. A write runs in :func:`unit_of_work`, which on SQLite begins with
``BEGIN IMMEDIATE``: writers queue for the lock instead of failing, and what they read inside is
what they will change. On PostgreSQL the same code runs in an ordinary transaction, and rows that
are changed on the strength of what was read are locked or carry a version.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, Dialect, Engine, Executable, MetaData, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import DateTime, TypeDecorator

log = logging.getLogger(__name__)

BUSY_TIMEOUT_SECONDS = 30

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "cache_size=-32000",  # KiB a connection, and the file mapped: a page view then costs next to no system calls
    "mmap_size=268435456",
)

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = MetaData(naming_convention=_NAMING)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware on the way in, aware in UTC on the way out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def engine_options(url: str) -> dict[str, Any]:
    """The options of ``create_engine`` for this database."""
    if url.startswith("sqlite"):
        # Sessions and connections roll back when they close; the pool need not do it once more.
        return {"connect_args": {"timeout": BUSY_TIMEOUT_SECONDS}, "pool_reset_on_return": None}
    return {"pool_pre_ping": True}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # BEGIN is ours, see _begin
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Run one use case in one write transaction, then what waits for its commit.

    A unit inside a unit joins the outer one. Whatever was loaded before is read anew inside, so
    that a decision is taken on what the transaction sees. An exception rolls everything back.
    """
    info = db.session().info
    if info.get("in_unit"):
        yield
        return
    db.session.rollback()
    db.session.connection(execution_options={"writing": True})
    info["in_unit"], info["after_commit"] = True, []
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        info["in_unit"] = False
        waiting = info.pop("after_commit")
    for run in waiting:
        _run_after_commit(run)


def _run_after_commit(run: Callable[[], None]) -> None:
    try:
        run()
    except Exception:
        log.exception("a hook after the commit failed")


def in_unit_of_work() -> bool:
    """Whether a write transaction of :func:`unit_of_work` is under way here."""
    return bool(db.session().info.get("in_unit"))


def after_commit(run: Callable[[], None]) -> None:
    """Call ``run`` once the unit of work has been committed; the same function is called once.

    Raises:
        RuntimeError: outside a unit of work.
    """
    if not in_unit_of_work():
        raise RuntimeError("after_commit() needs a unit of work")
    waiting: list[Callable[[], None]] = db.session().info["after_commit"]
    if run not in waiting:
        waiting.append(run)


def look_up(statement: Executable, parameters: Mapping[str, Any]) -> CursorResult[Any]:
    """Run a statement put together once, for what every request asks for: past the ORM, which costs more than it.

    Nothing is flushed before, so it is not for use inside a unit of work.
    """
    return db.session.connection().execute(statement, parameters)
