"""Three-way merge of the answers of a structured document, field by field."""

from collections.abc import Mapping
from typing import Any

_MISSING = object()


class FieldConflict(ValueError):
    """Both changed the same field, each in their own way; `field` is its name."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def merge_fields(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of two changed copies of `base`: what one side changed, added or took out is taken from it.

    Raises:
        FieldConflict: both changed the same field differently.
    """
    merged: dict[str, Any] = {}
    for name in [*theirs, *(name for name in mine if name not in theirs)]:
        before, own, other = (each.get(name, _MISSING) for each in (base, mine, theirs))
        if own != other and before not in (own, other):
            raise FieldConflict(name)
        value = own if before == other else other
        if value is not _MISSING:
            merged[name] = value
    return merged
