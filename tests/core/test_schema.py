"""The schema is brought to the newest migration, and asked whether it is there."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from wiki.core.db import engine_options
from wiki.core.schema import is_current, upgrade

pytestmark = pytest.mark.both_databases


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    engine = create_engine(empty_database_url, **engine_options(empty_database_url))
    yield engine
    engine.dispose()


def test_an_empty_database_is_brought_up_to_date(engine: Engine) -> None:
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
    assert {"person", "document", "revision"} <= set(inspect(engine).get_table_names())


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO network (slug, name, accent) VALUES ('a', 'A', 'fjord')"))
    upgrade(engine)
    assert is_current(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM network")) == 1


def test_a_database_of_a_newer_version_is_not_taken_for_this_one(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not is_current(engine)
