"""Three-way merge: by example, and for any text with any two edited copies."""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.documents.texts import copies, sentences, texts
from wiki.documents.domain.merge import Choice, Origin, Settled, merge3, resolve

BASE = "# Plan\n\nFørste avsnitt.\n\n- ett\n- to\n- tre\n\n| a | b |\n|---|---|\n| c | d |\n\nSiste avsnitt.\n"


def lines_of(*parts: str) -> Counter[str]:
    """The lines that say something, and how often."""
    return Counter(line for part in parts for line in part.split("\n") if line.strip())


def test_edits_in_different_blocks_are_both_kept() -> None:
    mine = BASE.replace("Første avsnitt.", "Første avsnitt, endret.").replace("- to", "- to til")
    theirs = BASE.replace("- tre", "- tre!").replace("| c | d |", "| c | d |\n| e | f |") + "\nEtterord.\n"
    merged = merge3(BASE, mine, theirs)
    assert merged.clean
    assert merged.text == (
        "# Plan\n\nFørste avsnitt, endret.\n\n- ett\n- to til\n- tre!\n\n"
        "| a | b |\n|---|---|\n| c | d |\n| e | f |\n\nSiste avsnitt.\n\nEtterord.\n"
    )


def test_the_same_block_edited_twice_is_a_conflict_with_both_texts() -> None:
    merged = merge3(BASE, BASE.replace("- to", "- to A"), BASE.replace("- to", "- to B"))
    [conflict] = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == ("- to", "- to A", "- to B")
    assert merged.chunks[conflict.position] is conflict
    assert [chunk.origin for chunk in merged.chunks if isinstance(chunk, Settled)] == [Origin.UNTOUCHED] * 2


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice.MINE, "- to A"),
        (Choice.THEIRS, "- to B"),
        (Choice.BOTH, "- to A\n- to B"),
        ("- to A og B\r\n- mer\r\n", "- to A og B\n- mer"),
    ],
)
def test_a_conflict_is_settled_by_choice(choice: Choice | str, expected: str) -> None:
    merged = merge3(BASE, BASE.replace("- to", "- to A"), BASE.replace("- to", "- to B"))
    assert resolve(merged, [choice]) == BASE.replace("- to", expected)


def test_a_conflict_can_be_emptied() -> None:
    merged = merge3(BASE, BASE.replace("- to", "- to A"), BASE.replace("- to", "- to B"))
    assert resolve(merged, [""]) == BASE.replace("- to\n", "")


def test_each_conflict_needs_a_choice() -> None:
    merged = merge3("a", "b", "c")
    with pytest.raises(ValueError, match="1 conflicts, 0 choices"):
        resolve(merged, [])


def test_taking_out_what_the_other_edits_is_a_conflict() -> None:
    [conflict] = merge3(BASE, BASE.replace("- to\n", ""), BASE.replace("- to", "- to B")).conflicts
    assert (conflict.mine, conflict.theirs) == ("", "- to B")


def test_a_block_moved_to_two_places_is_asked_about_not_doubled() -> None:
    merged = merge3("P\n\nA\n\nB\n\nC\n", "A\n\nP\n\nB\n\nC\n", "A\n\nB\n\nP\n\nC\n")
    [conflict] = merged.conflicts
    assert (conflict.mine, conflict.theirs) == ("A\n\nP\n\nB", "A\n\nB\n\nP")


def test_a_text_without_a_last_line_end_can_be_added_to() -> None:
    merged = merge3("En.\n\nTo.", "En!\n\nTo.", "En.\n\nTo.\n\nTre.")
    assert (merged.text, merged.clean) == ("En!\n\nTo.\n\nTre.", True)
    assert merge3("- a", "- a\n- b", "- a").text == "- a\n- b"


def test_windows_line_ends_are_no_change() -> None:
    merged = merge3(BASE, BASE.replace("\n", "\r\n"), BASE.replace("- to", "- to B"))
    assert (merged.text, merged.clean) == (BASE.replace("- to", "- to B"), True)


@given(texts(), texts())
def test_identical_sides_and_one_unchanged_side(base: str, changed: str) -> None:
    for mine, theirs in ((changed, changed), (changed, base), (base, changed)):
        merged = merge3(base, mine, theirs)
        assert (merged.text, merged.clean) == (changed, True)


