"""Importing a folder: everything in once, what changed again, what cannot be is told and stops nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.core.authz import SYSTEM, Actor
from wiki.core.db import in_unit_of_work
from wiki.core.errors import Invalid
from wiki.transfer.contracts import Item, Outcome, Result
from wiki.transfer.service import BATCH, import_folder

pytestmark = pytest.mark.usefixtures("db")


class Shelf:
    """A sink that keeps items in memory."""

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}
        self.refused: set[str] = set()
        self.in_unit: set[bool] = set()

    def actor(self, email: str) -> Actor:
        return SYSTEM

    def begin(self, actor: Actor, space_slug: str, audience: str | None) -> None:
        """Nothing to aim at."""

    def save(self, item: Item, dry_run: bool) -> Outcome:
        self.in_unit.add(in_unit_of_work())
        if item.source_path in self.refused:
            raise Invalid(fields={"title": "Tittelen er tatt."})
        known = self.items.get(item.source_path)
        if known == item:
            return Outcome(Result.UNCHANGED)
        if not dry_run:
            self.items[item.source_path] = item
        return Outcome(Result.UPDATED if known else Result.NEW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, apart from the database of the test."""
    (tmp_path / "tekster").mkdir()
    return tmp_path / "tekster"


def fill(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def test_a_second_run_adds_nothing_and_takes_what_has_changed(folder: Path) -> None:
    shelf = Shelf()
    fill(folder, a="# A", b="# B")
    assert import_folder(folder, shelf).total == "2 new, 0 updated, 0 unchanged, 0 skipped"
    assert import_folder(folder, shelf).total == "0 new, 0 updated, 2 unchanged, 0 skipped"
    fill(folder, b="# B2", c="# C")
    assert import_folder(folder, shelf).total == "1 new, 1 updated, 1 unchanged, 0 skipped"
    assert [each.title for each in shelf.items.values()] == ["A", "B2", "C"]
    assert shelf.in_unit == {True}


def test_a_dry_run_says_the_same_and_changes_nothing(folder: Path) -> None:
    shelf = Shelf()
    fill(folder, a="# A", b="# B")
    assert import_folder(folder, shelf, dry_run=True).total == "2 new, 0 updated, 0 unchanged, 0 skipped"
    assert shelf.items == {}
    assert shelf.in_unit == {False}


def test_what_cannot_come_in_is_told_with_its_reason_and_stops_nothing(folder: Path) -> None:
    shelf = Shelf()
    shelf.refused = {"b.md"}
    fill(folder, a="# A", b="# B", c="# C")
    (folder / "x.pdf").write_bytes(b"%PDF")
    (folder / "latin.txt").write_bytes("blåbær".encode("latin-1"))
    report = import_folder(folder, shelf)
    assert report.total == "2 new, 0 updated, 0 unchanged, 3 skipped"
    assert report.skipped == [
        ("b.md", "Tittelen er tatt."),
        ("latin.txt", "not UTF-8"),
        ("x.pdf", "not Markdown or text"),
    ]


def test_two_files_whose_names_are_the_same_when_typed_alike(folder: Path) -> None:
    (folder / "\u00e5.md").write_text("# Én", encoding="utf-8")
    (folder / "a\u030a.md").write_text("# To", encoding="utf-8")
    if len(list(folder.iterdir())) < 2:
        pytest.skip("this file system keeps one of the two names")
    shelf = Shelf()
    report = import_folder(folder, shelf)
    assert report.skipped == [("å.md", "another file has the same name")]
    assert import_folder(folder, shelf).counts == {Result.UNCHANGED: 1, Result.SKIPPED: 1}


def test_the_manifest_describes_and_is_no_document(folder: Path) -> None:
    fill(folder, a="# A")
    (folder / "manifest.jsonl").write_text('{"path": "a.md", "title": "Fra lista"}\n', encoding="utf-8")
    shelf = Shelf()
    assert import_folder(folder, shelf).total == "1 new, 0 updated, 0 unchanged, 0 skipped"
    assert shelf.items["a.md"].title == "Fra lista"


def test_progress_counts_files_to_the_end(folder: Path) -> None:
    fill(folder, **{f"side{n}": "tekst" for n in range(BATCH + 1)})
    seen: list[tuple[int, int]] = []
    import_folder(folder, Shelf(), on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(BATCH, BATCH + 1), (BATCH + 1, BATCH + 1)]


def test_an_empty_folder_and_one_that_is_not_there(folder: Path) -> None:
    assert import_folder(folder, Shelf()).total == "0 new, 0 updated, 0 unchanged, 0 skipped"
    with pytest.raises(NotADirectoryError):
        import_folder(folder / "borte", Shelf())


names = st.sampled_from([f"side{number}" for number in range(8)])


@given(st.lists(st.dictionaries(names, st.sampled_from(["# En", "# To"])), min_size=1, max_size=4))
def test_the_shelf_is_the_union_of_the_runs_and_every_file_is_counted_once(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, str]]
) -> None:
    shelf, expected = Shelf(), dict[str, str]()
    for texts in runs:
        folder = fill(tmp_path_factory.mktemp("run"), **texts)
        counts = import_folder(folder, shelf).counts
        unchanged = sum(expected.get(name) == text for name, text in texts.items())
        assert counts[Result.UNCHANGED] == unchanged
        assert counts[Result.NEW] == len(texts.keys() - expected.keys())
        assert counts.total() == len(texts)
        expected |= texts
    assert {path.removesuffix(".md"): f"# {each.title}" for path, each in shelf.items.items()} == expected
