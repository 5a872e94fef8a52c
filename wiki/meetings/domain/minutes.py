"""The skeleton of the minutes: the minutes template, filled with what is known about the meeting.

The template is a document that the network may change, so this module takes its structure as it
finds it: rows with an empty second cell before the first heading are the facts; the section that
begins with «Til stede» is the list of those present; a section «Sak … [Tittel]» is the pattern of
every case; the section «Oppfølging» ends with a table. Other sections stay as they are, what the
template lacks is added in its place in the language of the template, and its guidance, which is
written as quotations, is left out: minutes are published as they stand.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wiki.core.clock import OSLO
from wiki.meetings.domain.numbering import CaseNumber
from wiki.meetings.domain.states import AttendanceStatus

_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip  # the same in bokmål and nynorsk
_EMPTY_FACT = re.compile(r"\|\s*(?P<label>[^|]+?)\s*\|\s*\|\s*")
_EMPTY_ROW = re.compile(r"\|(?:\s*\d*\s*\|)+\s*")
_CASE = re.compile(r"Sak\b")
_PATTERN = re.compile(r"Sak\b.*\[Tittel\]", re.IGNORECASE)
_TITLE = "[Tittel]"


@dataclass(frozen=True)
class MinutesCase:
    """A case as the minutes need it."""

    number: CaseNumber | None
    title: str
    background: str = ""
    withdrawn: bool = False


@dataclass(frozen=True)
class Presence:
    """Somebody's attendance as the minutes need it; an observer has no vote."""

    name: str
    represents: str
    status: AttendanceStatus
    observer: bool = False

    @property
    def label(self) -> str:
        """«Navn, kommune»."""
        return f"{self.name}, {self.represents}" if self.represents else self.name


@dataclass(frozen=True)
class Task:
    """An open follow-up as the minutes need it."""

    text: str
    case: str
    responsible: str
    due: str


@dataclass(frozen=True)
class MinutesFacts:
    """All that is known when the minutes are begun. ``language`` is that of the template: nb or nn."""

    language: str
    body: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    form: str = ""
    secretary: str = ""
    cases: Sequence[MinutesCase] = ()
    people: Sequence[Presence] = ()
    tasks: Sequence[Task] = ()
    next_meeting: datetime | None = None


@dataclass(frozen=True)
class _Words:
    """The words of one language that the template does not give."""

    facts: Mapping[str, str]
    present: str
    people_head: str
    excused: str
    observers: str
    case_pattern: str
    follow_up: str
    follow_up_head: str
    next_meeting: str
    withdrawn: str
    yes: str
    no: str
    forms: Mapping[str, str]
    title: str


_BOKMAL = _Words(
    facts={
        "body": "Gruppe eller utvalg",
        "time": "Dato og tid",
        "place": "Sted og møteform",
        "secretary": "Referent",
    },
    present="Til stede",
    people_head="| Navn eller funksjon | Representerer | Til stede |\n|---|---|---|",
    excused="**Forfall:**",
    observers="**Observatører:**",
    case_pattern="\n**Bakgrunn:**\n\n**Behandling:**\n\n**Vedtak:**\n",
    follow_up="Oppfølging",
    follow_up_head="| Nr. | Hva | Sak | Ansvarlig | Frist |\n|---:|---|---|---|---|",
    next_meeting="**Neste møte:**",
    withdrawn="Saken ble trukket.",
    yes="Ja",
    no="Nei",
    forms={"physical": "fysisk møte", "digital": "digitalt møte", "hybrid": "fysisk og digitalt møte"},
    title="Referat fra møte {date}",
)
_NYNORSK = _Words(
    facts={
        "body": "Gruppe eller utval",
        "time": "Dato og tid",
        "place": "Stad og møteform",
        "secretary": "Referent",
    },
    present="Til stades",
    people_head="| Namn eller funksjon | Representerer | Til stades |\n|---|---|---|",
    excused="**Forfall:**",
    observers="**Observatørar:**",
    case_pattern="\n**Bakgrunn:**\n\n**Behandling:**\n\n**Vedtak:**\n",
    follow_up="Oppfølging",
    follow_up_head="| Nr. | Kva | Sak | Ansvarleg | Frist |\n|---:|---|---|---|---|",
    next_meeting="**Neste møte:**",
    withdrawn="Saka vart trekt.",
    yes="Ja",
    no="Nei",
    forms={"physical": "fysisk møte", "digital": "digitalt møte", "hybrid": "fysisk og digitalt møte"},
    title="Referat frå møte {date}",
)


@dataclass
class _Section:
    """A heading of level 2 and the lines under it."""

    heading: str
    lines: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"## {self.heading}\n" + "\n".join(self.lines).rstrip("\n") + "\n"


def minutes_title(language: str, starts_at: datetime) -> str:
    """What the minutes of a meeting are called."""
    return _words(language).title.format(date=long_date(starts_at))


def long_date(moment: datetime) -> str:
    """«20. november 2026», the day in Norway."""
    day = moment.astimezone(OSLO)
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def clock_times(starts_at: datetime, ends_at: datetime | None) -> str:
    """«09.00–11.30», in Norway."""
    start = starts_at.astimezone(OSLO)
    end = f"–{ends_at.astimezone(OSLO):%H.%M}" if ends_at else ""
    return f"{start:%H.%M}{end}"


