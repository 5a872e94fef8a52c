"""How text is cut into words."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.search.analysis.tokens import lower, pieces, words


def test_words_keep_hyphens_and_numbers_together() -> None:
    assert words("E-post om ROS-analysen, jf. § 11-4 og sak 2024/118.") == [
        *("e-post", "om", "ros-analysen", "jf", "11-4", "og", "sak", "2024/118")
    ]


def test_a_hyphenated_word_has_pieces_and_a_number_has_not() -> None:
    assert pieces("ros-analyse") == ["ros", "analyse"]
    assert pieces("11-4") == ["11-4"]


def test_a_letter_of_two_characters_is_one() -> None:
    assert words("må") == ["må"]


def test_runs_of_data_are_no_words() -> None:
    assert words("x" * 65) == []


@given(st.text())
def test_words_are_lower_case_and_their_pieces_have_no_hyphens(text: str) -> None:
    for word in words(text):
        assert word == lower(word)
        assert all(piece for piece in pieces(word))
