"""What every back end must hold, whatever the index lies in. Each test runs on all of them."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.examples import Make, ask, document, filled, found, numbers
from wiki.search.contracts import IndexDocument, SearchBackend

KINDS = ["memory", "whoosh"]
# Far apart in spelling and meaning, so that finding one is never finding another.
WORDS = ["kommune", "bibliotek", "samtykke", "arkivplan", "grunnmur", "vinterdrift"]
RINGS = ["public", "networks", "network:1", "municipality:4601", "space:7:reader", "user:12"]


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes a filled back end."""

    def fill(documents: Iterable[IndexDocument]) -> SearchBackend:
        return filled(request.param, tmp_path / "index", documents)

    return fill


def test_words_of_title_text_headings_and_tags_are_found(make: Make) -> None:
    backend = make([document(1, "Årshjul", "Om budsjett.", headings=["Mandat"], tags=["beredskap"])])
    assert [found(backend, word) for word in ("årshjul", "budsjett", "mandat", "beredskap")] == [[1]] * 4
    assert found(backend, "sykehus") == []


def test_the_title_counts_more_than_the_text(make: Make) -> None:
    backend = make([document(1, "Noe", "Litt om samtykke."), document(2, "Samtykke", "Litt om noe.")])
    assert found(backend, "samtykke") == [2, 1]


def test_the_word_comes_before_the_compound_that_holds_it(make: Make) -> None:
    backend = make([document(1, "Risikovurdering"), document(2, "Vurdering")])
    assert found(backend, "vurdering") == [2, 1]


def test_bokmaal_and_nynorsk_find_each_other(make: Make) -> None:
    backend = make([document(1, "Handsaming av sikkerheit i verksemda"), document(2, "Tjenester for innbyggere")])
    assert found(backend, "behandling") == found(backend, "virksomheter") == [1]
    assert found(backend, "tenestene") == [2]


def test_english_and_abbreviations_find_norwegian(make: Make) -> None:
    backend = make([document(1, "Personvern i skolen"), document(2, "Personvernkonsekvensvurdering av Teams")])
    assert 1 in found(backend, "privacy")
    assert found(backend, "DPIA")[0] == 2


def test_english_words_are_not_taken_for_norwegian_ones(make: Make) -> None:
    backend = make([document(1, "Slette dokumenter"), document(2, "Deler av planen")])
    assert found(backend, "deler") == [2]
    assert 1 in found(backend, "delete")
    assert found(backend, "user journeys") == []


def test_documents_with_every_word_come_first(make: Make) -> None:
    backend = make([document(1, "Skole"), document(2, "Kart"), document(3, "Skole og kart")])
    assert found(backend, "kart skole")[0] == 3


def test_a_phrase_is_found_exactly_as_written(make: Make) -> None:
    documents = [document(1, "Felles journal"), document(2, "Journal, felles"), document(3, "Felles journaler")]
    backend = make([*documents, document(4, "Felles", "journal")])
    assert found(backend, '"felles journal"') == [1]
    assert found(backend, '"journaler"') == [3]


def test_minus_takes_away(make: Make) -> None:
    backend = make([document(1, "Skole og kart"), document(2, "Skoler"), document(3, "Felles kart", "skole")])
    assert set(found(backend, "skole -kart")) == {2}
    assert set(found(backend, 'skole -"felles kart"')) == {1, 2}


def test_the_last_word_may_be_half_typed_when_asked_for(make: Make) -> None:
    backend = make([document(1, "Beredskapsplan"), document(2, "Kart")])
    assert found(backend, "bereds", prefix=True) == [1]


def test_a_misspelling_is_understood_and_the_right_word_offered(make: Make) -> None:
    backend = make([document(1, "Maskinporten", "Maskinporten i drift")])
    page = ask(backend, "maskinprten drift")
    assert numbers(page) == [1]
    assert page.suggestion == "maskinporten drift"


