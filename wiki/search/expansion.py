"""From what was typed to what is looked up: each word becomes a group of weighted alternatives, any of which counts.

The word's key; compounds that hold it; for a compound, its parts; two neighbours written as one; what an abbreviation
stands for, and the other way; Norwegian for English; æøå for ae, oe, aa.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from wiki.search.analysis.compounds import Lexicon
from wiki.search.analysis.norwegian import ascii_variant, is_stop_word, key
from wiki.search.analysis.tokens import pieces, words
from wiki.search.analysis.word_lists import rows
from wiki.search.parsing import ParsedQuery
from wiki.search.terms import FORM, PART, STEM, joined_pairs, part_keys, stems

# How much an alternative counts against the word itself (1.0).
FORM_BONUS = 0.25  # written exactly so, on top of the key
IN_COMPOUND = 0.4
ALL_PARTS = 0.5
ONE_PART = 0.12
JOINED = 1.0
SYNONYM = 0.7
ENGLISH = 0.7
LONGEST_SYNONYM = 4  # words


@dataclass(frozen=True)
class Alternative:
    """A term of one level, and how much it counts; several terms must all be there, as stems or inside compounds."""

    level: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Group:
    """One word of the query and what may stand for it. A weak alternative ranks, but does not make a match."""

    word: str
    alternatives: tuple[Alternative, ...]
    weak: tuple[Alternative, ...] = ()


def expand(parsed: ParsedQuery, lexicon: Lexicon) -> list[Group]:
    """Give a group for each word that says something; for a query of stop words alone, for each of them."""
    telling = [word for word in parsed.words if not is_stop_word(word)]
    if not telling:
        return [] if parsed.phrases or parsed.either else [stop_word_group(word) for word in parsed.words]
    extra = _neighbours(telling)
    for word, alternatives in _synonyms(telling).items():
        extra[word].extend(alternatives)
    return [_group(word, lexicon, extra[word]) for word in telling]


def expand_word(word: str, lexicon: Lexicon) -> Group:
    """Give the group of a word that stands by itself."""
    return stop_word_group(word) if is_stop_word(word) else _group(word, lexicon, _synonyms([word])[word])


def stop_word_group(word: str) -> Group:
    """Give the group of a word that is only found as it is written."""
    return Group(word, (Alternative(FORM, (word,), 1.0),))


def _group(word: str, lexicon: Lexicon, extra: Iterable[Alternative]) -> Group:
    strong = [*_itself(word, 1.0), *extra]
    if len(pieces(word)) == 1:
        strong.append(Alternative(FORM, (word,), FORM_BONUS))
    variant = ascii_variant(word)
    if variant:
        strong += _itself(variant, 0.9)
    parts = sorted(part_keys(word, lexicon))
    if len(parts) > 1:
        strong.append(Alternative(PART, tuple(parts), ALL_PARTS))
    weak = tuple(Alternative(PART, (part,), ONE_PART) for part in parts)
    return Group(word, tuple(strong), weak)


def _itself(word: str, weight: float) -> list[Alternative]:
    found = stems(word)
    if len(found) < 2:
        terms = found or [key(word)]
        return [Alternative(STEM, (term,), weight) for term in terms] + [
            Alternative(PART, (term,), weight * IN_COMPOUND) for term in terms
        ]
    *inside, joined = found
    return [
        Alternative(STEM, (joined,), weight),
        Alternative(PART, (joined,), weight * IN_COMPOUND),
        Alternative(STEM, tuple(inside), weight * 0.9),
    ]


def _neighbours(found: Sequence[str]) -> dict[str, list[Alternative]]:
    extra: dict[str, list[Alternative]] = defaultdict(list)
    for position, joined in enumerate(joined_pairs(found)):
        for term in {key(word) for word in joined}:
            for word in found[position : position + 2]:
                extra[word].append(Alternative(STEM, (term,), JOINED))
    return extra


def _synonyms(found: Sequence[str]) -> dict[str, list[Alternative]]:
    extra: dict[str, list[Alternative]] = defaultdict(list)
    keys = [key("".join(pieces(word))) for word in found]
    for start in range(len(found)):
        for end in range(start + 1, min(start + LONGEST_SYNONYM, len(found)) + 1):
            meant = _thesaurus().get(tuple(keys[start:end]), [])
            for alternative in (*meant, *_english().get(tuple(found[start:end]), ())):
                for word in found[start:end]:
                    extra[word].append(alternative)
    return extra


@cache
def _thesaurus() -> dict[tuple[str, ...], list[Alternative]]:
    """Give for a row of keys what else it may be called."""
    found: dict[tuple[str, ...], list[Alternative]] = defaultdict(list)
    for short, long in rows("abbreviations.tsv"):
        for meaning in long.split("|"):
            found[_keys(short)].append(_alternative(meaning, SYNONYM))
            found[_keys(meaning)].append(_alternative(short, SYNONYM))
    return dict(found)


@cache
def _english() -> dict[tuple[str, ...], list[Alternative]]:
    """Give for English words as written, the last one also in the plural, what they are in Norwegian.

    As written, because Norwegian keys of English words are those of other words: "delete" is not "deler".
    """
    found: dict[tuple[str, ...], list[Alternative]] = {}
    plurals: dict[tuple[str, ...], list[Alternative]] = {}
    for english, norwegian in rows("english.tsv"):
        *before, last = (word for word in words(english) if not is_stop_word(word))
        meanings = [_alternative(meaning, ENGLISH) for meaning in norwegian.split("|")]
        found[*before, last] = meanings
        plurals[*before, f"{last}s"] = meanings
    return plurals | found


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key("".join(pieces(word))) for word in words(text) if not is_stop_word(word))


def _alternative(text: str, weight: float) -> Alternative:
    terms = _keys(text)
    return Alternative(STEM if len(terms) == 1 else PART, terms, weight)
