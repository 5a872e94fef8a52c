"""The demo network's files as values. The form of the files is described in content/README.md."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from wiki.core.clock import OSLO
from wiki.core.front_matter import split_front_matter

CONTENT = Path(__file__).resolve().parent / "content"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class DemoSpace:
    """A space of a network; ``key`` is also the folder of its documents."""

    key: str
    slug: str
    name: str
    kind: str
    summary: str
    language: str
    ring: str
    municipality: str | None


@dataclass(frozen=True)
class DemoNetwork:
    """A network with its member municipalities, by number."""

    key: str
    slug: str
    name: str
    members: Sequence[str]
    spaces: Sequence[DemoSpace]


@dataclass(frozen=True)
class DemoPerson:
    """A person; roles as (network key or municipality number, role), seats as (space key, role, number)."""

    key: str
    name: str
    email: str
    language: str
    municipality: str | None
    employer: str | None
    admin: bool
    network_roles: Sequence[tuple[str, str]]
    municipality_roles: Sequence[tuple[str, str]]
    seats: Sequence[tuple[str, str, str | None]]
    note: str | None


@dataclass(frozen=True)
class DemoVersion:
    """One text of a document, ``days_ago`` before the day of loading."""

    days_ago: int
    author: str
    acting_for: str
    note: str
    body: str


@dataclass(frozen=True)
class DemoDocument:
    """A document with its versions, oldest first. ``template`` is (type, language, version)."""

    space: str
    stem: str
    title: str
    slug: str
    kind: str
    purpose: str | None
    language: str
    ring: str | None
    tags: tuple[str, ...]
    parent: str
    published: bool
    review_in_days: int | None
    template: tuple[str, str, str] | None
    versions: Sequence[DemoVersion]


@dataclass(frozen=True)
class DemoCase:
    """A case with the number that it must get."""

    number: str
    title: str
    type: str
    proposal: str


@dataclass(frozen=True)
class DemoMinutes:
    """Minutes as they were written on a day."""

    title: str
    slug: str
    language: str
    author: str
    published: bool
    ring: str | None
    written: date
    body: str


@dataclass(frozen=True)
class DemoFollowUp:
    """Something somebody promised; ``done_on`` None while it is not done."""

    text: str
    case: str
    responsible: str
    due: date
    done_on: date | None


@dataclass(frozen=True)
class DemoMeeting:
    """A meeting; ``attendance`` as (person key, status, municipality number or empty)."""

    key: str
    space: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    form: str
    state: str
    secretary: str
    cases: Sequence[DemoCase]
    attendance: Sequence[tuple[str, str, str]]
    minutes: DemoMinutes | None
    follow_ups: Sequence[DemoFollowUp]


def networks() -> list[DemoNetwork]:
    """The networks with their spaces."""
    return [
        DemoNetwork(
            key=each["key"],
            slug=each["slug"],
            name=each["name_nb"],
            members=each["members"],
            spaces=[_space(space) for space in each["spaces"]],
        )
        for each in _yaml("network.yaml")["networks"]
    ]


def people() -> list[DemoPerson]:
    """Everybody, with what they are in networks, municipalities and spaces."""
    return [_person(each) for each in _yaml("network.yaml")["people"]]


def documents(space: str) -> list[DemoDocument]:
    """The documents of a space, in the order of its tree: a parent before its children."""
    return [_document(path) for path in sorted((CONTENT / "documents" / space).glob("*.md"))]


def meetings() -> list[DemoMeeting]:
    """The meetings in the order in which they are held, so that case numbers follow."""
    return sorted((_meeting(each) for each in _yaml("meetings.yaml")["meetings"]), key=lambda m: m.starts_at)


def _yaml(name: str) -> Any:
    return yaml.load((CONTENT / name).read_text(encoding="utf-8"), _Loader)  # noqa: S506  a safe loader, in C if there


def _space(fields: Mapping[str, Any]) -> DemoSpace:
    return DemoSpace(
        key=fields["key"],
        slug=fields["slug"],
        name=fields[f"name_{fields['language']}"],
        kind=fields["kind"],
        summary=fields["summary"],
        language=fields["language"],
        ring=fields["ring"],
        municipality=fields["municipality"],
    )


def _person(fields: Mapping[str, Any]) -> DemoPerson:
    return DemoPerson(
        key=fields["key"],
        name=fields["name"],
        email=fields["email"],
        language=fields["language"],
        municipality=fields["municipality"],
        employer=fields["employer"] or None,
        admin=fields["admin"],
        network_roles=[(role["network"], role["role"]) for role in fields["network_roles"]],
        municipality_roles=[(role["municipality"], role["role"]) for role in fields["municipality_roles"]],
        seats=[(seat["space"], seat["role"], seat["represents"]) for seat in fields["memberships"]],
        note=fields["describes"] if fields["demo_account"] else None,
    )


def _document(path: Path) -> DemoDocument:
    fields, body = split_front_matter(path.read_text(encoding="utf-8"))
    template = fields.get("template")
    return DemoDocument(
        space=path.parent.name,
        stem=path.stem,
        title=fields["title"],
        slug=fields["slug"],
        kind=fields["kind"],
        purpose=_unless(fields["purpose"], "none"),
        language=fields["language"],
        ring=_unless(fields["ring"], "inherit"),
        tags=tuple(fields["tags"]),
        parent=fields["parent"],
        published=fields["state"] == "published",
        review_in_days=fields.get("review_in_days"),
        template=(template["type"], template["language"], template["version"]) if template else None,
        versions=[*_earlier(fields.get("history", ()), body), _version(fields, body)],
    )


def _earlier(history: Sequence[Mapping[str, Any]], final: str) -> Iterator[DemoVersion]:
    for fields in history:
        body = fields.get("body", final)
        for text, before in fields.get("replace", ()):
            body = body.replace(text, before)
        yield _version(fields, body)


def _version(fields: Mapping[str, Any], body: str) -> DemoVersion:
    return DemoVersion(fields["days_ago"], fields["author"], fields["acting_for"], fields["note"], body)


def _meeting(fields: Mapping[str, Any]) -> DemoMeeting:
    return DemoMeeting(
        key=fields["key"],
        space=fields["body"],
        title=fields["title"],
        starts_at=_moment(fields["date"], fields["start"]),
        ends_at=_moment(fields["date"], fields["end"]),
        place=fields["place"],
        form=fields["form"],
        state=fields["state"],
        secretary=fields["secretary"],
        cases=[DemoCase(c["number"], c["title"], c["type"], c["proposal"]) for c in fields["agenda"]],
        attendance=[(row["person"], row["status"], row["represents"] or "") for row in fields["attendance"]],
        minutes=_minutes(fields["minutes"]) if fields["minutes"] else None,
        follow_ups=[_follow_up(each) for each in fields["follow_ups"]],
    )


def _minutes(fields: Mapping[str, Any]) -> DemoMinutes:
    return DemoMinutes(
        title=fields["title"],
        slug=fields["slug"],
        language=fields["language"],
        author=fields["author"],
        published=fields["state"] == "published",
        ring=_unless(fields["ring"], "inherit"),
        written=date.fromisoformat(fields["written"]),
        body=fields["body"],
    )


def _follow_up(fields: Mapping[str, Any]) -> DemoFollowUp:
    done_on = fields["done_on"]
    return DemoFollowUp(
        text=fields["text"],
        case=fields["case"],
        responsible=fields["responsible"],
        due=date.fromisoformat(fields["due"]),
        done_on=date.fromisoformat(done_on) if done_on else None,
    )


def _moment(day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=OSLO)


def _unless(value: str, nothing: str) -> str | None:
    return None if value == nothing else value
