"""What only an index in a folder must hold: other processes see commits, and damage shows as `IndexBroken`."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.search.examples import document, filled, found
from wiki.search.backends.whoosh import WhooshBackend
from wiki.search.backends.whoosh.backend import MOST_SEGMENTS
from wiki.search.contracts import IndexBroken, IndexDocument


def _index_folder(folder: Path) -> Path:
    return max(folder.glob("index-*"))


def test_a_commit_is_seen_by_another_process(tmp_path: Path) -> None:
    writer, reader = filled("whoosh", tmp_path, [document(1, "Skole")]), WhooshBackend(tmp_path)
    assert found(reader, "kart") == []
    writer.index([document(2, "Kart")])
    assert found(reader, "kart") == [2]
    writer.delete(["document:2"])
    assert found(reader, "kart") == []


def test_words_learnt_from_titles_are_kept_for_other_processes(tmp_path: Path) -> None:
    writer = filled("whoosh", tmp_path, [document(1, "Skole")])
    writer.index([document(2, "Fjord"), document(3, "Ferge")])
    other = WhooshBackend(tmp_path)
    other.index([document(4, "Fjordferge")])
    assert set(found(other, "ferge")) == {3, 4}


def test_the_old_index_answers_until_the_new_one_is_done(tmp_path: Path) -> None:
    backend = filled("whoosh", tmp_path, [document(1, "Skole")])
    begun, go_on = Event(), Event()

    def slowly() -> Iterator[IndexDocument]:
        begun.set()
        assert go_on.wait(10)
        yield document(2, "Skole")

    thread = Thread(target=lambda: backend.rebuild(slowly))
    thread.start()
    assert begun.wait(10)
    assert found(backend, "skole") == [1]
    go_on.set()
    thread.join()
    assert found(backend, "skole") == [2]


def test_only_the_last_two_generations_are_kept(tmp_path: Path) -> None:
    backend = filled("whoosh", tmp_path, [document(1, "Skole")])
    for number in range(2, 6):
        backend.rebuild(lambda number=number: [document(number, "Skole")])  # type: ignore[misc]
    assert len(list(tmp_path.glob("index-*"))) == 2
    assert found(backend, "skole") == [5]


def test_many_small_saves_do_not_leave_many_segments(tmp_path: Path) -> None:
    backend = filled("whoosh", tmp_path, [document(1, "Skole")])
    for number in range(2, 30):
        backend.index([document(number, "Skole")])
        assert backend.stats().segments <= MOST_SEGMENTS
    assert len(found(backend, "skole")) == 29


def test_a_failed_write_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    backend = filled("whoosh", tmp_path, [document(1, "Skole")])
    with pytest.raises(AttributeError):
        backend.index([document(2, "Skole"), None])  # type: ignore[list-item]
    assert found(backend, "skole") == [1]
    backend.index([document(3, "Skole")])
    assert set(found(backend, "skole")) == {1, 3}


def test_no_index_is_a_broken_index(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken):
        found(WhooshBackend(tmp_path / "nothing"), "skole")


def test_an_index_taken_away_is_noticed_and_can_be_made_again(tmp_path: Path) -> None:
    backend = filled("whoosh", tmp_path, [document(1, "Skole")])
    shutil.rmtree(tmp_path)
    with pytest.raises(IndexBroken):
        found(backend, "skole")
    backend.rebuild(lambda: [document(2, "Skole")])
    assert found(backend, "skole") == [2]


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh does not close a file that it fails to read
@pytest.mark.parametrize("damage", ["cut", "garbage", "gone"])
def test_damage_to_any_file_is_a_broken_index_or_none_at_all(tmp_path: Path, damage: str) -> None:
    filled("whoosh", tmp_path / "whole", [document(number, "Skole", "Kart og plan") for number in range(1, 30)])
    names = [path.name for path in _index_folder(tmp_path / "whole").iterdir() if path.stat().st_size]
    for name in names:
        shutil.copytree(tmp_path / "whole", tmp_path / name)
        file = _index_folder(tmp_path / name) / name
        if damage == "gone":
            file.unlink()
        else:
            half = file.read_bytes()[: file.stat().st_size // 2]
            file.write_bytes(half if damage == "cut" else half[::-1] + b"\x00garbage")
        try:
            assert len(found(WhooshBackend(tmp_path / name), "skole")) == 29
        except IndexBroken:
            continue
    gc.collect()


def test_a_state_of_another_version_is_broken(tmp_path: Path) -> None:
    backend = filled("whoosh", tmp_path, [document(1, "Skole")])
    (tmp_path / "state.json").write_text('{"version": 0, "generation": 1, "commit": 0, "rebuilt_with": 1}')
    with pytest.raises(IndexBroken):
        found(backend, "skole")