def test_nothing_is_suggested_from_what_may_not_be_read(make: Make) -> None:
    backend = make([document(1, "Maskinporten", tokens=frozenset({"space:7:reader"})), document(2, "Kart")])
    page = ask(backend, "maskinprten")
    assert (page.total, page.suggestion, page.hits) == (0, None, ())
    assert ask(backend, "maskinpor", prefix=True).total == 0


def test_only_stop_words_are_searched_as_words(make: Make) -> None:
    backend = make([document(1, "Å være eller ikke"), document(2, "Kart")])
    assert found(backend, "eller") == [1]


def test_facets_count_and_narrow(make: Make) -> None:
    backend = make(
        [
            document(1, "Skole", kind="page", space_slug="a", space_name="A", language="nb"),
            document(2, "Skole", kind="minutes", space_slug="a", space_name="A", language="nn"),
            document(3, "Skole", kind="minutes", space_slug="b", space_name="B", municipality="4601"),
        ]
    )
    page = ask(backend, "skole", kind="minutes")
    assert set(numbers(page)) == {2, 3}
    assert [(value.value, value.count) for value in page.facets.kind] == [("minutes", 2), ("page", 1)]
    assert [(value.label, value.count) for value in page.facets.space] == [("A", 1), ("B", 1)]
    assert [value.value for value in page.facets.municipality] == ["4601"]
    assert numbers(ask(backend, "skole", kind="minutes", space="b")) == [3]
    assert ask(backend, "skole", kind="unknown").total == 0


def test_copies_are_put_together_and_paged_by_rows(make: Make) -> None:
    text = " ".join(f"ord{number}" for number in range(100))
    copies = [document(number, "Skole", text) for number in range(1, 8)]
    hidden = [document(number, "Skole", text, tokens=frozenset({"user:1"})) for number in range(8, 12)]
    backend = make([*copies, *hidden, *(document(number, "Skole", f"Noe {number}.") for number in range(12, 20))])
    pages = [ask(backend, "skole", grouped=True, limit=4, offset=offset) for offset in range(0, 12, 4)]
    assert {(page.total, page.rows) for page in pages} == {(15, 9)}
    leading = [number for page in pages for number in numbers(page)]
    folded = [other.thing_id for page in pages for hit in page.hits for other in hit.similar]
    assert sorted(leading + folded) == [*range(1, 8), *range(12, 20)]
    assert ask(backend, "skole").rows == 15


def test_pages_together_are_all_hits_once(make: Make) -> None:
    backend = make([document(number, "Skole") for number in range(1, 24)])
    pages = [ask(backend, "skole", limit=5, offset=offset) for offset in range(0, 30, 5)]
    assert sorted(number for page in pages for number in numbers(page)) == list(range(1, 24))
    assert {page.total for page in pages} == {23}


def test_a_saved_document_takes_the_place_of_the_old(make: Make) -> None:
    backend = make([document(1, "Skole"), document(2, "Kart")])
    backend.index([document(1, "Bibliotek"), document(3, "Skole")])
    assert found(backend, "skole") == [3]
    assert found(backend, "bibliotek") == [1]
    assert backend.stats().documents == 3


def test_a_deleted_document_is_gone_and_an_unknown_key_no_error(make: Make) -> None:
    backend = make([document(1, "Skole"), document(2, "Skole")])
    backend.delete(["document:1", "document:99"])
    assert found(backend, "skole") == [2]


def test_a_hit_says_what_is_shown_of_it(make: Make) -> None:
    shown = document(
        1,
        "Skole",
        space_slug="a",
        space_name="Rom A",
        municipality="4601",
        municipality_name="Bergen",
        source_path="a.md",
    )
    (hit,) = ask(make([shown]), "skole").hits
    assert (hit.title, hit.kind, hit.space_name, hit.municipality_name) == ("Skole", "page", "Rom A", "Bergen")
    assert (hit.url, hit.source_path, hit.updated_at) == ("/s/rom/1", "a.md", shown.updated_at)
    assert hit.score > 0


