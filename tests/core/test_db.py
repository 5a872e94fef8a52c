"""One write transaction a use case: all or nothing, one writer after the other, on both databases."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, func, select, text
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from wiki.core.db import UtcDateTime, after_commit, db, engine_options, in_unit_of_work, look_up, unit_of_work

WRITERS = 8
TURNS = 10


class Own(DeclarativeBase):
    """Tables of these tests alone, which no migration knows."""


class Note(Own):
    __tablename__ = "test_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@pytest.fixture
def notes(app: Flask) -> Iterator[None]:
    """The table, in the database of this test, inside an application context."""
    with app.app_context():
        Own.metadata.create_all(db.engine)
        yield
        db.session.remove()


def titles() -> list[str]:
    """What another connection sees: what has been committed."""
    with db.engine.connect() as connection:
        return list(connection.scalars(select(Note.title).order_by(Note.id)))


def write(title: str) -> Note:
    note = Note(title=title)
    db.session.add(note)
    return note


@pytest.mark.both_databases
def test_a_unit_is_committed_at_its_end(notes: None) -> None:
    with unit_of_work():
        write("a")
        db.session.flush()
        assert titles() == []
    assert titles() == ["a"]


@pytest.mark.both_databases
def test_a_unit_reads_what_it_has_written(notes: None) -> None:
    with unit_of_work():
        note = write("a")
        assert db.session.scalar(select(Note).where(Note.title == "a")) is note


@pytest.mark.both_databases
@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_a_failure_takes_everything_back(notes: None, failure: type[BaseException]) -> None:

    def fail() -> None:
        with unit_of_work():
            write("a")
            db.session.flush()
            raise failure

    with pytest.raises(failure):
        fail()
    assert titles() == []
    assert not in_unit_of_work()
    with unit_of_work():
        write("b")
    assert titles() == ["b"]


@pytest.mark.both_databases
def test_what_the_database_refuses_at_the_end_takes_everything_back(notes: None) -> None:
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.add_all([Note(title="a"), Note(title="b"), Note(title="a")])
    assert titles() == []


def test_an_inner_unit_joins_the_outer_one(notes: None) -> None:
    commits = []
    event.listen(db.engine, "commit", lambda _connection: commits.append(1))
    with unit_of_work():
        write("outer")
        with unit_of_work():
            write("inner")
        db.session.flush()
        assert in_unit_of_work()
        assert titles() == []
        commits.clear()  # of the look from outside
    assert len(commits) == 1
    assert titles() == ["outer", "inner"]


def test_a_failure_after_an_inner_unit_takes_that_back_too(notes: None) -> None:
    def fail_late() -> None:
        with unit_of_work():
            with unit_of_work():
                write("inner")
            raise ValueError("late")

    with pytest.raises(ValueError, match="late"):
        fail_late()
    assert titles() == []


def test_what_was_read_before_is_read_anew_inside(notes: None) -> None:
    with unit_of_work():
        write("a")
    note = db.session.scalars(select(Note)).one()
    assert note.number == 0
    with create_engine(db.engine.url).begin() as other:
        other.execute(text("UPDATE test_note SET number = 7"))
    assert note.number == 0
    with unit_of_work():
        assert note.number == 7


def test_what_waits_for_the_commit_runs_after_it_in_order_and_once(notes: None) -> None:
    seen: list[str] = []

    def first() -> None:
        seen.append(f"first {titles()} {in_unit_of_work()}")

    def second() -> None:
        seen.append("second")

    with unit_of_work():
        write("a")
        after_commit(first)
        with unit_of_work():
            after_commit(second)
            after_commit(first)
        assert seen == []
    assert seen == ["first ['a'] False", "second"]
    with unit_of_work():
        pass
    assert len(seen) == 2


def test_what_waits_may_write_in_a_unit_of_its_own(notes: None) -> None:
    def later() -> None:
        with unit_of_work():
            write("later")

    with unit_of_work():
        write("a")
        after_commit(later)
    assert titles() == ["a", "later"]


def test_nothing_waits_for_what_was_taken_back(notes: None) -> None:
    seen: list[int] = []

    def fail() -> None:
        with unit_of_work():
            after_commit(lambda: seen.append(1))
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    with unit_of_work():
        pass
    assert seen == []


def test_waiting_needs_a_unit(notes: None) -> None:
    with pytest.raises(RuntimeError, match="unit of work"):
        after_commit(lambda: None)


def test_a_statement_put_together_once_reads_past_the_orm(notes: None) -> None:
    with unit_of_work():
        write("a")
    statement = select(Note.title, func.length(Note.title)).where(Note.title == text(":title"))
    assert tuple(look_up(statement, {"title": "a"}).one()) == ("a", 1)


# --- eight at once ---------------------------------------------------------------------------------------------------


def in_threads(app: Flask, run: Callable[[int], None]) -> None:
    """Run in eight threads at the same moment, each with a session of its own; any failure fails."""
    together = Barrier(WRITERS)

    def one(number: int) -> None:
        with app.app_context():
            together.wait(timeout=30)
            run(number)
            db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(one, range(WRITERS)))


@pytest.mark.both_databases
def test_eight_threads_write_without_loss(app: Flask, notes: None) -> None:
    """On the strength of what was read: on PostgreSQL that takes a lock on the row."""
    with unit_of_work():
        write("counter")

    def count(number: int) -> None:
        for turn in range(TURNS):
            with unit_of_work():
                note = db.session.scalars(select(Note).where(Note.title == "counter").with_for_update()).one()
                note.number += 1
                write(f"{number}.{turn}")

    in_threads(app, count)
    assert db.session.scalar(select(Note.number).where(Note.title == "counter")) == WRITERS * TURNS
    assert len(titles()) == WRITERS * TURNS + 1


PROCESS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from flask import Flask
from sqlalchemy import text
from wiki.core.db import db, engine_options, unit_of_work

url, turns = sys.argv[1], int(sys.argv[2])
app = Flask("writer")
app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
db.init_app(app)

def count(_number):
    with app.app_context():
        for _turn in range(turns):
            with unit_of_work():
                number = db.session.scalar(text("SELECT number FROM test_note"))
                db.session.execute(text("UPDATE test_note SET number = :number"), {"number": number + 1})

with ThreadPoolExecutor(2) as pool:
    list(pool.map(count, range(2)))
"""


