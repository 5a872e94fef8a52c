"""Field filters of a query: `type:mal`, `kommune:bergen`, `år:2024-2026`. Names in bokmål, nynorsk and English.

A filter is part of what was typed, so it is never an error: an unknown name is a word like others, and a value that
nothing has finds nothing. The same field twice means either value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wiki.search.analysis.tokens import lower, words
from wiki.search.snapshot import Columns

_FIELDS = {
    "kind": ("type", "slag", "kind"),
    "space": ("rom", "space"),
    "municipality": ("kommune", "municipality"),
    "tag": ("merke", "merkelapp", "tag"),
    "year": ("år", "aar", "ar", "year"),
    "language": ("språk", "sprak", "spraak", "language"),
    "owner": ("eier", "eigar", "owner"),
}
FIELD_NAMES: Mapping[str, str] = {name: field for field, names in _FIELDS.items() for name in names}

_KINDS = {
    "page": ("side", "artikkel"),
    "form_template": ("mal", "skjema", "template"),
    "assessment": ("vurdering", "dpia", "ros"),
    "minutes": ("referat", "møtebok", "møtereferat"),
    "meeting": ("møte",),
    "proposal": ("prosjektforslag", "prosjekt", "forslag"),
    "space": ("rom",),
}
_LANGUAGES = {
    "nb": ("bokmål", "bokmal", "norsk"),
    "nn": ("nynorsk", "norsk"),
    "en": ("engelsk", "english"),
}
_YEARS = re.compile(r"(\d{4})?(-)?(\d{4})?\Z")


@dataclass(frozen=True)
class Filter:
    """A field, the value typed for it in lower case, and whether documents with it are left out."""

    field: str
    value: str
    negative: bool = False


def passing(filters: Sequence[Filter], columns: Columns, numbers: Iterable[int]) -> set[int]:
    """Give the documents out of `numbers` that every filter lets through."""
    either: dict[str, list[str]] = defaultdict(list)
    never: dict[str, list[str]] = defaultdict(list)
    for one in filters:
        (never if one.negative else either)[one.field].append(one.value)
    left = set(numbers)
    for field, values in either.items():
        left &= _having(field, values, columns, left)
    for field, values in never.items():
        left -= _having(field, values, columns, left)
    return left


def _having(field: str, values: Sequence[str], columns: Columns, numbers: Iterable[int]) -> set[int]:
    read, holds = _READERS[field]
    known: dict[str, bool] = {}  # many documents share few values
    found = set()
    for number in numbers:
        held = read(columns, number)
        if held not in known:
            known[held] = any(holds(held, value, columns) for value in values)
        if known[held]:
            found.add(number)
    return found


def _is_kind(held: str, value: str, _columns: Columns) -> bool:
    return held == value or value in _KINDS.get(held, ())


def _is_language(held: str, value: str, _columns: Columns) -> bool:
    return held == value or value in _LANGUAGES.get(held, ())


def _is_space(held: str, value: str, columns: Columns) -> bool:
    return held == value or _all_words(columns.space_names.get(held, ""), value)


def _is_municipality(held: str, value: str, columns: Columns) -> bool:
    return bool(held) and (held == value or lower(columns.municipality_names.get(held, "")) == value)


def _is_owner(held: str, value: str, _columns: Columns) -> bool:
    return _all_words(held, value)


def _has_tag(held: str, value: str, _columns: Columns) -> bool:
    return value in lower(held).split("\n")


def _is_year(held: str, value: str, _columns: Columns) -> bool:
    """A year or a span, open at one end or not: 2024, 2020-2024, 2024-, -2020."""
    year, found = held[:4], _YEARS.match(value)
    if not found or not year:
        return False
    first, span, last = found.groups()
    if not span:
        return bool(first and not last) and year == first
    return bool(first or last) and (first or "") <= year <= (last or "9999")


def _all_words(text: str, value: str) -> bool:
    """Whether the text has each word of the value, or one that begins so."""
    held, wanted = words(text), words(value)
    return bool(wanted) and all(any(word.startswith(beginning) for word in held) for beginning in wanted)


_READERS: dict[str, tuple[Callable[[Columns, int], str], Callable[[str, str, Columns], bool]]] = {
    "kind": (lambda columns, number: columns.kind[number], _is_kind),
    "space": (lambda columns, number: columns.space[number], _is_space),
    "municipality": (lambda columns, number: columns.municipality[number], _is_municipality),
    "tag": (lambda columns, number: columns.tags[number], _has_tag),
    "year": (lambda columns, number: columns.updated[number], _is_year),
    "language": (lambda columns, number: columns.language[number], _is_language),
    "owner": (lambda columns, number: columns.owner[number], _is_owner),
}
