"""The shipped lists are whole: an editor's slip shows here and not as a word nobody finds."""

from collections import Counter

import pytest

from wiki.search.analysis.word_lists import entries, rows

TABLES = ["folding.tsv", "pairs.tsv", "abbreviations.tsv", "english.tsv"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_two_full_lower_case_columns_and_no_row_twice(name: str) -> None:
    table = rows(name)
    assert all(left and right and left == left.lower() and right == right.lower() for left, right in table)
    assert [left for left, count in Counter(left for left, _ in table).items() if count > 1] == []
    assert [left for left, right in table if left == right] == []


@pytest.mark.parametrize("name", ["stop.txt", "simple.txt", "no_parts.txt"])
def test_a_list_has_lower_case_words(name: str) -> None:
    assert entries(name)
    assert all(word == word.lower() for word in entries(name))
