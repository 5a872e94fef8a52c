"""Nearly identical texts are told from others, and put together without losing one."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.search.likeness import MOST, grouped, sketch

_TEXT = [f"ord{number}" for number in range(400)]


def test_a_text_with_small_changes_is_nearly_the_same() -> None:
    changed = [*_TEXT[:200], "noe", "annet", *_TEXT[202:]]
    other = [f"annet{number}" for number in range(400)]
    sketches = [sketch(_TEXT), sketch(other), sketch(changed), sketch([*_TEXT[:100], *other[:300]])]
    assert grouped([0, 1, 2, 3], sketches) == [[0, 2], [1], [3]]


def test_short_texts_are_never_put_together() -> None:
    assert sketch(["kort", "tekst"] * 50) == sketch([]) == ""
    assert grouped([0, 1], ["", ""]) == [[0], [1]]


@given(st.lists(st.sampled_from(["", *(sketch([f"{start}{n}" for n in range(90)]) for start in "abc")]), max_size=40))
def test_every_hit_is_in_one_row_and_the_best_lead(sketches: list[str]) -> None:
    rows = grouped(range(len(sketches)), sketches)
    assert sorted(number for row in rows for number in row) == list(range(len(sketches)))
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert all(len({sketches[number] for number in row}) == 1 for row in rows)


def test_far_down_the_list_each_stands_alone() -> None:
    assert len(grouped(range(MOST + 5), [sketch(_TEXT)] * (MOST + 5))) == 6
