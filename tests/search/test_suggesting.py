"""Suggestions while one types, on every back end."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.examples import PUBLIC, document, filled
from wiki.search.contracts import IndexDocument, SearchBackend, Suggestions

KINDS = ["memory", "whoosh"]


@pytest.fixture(params=KINDS)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> SearchBackend:
    """Some titles and tags, one of them hidden."""
    return filled(
        request.param,
        tmp_path,
        [
            document(1, "Felles plan for beredskap", tags=["Beredskap"]),
            document(2, "Beredskap", published=False),
            document(3, "Beredskapsplan for skoler", tags=["Skole", "beredskap"]),
            document(4, "Beredskap i hemmelighet", tokens=frozenset({"user:12"}), tags=["Beredskapsøvelse"]),
            document(5, "ROS-analyse av e-post"),
        ],
    )


def _titles(found: Suggestions) -> list[int]:
    return [hit.thing_id for hit in found.titles]


def test_titles_that_begin_so_come_first_and_published_before_drafts(backend: SearchBackend) -> None:
    assert _titles(backend.suggest("bereds", 8, PUBLIC)) == [3, 2, 1]


def test_each_word_may_be_half_typed_in_any_order(backend: SearchBackend) -> None:
    assert _titles(backend.suggest("plan fel", 8, PUBLIC)) == [1]
    assert _titles(backend.suggest("ros-an post", 8, PUBLIC)) == [5]
    assert backend.suggest("plan sykehus", 8, PUBLIC) == Suggestions()


def test_tags_are_suggested_as_the_reader_may_see_them(backend: SearchBackend) -> None:
    assert backend.suggest("bereds", 8, PUBLIC).tags == ("Beredskap", "beredskap")
    assert backend.suggest("bereds", 8, frozenset({"user:12"})).tags == ("Beredskapsøvelse",)


def test_no_more_than_asked_for(backend: SearchBackend) -> None:
    found = backend.suggest("bereds", 3, PUBLIC)
    assert len(found.titles) + len(found.tags) == 3


def test_odd_input_suggests_nothing(backend: SearchBackend) -> None:
    for text in ("", " ", "b", '"', "-", "\x00", "type:", "🙂" * 400):
        assert backend.suggest(text, 8, PUBLIC) == Suggestions()


def test_what_is_saved_later_is_suggested_and_what_is_deleted_is_not(backend: SearchBackend) -> None:
    backend.index([document(6, "Beredskapsråd")])
    backend.delete(["document:3"])
    assert _titles(backend.suggest("beredskaps", 8, PUBLIC)) == [6]


_titles_of = st.lists(st.sampled_from(["Kart", "Kartlegging", "Skolekart", "Plan for kart"]), min_size=1, max_size=6)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(_titles_of, st.data())
def test_unreadable_documents_change_nothing(kind: str, titles: list[str], data: st.DataObject) -> None:
    rings = data.draw(st.lists(st.sampled_from(["public", "user:1"]), min_size=len(titles), max_size=len(titles)))
    made: list[IndexDocument] = [
        document(number, title, tags=[f"kart {ring}"], tokens=frozenset({ring}))
        for number, (title, ring) in enumerate(zip(titles, rings, strict=True))
    ]
    with tempfile.TemporaryDirectory() as every, tempfile.TemporaryDirectory() as some:
        with_others = filled(kind, Path(every), made)
        alone = filled(kind, Path(some), [one for one in made if one.tokens & PUBLIC])
        assert with_others.suggest("kart", 8, PUBLIC) == alone.suggest("kart", 8, PUBLIC)
