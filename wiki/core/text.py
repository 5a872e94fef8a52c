"""Plain text: addresses, normal form, and the words of a document without its markup."""

import html
import re
import unicodedata
from collections.abc import Container

# Letters that decomposition leaves alone; å is here because a wiki address reads better as "a"
# however the letter was typed (one code point or two).
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
_FALLBACK_SLUG = "uten-navn"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$")
_INLINE_MARK = re.compile(r"[*_`~]+|!?\[([^\]]*)\]\([^)]*\)")
_SILENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|section|br|hr|h[1-6]|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td"
    r"|pre|blockquote|details|summary|figure|figcaption)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")


def slugify(text: str, max_length: int = 80) -> str:
    """The address form of a title: a-z, 0-9 and single hyphens, cut at a word border.

    Never empty; a title without any Latin letter or digit gives a fixed word, which
    `unique_slug` then numbers.
    """
    folded = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii").lower()
    slug = _NOT_SLUG.sub("-", plain).strip("-")
    return _cut(slug or _FALLBACK_SLUG, max_length)


def _cut(slug: str, max_length: int) -> str:
    """The slug within `max_length` characters, without a torn last word where that is possible."""
    if len(slug) <= max_length:
        return slug
    whole_words = slug[: max_length + 1].rpartition("-")[0]
    return whole_words or slug[:max_length]


def unique_slug(base: str, taken: Container[str], max_length: int = 80) -> str:
    """`base`, or the first of `base-2`, `base-3` … that is not taken; never over `max_length`."""
    if base not in taken:
        return base
    number = 2
    while True:
        suffix = f"-{number}"
        candidate = _cut(base, max_length - len(suffix)) + suffix
        if candidate not in taken:
            return candidate
        number += 1


def normalise(text: str) -> str:
    """Text as it is stored: NFC, line feeds only, no byte order mark, no control characters but newline and tab."""
    unix = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    # A lone surrogate cannot be stored as UTF-8; it comes only from broken input.
    storable = unix.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", _CONTROL.sub("", storable))


def first_heading(markdown: str) -> str | None:
    """The text of the first heading written with #, outside code; None when there is none."""
    fence = ""
    for line in markdown.splitlines():
        opening = _FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif opening:
            fence = opening[1]
        elif heading := _ATX.match(line):
            return _INLINE_MARK.sub(lambda m: m[1] or "", heading[1]).strip() or None
    return None


def without_silent_elements(markup: str) -> str:
    """HTML without script and style elements, their contents included (for reading, not for safety)."""
    return _SILENT.sub("", markup)


def plain_text(markup: str) -> str:
    """The words of an HTML fragment: one line per block, entities resolved, no empty lines."""
    spoken = without_silent_elements(markup)
    unmarked = html.unescape(_TAG.sub("", _BLOCK_TAG.sub("\n", spoken)))
    lines = (" ".join(line.split()) for line in unmarked.split("\n"))
    return "\n".join(line for line in lines if line)


def excerpt(text: str, length: int = 200) -> str:
    """The start of a plain text on one line, at most `length` characters, cut between words."""
    line = " ".join(text[: length * 4 + 400].split())
    if len(line) <= length:
        return line
    head = line[:length]
    at_word = head.rpartition(" ")[0]
    return (at_word or head[: length - 1]).rstrip(" ,.;:–-")[: length - 1] + "…"
