"""Notes that can be found, in an application of their own."""

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from tests.search.notes import Notes
from wiki.search import contracts
from wiki.search.service import SearchService


@pytest.fixture
def notes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Notes:
    """The only source there is."""
    source = Notes()
    monkeypatch.setattr(contracts, "_sources", {"note": source})
    return source


@pytest.fixture
def service(app: Flask, db: SQLAlchemy, notes: Notes) -> SearchService:
    """The search of the application, with nothing in it yet."""
    found: SearchService = app.extensions["search"].service
    return found