@settings(max_examples=150)
@given(copies())
def test_a_clean_merge_is_the_same_either_way_round(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    one, other = merge3(base, mine, theirs), merge3(base, theirs, mine)
    assert one.clean == other.clean
    if one.clean:
        assert one.text == other.text
    mirrored = [(c.base, c.theirs, c.mine) for c in other.conflicts]
    assert [(c.base, c.mine, c.theirs) for c in one.conflicts] == mirrored


@settings(max_examples=150)
@given(copies())
def test_no_line_is_dropped_or_repeated(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = (lines_of(text) for text in texts)
    merged = merge3(*texts)
    assume(merged.clean)
    result = lines_of(merged.text)
    for line in base | mine | theirs | result:
        counts = (base[line], mine[line], theirs[line], mine[line] + theirs[line] - base[line])
        assert min(counts) <= result[line] <= max(counts), line


@settings(max_examples=150)
@given(copies())
def test_every_added_line_is_in_the_text_and_in_one_choice_or_the_other(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = (lines_of(text) for text in texts)
    merged = merge3(*texts)
    number = len(merged.conflicts)
    assert not mine.keys() - base.keys() - lines_of(resolve(merged, [Choice.MINE] * number)).keys()
    assert not theirs.keys() - base.keys() - lines_of(resolve(merged, [Choice.THEIRS] * number)).keys()
    assert not (mine | theirs).keys() - base.keys() - lines_of(merged.text).keys()
    settled = lines_of(*(chunk.text for chunk in merged.chunks if isinstance(chunk, Settled)))
    in_conflicts = lines_of(*(c.mine + "\n" + c.theirs for c in merged.conflicts))
    both = mine & theirs
    assert not both.keys() - settled.keys() - in_conflicts.keys()


@given(st.lists(sentences(), min_size=4, max_size=12, unique=True), st.data())
def test_what_one_took_out_and_the_other_let_be_is_gone(rows: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(rows)))
    edited = data.draw(st.sets(st.sampled_from(rows))) - gone
    mine = [row for row in rows if row not in gone]
    theirs = [row + " med mer" * (row in edited) for row in rows]
    merged = merge3("\n\n".join(rows), "\n\n".join(mine), "\n\n".join(theirs))
    assert merged.clean
    assert merged.text.split("\n\n") == [row + " med mer" * (row in edited) for row in mine] or not mine


@given(st.lists(sentences(), min_size=4, max_size=12, unique=True), st.data())
def test_disjoint_edits_of_distinct_paragraphs_are_always_clean(rows: list[str], data: st.DataObject) -> None:
    owners = [data.draw(st.sampled_from(["mine", "theirs", "nobody"])) for _ in rows]
    separator = data.draw(st.sampled_from(["\n\n", "\n- "]))

    def written(*editors: str) -> str:
        return separator.join(
            [
                "start",
                *(
                    f"{row} endret av {owner}" if owner in editors else row
                    for row, owner in zip(rows, owners, strict=True)
                ),
            ]
        )

    merged = merge3(written(), written("mine"), written("theirs"))
    assert merged.clean
    assert merged.text == written("mine", "theirs")


@given(copies())
def test_merging_again_on_top_changes_nothing(texts: tuple[str, str, str]) -> None:
    base, mine, theirs = texts
    merged = merge3(base, mine, theirs)
    assume(merged.clean)
    assert merge3(theirs, merged.text, theirs).text == merged.text


@given(copies())
def test_the_chunks_are_the_text(texts: tuple[str, str, str]) -> None:
    merged = merge3(*texts)
    said = [line for chunk in merged.chunks if isinstance(chunk, Settled) for line in lines_of(chunk.text)]
    assert set(said) <= set(lines_of(merged.text))
    for index, chunk in enumerate(merged.chunks):
        if not isinstance(chunk, Settled):
            assert chunk.position == index
            assert chunk.mine != chunk.theirs


@pytest.mark.parametrize("line", ["| | |", "- ja", "x\n", "```"])
def test_three_thousand_equal_lines_merge(line: str) -> None:
    base = [line] * 3000
    merged = merge3(
        "\n".join(base), "\n".join([*base[:1000], "- mine", *base[5:]]), "\n".join([*base[:2000], "- theirs", *base])
    )
    assert {"- mine", "- theirs"} <= set(lines_of(merged.text))
