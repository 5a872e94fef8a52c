"""Tests mirror the rooms path for path, so that one finds the tests of a file without a search."""

from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, TESTS, TOP, rooms

# Not about one room: whole journeys, a real browser, speed, how good the search is, and what builds test data.
ACROSS = frozenset({"architecture", "journeys", "browser", "load", "relevance", "factories", "__pycache__"})


def test_every_room_has_tests() -> None:
    with_tests = {path.parent.name for path in TESTS.glob("*/**/test_*.py")}
    assert set(rooms()) - with_tests == set()


def test_every_folder_of_tests_belongs_to_a_room() -> None:
    folders = {path.name for path in TESTS.iterdir() if path.is_dir()}
    assert folders - ACROSS - set(rooms()) == set()


@pytest.mark.parametrize("room", sorted(set(rooms()) - TOP))
def test_tests_are_named_after_what_they_test(room: str) -> None:
    """tests/documents/test_service.py, or test_service_moving.py when one file would be too long."""
    strangers = [
        str(path.relative_to(TESTS))
        for path in (TESTS / room).rglob("test_*.py")
        if not _has_subject(path.stem.removeprefix("test_"), PACKAGE / room)
    ]
    assert strangers == []


def _has_subject(name: str, folder: Path) -> bool:
    subjects = [path.stem for path in folder.rglob("*") if path.suffix == ".py" or path.is_dir()]
    return any(name == subject or name.startswith(f"{subject}_") for subject in subjects)
