"""Three-way merge of Markdown, block by block. No text is lost, and no marker is ever written.

Two people started from the same text. What only one of them touched is taken as it is; what both
touched alike is taken once; what they touched differently is a conflict that keeps both texts for
a person to choose from. Blocks side by side, edited by one each, are no conflict: a table row or a
list item stands on its own. (That, and never repeating a block that both moved, is why this is
not a line-based diff3 from a library.)
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wiki.documents.domain.alignment import Hunk, hunks
from wiki.documents.domain.blocks import Block, join, split

Blocks = tuple[Block, ...]


class Origin(StrEnum):
    """Where a settled stretch comes from."""

    UNTOUCHED = "untouched"
    MINE = "mine"
    THEIRS = "theirs"
    SAME = "same"  # both wrote the same


class Choice(StrEnum):
    """What to keep of a conflict; `BOTH` is mine, then theirs."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Settled:
    """A stretch of the merged text that needs no choice."""

    origin: Origin
    blocks: Blocks

    @property
    def text(self) -> str:
        """The stretch as text."""
        return join(self.blocks)


@dataclass(frozen=True)
class Conflict:
    """A stretch that both changed, each in their own way; `position` is its index in the chunks."""

    position: int
    base_blocks: Blocks
    mine_blocks: Blocks
    theirs_blocks: Blocks

    @property
    def base(self) -> str:
        """The text both started from."""
        return join(self.base_blocks, "")

    @property
    def mine(self) -> str:
        """The text of one side; empty when that side took it out."""
        return join(self.mine_blocks, "")

    @property
    def theirs(self) -> str:
        """The text of the other side; empty when that side took it out."""
        return join(self.theirs_blocks, "")


@dataclass(frozen=True)
class Merged:
    """A merge: settled stretches and conflicts in order, and the white space that ends the text."""

    chunks: tuple[Settled | Conflict, ...]
    ending: str

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a person must decide."""
        return tuple(chunk for chunk in self.chunks if isinstance(chunk, Conflict))

    @property
    def clean(self) -> bool:
        """Whether there is nothing to decide."""
        return not self.conflicts

    @property
    def text(self) -> str:
        """The merged text. While there are conflicts it holds both texts of each, mine first."""
        return resolve(self, [Choice.BOTH] * len(self.conflicts))


def merge3(base: str, mine: str, theirs: str) -> Merged:
    """Merge two changed copies of `base`. Line ends come out as `\\n`; clean is the same either way round."""
    base, mine, theirs = map(_unix, (base, mine, theirs))
    if mine == theirs or theirs == base:
        return _whole(mine, Origin.SAME if mine == theirs else Origin.MINE)
    if mine == base:
        return _whole(theirs, Origin.THEIRS)
    merge = _Merge(split(base), split(mine), split(theirs))
    return Merged(tuple(merge.chunks()), merge.ending())


def resolve(merged: Merged, choices: Sequence[Choice | str]) -> str:
    """The text after one choice per conflict, in order; a plain string is a text written instead.

    Raises:
        ValueError: not as many choices as conflicts.
    """
    answers = iter(choices)
    if len(choices) != len(merged.conflicts):
        raise ValueError(f"{len(merged.conflicts)} conflicts, {len(choices)} choices")
    blocks: list[Block] = []
    for chunk in merged.chunks:
        blocks += chunk.blocks if isinstance(chunk, Settled) else _chosen(chunk, next(answers))
    return join(blocks, merged.ending)


def _chosen(conflict: Conflict, choice: Choice | str) -> Sequence[Block]:
    if choice is Choice.MINE:
        return conflict.mine_blocks
    if choice is Choice.THEIRS:
        return conflict.theirs_blocks
    if choice is Choice.BOTH:
        return conflict.mine_blocks + conflict.theirs_blocks
    return split(_unix(choice).strip("\n"))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _whole(text: str, origin: Origin) -> Merged:
    blocks = tuple(split(text))
    return Merged((Settled(origin, blocks),) if blocks else (), blocks[-1].gap if blocks else "")


@dataclass
class _Region:
    """Base blocks `lo` to `hi`, with the changes that each side made to them."""

    lo: int
    hi: int
    mine: list[Hunk]
    theirs: list[Hunk]

    def absorb(self, other: "_Region") -> None:
        self.hi = max(self.hi, other.hi)
        self.mine += other.mine
        self.theirs += other.theirs


class _Side:
    """One changed copy, seen from the base."""

    def __init__(self, base: Sequence[Block], blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.hunks = hunks(base, blocks)
        self.kept: dict[int, Block] = {}
        i = j = 0
        for hunk in [*self.hunks, Hunk(len(base), len(base), len(blocks), len(blocks))]:
            self.kept.update(zip(range(i, hunk.old_lo), blocks[j : hunk.new_lo], strict=True))
            i, j = hunk.old_hi, hunk.new_hi

    def within(self, lo: int, hi: int, changes: Iterable[Hunk]) -> Blocks:
        """This copy's version of base blocks `lo` to `hi`, `changes` being all it did to them."""
        found: list[Block] = []
        for hunk in [*changes, Hunk(hi, hi, 0, 0)]:
            found += (self.kept[i] for i in range(lo, hunk.old_lo))
            found += self.blocks[hunk.new_lo : hunk.new_hi]
            lo = hunk.old_hi
        return tuple(found)