def test_whoever_owns_the_machine_reads_everything(make: Make) -> None:
    backend = make([document(1, "Skole", tokens=frozenset({"user:12"})), document(2, "Skole", tokens=frozenset())])
    assert found(backend, "skole") == []
    assert set(found(backend, "skole", None)) == {1, 2}


def test_either_of_two_words_will_do(make: Make) -> None:
    backend = make(
        [document(1, "Skole"), document(2, "Barnehage"), document(3, "Bibliotek"), document(4, "Skole kart")]
    )
    assert set(found(backend, "skole ELLER barnehage")) == {1, 2, 4}
    assert set(found(backend, 'barnehage OR "skole kart"')) == {2, 4}
    assert found(backend, "skole OR barnehage kart")[0] == 4


def test_filters_in_the_query_narrow(make: Make) -> None:
    mal = {"kind": "form_template", "owner": "Personvernombud", "tags": ["Skole", "felles løsning"], "language": "nn"}
    bergen = {"space_slug": "pv", "space_name": "Personvern og skole", "municipality": "4601"}
    year = {"updated_at": datetime(2024, 2, 1, tzinfo=UTC)}
    backend = make(
        [
            document(1, "Kart", **mal),
            document(2, "Kart", municipality_name="Bergen", **bergen),
            document(3, "Kart", **year),
        ]
    )
    for text, expected in {
        "type:mal kart": {1},
        "kind:form_template": {1},
        "kart -type:mal": {2, 3},
        "eier:personvern": {1},
        "merke:skole": {1},
        'merke:"Felles løsning"': {1},
        "merke:felles": set(),
        "språk:nynorsk": {1},
        "språk:nb": {2, 3},
        "rom:pv": {2},
        'rom:"personvern skole"': {2},
        "kommune:Bergen": {2},
        "kommune:4601": {2},
        "år:2024": {3},
        "år:2020-2024": {3},
        "år:2025-": {1, 2},
        "år:-2024": {3},
        "år:snart": set(),
        "type:mal år:2024": set(),
        "år:2024 år:2026": {1, 2, 3},
        "type:mal sykehus": set(),
    }.items():
        assert set(found(backend, text)) == expected, text


def test_filters_count_only_what_may_be_read(make: Make) -> None:
    backend = make(
        [document(1, "Kart", kind="minutes"), document(2, "Kart", kind="minutes", tokens=frozenset({"user:1"}))]
    )
    page = ask(backend, "type:referat")
    assert (numbers(page), page.total, [value.count for value in page.facets.kind]) == ([1], 1, [1])


def test_words_that_stand_together_come_before_words_far_apart(make: Make) -> None:
    between = " ".join(f"ord{number}" for number in range(40))
    apart, together = f"arkivplan {between} samtykke", f"{between} samtykke arkivplan"
    backend = make([document(1, "Noe", apart), document(2, "Noe", together), document(3, "Noe", "arkivplan")])
    assert found(backend, "arkivplan samtykke") == [2, 1, 3]


def test_a_phrase_in_the_title_comes_first(make: Make) -> None:
    backend = make([document(1, "Noe", "Om felles journal."), document(2, "Felles journal", "Noe.")])
    assert found(backend, '"felles journal"') == [2, 1]


def test_no_phrase_runs_from_one_text_into_the_next(make: Make) -> None:
    backend = make([document(1, "Felles", "journal", headings=["kart", "plan"], tags=["bok", "hylle"])])
    assert [found(backend, f'"{text}"') for text in ("felles journal", "felles kart", "kart plan", "bok hylle")] == [
        []
    ] * 4


def test_what_one_asks_for_lifts_its_kind(make: Make) -> None:
    backend = make([document(1, "Mal for personvern"), document(2, "Personvern", kind="form_template")])
    assert set(found(backend, "personvern mal")) == {1, 2}
    backend = make([document(1, "Personvern"), document(2, "Personvern", kind="form_template")])
    assert found(backend, "mal personvern") == [2, 1]
    assert found(backend, "personvern referat") != []


