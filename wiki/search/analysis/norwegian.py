"""From a word to its key: the form under which bokmål, nynorsk and every inflection of a word meet.

Fold nynorsk letters to bokmål, stem twice, and let listed pairs (`verksemd` = `virksomhet`) share one key.
Names of laws keep apart from the thing they govern: `kommuneloven` is not `kommune`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from Stemmer import Stemmer

from wiki.search.analysis.word_lists import entries, rows

_LAW = re.compile(r"(.{3,}lov)(?:s|en|ens|a|er|ene)?\Z")
# The stemmer takes -lege for the nynorsk ending of personlege; in these words it is the physician.
_PHYSICIAN = re.compile(
    r"(.*(?:fast|over|tann|kommune|sykehus|allmenn|bedrifts|vakt|turnus|skole|barne)lege)(?:s|n|ns|r|ne|nes|rs)?\Z"
)
_ASCII_LETTERS = (("ae", "æ"), ("oe", "ø"), ("aa", "å"))


class _Folding:
    """The rules of folding.tsv in one pass per place: beginning, anywhere, end."""

    def __init__(self) -> None:
        rules = dict(rows("folding.tsv"))
        self._begin = {old[1:]: new for old, new in rules.items() if old.startswith("^")}
        self._end = {old[:-1]: new for old, new in rules.items() if old.endswith("$")}
        self._inside = {old: new for old, new in rules.items() if old[0] != "^" and old[-1] != "$"}
        self._patterns = (
            (re.compile(rf"\A(?:{_alternatives(self._begin)})"), self._begin),
            (re.compile(_alternatives(self._inside)), self._inside),
            (re.compile(rf"(?<=..)(?:{_alternatives(self._end)})\Z"), self._end),
        )

    def __call__(self, word: str) -> str:
        for pattern, replacement in self._patterns:
            word = pattern.sub(lambda match, new=replacement: new[match.group()], word)  # type: ignore[misc]
        return word


def _alternatives(rules: dict[str, str]) -> str:
    return "|".join(re.escape(old) for old in sorted(rules, key=len, reverse=True))


@cache
def _folding() -> _Folding:
    return _Folding()


@cache
def _stemmer() -> Stemmer:
    return Stemmer("norwegian", 0)  # our own cache below covers more than the stem


@cache
def _pairs() -> dict[str, str]:
    return dict(rows("pairs.tsv"))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Give the bokmål form of a lower-case word as far as the rules know it."""
    return _folding()(_pairs().get(word, word))


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """Give the key of a lower-case word. Words with digits (35, 11-4, 2fa) are their own key."""
    if not word.isalpha():
        return word
    stem = _stem(fold(word))
    return _listed_stems().get(stem, stem)


def _stem(word: str) -> str:
    whole = _LAW.match(word) or _PHYSICIAN.match(word)
    if whole:
        return whole.group(1)
    # Twice, because the agent and the plural are layers: brukerne -> bruker -> bruk, as bruker -> bruk.
    stemmer = _stemmer()
    return str(stemmer.stemWord(stemmer.stemWord(word)))


@cache
def _listed_stems() -> dict[str, str]:
    """Stem to stem for the listed pairs, so that inflections the list does not spell out meet too."""
    fold_letters = _folding()
    stems = ((_stem(fold_letters(variant)), _stem(fold_letters(main))) for variant, main in rows("pairs.tsv"))
    return {variant: main for variant, main in stems if variant != main and len(variant) > 3}


def is_stop_word(word: str) -> bool:
    """Say whether a lower-case word is too common to search for."""
    return word in entries("stop.txt")


def ascii_variant(word: str) -> str | None:
    """Give the word with æ, ø and å for ae, oe and aa, or None when it holds none of them."""
    variant = word
    for old, new in _ASCII_LETTERS:
        variant = variant.replace(old, new)
    return variant if variant != word else None
