"""What every test may ask for: an application on a database of its own, and clients of it.

Tests run on SQLite; those marked `both_databases` run on PostgreSQL too, where one is installed. The schema is made
once for a test process and copied for each test. A test of pure rules asks for none of this and never loads the
application.
"""

import os
import shutil
import signal
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from filelock import FileLock
from flask import Flask, has_app_context
from flask.testing import FlaskClient, FlaskCliRunner
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from tests import postgres
from wiki.core.db import db as database
from wiki.settings import Settings

TEMPLATE = "fagrom_template"
CLUSTER = "FAGROM_TEST_CLUSTER"
NO_POSTGRES = "PostgreSQL is not installed on this machine, so the tests on it were skipped"

hypothesis.settings.register_profile(
    "dev", max_examples=30, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
hypothesis.settings.register_profile(
    "ci", parent=hypothesis.settings.get_profile("dev"), max_examples=100, derandomize=True, print_blob=True
)
hypothesis.settings.load_profile("ci" if "CI" in os.environ else "dev")


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder of this run's PostgreSQL, which the test processes inherit."""
    if not hasattr(config, "workerinput"):
        os.environ[CLUSTER] = tempfile.mkdtemp(prefix="fagrom-pg-")
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped from outside, it still tidies up


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop that PostgreSQL, in the process that named it."""
    if not hasattr(config, "workerinput") and CLUSTER in os.environ:
        folder = Path(os.environ.pop(CLUSTER))
        postgres.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a marked test once for each database it asks for."""
    if "backend" not in metafunc.fixturenames:
        return
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("backend", ["sqlite", "postgres"], indirect=True)
    elif metafunc.definition.get_closest_marker("postgres"):
        metafunc.parametrize("backend", ["postgres"], indirect=True)


@pytest.fixture(scope="session")
def make_settings() -> Callable[..., Settings]:
    """Settings for a test: the index in memory, and whatever the test names itself."""

    def make(instance: Path, database_url: str, **values: Any) -> Settings:
        defaults = {"secret_key": "tests-only-" * 4, "search_backend": "memory"}
        return Settings(instance=instance, database_url=database_url, **defaults | values)

    return make


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, make_settings: Callable[..., Settings]) -> Path:
    """An empty SQLite database with the whole schema."""
    folder = tmp_path_factory.mktemp("template")
    _create_schema(make_settings(folder, f"sqlite:///{folder / 'template.sqlite3'}"))
    return folder / "template.sqlite3"


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory, make_settings: Callable[..., Settings]) -> Path:
    """The folder of this run's PostgreSQL, in which the database TEMPLATE has the whole schema."""
    if postgres.binaries() is None:
        pytest.skip(NO_POSTGRES)
    folder = Path(os.environ[CLUSTER])
    postgres.start(folder)
    with FileLock(folder / "template.lock"):
        if not postgres.exists(folder, TEMPLATE):
            postgres.create(folder, TEMPLATE)
            _create_schema(make_settings(tmp_path_factory.mktemp("template"), postgres.url(folder, TEMPLATE)))
    return folder


def _application(settings: Settings) -> Flask:
    from wiki.app import create_app

    return create_app(settings)


def _create_schema(settings: Settings) -> None:
    app = _application(settings)
    with app.app_context():
        database.create_all()
        database.session.remove()
        database.engine.dispose()


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgres`: which database this test runs on."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def database_url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database with the whole schema, for this test alone."""
    if backend == "sqlite":
        copy = tmp_path / "fagrom.sqlite3"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
        yield f"sqlite:///{copy}"
        return
    folder: Path = request.getfixturevalue("postgres_template")
    name = f"test_{uuid.uuid4().hex}"
    with FileLock(folder / "template.lock"):  # a template can be copied by one at a time
        postgres.create(folder, name, TEMPLATE)
    yield postgres.url(folder, name)
    postgres.drop(folder, name)


@pytest.fixture
def empty_database_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, not even the schema."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    if postgres.binaries() is None:
        pytest.skip(NO_POSTGRES)
    folder, name = Path(os.environ[CLUSTER]), f"test_{uuid.uuid4().hex}"
    postgres.start(folder)
    postgres.create(folder, name)
    yield postgres.url(folder, name)
    postgres.drop(folder, name)


@pytest.fixture
def settings(database_url: str, tmp_path: Path, make_settings: Callable[..., Settings]) -> Settings:
    """The settings of `app`; override this fixture in a test module to change one."""
    return make_settings(tmp_path, database_url)


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once for a test process, not once for each application."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("jinja")))


@pytest.fixture
def app(settings: Settings, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application, with no context pushed: ask for `db` when the test calls services itself."""
    app = _application(settings)
    app.jinja_env.bytecode_cache = compiled_templates
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = SeparateClient
    yield app
    with app.app_context():
        database.engine.dispose()


@pytest.fixture
def db(app: Flask) -> Iterator[Any]:
    """The database inside an application context, for tests that call services and queries."""
    with app.app_context():
        yield database
        database.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser nobody is signed in with."""
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """The command line."""
    return app.test_cli_runner()


class SeparateClient(FlaskClient):
    """A client whose requests share nothing with the context of the test, as requests of a browser do.

    Flask lets a request join an application context that is already pushed, and with it `g` (who is signed in) and the
    database session. Afterwards the test's own session lets go of what it has read, so that it sees what was saved.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """As Flask's, in a context of its own and with the body read to its end."""
        kwargs.setdefault("buffered", True)
        response = Context().run(super().open, *args, **kwargs)
        if has_app_context():
            database.session.rollback()
        return response