def test_processes_write_without_loss(app: Flask, notes: None) -> None:
    """Four processes of two threads each: SQLite has one writer at a time, and the others wait."""
    with unit_of_work():
        write("counter")
    db.session.remove()
    command = [sys.executable, "-c", PROCESS, app.config["SQLALCHEMY_DATABASE_URI"], str(TURNS)]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]  # noqa: S603  ours
    said = [writer.communicate(timeout=60)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4, said
    assert db.session.scalar(select(Note.number)) == 4 * 2 * TURNS


def test_nobody_waits_for_a_writer_to_read(notes: None) -> None:
    """Write-ahead log: what is being written is not seen, and holds nobody up."""
    with unit_of_work():
        write("a")
        db.session.flush()
        assert titles() == []
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_unit_has_the_lock_from_its_beginning(notes: None) -> None:
    """So that what is read inside is what is changed; afterwards the session only reads again."""
    begun: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: begun.append(statement))
    with unit_of_work():
        pass
    db.session.scalars(select(Note)).all()
    assert [statement for statement in begun if statement.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]


def test_the_address_decides_the_options() -> None:
    assert engine_options("sqlite:////tmp/x")["connect_args"] == {"timeout": 30}
    assert engine_options("postgresql+psycopg://h/d") == {"pool_pre_ping": True}


# --- moments ---------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize("hours", [-11, 0, 1, 14])
def test_a_moment_comes_back_in_utc(notes: None, hours: int) -> None:
    moment = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=hours)))
    with unit_of_work():
        write("a").at = moment
    read = db.session.scalars(select(Note)).one().at
    assert read == moment
    assert read is not None
    assert read.tzinfo is UTC


def test_a_naive_moment_is_refused(notes: None) -> None:
    with pytest.raises(StatementError, match="naive"), unit_of_work():
        write("a").at = datetime(2026, 1, 1)
    assert titles() == []


@given(
    st.datetimes(
        timezones=st.timezones() | st.just(UTC), min_value=datetime(1900, 1, 2), max_value=datetime(2999, 1, 1)
    )
)
def test_every_moment_is_the_same_on_the_way_in_and_out(moment: datetime) -> None:
    column, dialect = UtcDateTime(), DefaultDialect()
    stored = column.process_bind_param(moment, dialect)
    assert stored is not None
    assert stored == moment.astimezone(UTC)
    assert column.process_result_value(stored.replace(tzinfo=None), dialect) == stored
    assert column.process_result_value(stored.astimezone(timezone(timedelta(hours=5))), dialect) == stored


def test_no_moment_is_no_moment() -> None:
    column, dialect = UtcDateTime(), DefaultDialect()
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None
