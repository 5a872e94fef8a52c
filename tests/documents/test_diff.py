"""What changed between two texts: by example, and applied it gives the new text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.texts import copies, texts
from wiki.documents.domain.diff import Change, Fold, Row, apply, diff, folded

OLD = "# Plan\n\nVi skal vurdere risiko for kommunen i vår.\n\n- ett\n- to\n- tre\n\nSlutt.\n"


def marked(row: Row) -> str:
    """The row with [-removed-] and {+added+} marks."""
    marks = {Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    return "".join(marks.get(span.change, "{}").format(span.text) for span in row.inline).strip()


def test_words_are_marked_inside_a_changed_block() -> None:
    rows = diff(OLD, OLD.replace("risiko for kommunen", "all risiko for kommunene"))
    [changed] = [row for row in rows if row.change is not Change.SAME]
    assert marked(changed) == "Vi skal vurdere {+all +}risiko for [-kommunen-]{+kommunene+} i vår."
    assert "".join(span.text for span in changed.old) == "Vi skal vurdere risiko for kommunen i vår.\n\n"
    assert "".join(span.text for span in changed.new) == "Vi skal vurdere all risiko for kommunene i vår.\n\n"


def test_a_rewritten_block_is_shown_old_then_new() -> None:
    rows = diff(OLD, OLD.replace("Slutt.", "Dette er noe annet."))
    assert [(row.change, row.text) for row in rows[-2:]] == [
        (Change.REMOVED, "Slutt."),
        (Change.ADDED, "Dette er noe annet."),
    ]


def test_a_cell_of_a_table_row_is_marked() -> None:
    rows = diff("| tiltak | frist |\n|---|---|\n| a b | mai |\n", "| tiltak | frist |\n|---|---|\n| a b | juni |\n")
    assert marked(rows[-1]) == "| a b | [-mai-]{+juni+} |"


def test_a_moved_block_is_told_from_a_new_one() -> None:
    rows = diff(OLD, OLD.replace("- ett\n", "").replace("- tre\n", "- tre\n- ett\n- fire\n"))
    assert [(row.change, row.text, row.moved) for row in rows if row.change is not Change.SAME] == [
        (Change.REMOVED, "- ett", True),
        (Change.ADDED, "- ett", True),
        (Change.ADDED, "- fire", False),
    ]


def test_unchanged_rows_far_from_a_change_are_folded() -> None:
    short = folded(diff(OLD, OLD.replace("Slutt", "Slutten")), context=1)
    assert isinstance(short[0], Fold)
    assert short[0].count == 4
    assert [row.text for row in short[1:] if isinstance(row, Row)] == ["- tre", "Slutt.", "Slutten."]
    assert folded(diff(OLD, OLD))[0] == Fold(diff(OLD, OLD))
    assert folded(diff("a", "a")) == diff("a", "a")
    assert folded(diff("", "")) == ()


def test_a_diff_fits_only_its_own_text() -> None:
    rows = diff("en\n", "to\n")
    for other in ("tre\n", "en\n\nfire", ""):
        with pytest.raises(ValueError, match="diff"):
            apply(rows, other)


@given(copies())
def test_applied_to_the_old_text_it_gives_the_new(three: tuple[str, str, str]) -> None:
    _, old, new = three
    rows = diff(old, new)
    assert apply(rows, old) == new
    assert "".join(span.text for row in rows for span in row.old) == old
    assert "".join(span.text for row in rows for span in row.new) == new


@given(texts(), texts())
def test_it_holds_for_unrelated_texts(old: str, new: str) -> None:
    assert apply(diff(old, new), old) == new


@given(st.text(), st.text())
def test_it_holds_for_any_characters(old: str, new: str) -> None:
    assert apply(diff(old, new), old) == new


@given(copies(), st.integers(0, 3))
def test_folding_hides_only_what_is_the_same(three: tuple[str, str, str], context: int) -> None:
    rows = diff(*three[:2])
    short = folded(rows, context)
    assert all(row.change is Change.SAME for part in short if isinstance(part, Fold) for row in part.rows)
    assert tuple(row for part in short for row in (part.rows if isinstance(part, Fold) else (part,))) == rows


@pytest.mark.parametrize("unit", ["ja nei ", "- ja\n", "a\n\n", "| | |\n", "ord"])
def test_large_repetitive_texts_are_compared(unit: str) -> None:
    old = unit * (100_000 // len(unit))
    assert apply(diff(old, old[:50_000] + "nytt " + old[30_000:]), old) == old[:50_000] + "nytt " + old[30_000:]
