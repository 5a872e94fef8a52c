"""Markdown text as a row of blocks: what merge and diff compare instead of lines.

A block is a heading, a list item, a table row, a code fence, or a paragraph (any other run of
lines). Nothing is lost: the texts and gaps of the blocks, put together, are the text again.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    FENCE = "fence"


@dataclass(frozen=True)
class Block:
    """A block: `text` without its last line end, and `gap`, the white space up to the next block."""

    kind: BlockKind
    text: str
    gap: str


_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_RULE = re.compile(r" {0,3}(?:-[ \t]*){3,}$|[ ]{0,3}(?:\*[ \t]*){3,}$|[ ]{0,3}(?:_[ \t]*){3,}$")
_ROW = re.compile(r" {0,3}\|")
_RUNS_ON = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_TIGHT = (BlockKind.ITEM, BlockKind.ROW)


class _Splitter:
    """The state of one pass over the lines of a text."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self.kind = BlockKind.PARAGRAPH
        self.fence = ""
        self.may_run_on = False

    def read(self, line: str) -> None:
        if self.fence:
            mark = line.strip(" \t")
            if mark.startswith(self.fence) and not mark.strip(self.fence[0]):
                self.fence, self.may_run_on = "", False
        elif not line.strip(" \t"):
            self.may_run_on = False
        else:
            self._read_text(line)
        self.lines.append(line)

    def _read_text(self, line: str) -> None:
        kind = self._beginning(line)
        if kind is None:
            return
        self.flush(last=False)
        self.kind = kind
        self.may_run_on = kind in _RUNS_ON
        opening = _FENCE.match(line)
        self.fence = opening[1] if opening and kind is BlockKind.FENCE else ""

    def _beginning(self, line: str) -> BlockKind | None:
        """The kind of the block that begins with this line; None when the line runs on."""
        if _FENCE.match(line):
            return BlockKind.FENCE
        if _HEADING.match(line):
            return BlockKind.HEADING
        if _RULE.match(line):
            # Right below a paragraph, dashes make it a heading.
            underlines = self.may_run_on and self.kind is BlockKind.PARAGRAPH and "-" in line
            return None if underlines else BlockKind.PARAGRAPH
        if _ITEM.match(line):
            return BlockKind.ITEM
        if _ROW.match(line):
            return BlockKind.ROW
        return None if self.may_run_on else BlockKind.PARAGRAPH

    def flush(self, *, last: bool) -> None:
        if not self.lines:
            return
        spoken = len(self.lines)
        while spoken and not self.lines[spoken - 1].strip(" \t"):
            spoken -= 1
        text = "\n".join(self.lines[:spoken])
        gap = "\n".join(self.lines) + ("" if last else "\n")
        if text or gap:
            self.blocks.append(Block(self.kind, text, gap[len(text) :]))
        self.lines = []


def split(text: str) -> list[Block]:
    """The blocks of a text with `\\n` line ends. White space before the first is a block without text."""
    splitter = _Splitter()
    for line in text.split("\n"):
        splitter.read(line)
    splitter.flush(last=True)
    return splitter.blocks


def join(blocks: Sequence[Block], ending: str | None = None) -> str:
    """The text of blocks that may come from different texts; `ending` replaces the last gap.

    Blocks that would run together get an empty line between them; nothing else is touched.
    """
    if not blocks:
        return ""
    parts = [block.text + _gap(block, after) for block, after in itertools.pairwise(blocks)]
    last = blocks[-1]
    return "".join(parts) + last.text + (last.gap if ending is None else ending)


def _gap(block: Block, after: Block) -> str:
    # What follows the last line end belonged to the end of another text.
    gap = block.gap[: block.gap.rfind("\n") + 1]
    if not block.text or not after.text or gap.count("\n") > 1:
        return gap
    # A gap without a line end ended its own text and says nothing about what may follow now.
    if gap or (block.kind is after.kind and block.kind in _TIGHT):
        again = [each.text for each in split(f"{block.text}\n{after.text}")]
        if again == [block.text, after.text]:
            return "\n"
    return "\n\n"
