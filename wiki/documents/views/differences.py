"""Differences as HTML: rows of blocks with what was taken out and put in marked inside."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from wiki.documents.domain.diff import Change, Diff, Fold, Row, Span, folded

_MARKS = {Change.REMOVED: ("<del>", "</del>"), Change.ADDED: ("<ins>", "</ins>"), Change.SAME: ("", "")}


def shown(rows: Diff) -> list[dict[str, object]]:
    """The rows for the macro ``diff``, unchanged stretches folded."""
    return [_fold(row) if isinstance(row, Fold) else _row(row) for row in folded(rows)]


def _fold(fold: Fold) -> dict[str, object]:
    words = ngettext("%(num)s uendret avsnitt", "%(num)s uendrede avsnitt", fold.count)
    return {"change": "skipped", "html": words}


def _row(row: Row) -> dict[str, object]:
    html = _spans(row.inline) if row.change is Change.CHANGED else escape(row.text)
    if row.moved:
        html = Markup("{} <em>({})</em>").format(html, _("flyttet"))
    return {"change": str(row.change), "html": html}


def _spans(spans: Iterable[Span]) -> Markup:
    parts = (Markup(_MARKS[s.change][0]) + escape(s.text) + Markup(_MARKS[s.change][1]) for s in spans)  # noqa: S704
    return Markup("").join(parts)