class _Merge:
    """One merge at work."""

    def __init__(self, base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]) -> None:
        self.base = base
        self.mine = _Side(base, mine)
        self.theirs = _Side(base, theirs)
        self.regions = _regions(self.mine.hunks, self.theirs.hunks)
        while self._join_torn_lines():
            pass

    def chunks(self) -> Iterator[Settled | Conflict]:
        position = 0
        done = 0
        for region in [*self.regions, _Region(len(self.base), len(self.base), [], [])]:
            if done < region.lo:
                untouched = tuple(self._kept(i) for i in range(done, region.lo))
                yield Settled(Origin.UNTOUCHED, untouched)
                position += 1
            if region.mine or region.theirs:
                yield self._outcome(region, position)
                position += 1
            done = region.hi

    def ending(self) -> str:
        """The white space at the end, by the same rule as all white space."""
        return _gap3(*map(_ending, self._copies()))

    def _copies(self) -> tuple[Sequence[Block], Sequence[Block], Sequence[Block]]:
        return self.base, self.mine.blocks, self.theirs.blocks

    def _kept(self, index: int) -> Block:
        base, mine, theirs = self.base[index], self.mine.kept[index], self.theirs.kept[index]
        return Block(base.kind, base.text, _gap3(base.gap, mine.gap, theirs.gap))

    def _versions(self, region: _Region) -> tuple[Blocks, Blocks, Blocks]:
        return (
            tuple(self.base[region.lo : region.hi]),
            self.mine.within(region.lo, region.hi, region.mine),
            self.theirs.within(region.lo, region.hi, region.theirs),
        )

    def _outcome(self, region: _Region, position: int) -> Settled | Conflict:
        base, mine, theirs = self._versions(region)
        if not region.theirs:
            return Settled(Origin.MINE, mine)
        if not region.mine:
            return Settled(Origin.THEIRS, theirs)
        if _spoken(mine) == _spoken(theirs):
            return Settled(Origin.SAME, _same(mine, theirs))
        return Conflict(position, base, mine, theirs)

    def _join_torn_lines(self) -> bool:
        """Make one region of changes that would, each for itself, repeat or drop a line.

        That happens when both sides move the same line to different places: taking out is agreed
        on, and two insertions are left. Returns whether anything was joined.
        """
        torn = self._torn_lines()
        if not torn:
            return False
        spans = []
        touching = [self._changed_lines(region) & torn for region in self.regions]
        for line in torn:
            touched = [index for index, lines in enumerate(touching) if line in lines]
            if len(touched) > 1:
                spans.append((touched[0], touched[-1]))
        joined: list[_Region] = []
        reach = -1
        for index, region in enumerate(self.regions):
            if index <= reach:
                joined[-1].absorb(region)
            else:
                joined.append(region)
            reach = max([reach, *(stop for start, stop in spans if start == index)])
        self.regions = joined
        return bool(spans)

    def _torn_lines(self) -> set[str]:
        """Lines that the merge has more often, or more seldom, than either side's changes explain."""
        base, mine, theirs = map(_lines, self._copies())
        merged: Counter[str] = Counter()
        for chunk in self.chunks():
            if isinstance(chunk, Settled):
                merged += _lines(chunk.blocks)
            else:
                merged += _lines(chunk.mine_blocks) | _lines(chunk.theirs_blocks)
        torn = set()
        for line in mine.keys() | theirs.keys():
            counts = (base[line], mine[line], theirs[line], mine[line] + theirs[line] - base[line])
            # What both still have, if less often, never goes away altogether.
            least = max(min(counts), 1 if mine[line] and theirs[line] else 0)
            if not least <= merged[line] <= max(counts):
                torn.add(line)
        return torn

    def _changed_lines(self, region: _Region) -> set[str]:
        base, mine, theirs = map(_lines, self._versions(region))
        return {line for line in base | mine | theirs if not base[line] == mine[line] == theirs[line]}


