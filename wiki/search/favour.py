"""What lifts a document besides its words: being published, being a template when one asks for one, being new minutes.

Factors on the score, so that a document that hardly matches stays behind whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from wiki.core.clock import today
from wiki.search.analysis.norwegian import key
from wiki.search.parsing import ParsedQuery
from wiki.search.snapshot import Columns

DRAFT = 0.8
TEMPLATE_ASKED_FOR = 1.3
NEWEST_MINUTES = 0.25  # on top, for minutes of today; half of it when they are a year old, and so on
DAYS_A_YEAR = 365.25
_TEMPLATE_KEYS = frozenset(map(key, ("mal", "template", "skjema")))


def favoured(scores: Mapping[int, float], parsed: ParsedQuery, columns: Columns) -> dict[int, float]:
    """Give the scores with the factors on them."""
    asks_for_template = not _TEMPLATE_KEYS.isdisjoint(map(key, _asked_words(parsed)))
    now = today()
    result = {}
    for number, score in scores.items():
        kind = columns.kind[number]
        if not columns.published[number]:
            score *= DRAFT
        elif kind == "form_template" and asks_for_template:
            score *= TEMPLATE_ASKED_FOR
        elif kind == "minutes":
            score *= 1 + NEWEST_MINUTES * _newness(columns.updated[number], now)
        result[number] = score
    return result


def _asked_words(parsed: ParsedQuery) -> Iterable[str]:
    yield from parsed.words
    for row in parsed.either:
        yield from (operand for operand in row if isinstance(operand, str))


def _newness(updated: str, now: date) -> float:
    """From 1 (today) by halves each year; 0 when the time is unknown."""
    if not updated:
        return 0.0
    years = max(0, (now - date.fromisoformat(updated[:10])).days) / DAYS_A_YEAR
    return float(0.5**years)
