"""`fagrom import folder`: into the documents of a space, as it is run from a shell."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from tests.factories import identity as people
from tests.factories.spaces import seat, space
from wiki.core.db import db as database
from wiki.documents.models import Document
from wiki.identity.models import Person
from wiki.transfer.cli import import_group

pytestmark = pytest.mark.usefixtures("db")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
Run = Callable[..., Result]


@pytest.fixture
def members() -> dict[str, Person]:
    """A space `gruppe` with an editor and a member."""
    made = space(people.network("vest", "4601"), name="Gruppe")
    found = {"editor": people.person(email="redaktor@example.no"), "member": people.person(email="medlem@example.no")}
    for role, person in found.items():
        seat(made, person, role)
    return found


@pytest.fixture
def run(app: Flask, runner: FlaskCliRunner, members: dict[str, Person], folder: Path) -> Run:
    """Import the folder into the space, with more arguments."""

    def invoke(*arguments: str, source: Path = folder, to: str = "gruppe") -> Result:
        return runner.invoke(import_group, ["folder", str(source), "--space", to, *arguments], obj=app)

    return invoke


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts and a picture."""
    made = tmp_path / "tekster"
    (made / "mappe").mkdir(parents=True)
    (made / "a.md").write_text("---\ntags: [ros]\nlang: nn\n---\n# Første\n\nTekst\n", encoding="utf-8")
    (made / "mappe" / "b.txt").write_text("Bare tekst", encoding="utf-8")
    (made / "c.png").write_bytes(b"\x89PNG")
    return made


def imported() -> list[Document]:
    return list(
        database.session.scalars(select(Document).where(Document.source_path.is_not(None)).order_by(Document.id))
    )


def last_line(result: Result) -> str:
    return result.stdout.splitlines()[-1]


def test_texts_come_in_once_and_what_is_skipped_is_told(run: Run) -> None:
    first = run()
    assert first.exit_code == 0
    assert first.stdout.splitlines() == [
        "skipped c.png: not Markdown or text",
        "2 new, 0 updated, 0 unchanged, 1 skipped",
    ]
    one, two = imported()
    assert (one.title, one.source_path, one.language) == ("Første", "a.md", "nn")
    assert [tag.name for tag in one.tags] == ["ros"]
    assert (two.title, two.source_path) == ("B", "mappe/b.txt")
    assert one.published_id is not None
    assert last_line(run()) == "0 new, 0 updated, 2 unchanged, 1 skipped"
    assert len(imported()) == 2


def test_a_changed_text_is_updated_in_place(run: Run, folder: Path) -> None:
    run()
    (folder / "a.md").write_text("# Første, ny\n\nAnnet\n", encoding="utf-8")
    assert last_line(run()) == "0 new, 1 updated, 1 unchanged, 1 skipped"
    assert [document.title for document in imported()] == ["Første, ny", "B"]


def test_a_dry_run_changes_nothing(run: Run) -> None:
    assert last_line(run("--dry-run")) == "2 new, 0 updated, 0 unchanged, 1 skipped"
    assert imported() == []


def test_the_audience_is_the_one_asked_for(run: Run) -> None:
    run("--audience", "public")
    assert {document.ring for document in imported()} == {"public"}


def test_the_sum_as_json(run: Run) -> None:
    facts = json.loads(run("--json").stdout)
    assert facts == {
        "new": 2,
        "updated": 0,
        "unchanged": 0,
        "skipped": 1,
        "reasons": [{"path": "c.png", "reason": "not Markdown or text"}],
    }


def test_in_the_name_of_somebody_with_their_rights(run: Run, members: dict[str, Person]) -> None:
    refused = run("--as", "medlem@example.no")
    assert (refused.exit_code, imported()) == (1, [])
    assert run("--as", "redaktor@example.no").exit_code == 0
    assert {document.created_by_id for document in imported()} == {members["editor"].id}


@pytest.mark.parametrize(
    ("arguments", "to", "words"),
    [
        ([], "finnes-ikke", "there is no space 'finnes-ikke'"),
        (["--as", "ingen@example.no"], "gruppe", "nobody has the e-mail address 'ingen@example.no'"),
        (["--audience", "alle"], "gruppe", "'alle' is not one of"),
        (["--audience", "municipality"], "gruppe", "Rommet hører ikke til en kommune"),
    ],
)
def test_a_wrong_argument_ends_with_2_and_its_reason(run: Run, arguments: list[str], to: str, words: str) -> None:
    answer = run(*arguments, to=to)
    assert (answer.exit_code, words in answer.output) == (2, True)
    assert imported() == []


def test_a_folder_that_is_not_there_ends_with_2(run: Run, tmp_path: Path) -> None:
    for source in (tmp_path / "borte", tmp_path / "fagrom.sqlite3"):
        assert run(source=source).exit_code == 2


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not on this machine")
def test_every_document_of_the_corpus_comes_in_and_a_second_run_adds_none(run: Run) -> None:
    texts = [path for path in CORPUS.rglob("*") if path.suffix in (".md", ".txt")]
    first, second = run(source=CORPUS), run(source=CORPUS)
    skipped = len(first.stdout.splitlines()) - 1
    assert last_line(first) == f"{len(texts)} new, 0 updated, 0 unchanged, {skipped} skipped"
    assert last_line(second) == f"0 new, 0 updated, {len(texts)} unchanged, {skipped} skipped"
    count = select(func.count()).select_from(Document).where(Document.source_path.is_not(None))
    assert database.session.scalar(count) == len(texts)
    paths = set(database.session.scalars(select(Document.source_path)))
    assert {path.relative_to(CORPUS).as_posix() for path in texts} <= paths
