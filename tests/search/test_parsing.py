"""What is typed is taken apart, and nothing typed is an error."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.search.filters import FIELD_NAMES, Filter
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


def test_or_in_capitals_joins_its_neighbours() -> None:
    assert parse("skole ELLER barnehage mal") == ParsedQuery(words=("mal",), either=(("skole", "barnehage"),))
    assert parse('"felles kart" | skole OR sfo').either == ((("felles", "kart"), "skole", "sfo"),)
    assert parse("skole eller barnehage").words == ("skole", "eller", "barnehage")


def test_an_or_without_neighbours_says_nothing() -> None:
    assert parse("OR").is_empty
    assert parse("skole OR") == parse("OR skole") == parse("skole AND") == ParsedQuery(words=("skole",))
    assert parse("skole OR -kart") == ParsedQuery(words=("skole",), not_words=("kart",))


def test_fields_are_known_in_three_languages() -> None:
    for name in ("eier", "eigar", "owner", "Eier"):
        assert parse(f"{name}:personvernombud").filters == (Filter("owner", "personvernombud"),)
    assert parse('rom:"Personvern og  skole" -type:referat') == ParsedQuery(
        filters=(Filter("space", "personvern og skole"), Filter("kind", "referat", negative=True))
    )


def test_what_is_no_field_is_words() -> None:
    assert parse("tittel:skole").words == ("tittel", "skole")
    assert parse("type: mal").words == ("type", "mal")
    assert parse("https://skole.no").words == ("https", "skole", "no")
    assert parse("type::").words == ("type",)


def test_only_excluding_filters_ask_for_nothing() -> None:
    assert parse("-type:mal").is_empty
    assert not parse("type:mal").is_empty


def test_a_pasted_page_is_cut() -> None:
    assert len(parse("ord " * 10 + " ".join(f"ord{n}" for n in range(500))).words) <= MAX_WORDS


@given(st.text())
def test_nothing_typed_is_an_error(text: str) -> None:
    parsed = parse(text)
    assert all(word == word.strip() and word for word in parsed.words + parsed.not_words)
    assert all(phrase for phrase in parsed.phrases + parsed.not_phrases)


_clauses = st.sampled_from(
    ["skole", '"felles kart"', "-sfo", "OR", "ELLER", "AND", "|", "type:mal", "-år:2024", ":", '"']
)


@given(st.lists(_clauses | st.text(max_size=4), max_size=12))
def test_clauses_in_any_order_are_kept(clauses: list[str]) -> None:
    text = " ".join(clauses)
    parsed = parse(text)
    operands = {*parsed.words, *parsed.phrases, *(one for row in parsed.either for one in row)}
    assert all(len(row) > 0 and len(set(row)) == len(row) for row in parsed.either)
    assert all(one.field in FIELD_NAMES.values() and one.value for one in parsed.filters)
    assert parsed.is_empty == (not operands and all(one.negative for one in parsed.filters))
    assert parse(text) == parsed == parse(f"  {text} ")
