"""A judged corpus in the product: imported as `fagrom import folder` does, so that the figures are those of a user."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tests.factories import identity, spaces
from wiki.app import create_app
from wiki.core.authz import SYSTEM
from wiki.core.db import db
from wiki.core.schema import upgrade
from wiki.settings import Settings
from wiki.transfer.contracts import new_sink
from wiki.transfer.service import import_folder


@dataclass(frozen=True)
class Entry:
    """A document of the manifest with its text as it lies on disk: what a baseline is given."""

    id: str
    title: str
    text: str
    path: str


@dataclass(frozen=True)
class Judged:
    """A query with the grades of the documents that answer it."""

    text: str
    kind: str
    grades: dict[str, int]


def entries(corpus: Path) -> list[Entry]:
    """Give every document of the manifest."""
    lines = map(json.loads, (corpus / "manifest.jsonl").read_text("utf-8").splitlines())
    return [
        Entry(line["id"], line["title"], (corpus / line["path"]).read_text("utf-8", errors="replace"), line["path"])
        for line in lines
    ]


def judged_queries(path: Path) -> list[Judged]:
    """Give the queries of a file with one JSON object a line."""
    lines = map(json.loads, path.read_text("utf-8").splitlines())
    return [Judged(line["query"], line["class"], line["judgments"]) for line in lines]


@contextmanager
def imported(corpus: Path, folder: Path) -> Iterator[Flask]:
    """Give the application on an instance of its own, with the corpus imported into a public space."""
    settings = Settings(
        instance=folder, database_url=f"sqlite:///{folder}/fagrom.sqlite3", secret_key="for measuring only, " * 3
    )
    app = create_app(settings)
    with app.app_context():
        upgrade(db.engine)
        space = spaces.space(identity.network("malenett", "4601"), name="Samling")
        sink = new_sink()
        sink.begin(SYSTEM, space.slug, "public")
        import_folder(corpus, sink)
        yield app
        db.session.remove()
        db.engine.dispose()
