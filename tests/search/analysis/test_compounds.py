"""How compounds come apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.search.analysis.compounds import Lexicon

SPLIT = {
    "risikovurdering": {"risiko", "vurdering"},
    "risikovurderingene": {"risiko", "vurderingene"},
    "personvernkonsekvensvurdering": {"personvern", "konsekvens", "vurdering"},
    "informasjonssikkerhet": {"informasjon", "sikkerhet"},
    "møtereferat": {"møte", "referat"},
    "tenesteutvikling": {"tjeneste", "utvikling"},
}
WHOLE = ["utviklingen", "gjennomføres", "kommuneloven", "personopplysningsloven", "vurderinger", "sikkerhet", "abc", ""]


@pytest.mark.parametrize(("word", "parts"), SPLIT.items())
def test_a_compound_gives_its_parts(word: str, parts: set[str]) -> None:
    assert parts <= set(Lexicon().parts(word))


@pytest.mark.parametrize("word", WHOLE)
def test_a_simple_word_or_a_law_stays_whole(word: str) -> None:
    assert Lexicon().parts(word) == ()


def test_the_words_of_the_wiki_are_parts() -> None:
    assert Lexicon().parts("fjordbåtferge") == ()
    assert set(Lexicon(["fjord", "ferge"]).parts("fjordbåtferge")) == {"fjord", "båt", "ferge"}


def test_growing_tells_what_is_new() -> None:
    lexicon = Lexicon()
    assert lexicon.add(["fjord", "og", "abc"]) == {"fjord"}
    assert lexicon.add(["fjord"]) == set()
    assert "fjord" in set(lexicon)


@given(st.text(alphabet="abcdefghijklmnoprstuvyæøå", max_size=60))
def test_parts_lie_inside_the_word(word: str) -> None:
    from wiki.search.analysis.norwegian import fold

    assert all(part in fold(word) and part != fold(word) for part in Lexicon(["abba", "rosa"]).parts(word))
