"""Migrations: numbered in one row, up and down on both databases, and at the top what the models say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

import wiki.app  # noqa: F401  brings in the tables of every room
from tests.architecture.tree import ROOT
from wiki.core.db import Base, engine_options


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    """A database with nothing in it."""
    engine = create_engine(empty_database_url, **engine_options(empty_database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def config(engine: Engine) -> Config:
    """Alembic on that database."""
    config = _config()
    config.attributes["engine"] = engine
    return config


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def test_revisions_are_numbered_in_one_row() -> None:
    revisions = list(ScriptDirectory.from_config(_config()).walk_revisions())[::-1]
    assert [revision.revision for revision in revisions] == [f"{n:04d}" for n in range(1, len(revisions) + 1)]
    assert all(Path(revision.path).name.startswith(f"{revision.revision}_") for revision in revisions)


@pytest.mark.both_databases
def test_the_models_are_what_the_migrations_make(config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.both_databases
def test_every_migration_goes_down_and_up_again(config: Config, engine: Engine) -> None:
    revisions = list(ScriptDirectory.from_config(config).walk_revisions())[::-1]
    for revision in revisions:
        command.upgrade(config, revision.revision)
        command.downgrade(config, "-1")
        command.upgrade(config, revision.revision)
    command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