def _spoken(blocks: Blocks) -> list[str]:
    return [block.text for block in blocks if block.text]


def _same(mine: Blocks, theirs: Blocks) -> Blocks:
    """Blocks of the same words, with white space by the same rule as all white space."""
    if len(mine) != len(theirs):
        return max(mine, theirs, key=len)
    return tuple(Block(m.kind, m.text, _gap3(None, m.gap, t.gap)) for m, t in zip(mine, theirs, strict=True))


def _ending(blocks: Sequence[Block]) -> str:
    return blocks[-1].gap if blocks and blocks[-1].text else ""


def _lines(blocks: Iterable[Block]) -> Counter[str]:
    return Counter(line for block in blocks for line in block.text.split("\n") if line.strip())


def _gap3(base: str | None, mine: str, theirs: str) -> str:
    """The white space after a block: whoever changed it decides, the wider one when both did."""
    if base == mine:
        return theirs
    if base == theirs:
        return mine
    return max(mine, theirs, key=lambda gap: (gap.count("\n"), gap))


def _regions(mine: Sequence[Hunk], theirs: Sequence[Hunk]) -> list[_Region]:
    """The changes of both sides in the order of the base, those that meet in one region."""
    tagged = [(hunk, True) for hunk in mine] + [(hunk, False) for hunk in theirs]
    regions: list[_Region] = []
    for hunk, is_mine in sorted(tagged, key=lambda each: (each[0].old_lo, each[0].old_hi)):
        region = _Region(hunk.old_lo, hunk.old_hi, [hunk] if is_mine else [], [] if is_mine else [hunk])
        near = len(regions)
        while near and regions[near - 1].hi >= hunk.old_lo:
            near -= 1
        first = next((i for i in range(near, len(regions)) if _meet(regions[i], hunk, is_mine)), len(regions))
        for later in [*regions[first + 1 :], region]:
            if first < len(regions):
                regions[first].absorb(later)
        regions[first + 1 :] = []
        if first == len(regions):
            regions.append(region)
    return regions


def _meet(region: _Region, hunk: Hunk, is_mine: bool) -> bool:
    """Whether a change overlaps the region, or both add text at the same spot."""
    if hunk.old_lo < region.hi:
        return True
    others = region.theirs if is_mine else region.mine
    return _adds(hunk) and any(_adds(other) and other.old_hi == hunk.old_lo for other in others)


def _adds(hunk: Hunk) -> bool:
    return hunk.new_hi - hunk.new_lo > hunk.old_hi - hunk.old_lo
