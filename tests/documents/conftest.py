"""The small world of documents, made once for a test process and copied for each test on SQLite."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import documents as make
from tests.factories.documents import World
from wiki.app import create_app
from wiki.core.db import db as database
from wiki.settings import Settings


@pytest.fixture(scope="session")
def world_template(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, make_settings: Callable[..., Settings]
) -> tuple[Path, World]:
    """A SQLite database with the world in it, and the world."""
    folder = tmp_path_factory.mktemp("world")
    path = folder / "world.sqlite3"
    shutil.copyfile(sqlite_template, path)
    with create_app(make_settings(folder, f"sqlite:///{path}")).app_context():
        made = make.world()
        database.session.remove()
        database.engine.dispose()
    return path, made


@pytest.fixture
def database_url(database_url: str, backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """As everywhere, with the world in it if the test asks for it."""
    if backend == "sqlite" and "world" in request.fixturenames:
        shutil.copyfile(request.getfixturevalue("world_template")[0], tmp_path / "fagrom.sqlite3")
    return database_url


@pytest.fixture
def world(backend: str, db: object, request: pytest.FixtureRequest) -> World:
    """The world in this test's database."""
    if backend != "sqlite":
        return make.world()
    made: World = request.getfixturevalue("world_template")[1]
    return made
