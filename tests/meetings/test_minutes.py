"""The skeleton of the minutes, without a database: from the templates we ship and from ones people have changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.meetings.domain.minutes import (
    MinutesCase,
    MinutesFacts,
    Presence,
    Task,
    minutes_body,
    minutes_title,
    people_in_order,
)
from wiki.meetings.domain.numbering import CaseNumber
from wiki.meetings.domain.states import AttendanceStatus

STARTER = Path(__file__).parents[2] / "wiki/library/starter"
STARTS = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def shipped(language: str) -> str:
    return (STARTER / f"minutes.{language}.md").read_text(encoding="utf-8").split("---\n", 2)[2]


def facts(language: str = "nb", **changed: object) -> MinutesFacts:
    values = {
        "language": language,
        "body": "Faggruppe personvern",
        "starts_at": STARTS,
        "ends_at": datetime(2026, 11, 20, 10, 30, tzinfo=UTC),
        "place": "Teams",
        "form": "digital",
        "secretary": "Koordinator personvern",
        "cases": [
            MinutesCase(CaseNumber(2026, 37), "Godkjenning av innkalling"),
            MinutesCase(CaseNumber(2026, 38), "Felles DPIA", "Alver har laget et utkast."),
            MinutesCase(CaseNumber(2026, 39), "Utsatt sak", withdrawn=True),
        ],
        "people": [
            Presence("Rådgiver", "Alver", AttendanceStatus.PRESENT),
            Presence("Ombud", "Kinn", AttendanceStatus.EXCUSED),
            Presence("Leder", "Bergen", AttendanceStatus.ABSENT),
            Presence("Gjest", "", AttendanceStatus.PRESENT, observer=True),
        ],
        "tasks": [Task("Sende utkastet | på høring", "30-26", "Rådgiver", "01.12.2026")],
        "next_meeting": datetime(2027, 1, 15, 8, 0, tzinfo=UTC),
    }
    return MinutesFacts(**values | changed)  # type: ignore[arg-type]


def test_bokmal_minutes_hold_what_is_known() -> None:
    body = minutes_body(shipped("nb"), facts())
    assert "| Gruppe eller utvalg | Faggruppe personvern |" in body
    assert "| Dato og tid | 20. november 2026 kl. 09.00–11.30 |" in body
    assert "| Sted og møteform | Teams, digitalt møte |" in body
    assert "| Møteleder | |" in body
    assert "| Rådgiver | Alver | Ja |\n| Leder | Bergen | Nei |" in body
    assert "**Forfall:** Ombud, Kinn" in body
    assert "**Observatører:** Gjest" in body
    assert "| 1 | Sende utkastet \\| på høring | 30-26 | Rådgiver | 01.12.2026 |" in body
    assert "**Neste møte:** 15. januar 2027 kl. 09.00" in body


def test_nynorsk_minutes_are_nynorsk() -> None:
    body = minutes_body(shipped("nn"), facts("nn"))
    assert "## Til stades" in body
    assert "| Stad og møteform | Teams, digitalt møte |" in body
    assert "**Observatørar:** Gjest" in body
    assert "Saka vart trekt." in body
    assert "Til stede" not in body


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_one_section_a_case_in_the_order_of_the_agenda(language: str) -> None:
    body = minutes_body(shipped(language), facts(language))
    headings = [line[3:] for line in body.splitlines() if line.startswith("## ")]
    assert headings[1:] == [
        "Sak 37-26 Godkjenning av innkalling",
        "Sak 38-26 Felles DPIA",
        "Sak 39-26 Utsatt sak",
        "Oppfølging",
    ]
    section = body.split("## Sak 38-26")[1].split("## ")[0]
    assert section.index("**Bakgrunn:**") < section.index("Alver har laget") < section.index("**Behandling:**")
    assert "**Vedtak:**" in section
    assert "**Vedtak:**" not in body.split("## Sak 39-26")[1].split("## ")[0]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_neither_guidance_nor_placeholders_are_left(language: str) -> None:
    body = minutes_body(shipped(language), facts(language))
    assert ">" not in body
    assert "[" not in body


def test_what_a_template_lacks_is_added_and_what_it_adds_is_kept() -> None:
    body = minutes_body("## Åpning\n\nVelkommen.\n", facts())
    headings = [line for line in body.splitlines() if line.startswith("## ")]
    assert headings[0] == "## Til stede"
    assert headings[-2:] == ["## Åpning", "## Oppfølging"]
    assert "| Rådgiver | Alver | Ja |" in body
    assert body.count("**Behandling:**") == 2  # the withdrawn case is not treated


def test_nothing_known_leaves_the_form_to_be_filled_in() -> None:
    body = minutes_body(shipped("nb"), facts(cases=(), people=(), tasks=(), place="", form="", next_meeting=None))
    assert "| | | |" in body
    assert "**Forfall:**\n" in body
    assert body.rstrip().endswith("**Neste møte:**")


def test_the_title_names_the_day_in_norway() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert minutes_title("nb", late) == "Referat fra møte 1. januar 2027"
    assert minutes_title("nn", STARTS) == "Referat frå møte 20. november 2026"


def test_people_of_one_municipality_stand_together() -> None:
    people = [
        Presence("B", "Kinn", AttendanceStatus.PRESENT),
        Presence("C", "", AttendanceStatus.PRESENT),
        Presence("A", "Alver", AttendanceStatus.PRESENT),
        Presence("A", "Kinn", AttendanceStatus.PRESENT),
        Presence("0", "Alver", AttendanceStatus.PRESENT, observer=True),
    ]
    assert [(p.represents, p.name) for p in people_in_order(people)] == [
        ("Alver", "A"),
        ("Kinn", "A"),
        ("Kinn", "B"),
        ("", "C"),
        ("Alver", "0"),
    ]


one_line = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40)


@given(st.lists(one_line.filter(str.strip), max_size=6), one_line)
def test_every_case_has_its_section_whatever_its_title(titles: list[str], name: str) -> None:
    cases = [MinutesCase(CaseNumber(2026, n), title) for n, title in enumerate(titles, 1)]
    person = Presence(name, "", AttendanceStatus.PRESENT)
    body = minutes_body(shipped("nb"), facts(cases=cases, people=[person]))
    headings = [line for line in body.split("\n") if line.startswith("## Sak ")]
    assert [heading.split()[2] for heading in headings] == [str(case.number) for case in cases]
