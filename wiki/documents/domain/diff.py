"""What changed between two texts, as data for a page: rows of blocks, with words marked inside.

The rows hold everything, so that `apply(diff(old, new), old) == new`; `folded` makes them short.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from wiki.documents.domain.alignment import Hunk, hunks, likeness, match, words
from wiki.documents.domain.blocks import Block, BlockKind, split

# Below this share of common words, word marks are harder to read than old above new.
_WORTH_MARKING = 0.3
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """What happened to a span or a row; only rows are `CHANGED`."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True)
class Span:
    """A stretch of text with one fate; white space between blocks included."""

    change: Change
    text: str


@dataclass(frozen=True)
class Row:
    """One block, in one or both texts.

    `inline` holds its spans in reading order; `old` and `new` are the two columns of the same.
    `moved` marks a removed or added block that stands elsewhere, word for word, in the other text.
    A row is `SAME` also when only the white space after it differs.
    """

    change: Change
    kind: BlockKind
    inline: tuple[Span, ...]
    moved: bool = False

    @property
    def old(self) -> tuple[Span, ...]:
        """What stood there before."""
        return tuple(span for span in self.inline if span.change is not Change.ADDED)

    @property
    def new(self) -> tuple[Span, ...]:
        """What stands there now."""
        return tuple(span for span in self.inline if span.change is not Change.REMOVED)

    @property
    def text(self) -> str:
        """The words of the block: the new ones, for a removed block the old."""
        return "".join(span.text for span in (self.new or self.old)).strip("\n")


@dataclass(frozen=True)
class Fold:
    """Unchanged rows that are left out."""

    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.rows)


Diff = tuple[Row, ...]


def diff(old: str, new: str) -> Diff:
    """All rows, in reading order. Both texts have `\\n` line ends (see `wiki.core.text.normalise`)."""
    before, after = split(old), split(new)
    return _with_moves(tuple(_rows(before, after)))


def apply(rows: Diff, old: str) -> str:
    """The new text, from the old one and its diff.

    Raises:
        ValueError: the diff was made of another text.
    """
    position = 0
    written = []
    for span in (span for row in rows for span in row.inline):
        if span.change is not Change.REMOVED:
            written.append(span.text)
        if span.change is not Change.ADDED:
            if not old.startswith(span.text, position):
                raise ValueError(f"the diff does not fit at character {position}")
            position += len(span.text)
    if position != len(old):
        raise ValueError("the text is longer than what the diff was made of")
    return "".join(written)


def folded(rows: Diff, context: int = 1) -> tuple[Row | Fold, ...]:
    """The rows with unchanged ones left out that are more than `context` rows from a change.

    A single row is never folded: the fold would take as much room as the row.
    """
    changed = [index for index, row in enumerate(rows) if row.change is not Change.SAME]
    shown = {near for index in changed for near in range(index - context, index + context + 1)}
    result: list[Row | Fold] = []
    hidden: list[Row] = []
    for index, row in enumerate(rows):
        if index not in shown:
            hidden.append(row)
            continue
        result += _fold(hidden)
        hidden = []
        result.append(row)
    return (*result, *_fold(hidden))


def _fold(rows: Sequence[Row]) -> Sequence[Row | Fold]:
    return [Fold(tuple(rows))] if len(rows) > 1 else rows


def _rows(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    i = j = 0
    for hunk in [*hunks(old, new), Hunk(len(old), len(old), len(new), len(new))]:
        for before, after in zip(old[i : hunk.old_lo], new[j : hunk.new_lo], strict=True):
            yield Row(Change.SAME, after.kind, _joined([Span(Change.SAME, after.text), *_gaps(before, after)]))
        yield from _differing(old[hunk.old_lo : hunk.old_hi], new[hunk.new_lo : hunk.new_hi])
        i, j = hunk.old_hi, hunk.new_hi


def _differing(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Row]:
    if len(old) == len(new) == 1:
        before, after = old[0], new[0]
        if likeness(words(before.text), words(after.text)) >= _WORTH_MARKING:
            spans = [*_word_spans(before.text, after.text), *_gaps(before, after)]
            yield Row(Change.CHANGED, after.kind, _joined(spans))
            return
    for change, blocks in ((Change.REMOVED, old), (Change.ADDED, new)):
        for block in blocks:
            yield Row(change, block.kind, (Span(change, block.text + block.gap),))


def _gaps(before: Block, after: Block) -> list[Span]:
    if before.gap == after.gap:
        return [Span(Change.SAME, after.gap)]
    return [Span(Change.REMOVED, before.gap), Span(Change.ADDED, after.gap)]


def _word_spans(old: str, new: str) -> Iterator[Span]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    i = j = 0
    for run in [*_runs(before, match(before, after)), (len(before), len(after), 0)]:
        k, m, length = run
        yield Span(Change.REMOVED, "".join(before[i:k]))
        yield Span(Change.ADDED, "".join(after[j:m]))
        yield Span(Change.SAME, "".join(after[m : m + length]))
        i, j = k + length, m + length


def _runs(tokens: Sequence[str], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Equal stretches (old start, new start, length); a lone space between two changes is none."""
    runs: list[tuple[int, int, int]] = []
    for i, j in pairs:
        if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return [run for run in runs if "".join(tokens[run[0] : run[0] + run[2]]).strip()]


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without empty ones, equal neighbours made one."""
    result: list[Span] = []
    for span in spans:
        if span.text and result and result[-1].change is span.change:
            result[-1] = Span(span.change, result[-1].text + span.text)
        elif span.text:
            result.append(span)
    return tuple(result)


def _with_moves(rows: Diff) -> Diff:
    gone = {row.text.strip() for row in rows if row.change is Change.REMOVED}
    come = {row.text.strip() for row in rows if row.change is Change.ADDED}
    moved = (gone & come) - {""}
    one_sided = (Change.REMOVED, Change.ADDED)
    return tuple(
        replace(row, moved=True) if row.change in one_sided and row.text.strip() in moved else row for row in rows
    )
