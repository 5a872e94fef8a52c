"""What a document weighs: its title, headings, tags and body as weighted terms, the same for every back end.

Each field counts by its boost and against its length (BM25F with fixed reference lengths, so that a weight depends on
nothing but the document). Four levels of terms:

- `form`: words as written, with their places, for quotes and phrases, for what a prefix or a misspelling may mean;
- `stem`: keys (see analysis/norwegian.py), where the inflections of bokmål and nynorsk meet;
- `part`: keys of the words inside compounds;
- `gram`: letter sequences of title, headings and tags, which forgive spelling.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wiki.search.analysis.compounds import Lexicon
from wiki.search.analysis.norwegian import is_stop_word, key
from wiki.search.analysis.tokens import pieces, words
from wiki.search.contracts import IndexDocument

FORM, STEM, PART, GRAM = "form", "stem", "part", "gram"
GRAM_SIZE = 4
KIND_WEIGHT = 3.0
# What a kind of document is called: asking for minutes by that word finds them, whether their text says it or not.
_KIND_WORDS = {
    "form_template": ("mal", "skjema"),
    "assessment": ("vurdering",),
    "minutes": ("referat",),
    "proposal": ("prosjektforslag",),
}
TEXT_GAP = 100  # positions between texts, so that no phrase runs from one heading or field into the next


@dataclass(frozen=True)
class FieldWeight:
    """How much a word counts in a field of `reference` words, and how strongly (0-1) a longer field thins it out."""

    boost: float
    reference: float
    thinning: float


FIELDS = {
    "title": FieldWeight(boost=9.0, reference=5, thinning=0.6),
    "headings": FieldWeight(boost=2.0, reference=25, thinning=0.5),
    "tags": FieldWeight(boost=3.0, reference=4, thinning=0.3),
    "body": FieldWeight(boost=1.0, reference=350, thinning=0.65),
}


@dataclass(frozen=True)
class DocumentTerms:
    """The terms of one document by level, with their weights, and the places of each form."""

    weights: dict[str, dict[str, float]]
    positions: dict[str, list[int]]


def field_texts(document: IndexDocument) -> dict[str, Sequence[str]]:
    """Give the texts of each field.

    The title is a heading too, whether the text repeats it or not: an import takes it out, a person may not.
    """
    return {
        "title": [document.title],
        "headings": [document.title, *document.headings],
        "tags": document.tags,
        "body": [document.body],
    }


def document_terms(document: IndexDocument, lexicon: Lexicon) -> DocumentTerms:
    """Weigh a document; `lexicon` says how its compounds are split."""
    weights: dict[str, dict[str, float]] = {level: defaultdict(float) for level in (FORM, STEM, PART, GRAM)}
    positions: dict[str, list[int]] = defaultdict(list)
    for word in _KIND_WORDS.get(document.kind, ()):
        weights[STEM][key(word)] += KIND_WEIGHT
    place = 0
    for name, texts in field_texts(document).items():
        weight, cut = FIELDS[name], [words(text) for text in texts]
        found = [word for text in cut for word in text]
        thin = 1 - weight.thinning + weight.thinning * len(found) / weight.reference
        for word, count in Counter(found).items():
            _weigh_word(word, weight.boost * count / thin, lexicon, weights)
        if name != "body":
            for gram in grams(found):
                weights[GRAM][gram] += weight.boost / thin
        for text in cut:
            for piece in (piece for word in text for piece in pieces(word)):
                positions[piece].append(place)
                place += 1
            place += TEXT_GAP
    return DocumentTerms(weights, positions)


def _weigh_word(word: str, weight: float, lexicon: Lexicon, weights: dict[str, dict[str, float]]) -> None:
    for piece in pieces(word):
        weights[FORM][piece] += weight
    for term in stems(word):
        weights[STEM][term] += weight
    for term in part_keys(word, lexicon):
        weights[PART][term] += weight


def stems(word: str) -> list[str]:
    """Give the keys of a word; a hyphenated one by its pieces and as one word (e-post is also epost)."""
    inside = pieces(word)
    found = [key(piece) for piece in inside if not is_stop_word(piece)]
    if len(inside) > 1:
        found.append(key("".join(inside)))
    return found


def part_keys(word: str, lexicon: Lexicon) -> set[str]:
    """Give the keys of the words inside a compound, none of which is the compound itself."""
    return {key(part) for piece in pieces(word) for part in lexicon.parts(piece)} - set(stems(word))


def grams(found: Iterable[str]) -> set[str]:
    """Give the letter sequences of the words, with their beginnings and ends marked."""
    result: set[str] = set()
    for word in found:
        if not is_stop_word(word):
            result.update(word_grams(word))
    return result


def word_grams(word: str) -> set[str]:
    """Give the letter sequences of one word; a short word is its own."""
    marked = f"_{word}_"
    last = max(1, len(marked) - GRAM_SIZE + 1)
    return {marked[start : start + GRAM_SIZE] for start in range(last)}


def joined_pairs(found: Sequence[str]) -> list[tuple[str, ...]]:
    """Give for each two neighbours what they would be as one word: post kasse -> postkasse, postskasse."""
    return [(left + right, f"{left}s{right}") for left, right in pairwise(found)]
