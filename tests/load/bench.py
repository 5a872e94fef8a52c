"""`make bench`: page view, search, save and import, held against a bare Flask page on the same server in the same run.

The machine's own speed drifts, so rounds of the bare page and of ours take turns, and only the ratios of one run may be
compared with those of another. The content is ../shared/corpus where it lies beside the checkout, else made here.
"""

import argparse
import re
import statistics
import tempfile
import time
import urllib.parse
from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.factories import identity, spaces
from tests.load import bare, search
from tests.load.client import Load, get, load
from tests.load.servers import free_port, served
from wiki.app import create_app
from wiki.core.authz import SYSTEM
from wiki.core.db import db
from wiki.core.markdown import render
from wiki.core.schema import upgrade
from wiki.documents.domain.address import address
from wiki.documents.domain.diff import diff
from wiki.documents.domain.merge import merge3
from wiki.documents.models import Document
from wiki.settings import Settings
from wiki.spaces.models import Space
from wiki.transfer.contracts import Result, new_sink
from wiki.transfer.service import import_folder

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "docs"
QUERIES = ("personvern", "risikovurdering", "kommune", "tilgangsstyring sikkerhet", '"personopplysninger"', "arkiv")
SAVES = 20
CONNECTIONS = 8


def main() -> None:
    """Fill an instance, serve it beside the bare page, measure, and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="fagrom-bench-") as folder:
        settings = Settings(
            instance=Path(folder),
            database_url=f"sqlite:///{folder}/fagrom.sqlite3",
            secret_key="for measuring only, " * 3,
            port=free_port(),
            workers=options.workers,
            threads=1,
        )
        app = create_app(settings)
        with app.app_context():
            upgrade(db.engine)
            _texts()
            _fill(app, Path(folder), options.copies)
            pages = _addresses()
            client = identity.sign_in(app.test_client(), _reader())
            client.get(pages[0])  # as any browser has done: from now on the session holds its CSRF secret
            db.session.remove()
            db.engine.dispose()
        cookie = f"fagrom={_cookie(client)}"
        with (
            served(bare.make_app, settings.workers) as bare_port,
            served(lambda: create_app(settings), settings.workers, settings.port),
        ):
            if options.search:
                search.measure(settings.port, cookie, options.seconds)
            else:
                _compare_views(bare_port, settings.port, pages, cookie, options)
                _searches(settings.port, cookie, options)
            _saves(app, client)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="length of a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--search", action="store_true", help="measure search by kind of query, and no page views")
    parser.add_argument("--copies", type=int, default=1, help="how many times the content is imported")
    return parser.parse_args()


def _fill(app: Flask, folder: Path, copies: int) -> None:
    source = CORPUS if CORPUS.is_dir() else _made(folder / "made")
    network = identity.network("malenett", "4601")
    for copy in range(copies):
        space = spaces.space(network, name=f"Samling {copy + 1}")
        sink = new_sink()
        sink.begin(SYSTEM, space.slug, "network")
        began = time.perf_counter()
        report = import_folder(source, sink)
        took = time.perf_counter() - began
        new = report.counts[Result.NEW]
        _line(f"import into space {copy + 1}", f"{new} documents, {new / took:.0f} a second")
    began = time.perf_counter()
    app.extensions["search"].service.drain()
    documents = db.session.scalar(select(func.count()).select_from(Document))
    _line("index", f"{documents} documents, {(time.perf_counter() - began) / documents * 1000:.1f} ms each")


def _made(folder: Path) -> Path:
    folder.mkdir()
    for number in range(700):
        text = f"# Side {number}\n\n" + f"Personvern og risikovurdering i kommune {number}. Tilgangsstyring.\n\n" * 40
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    return folder


def _texts() -> None:
    """What one long text costs: rendered, compared with a changed one, merged with two."""
    part = (
        "## Avsnitt {0}\n\nKommunen vurderer **risiko** og tiltak {0} [her](/s/x).\n\n| a | b |\n|---|---|\n| {0} | c |"
    )
    body = "\n\n".join(part.format(number) for number in range(900))
    mine, theirs = body.replace("tiltak 7 ", "mitt 7 "), body.replace("tiltak 700 ", "ditt 700 ")
    for name, work in (
        ("render", lambda: render(body)),
        ("compare two of", lambda: diff(body, mine)),
        ("merge three of", lambda: merge3(body, mine, theirs)),
    ):
        began = time.process_time()
        work()
        _line(f"{name} {len(body) // 1000} kB", f"{(time.process_time() - began) * 1000:.0f} ms of processor time")


def _addresses() -> list[str]:
    query = select(Space.slug, Document.slug).join(Document, Document.space_id == Space.id)
    rows = db.session.execute(query.where(Document.purpose.is_(None)))  # a front page answers under its space
    return [address(space, slug) for space, slug in rows]


def _reader() -> identity.Person:
    person = identity.person("Målende leser", municipality_number="4601")
    for space in db.session.scalars(select(Space)).all():  # two audience tokens each
        spaces.seat(space, person, "editor", represents="4601")
    return person


def _cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie("fagrom")
    assert cookie is not None
    return cookie.value


def _compare_views(bare_port: int, port: int, pages: Sequence[str], cookie: str, options: argparse.Namespace) -> None:
    kinds = {
        "page view, signed in": [get(page, cookie) for page in pages],
        "page view, signed in, one page": [get(pages[0], cookie)],
    }
    for name, requests in kinds.items():
        ratios, last = [], None
        load(port, requests, connections=CONNECTIONS, seconds=1)
        for _round in range(options.rounds):
            limit = load(bare_port, [get("/")], connections=CONNECTIONS, seconds=options.seconds)
            last = load(port, requests, connections=CONNECTIONS, seconds=options.seconds)
            ratios.append(last.per_second / limit.per_second)
        assert last is not None
        _report(name, last)
        _line("  share of the bare page", f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})")


def _searches(port: int, cookie: str, options: argparse.Namespace) -> None:
    for name, path in (("search, HTML", "/sok?q="), ("search, API", "/api/v1/search?q=")):
        requests = [get(path + urllib.parse.quote(query), cookie) for query in QUERIES]
        _report(f"{name}, 4 connections", load(port, requests, connections=4, seconds=options.seconds))
        _report(f"{name}, 1 connection", load(port, requests, connections=1, seconds=options.seconds))


def _saves(app: Flask, client: FlaskClient) -> None:
    """Save through the form, as people do, in one process; then ask how soon the word is found."""
    with app.app_context():
        space = db.session.scalars(select(Space)).first()
        assert space is not None
        new = f"/s/{space.slug}/-/ny"
    saved, found = [], []
    for number in range(SAVES):
        form = client.get(new).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert token is not None
        word = f"målingsord{number}"
        fields = {"title": f"Måling {number}", "body": f"Et {word} her.", "language": "nb", "parent_id": "0"}
        began = time.perf_counter()
        answer = client.post(new, data={**fields, "csrf_token": token[1], "publiser": "1"})
        saved.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 302, answer.status_code
        while not client.get("/api/v1/search", query_string={"q": word}).get_json()["total"]:
            time.sleep(0.01)
        found.append((time.perf_counter() - began) * 1000)
    _line("save of a new page", f"p50 {statistics.median(saved):.1f} ms, worst {max(saved):.1f} ms")
    _line("  until search finds it", f"p50 {statistics.median(found):.0f} ms, worst {max(found):.0f} ms")


def _report(name: str, result: Load) -> None:
    figures = f"{result.per_second:.0f} a second, p50 {result.p50:.1f} ms, p95 {result.p95:.1f} ms"
    _line(name, figures + (f", {result.failures} FAILED" if result.failures else ""))


def _line(name: str, figures: str) -> None:
    print(f"{name:<36} {figures}", flush=True)  # noqa: T201  this is a command


if __name__ == "__main__":
    main()
