"""What the kinds of things are called on the result page. A room may give its kind a better word."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

_KINDS: dict[str, Any] = {
    "page": _l("Side"),
    "form_template": _l("Mal"),
    "assessment": _l("Vurdering"),
    "minutes": _l("Referat"),
    "meeting": _l("Møte"),
    "proposal": _l("Prosjektforslag"),
    "space": _l("Rom"),
    "person": _l("Person"),
}


def register_kind_label(kind: str, label: Any) -> None:
    """Let a kind be called `label` (a lazy translation)."""
    _KINDS[kind] = label


def kind_label(kind: str) -> str:
    """Give the word for a kind."""
    return str(_KINDS.get(kind, kind.replace("_", " ").capitalize()))
