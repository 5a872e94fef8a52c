"""The numbers of cases.

A case is numbered by body and calendar year of the meeting (ordinary practice of Norwegian
boards: «sak 37-26» is the 37th case of 2026). A number is given when the meeting is called, and
is never given again, also when its case is withdrawn.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wiki.core.clock import OSLO


@dataclass(frozen=True, order=True)
class CaseNumber:
    """The number of a case within its body: year (four digits) and place in that year's row."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.number}-{self.year % 100:02d}"


# «37-23», «37/23», «037/2023», «sak 37-23», «SG 37-23», «SG-sak 37/23», with any of the dashes people type.
_CASE_NUMBER = re.compile(
    r"(?:[a-zæøå]{1,12}[ -])?(?:sak(?:\s*nr\.?)?[ :]?\s*)?0*(?P<number>[1-9]\d{0,3})\s*[-/‐‑–]\s*(?P<year>(?:20)?\d\d)",
    re.IGNORECASE,
)


def parse_case_number(text: str) -> CaseNumber | None:
    """Read a case number in any of the forms in use; None when the text is something else."""
    match = _CASE_NUMBER.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    return CaseNumber(year=2000 + int(match["year"]) % 100, number=int(match["number"]))


def numbering_year(starts_at: datetime) -> int:
    """The year a meeting's cases are numbered in: that of the meeting in Norway, not of its call."""
    return starts_at.astimezone(OSLO).year


def next_numbers(used: Iterable[int], count: int) -> range:
    """The next ``count`` free numbers after all that were ever used in a body and year."""
    first = max(used, default=0) + 1
    return range(first, first + count)
