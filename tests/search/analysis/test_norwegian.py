"""Which words must meet in one key, and which must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.search.analysis.norwegian import ascii_variant, fold, is_stop_word, key

SAME = [
    "kommune kommuner kommunene kommunar kommunane",
    "vurdering vurderinger vurderingar vurderingane",
    "sikkerhet sikkerheit sikkerheten tryggleik",
    "behandling handsaming handsaminga",
    "eier eiere eigar eigarar",
    "leder ledere lederne leiar leiarar leiarane",
    "bruker brukere brukerne brukar brukarar brukarane",
    "virksomhet virksomheten verksemd verksemder verksemdene",
    "tjeneste tjenester teneste tenestene",
    "ansatt ansatte tilsett tilsette",
    "skole skolen skular skulane",
    "høring høringen høyring høyringar",
    "oppgave oppgaver oppgåve oppgåver",
    "veiledning rettleiing vegleiing",
    "ikke ikkje",
    "fastlege fastlegen fastlegene fastlegar",
    "referat referatet referata",
]
APART = [
    ("kommune", "kommuneloven"),
    ("personopplysning", "personopplysningsloven"),
    ("fastlege", "fast"),
    ("møte", "måte"),
    ("plan", "plante"),
    ("35", "36"),
]


@pytest.mark.parametrize("words", SAME)
def test_forms_of_one_word_meet(words: str) -> None:
    assert len({key(word) for word in words.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_forms_of_a_law_meet() -> None:
    assert key("kommuneloven") == key("kommunelov") == key("kommunelova")


def test_numbers_and_names_with_digits_are_their_own_key() -> None:
    assert key("2024/118") == "2024/118"
    assert key("2fa") == "2fa"


def test_letters_typed_as_two_are_understood() -> None:
    assert ascii_variant("naeringsloeyve") == "næringsløyve"
    assert ascii_variant("møte") is None


def test_stop_words_are_known_in_both_languages() -> None:
    assert is_stop_word("ikkje")
    assert is_stop_word("hvordan")
    assert not is_stop_word("kommune")


@given(st.text(max_size=40))
def test_any_word_has_a_key(word: str) -> None:
    assert isinstance(key(word.lower()), str)
    assert isinstance(fold(word.lower()), str)