def minutes_body(template: str, facts: MinutesFacts) -> str:
    """The Markdown of new minutes: the body of the minutes template filled with ``facts``."""
    words = _words(facts.language)
    preamble, sections = _split(_without_guidance(template))
    pattern = next((s for s in sections if _PATTERN.match(s.heading)), None)
    parts = [_fill_facts(preamble, facts, words)]
    people = _take(sections, words.present) or _Section(words.present, ["", *words.people_head.split("\n")])
    tasks = _take(sections, words.follow_up) or _Section(words.follow_up, ["", *words.follow_up_head.split("\n")])
    others = [section for section in sections if not _CASE.match(section.heading)]
    parts.append(str(_people(people, facts, words)))
    parts += [str(_case(case, pattern, words)) for case in facts.cases]
    parts += [str(section) for section in others]
    parts.append(str(_tasks(tasks, facts, words)))
    return "\n".join(part for part in parts if part.strip())


def _words(language: str) -> _Words:
    return _NYNORSK if language == "nn" else _BOKMAL


def _without_guidance(template: str) -> str:
    kept = "\n".join(line for line in template.splitlines() if not line.startswith(">"))
    return re.sub(r"\n{3,}", "\n\n", kept)


def _split(template: str) -> tuple[list[str], list[_Section]]:
    preamble: list[str] = []
    sections: list[_Section] = []
    for line in template.splitlines():
        if line.startswith("## "):
            sections.append(_Section(line[3:].strip()))
        else:
            (sections[-1].lines if sections else preamble).append(line.rstrip())
    return preamble, sections


def _take(sections: list[_Section], start: str) -> _Section | None:
    """The section whose heading begins so, taken out of the list."""
    found = next((s for s in sections if s.heading.lower().startswith(start.lower())), None)
    if found:
        sections.remove(found)
    return found


def _fill_facts(preamble: list[str], facts: MinutesFacts, words: _Words) -> str:
    place = ", ".join(part for part in (facts.place, words.forms.get(facts.form, "")) if part)
    known = {
        words.facts["body"]: facts.body,
        words.facts["time"]: f"{long_date(facts.starts_at)} kl. {clock_times(facts.starts_at, facts.ends_at)}",
        words.facts["place"]: place,
        words.facts["secretary"]: facts.secretary,
    }
    lines = []
    for line in preamble:
        match = _EMPTY_FACT.fullmatch(line)
        value = known.get(match["label"]) if match else None
        lines.append(_row(match["label"], value) if match and value else line)
    return "\n".join(lines).strip("\n") + "\n"


def _people(section: _Section, facts: MinutesFacts, words: _Words) -> _Section:
    """The list of those present; who is excused or observes stands on a line of its own."""
    seats = [p for p in facts.people if p.status is not AttendanceStatus.EXCUSED and not p.observer]
    rows = [
        _row(
            p.name,
            p.represents,
            {AttendanceStatus.PRESENT: words.yes, AttendanceStatus.ABSENT: words.no}.get(p.status, ""),
        )
        for p in seats
    ]
    excused = "; ".join(_inline(p.label) for p in facts.people if p.status is AttendanceStatus.EXCUSED)
    observers = "; ".join(_inline(p.label) for p in facts.people if p.observer and p.status is AttendanceStatus.PRESENT)
    lines = _with_rows(section.lines, rows)
    lines = _with_line(lines, words.excused, excused)
    return _Section(section.heading, _with_line(lines, words.observers, observers))


def _case(case: MinutesCase, pattern: _Section | None, words: _Words) -> _Section:
    name = f"Sak {case.number} {_inline(case.title)}" if case.number else f"Sak: {_inline(case.title)}"
    if case.withdrawn:
        return _Section(name, ["", words.withdrawn])
    lines = list(pattern.lines) if pattern else words.case_pattern.split("\n")
    return _Section(name, _with_background(lines, case.background))


def _with_background(lines: list[str], background: str) -> list[str]:
    """The pattern with the case's own background under its first field, in place of the guidance there."""
    if not background.strip():
        return lines
    first = next((n for n, line in enumerate(lines) if line.startswith("**")), None)
    if first is None:
        return ["", background.strip(), *lines]
    end = next((n for n, line in enumerate(lines[first + 1 :], first + 1) if line.startswith("**")), len(lines))
    return [*lines[: first + 1], "", background.strip(), "", *lines[end:]]


def _tasks(section: _Section, facts: MinutesFacts, words: _Words) -> _Section:
    rows = [
        _row(str(number), task.text, task.case, task.responsible, task.due)
        for number, task in enumerate(facts.tasks, 1)
    ]
    when = facts.next_meeting
    following = f"{long_date(when)} kl. {clock_times(when, None)}" if when else ""
    return _Section(section.heading, _with_line(_with_rows(section.lines, rows), words.next_meeting, following))


def _with_rows(lines: list[str], rows: list[str]) -> list[str]:
    """The lines with ``rows`` in place of the empty rows of their table; all as they were without rows."""
    if not rows:
        return list(lines)
    kept = [line for line in lines if not (_EMPTY_ROW.fullmatch(line))]
    last = max((n for n, line in enumerate(kept) if line.startswith("|")), default=len(kept) - 1)
    return [*kept[: last + 1], *rows, *kept[last + 1 :]]


def _with_line(lines: list[str], label: str, value: str) -> list[str]:
    """The lines with ``value`` after the line that is ``label``; added at the end when there is none."""
    if not value:
        return lines
    if label in lines:
        return [f"{label} {value}" if line == label else line for line in lines]
    return [*lines, "", f"{label} {value}"]


def _row(*cells: str) -> str:
    return "| " + " | ".join(_inline(cell).replace("|", "\\|") for cell in cells) + " |"


def _inline(text: str) -> str:
    """A value on one line, in which no HTML begins."""
    return " ".join(text.split()).replace("<", "\\<")


def people_in_order(people: Iterable[Presence]) -> list[Presence]:
    """Those with a seat first, by whom they represent; a municipality's people stand together."""
    return sorted(people, key=lambda p: (p.observer, p.represents == "", p.represents.lower(), p.name.lower()))
