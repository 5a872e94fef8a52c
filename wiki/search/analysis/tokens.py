"""Cut text into words, the same way for documents and queries."""

from __future__ import annotations

import re
import unicodedata

# In order: numbers that belong together (11-4, 2024/118, 1.2.3), words joined by hyphens (e-post, ROS-analyse), words.
WORD = re.compile(r"\d+(?:[-/.:]\d+)+|[^\W_]+(?:[-\u2010\u2011][^\W_]+)+|[^\W_]+")
HYPHENS = re.compile(r"[-\u2010\u2011]")
_NUMBER = re.compile(r"\d+(?:[-/.:]\d+)*\Z")
MAX_WORD = 64  # longer runs are data (hashes, base64), not words


def lower(text: str) -> str:
    """Lower case in composed Unicode, so that å typed as two characters is the same letter."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.lower()


def words(text: str) -> list[str]:
    """Give the words of a text in lower case, hyphenated ones whole."""
    return [word for word in WORD.findall(lower(text)) if len(word) <= MAX_WORD]


def is_number(word: str) -> bool:
    """Say whether the word is a number, a paragraph number or a case number."""
    return _NUMBER.match(word) is not None


def pieces(word: str) -> list[str]:
    """Give the words inside a hyphenated word; a plain word or a number is its own only piece."""
    if word.isalnum() or is_number(word):
        return [word]
    return HYPHENS.split(word)