def test_published_comes_before_drafts_and_new_minutes_before_old(make: Make) -> None:
    old, new = (datetime(year, 1, 1, tzinfo=UTC) for year in (2019, 2026))
    backend = make(
        [
            document(1, "Beredskap", published=False),
            document(2, "Beredskap", kind="minutes", updated_at=old),
            document(3, "Beredskap", kind="minutes", updated_at=new),
        ]
    )
    assert found(backend, "beredskap") == [3, 2, 1]


def test_nothing_typed_is_an_error(make: Make) -> None:
    backend = make([document(1, "Skole")])
    for text in (
        '"',
        "-",
        "*",
        "skole AND (",
        "OR",
        "type:",
        "år:-",
        "rom:*",
        "-kommune:",
        "skole | -type:",
        "tittel:skole",
        "\x00",
        "skole " * 500,
        "’",
        '-"skole"',
        "a" * 5000,
    ):
        ask(backend, text)


_documents = st.lists(
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        st.lists(st.sampled_from(WORDS), max_size=6),
        st.frozensets(st.sampled_from(RINGS), max_size=3),
    ),
    max_size=12,
)
_readers = st.frozensets(st.sampled_from(RINGS), max_size=4)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(_documents, _readers, st.sampled_from(WORDS))
def test_the_result_is_what_matches_and_may_be_read(
    kind: str, texts: list[tuple[list[str], list[str], frozenset[str]]], reader: frozenset[str], word: str
) -> None:
    documents = _made(texts)
    with tempfile.TemporaryDirectory() as folder:
        backend = filled(kind, Path(folder), documents)
        page = ask(backend, word, reader)
        readable = {d.thing_id: d for d in documents if d.tokens & reader}
        assert set(numbers(page)) == {n for n, d in readable.items() if word in f"{d.title} {d.body}".split()}
        assert page.total == len(page.hits)
        assert sum(value.count for value in page.facets.kind) == page.total
        phrase = ask(backend, f'"{word} kommune"', reader)
        holding = {n for n, d in readable.items() if any(f"{word} kommune" in text for text in (d.title, d.body))}
        assert set(numbers(phrase)) == holding


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(
    _documents,
    _readers,
    st.lists(st.sampled_from([*WORDS, "komune", "samtyk", "OR", "type:page", "-type:minutes"]), max_size=3),
)
def test_unreadable_documents_change_nothing(
    kind: str, texts: list[tuple[list[str], list[str], frozenset[str]]], reader: frozenset[str], words: list[str]
) -> None:
    """Not the order, not a score, not a count, not a suggestion."""
    documents = _made(texts)
    readable = [d for d in documents if d.tokens & reader]
    with tempfile.TemporaryDirectory() as all_of_them, tempfile.TemporaryDirectory() as only_readable:
        with_others = filled(kind, Path(all_of_them), documents)
        alone = filled(kind, Path(only_readable), readable)
        assert ask(with_others, " ".join(words), reader) == ask(alone, " ".join(words), reader)


@settings(max_examples=25)
@given(
    _documents,
    _readers,
    st.lists(st.sampled_from([*WORDS, "komune", '"kommune"', "-samtykke", "OR", "type:page"]), max_size=4),
)
def test_all_back_ends_answer_alike(
    texts: list[tuple[list[str], list[str], frozenset[str]]], reader: frozenset[str], words: list[str]
) -> None:
    documents = _made(texts)
    with tempfile.TemporaryDirectory() as folder:
        answers = [ask(filled(kind, Path(folder) / kind, documents), " ".join(words), reader) for kind in KINDS]
    first, second = (replace(page, hits=()) for page in answers)
    assert first == second
    assert [(hit.key, round(hit.score, 3)) for hit in answers[0].hits] == [
        (hit.key, round(hit.score, 3)) for hit in answers[1].hits
    ]


def _made(texts: list[tuple[list[str], list[str], frozenset[str]]]) -> list[IndexDocument]:
    return [
        document(number, " ".join(title), " ".join(body), tokens=tokens, kind=("page", "minutes")[number % 2])
        for number, (title, body, tokens) in enumerate(texts, start=1)
    ]
