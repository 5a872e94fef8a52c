"""Markdown texts for property tests: few words, so that lines repeat, and every kind of block."""

from hypothesis import strategies as st

WORDS = ("risiko", "tiltak", "kommune", "møte", "vedtak", "plan", "og", "ja")


def sentences() -> st.SearchStrategy[str]:
    """One to five words."""
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def lines() -> st.SearchStrategy[str]:
    """A line that is a block by itself or part of a paragraph, or empty."""
    return st.one_of(
        sentences(),
        sentences().map("# {}".format),
        sentences().map("- {}".format),
        sentences().map("| {} |".format),
        sentences().map("   {}".format),
        st.sampled_from(["", "", "", "---", "```", "~~~", "| | |", "- ", "1. en", "***", "  ", "\tkode"]),
    )


def texts(max_lines: int = 14) -> st.SearchStrategy[str]:
    """Any text, with or without an end to its last line."""
    return st.tuples(st.lists(lines(), max_size=max_lines), st.sampled_from(["", "\n", "\n\n"])).map(
        lambda parts: "\n".join(parts[0]) + parts[1]
    )


@st.composite
def edits(draw: st.DrawFn, text: str, max_edits: int = 4) -> str:
    """The text with lines changed, taken out, put in and moved."""
    rows = text.split("\n")
    for _ in range(draw(st.integers(0, max_edits))):
        index = draw(st.integers(0, len(rows)))
        change = draw(st.sampled_from(["insert", "delete", "change", "move"]))
        if change == "insert" or index == len(rows):
            rows.insert(index, draw(lines()))
        elif change == "change":
            rows[index] = draw(lines())
        elif len(rows) > 1:
            row = rows.pop(index)
            if change == "move":
                rows.insert(draw(st.integers(0, len(rows))), row)
    return "\n".join(rows)


@st.composite
def copies(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text and two edited copies of it."""
    base = draw(texts())
    return base, draw(edits(base)), draw(edits(base))
