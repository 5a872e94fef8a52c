"""Split compounds over the wiki's own words: personvernkonsekvensvurdering -> personvern, konsekvens, vurdering.

A `Lexicon` is a set of words known to stand alone: the shipped list and what the documents hold. A word is split when
all of it can be covered by known words, joined by nothing, -s- or -e-.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wiki.search.analysis.norwegian import fold, is_stop_word, key
from wiki.search.analysis.word_lists import entries

SHORTEST_PART = 4  # shorter ones only from the shipped list
SHORTEST_COMPOUND = 7
LONGEST_COMPOUND = 48
_LAW_ENDINGS = ("lov", "loven", "lova", "lovens", "lover", "lovene")


class Lexicon:
    """The words that may be parts. Growing it only adds splits; splits already made are kept until the next rebuild."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._simple = entries("simple.txt")
        self._never = entries("no_parts.txt")
        self._words = {fold(word) for word in self._simple}
        self._keys = {key(word) for word in self._words}
        self._splits: dict[str, tuple[str, ...]] = {}
        self.add(words)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def add(self, words: Iterable[str]) -> set[str]:
        """Take in the words that are fit to be parts; gives the new ones, folded."""
        return self.add_learnt({fold(word) for word in words if is_part(word)})

    def add_learnt(self, words: Iterable[str]) -> set[str]:
        """Take in words that another lexicon has given out, folded and fit; gives the new ones."""
        fit = set(words) - self._words
        self._words |= fit
        self._keys.update(map(key, fit))
        return fit

    def parts(self, word: str) -> tuple[str, ...]:
        """Give all known words inside a lower-case compound, the longest first; nothing for a simple word."""
        cached = self._splits.get(word)
        if cached is None:
            cached = self._splits[word] = self._find(fold(word))
        return cached

    def _find(self, word: str) -> tuple[str, ...]:
        if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND or not word.isalpha() or word in self._simple:
            return ()
        if word.endswith(_LAW_ENDINGS):  # the law about a thing is not the thing
            return ()
        found: dict[str, None] = {}
        for piece in self._cover(word):
            found[piece] = None
            found.update(dict.fromkeys(self._find(piece)))
        return tuple(sorted(found, key=len, reverse=True))

    def _cover(self, word: str) -> list[str]:
        """Cover the word by the fewest known words, at least two; the longer last word wins a tie."""
        best: dict[int, list[str]] = {len(word): []}  # where a rest begins -> the pieces that cover it
        for start in range(len(word) - 3, -1, -1):
            covers = [cover for end in best if end >= start + 3 and (cover := self._step(word, start, end, best))]
            if covers:
                best[start] = min(covers, key=len)
        return best.get(0, [])

    def _step(self, word: str, start: int, end: int, best: dict[int, list[str]]) -> list[str] | None:
        if end - start == len(word):
            return None
        rest = best[end]
        piece = word[start:end]
        if piece not in self._never and (piece in self._words or (not rest and key(piece) in self._keys)):
            return [piece, *rest]
        joined = piece[:-1]
        if rest and piece[-1] in "se" and joined in self._words and joined not in self._never:
            return [joined, *rest]
        return None


def is_part(word: str) -> bool:
    """Say whether a word may be learnt as a part of compounds."""
    return (
        len(word) >= SHORTEST_PART and word.isalpha() and word not in entries("no_parts.txt") and not is_stop_word(word)
    )
