"""Words spelt nearly the same, out of the documents this reader may read: for misspellings and "did you mean"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wiki.search.reader_view import ReaderView

MOST_NEAR_WORDS = 4


def allowed_slips(word: str) -> int:
    """Give how many letters may be wrong: none in short words and abbreviations, where one makes another word."""
    length = len(word)
    if length < 4 or not word.isalpha():
        return 0
    return 1 if length < 7 else 2


def near_words(word: str, view: ReaderView) -> list[tuple[str, float]]:
    """Give the readable words with the fewest other letters, the commonest first, with their likeness (0-1)."""
    slips = allowed_slips(word)
    if not slips:
        return []

    def find(vocabulary: Sequence[str]) -> list[str]:
        found = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [choice for choice, _, _ in found if choice != word]

    near = [(OSA.distance(word, choice), -view.frequency("form", choice), choice) for choice in view.closest(find)]
    fewest = min((distance for distance, _, _ in near), default=0)
    nearest = sorted(entry for entry in near if entry[0] == fewest)[:MOST_NEAR_WORDS]
    return [(choice, 1 - distance / len(word)) for distance, _, choice in nearest]


def suggestion(text: str, unknown: Mapping[str, str | None]) -> str | None:
    """Give the query with each unknown word replaced by the nearest readable one; None when there is none."""
    corrected = text
    for word, nearest in unknown.items():
        if nearest:
            corrected = _replace(corrected, word, nearest)
    return corrected if corrected != text else None


def _replace(text: str, word: str, other: str) -> str:
    start = text.lower().find(word)
    return text if start < 0 else text[:start] + other + text[start + len(word) :]
