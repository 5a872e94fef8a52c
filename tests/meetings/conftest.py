"""Tests of this room begin with a small network that is made once and copied for each test."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.factories import library as factory
from wiki.identity.models import Network
from wiki.settings import Settings


@pytest.fixture(scope="session")
def sqlite_template(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, make_settings: Callable[..., Settings]
) -> Path:
    """A SQLite database with the whole schema and a small network."""
    return factory.peopled(sqlite_template, tmp_path_factory.mktemp("small"), make_settings)


@pytest.fixture
def small(db: Any) -> factory.Small:
    """That small network; on PostgreSQL, which copies an empty database, a new one."""
    return factory.small_again() if db.session.query(Network).count() else factory.small_network()
