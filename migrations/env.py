"""Runs migrations, for `fagrom db upgrade`, for `alembic` on the shell and for tests; SQLite and PostgreSQL.

The caller may hand over an engine in `config.attributes["engine"]`; otherwise the settings name the database.
Revisions are numbered: `make revision` gives the next one its number.
"""

from collections.abc import Iterable
from typing import Any

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, TypeDecorator, create_engine

import wiki.app  # noqa: F401  brings in the tables of every room
from wiki.core.db import Base, engine_options
from wiki.settings import load_settings


def run() -> None:
    """Bring the database to the revision asked for, in one transaction."""
    given: Engine | None = context.config.attributes.get("engine")
    engine = given or _engine_of_settings()
    with engine.connect() as connection:
        foreign_keys = _foreign_keys(connection, on=False)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,  # SQLite changes a column by copying its table
            compare_type=True,
            process_revision_directives=_number,
            render_item=_render_own_type,
        )
        with context.begin_transaction():
            context.run_migrations()
        if foreign_keys:
            _check_foreign_keys(connection)
            _foreign_keys(connection, on=True)
    if given is None:
        engine.dispose()


def _engine_of_settings() -> Engine:
    url = load_settings().database_url
    return create_engine(url, **engine_options(url))


def _foreign_keys(connection: Connection, *, on: bool) -> bool:
    """Switch the foreign keys of SQLite, True when there was something to switch.

    Copying a table drops the old one, and with foreign keys on that would delete the rows which point to it.
    SQLite takes the switch outside a transaction only, so it goes past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name != "sqlite":
        return False
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
    return True


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    connection.rollback()
    if broken:
        raise RuntimeError(f"the migration left rows that point nowhere: {broken[:5]}")


def _number(
    migration: MigrationContext, _revision: str | Iterable[str | None] | Iterable[str], scripts: list[MigrationScript]
) -> None:
    """Give a new revision the number after the newest: 0001, 0002, …"""
    head = ScriptDirectory.from_config(context.config).get_current_head()
    for script in scripts:
        script.rev_id = f"{int(head or 0) + 1:04d}"


def _render_own_type(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write a column type of ours as the plain type below it, so that a migration stands without today's code."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


run()
