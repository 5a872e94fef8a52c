"""Structured answers merged field by field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.documents.domain.fields import FieldConflict, merge_fields

forms = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 2))


def test_each_keeps_what_they_changed() -> None:
    base = {"a": 1, "b": 1, "c": 1}
    assert merge_fields(base, {"a": 2, "b": 1, "c": 1}, {"a": 1, "b": 3}) == {"a": 2, "b": 3}


def test_both_the_same_is_no_conflict() -> None:
    assert merge_fields({"a": 1}, {"a": 2}, {"a": 2}) == {"a": 2}


def test_both_differently_is_one() -> None:
    with pytest.raises(FieldConflict) as met:
        merge_fields({"a": 1}, {"a": 2}, {})
    assert met.value.field == "a"


@given(base=forms, mine=forms, theirs=forms)
def test_no_change_of_either_side_is_lost(base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]) -> None:
    if any(len({side.get(name) for side in (base, mine, theirs)}) == 3 for name in {*base, *mine, *theirs}):
        with pytest.raises(FieldConflict):
            merge_fields(base, mine, theirs)
        return
    merged = merge_fields(base, mine, theirs)
    for side in (mine, theirs):
        changed = {name for name in {*base, *side} if base.get(name) != side.get(name)}
        assert all(merged.get(name) == side.get(name) for name in changed)


@given(base=forms, mine=forms)
def test_against_the_base_mine_stands(base: dict[str, int], mine: dict[str, int]) -> None:
    assert merge_fields(base, mine, base) == mine
    assert merge_fields(base, base, mine) == mine
