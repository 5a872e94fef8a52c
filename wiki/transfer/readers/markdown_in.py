"""Reads a folder of Markdown and text files as items.

What describes a document may stand in its own front matter or, for texts that must stay untouched, in a file
`manifest.jsonl` at the top of the folder: one JSON object a line, with `path` and any of the fields below. The front
matter wins, field by field.

    title       else the first heading, else the name of the file
    language    or `lang`: nb, nn or en, with or without a country
    tags        a list, or words with commas between
"""

import json
import math
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wiki.core.front_matter import split_front_matter
from wiki.core.text import excerpt, first_heading, normalise
from wiki.transfer.contracts import Item

MAX_BYTES = 2 * 1024 * 1024
MAX_PATH = 500
MAX_TITLE = 200
MANIFEST = "manifest.jsonl"
ENDINGS = frozenset({".md", ".markdown", ".txt"})

_UNDERLINED = re.compile(r"\n*(?! {4}|\t|[ ]*(?:[#>|<`~*+=-]|\d+[.)]))([^\n]+)\n(?:=+|-{2,})[ \t]*(?:\n|\Z)")
_LANGUAGES = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}
_CONSUMED = frozenset({"title", "language", "lang", "tags"})


class Unreadable(ValueError):
    """A file that does not become an item; the message says why."""


@dataclass(frozen=True)
class Source:
    """A file to read, and its path relative to the folder as it is kept."""

    file: Path
    path: str


def find_sources(folder: Path) -> list[Source]:
    """Every file under the folder, in the order of their paths.

    Hidden files and folders are left out, and so are links that lead out of the folder or nowhere.
    """
    root = folder.resolve()
    found = [Source(file, _relative(file, folder)) for file in _files(folder, root)]
    return sorted(found, key=lambda source: (source.path, source.file.name))


def _files(folder: Path, root: Path) -> Iterator[Path]:
    for directory, folders, names in os.walk(folder):  # links to folders are not followed
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(directory, name)
            if not name.startswith(".") and file.is_file() and file.resolve().is_relative_to(root):
                yield file


def _relative(file: Path, folder: Path) -> str:
    """The path as it is kept; bytes of a name that are no UTF-8 are written out."""
    path = unicodedata.normalize("NFC", file.relative_to(folder).as_posix())
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def read_manifest(folder: Path) -> dict[str, Mapping[str, Any]]:
    """What the folder's manifest says, by path; lines that say nothing usable are passed over."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    entries = (_entry(line) for line in lines)
    return {unicodedata.normalize("NFC", entry["path"]): entry for entry in entries if entry is not None}


def _entry(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("path"), str) else None


def read(source: Source, described: Mapping[str, Any] | None = None) -> Item:
    """The item in a file; `described` is what the manifest says of it.

    Raises:
        Unreadable: it cannot be an item; the message says why.
    """
    text = _text(source)
    own, body = split_front_matter(text)
    listed = described or {}
    said = _title(own.get("title")) or _title(listed.get("title"))
    title = said or _title(_heading(body)) or _title(_name_as_title(source))
    return Item(
        source_path=source.path,
        title=title,
        body=_without_title(body, title),
        language=_language(own) or _language(listed),
        tags=_tags(own.get("tags", listed.get("tags"))),
        data={name: _plain(value) for name, value in own.items() if name not in _CONSUMED},
    )


def _text(source: Source) -> str:
    if source.file.suffix.lower() not in ENDINGS:
        raise Unreadable("not Markdown or text")
    if len(source.path) > MAX_PATH:
        raise Unreadable(f"the path is longer than {MAX_PATH} characters")
    try:
        size = source.file.stat().st_size
        if size > MAX_BYTES:
            raise Unreadable(f"larger than {MAX_BYTES // 1024 // 1024} MiB")
        return source.file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error


def _title(value: Any) -> str:
    """A title on one line, shortened between words when it is too long; empty when there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return ""
    return excerpt(normalise(str(value)), MAX_TITLE)


def _heading(body: str) -> str | None:
    """The first heading: underlined at the very top, else written with #."""
    underlined = _UNDERLINED.match(body)
    return underlined[1].strip() if underlined else first_heading(body)


def _name_as_title(source: Source) -> str:
    words = unicodedata.normalize("NFC", source.file.stem).replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or source.file.name


def _without_title(body: str, title: str) -> str:
    """The text without the title as a heading at its top: the page shows it already."""
    underlined = _UNDERLINED.match(body)
    if underlined:
        return body[underlined.end() :].lstrip("\n") if underlined[1].strip() == title else body
    first, _newline, rest = body.lstrip("\n").partition("\n")
    said = first.removeprefix("# ").strip().rstrip("#").strip()
    return rest.lstrip("\n") if first.startswith("# ") and said == title else body


def _language(fields: Mapping[str, Any]) -> str | None:
    value = fields.get("language", fields.get("lang"))
    return _LANGUAGES.get(value.strip().lower().replace("_", "-").partition("-")[0]) if isinstance(value, str) else None


def _tags(value: Any) -> tuple[str, ...]:
    listed = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    words = (" ".join(normalise(str(word)).split()) for word in listed if isinstance(word, str | int))
    return tuple(dict.fromkeys(word for word in words if word))


def _plain(value: Any) -> Any:
    """A value of YAML as one of JSON that every database can keep."""
    if isinstance(value, dict):
        return {normalise(str(name)): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return value.isoformat() if isinstance(value, date) else normalise(str(value))  # a moment is a date too
