"""Texts that are nearly the same, such as copies of one template: told by sketches, and put together in a list of hits.

A sketch is a row of min-hashes over each three words in a row: the share of equal numbers in two sketches is about the
share of three-word sequences that the two texts have in common. A sketch depends on its own text alone, and only hits
of the reader are held against each other, so that no unreadable text shows in how hits are put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

SIZE = 8  # numbers in a sketch
ALIKE = 6  # of them equal: about three quarters of the text
FEWEST = 40  # sequences; shorter texts are alike by chance
SCANNED = 2000  # words
MOST = 1000  # hits that are put together; nobody pages further than the best of them
_PRIME = (1 << 31) - 1
_FACTORS = tuple((1_103_515_245 * (number + 1) + 12_345) % _PRIME for number in range(SIZE))


def sketch(words: Sequence[str]) -> str:
    """Give the sketch of a text, its numbers with their places; "" for one too short to tell."""
    scanned = words[:SCANNED]
    sequences = zip(scanned, scanned[1:], scanned[2:], strict=False)
    hashes = {crc32(" ".join(sequence).encode()) for sequence in sequences}
    if len(hashes) < FEWEST:
        return ""
    least = (min([value * factor % _PRIME for value in hashes]) for factor in _FACTORS)
    return " ".join(f"{place}:{number:x}" for place, number in enumerate(least))


def grouped(numbers: Sequence[int], sketches: Sequence[str]) -> list[list[int]]:
    """Put each document behind the first before it that is nearly the same; the rows stay in the order of their first.

    Every document is in exactly one row. Those after the first `MOST` stand by themselves.
    """
    rows: list[list[int]] = []
    first_with: dict[str, int] = {}  # a number of a sketch with its place -> the row whose first has it
    for number in numbers[:MOST]:
        parts = sketches[number].split()
        row = _alike(parts, first_with)
        if row is None:
            for part in parts:
                first_with.setdefault(part, len(rows))
            rows.append([number])
        else:
            rows[row].append(number)
    return [*rows, *([number] for number in numbers[MOST:])]


def _alike(parts: Sequence[str], first_with: dict[str, int]) -> int | None:
    found = [first_with[part] for part in parts if part in first_with]
    best = max(set(found), key=found.count, default=None)
    return best if best is not None and found.count(best) >= ALIKE else None
