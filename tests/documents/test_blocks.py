"""Markdown as blocks, and which blocks of two texts are the same."""

import itertools
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.texts import texts
from wiki.documents.domain.alignment import Hunk, hunks, match
from wiki.documents.domain.blocks import Block, BlockKind, join, split

TEXT = """# Mål
Første avsnitt
over to linjer.

- ett
  videre
- to
1. tre

| a | b |
|---|---|
| c | d |

```python
# ikke overskrift

- ikke punkt
```
Etter.
Tittel
------
***
"""


def test_each_kind_is_a_block_of_its_own() -> None:
    assert [(block.kind.value, block.text.split("\n")[0]) for block in split(TEXT)] == [
        ("heading", "# Mål"),
        ("paragraph", "Første avsnitt"),
        ("item", "- ett"),
        ("item", "- to"),
        ("item", "1. tre"),
        ("row", "| a | b |"),
        ("row", "|---|---|"),
        ("row", "| c | d |"),
        ("fence", "```python"),
        ("paragraph", "Etter."),
        ("paragraph", "***"),
    ]


@given(texts(30))
def test_splitting_and_joining_loses_nothing(text: str) -> None:
    blocks = split(text)
    assert "".join(block.text + block.gap for block in blocks) == text
    if blocks and "\n" in blocks[-1].gap:
        assert join(blocks) == text


def test_blocks_that_would_run_together_are_kept_apart() -> None:
    paragraph, item = Block(BlockKind.PARAGRAPH, "a", ""), Block(BlockKind.ITEM, "- a", "")
    assert join([paragraph, paragraph]) == "a\n\na"
    assert join([Block(BlockKind.PARAGRAPH, "a", "\n"), paragraph]) == "a\n\na"
    assert join([item, item, paragraph], "\n") == "- a\n- a\n\na\n"
    assert join([]) == ""


@given(st.lists(st.sampled_from("abcdefg")), st.lists(st.sampled_from("abcdefg")))
def test_matches_are_equal_and_rise(old: list[str], new: list[str]) -> None:
    pairs = match(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in itertools.pairwise(pairs))
    assert len(match(old, old)) == len(old)


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_without_anything_unique_the_match_is_the_longest(old: list[str], new: list[str]) -> None:
    old, new = old * 2, new * 2
    expected = _longest_by_definition("".join(old), "".join(new))
    assert len(match(old, new)) == expected


def _longest_by_definition(old: str, new: str) -> int:
    row = [0] * (len(new) + 1)
    for a in old:
        row = _row(row, a, new)
    return row[-1]


def _row(above: list[int], a: str, new: str) -> list[int]:
    row = [0]
    for j, b in enumerate(new):
        row.append(above[j] + 1 if a == b else max(above[j + 1], row[j]))
    return row


def test_edited_blocks_stand_one_to_one_and_gone_ones_alone() -> None:
    old = split("- ett to tre fire\n- fem seks sju\n\nborte\n\nogså\n\nslutt")
    new = split("- ett to tre FIRE\n- nytt\n- fem seks SJU\n\nslutt")
    assert hunks(old, new) == [Hunk(0, 1, 0, 1), Hunk(1, 1, 1, 2), Hunk(1, 2, 2, 3), Hunk(2, 3, 3, 3), Hunk(3, 4, 3, 3)]


@pytest.mark.parametrize("period", [1, 2, 7, 1500])
def test_repetitive_texts_are_matched_in_order(period: int) -> None:
    old = [f"linje {index % period}" for index in range(6000)]
    new = [f"linje {index * 5 % period}" for index in range(5500)]
    pairs = match(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))
