"""What is typed is taken apart, and nothing typed is an error."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.search.parsing import MAX_WORDS, ParsedQuery, parse


def test_words_phrases_and_what_must_not_be_there() -> None:
    assert parse('Personvern "digital Post" -skole -"felles kart"') == ParsedQuery(
        words=("personvern",), phrases=(("digital", "post"),), not_words=("skole",), not_phrases=(("felles", "kart"),)
    )


def test_norwegian_quotation_marks_count() -> None:
    assert parse("«felles journal»").phrases == (("felles", "journal"),)


def test_an_open_quotation_mark_ends_with_the_query() -> None:
    assert parse('"felles journal').phrases == (("felles", "journal"),)


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse("e-post ROS-analyse") == ParsedQuery(words=("e-post", "ros-analyse"))


def test_a_hyphen_that_stands_for_half_a_compound_excludes_nothing() -> None:
    assert parse("helselover og -forskrifter") == ParsedQuery(words=("helselover", "og", "forskrifter"))


def test_only_signs_ask_for_nothing() -> None:
    for text in ("", "   ", "-", '""', '-""', "***", "- -", '"', "-skole"):
        assert parse(text).is_empty


def test_a_pasted_page_is_cut() -> None:
    assert len(parse("ord " * 10 + " ".join(f"ord{n}" for n in range(500))).words) <= MAX_WORDS


@given(st.text())
def test_nothing_typed_is_an_error(text: str) -> None:
    parsed = parse(text)
    assert all(word == word.strip() and word for word in parsed.words + parsed.not_words)
    assert all(phrase for phrase in parsed.phrases + parsed.not_phrases)
