"""The demo network as files: complete, in both written forms, with links that lead somewhere and no real person's name.

Reads only the files; the loader has its own tests. The form of the files is described in wiki/demo/content/README.md.
"""

import itertools
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "wiki" / "demo" / "content"
STARTER = ROOT / "wiki" / "library" / "starter"

LANGUAGES = {"nb", "nn"}
RINGS = {"inherit", "editors", "space", "municipality", "network", "networks", "public"}
SPACE_KINDS = {"expert_group", "board", "secretariat", "project", "municipality", "network"}
DOCUMENT_KINDS = {"page", "form_template", "assessment", "minutes", "proposal"}
PURPOSES = {"front", "mandate", "meeting_template", "year_wheel", "none"}
TEMPLATE_TYPES = {"dpia", "ros", "mandate", "minutes", "project_proposal"}
SPACE_WRITERS = {"coordinator", "editor"}
LOCAL_FIELD = {"nb": "**[fylles ut lokalt]**", "nn": "**[fyllast ut lokalt]**"}
# Words that exist in one written form only: one of them in the other form's text is a slip.
ONLY_NB = re.compile(r"\b(ikke|hvem|hvorfor|noen|fra|gjøre|hvordan|bare)\b", re.IGNORECASE)
ONLY_NN = re.compile(r"\b(ikkje|kven|kvifor|nokon|frå|gjere|korleis|berre)\b", re.IGNORECASE)
# A name is two capitalised words in a row.
CAPITAL_PAIR = re.compile(r"\b[A-ZÆØÅ][a-zæøå]{2,} [A-ZÆØÅ][a-zæøå]{2,}\b")
INTERNAL_LINK = re.compile(r"\]\((/[^)\s]*)\)")


def split(path: Path) -> tuple[dict[str, Any], str]:
    """Front matter and body of a Markdown file."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("---\n"), f"{path} has no front matter"
    front, body = text[4:].split("\n---\n", 1)
    return yaml.safe_load(front), body


def slugify(title: str) -> str:
    """The address rule of the README, written out here so that the files are checked without the application."""
    plain = title.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


NETWORK: dict[str, Any] = yaml.safe_load((CONTENT / "network.yaml").read_text(encoding="utf-8"))
MEETINGS: list[dict[str, Any]] = yaml.safe_load((CONTENT / "meetings.yaml").read_text(encoding="utf-8"))["meetings"]
SPACES: dict[str, dict[str, Any]] = {s["key"]: s for n in NETWORK["networks"] for s in n["spaces"]}
NETWORK_OF: dict[str, str] = {s["key"]: n["key"] for n in NETWORK["networks"] for s in n["spaces"]}
PEOPLE: dict[str, dict[str, Any]] = {p["key"]: p for p in NETWORK["people"]}
FILES = sorted(CONTENT.glob("documents/*/*.md"))
DOCUMENTS = {path: split(path) for path in FILES}
TEMPLATES = sorted(STARTER.glob("*.md"))
STARTING_PAGES = sorted(STARTER.glob("spaces/*/*.md"))


def name_of(path: Path) -> str:
    """Short test id: folder and file."""
    return f"{path.parent.name}/{path.name}"


def may_write(person: dict[str, Any], space: dict[str, Any]) -> bool:
    """Whether the person writes in the space by role: in the space, its municipality, or its network."""
    if any(m["space"] == space["key"] and m["role"] in SPACE_WRITERS for m in person["memberships"]):
        return True
    if space["kind"] == "municipality":
        return any(
            r["municipality"] == space["municipality"] and r["role"] in {"contact", "editor"}
            for r in person["municipality_roles"]
        )
    return any(r["network"] == NETWORK_OF[space["key"]] for r in person["network_roles"])


def internal_addresses() -> set[str]:
    """Every address that exists when the demo network is loaded: documents and published minutes."""
    found = {f"/s/{SPACES[path.parent.name]['slug']}/{front['slug']}" for path, (front, _) in DOCUMENTS.items()}
    for meeting in MEETINGS:
        if meeting["minutes"]:
            found.add(f"/s/{SPACES[meeting['body']]['slug']}/{meeting['minutes']['slug']}")
    return found | {f"/s/{space['slug']}" for space in SPACES.values()}


def versions(front: dict[str, Any], body: str) -> list[str]:
    """Bodies of the earlier versions, oldest first."""
    bodies = []
    for version in front.get("history", []):
        text = version.get("body", body)
        for new, old in version.get("replace", []):
            assert text.count(new) == 1, f"{new!r} is found {text.count(new)} times"
            text = text.replace(new, old)
        bodies.append(text)
    return bodies


# ---- networks, spaces, people


def test_the_first_network_has_the_43_municipalities_of_vestland() -> None:
    members = NETWORK["networks"][0]["members"]
    assert len(members) == len(set(members)) == 43
    assert all(re.fullmatch(r"46\d\d", number) for number in members)


def test_networks_do_not_share_members() -> None:
    first, second = (set(n["members"]) for n in NETWORK["networks"])
    assert not first & second


def test_spaces_are_complete() -> None:
    slugs = Counter(space["slug"] for space in SPACES.values())
    assert max(slugs.values()) == 1
    for network in NETWORK["networks"]:
        for space in network["spaces"]:
            assert space["kind"] in SPACE_KINDS
            assert space["language"] in LANGUAGES
            assert space["ring"] in RINGS - {"inherit"}
            assert space["name_nb"]
            assert space["name_nn"]
            assert space["summary"]
            is_room = space["kind"] == "municipality"
            assert bool(space["mandate"]) is not is_room
            assert (space["municipality"] in network["members"]) is is_room


def test_nine_expert_groups_two_boards_and_every_other_kind() -> None:
    kinds = Counter(SPACES[s["key"]]["kind"] for s in NETWORK["networks"][0]["spaces"])
    assert kinds["expert_group"] == 9
    assert kinds["board"] == 2
    assert set(kinds) == SPACE_KINDS


def test_every_space_has_a_coordinator() -> None:
    led = {m["space"] for p in PEOPLE.values() for m in p["memberships"] if m["role"] == "coordinator"}
    assert led == set(SPACES)


def test_people_are_complete_and_their_roles_point_somewhere() -> None:
    networks = {n["key"] for n in NETWORK["networks"]}
    members = {number for n in NETWORK["networks"] for number in n["members"]}
    assert len({p["email"] for p in PEOPLE.values()}) == len(PEOPLE) == len(NETWORK["people"])
    for person in PEOPLE.values():
        assert person["email"].endswith("@demo.fagrom.example")
        assert person["language"] in LANGUAGES
        assert bool(person["municipality"]) is not bool(person["employer"])
        assert bool(person["describes"]) is person["demo_account"]
        assert all(r["network"] in networks for r in person["network_roles"])
        assert all(r["municipality"] in members for r in person["municipality_roles"])
        for membership in person["memberships"]:
            assert membership["space"] in SPACES
            assert membership["represents"] is None or membership["represents"] in members


def test_a_demo_account_for_every_role() -> None:
    accounts = [p for p in PEOPLE.values() if p["demo_account"]]
    held = {r["role"] for p in accounts for r in p["network_roles"] + p["municipality_roles"] + p["memberships"]}
    assert held == {"lead", "secretariat", "contact", "editor", "reader", "coordinator", "member", "observer"}
    assert any(p["admin"] for p in accounts)


# ---- documents


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_front_matter_is_complete(path: Path) -> None:
    front, body = DOCUMENTS[path]
    space = SPACES[path.parent.name]
    assert front["title"]
    assert body.strip()
    assert front["slug"] == slugify(front["slug"])
    assert front["kind"] in DOCUMENT_KINDS
    assert front["purpose"] in PURPOSES
    assert front["language"] in LANGUAGES
    assert front["ring"] in RINGS
    assert front["state"] in {"draft", "published"}
    assert isinstance(front["days_ago"], int)
    assert front["days_ago"] >= 0
    assert isinstance(front["note"], str)
    assert front["tags"]
    assert all(isinstance(tag, str) for tag in front["tags"])
    assert not front["parent"] or ((path.parent / f"{front['parent']}.md").exists() and front["parent"] < path.stem)
    assert front["ring"] != "inherit" or front["parent"]
    author = PEOPLE[front["author"]]
    assert may_write(author, space)
    assert front["acting_for"] in {"", author["municipality"]}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_earlier_versions_are_older_and_differ(path: Path) -> None:
    front, body = DOCUMENTS[path]
    days = [version["days_ago"] for version in front.get("history", [])] + [front["days_ago"]]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) == len(days)
    texts = [*versions(front, body), body]
    assert all(one != other for one, other in itertools.pairwise(texts))
    for version in front.get("history", []):
        author = PEOPLE[version["author"]]
        assert version["note"]
        assert may_write(author, SPACES[path.parent.name])
        assert version["acting_for"] in {"", author["municipality"]}


@pytest.mark.parametrize("path", [p for p in FILES if "template" in DOCUMENTS[p][0]], ids=name_of)
def test_documents_made_from_a_template_name_one_that_exists(path: Path) -> None:
    template = DOCUMENTS[path][0]["template"]
    front, _ = split(STARTER / f"{template['type']}.{template['language']}.md")
    assert front["version"] == template["version"]


def test_addresses_are_unique_and_both_forms_are_well_represented() -> None:
    slugs = Counter((path.parent.name, front["slug"]) for path, (front, _) in DOCUMENTS.items())
    assert max(slugs.values()) == 1
    purposes = Counter((path.parent.name, front["purpose"]) for path, (front, _) in DOCUMENTS.items())
    assert all(count == 1 for (_, purpose), count in purposes.items() if purpose != "none")
    nynorsk = sum(front["language"] == "nn" for front, _ in DOCUMENTS.values())
    assert len(FILES) >= 70
    assert 0.25 <= nynorsk / len(FILES) <= 0.5


def test_every_ring_state_and_front_page_is_shown() -> None:
    fronts = {path.parent.name for path, (front, _) in DOCUMENTS.items() if front["purpose"] == "front"}
    assert fronts == set(SPACES)
    assert {front["ring"] for front, _ in DOCUMENTS.values()} == RINGS
    assert {front["state"] for front, _ in DOCUMENTS.values()} == {"draft", "published"}


def test_two_worked_assessments_are_shared_and_one_is_closed() -> None:
    found = Counter(
        (front["template"]["type"], front["ring"], front["state"])
        for front, _ in DOCUMENTS.values()
        if front["kind"] == "assessment"
    )
    assert found == {
        ("dpia", "network", "published"): 1,
        ("ros", "network", "published"): 1,
        ("dpia", "editors", "draft"): 1,
    }


def test_internal_links_resolve() -> None:
    known = internal_addresses()
    texts = {name_of(p): body + "".join(versions(f, body)) for p, (f, body) in DOCUMENTS.items()}
    texts |= {m["key"]: m["minutes"]["body"] for m in MEETINGS if m["minutes"]}
    lost = {(name, link) for name, text in texts.items() for link in INTERNAL_LINK.findall(text) if link not in known}
    assert not lost


# ---- meetings


def test_case_numbers_run_without_gaps_for_each_body() -> None:
    for body in {m["body"] for m in MEETINGS}:
        numbers = [
            i["number"] for m in sorted(MEETINGS, key=lambda m: m["date"]) if m["body"] == body for i in m["agenda"]
        ]
        assert numbers == [f"{n}-26" for n in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda m: m["key"])
def test_meeting_is_complete(meeting: dict[str, Any]) -> None:
    assert meeting["key"] == f"{meeting['body']}-{meeting['date']}"
    assert SPACES[meeting["body"]]["kind"] in {"board", "expert_group"}
    assert date.fromisoformat(meeting["date"]).year == 2026
    assert meeting["start"] < meeting["end"]
    assert meeting["form"] in {"physical", "digital", "hybrid"}
    assert may_write(PEOPLE[meeting["secretary"]], SPACES[meeting["body"]])
    assert {i["type"] for i in meeting["agenda"]} <= {"decision", "discussion", "information", "approval", "other"}
    held = meeting["state"] == "held"
    assert {a["status"] for a in meeting["attendance"]} <= ({"present", "excused", "absent"} if held else {"invited"})
    members = {key for key, p in PEOPLE.items() for m in p["memberships"] if m["space"] == meeting["body"]}
    assert {a["person"] for a in meeting["attendance"]} <= members
    assert {meeting["chair"], meeting["secretary"]} <= {a["person"] for a in meeting["attendance"]}
    assert bool(meeting["minutes"]) is held


@pytest.mark.parametrize("meeting", [m for m in MEETINGS if m["minutes"]], ids=lambda m: m["key"])
def test_minutes_hold_every_case_and_every_follow_up(meeting: dict[str, Any]) -> None:
    minutes = meeting["minutes"]
    assert meeting["date"] < minutes["written"] <= "2026-11-20"
    for item in meeting["agenda"]:
        assert f"Sak {item['number']} {item['title']}" in minutes["body"]
        assert not item["decision"] or item["decision"] in minutes["body"]
    numbers = {item["number"] for item in meeting["agenda"]}
    for follow_up in meeting["follow_ups"]:
        assert follow_up["text"] in minutes["body"]
        assert follow_up["case"] in numbers
        assert follow_up["responsible"] in PEOPLE
        assert date.fromisoformat(follow_up["due"]) > date.fromisoformat(meeting["date"])
        assert bool(follow_up["done_on"]) is follow_up["done"]


# ---- what the library starts with


def test_five_templates_in_both_forms() -> None:
    assert {path.name for path in TEMPLATES} == {f"{t}.{lang}.md" for t in TEMPLATE_TYPES for lang in LANGUAGES}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_template_is_complete(path: Path) -> None:
    front, body = split(path)
    assert path.name == f"{front['type']}.{front['language']}.md"
    assert all(front[field] for field in ("title", "summary", "note", "owner"))
    assert front["version"] == "1.0"
    assert front["type"] in {"minutes", "project_proposal"} or LOCAL_FIELD[front["language"]] in body


@pytest.mark.parametrize("kind", sorted(TEMPLATE_TYPES))
def test_both_forms_of_a_template_have_the_same_shape(kind: str) -> None:
    shapes = []
    for language in sorted(LANGUAGES):
        lines = split(STARTER / f"{kind}.{language}.md")[1].splitlines()
        shapes.append([re.match(r"#+|\||>|\d+\.|", line).group() + str(line.count("|")) for line in lines])  # type: ignore[union-attr]
    assert shapes[0] == shapes[1]


def test_every_kind_of_space_starts_with_a_front_page_in_both_forms() -> None:
    assert {path.parent.name for path in STARTING_PAGES} == SPACE_KINDS
    for path in STARTING_PAGES:
        front, body = split(path)
        other = path.name.replace(".nb.", ".nn.") if ".nb." in path.name else path.name.replace(".nn.", ".nb.")
        assert path.with_name(other).exists()
        assert front["kind"] == "page"
        assert front["purpose"] in PURPOSES
        assert front["language"] in path.name.split(".")
        assert front["title"]
        assert body.strip()
        if "forside" in path.name:
            assert front["purpose"] == "front"
            assert "{space_name}" in front["title"]


# ---- language and names


def all_texts() -> list[tuple[str, str, str]]:
    """Name, written form and text of everything in the files."""
    texts = [(name_of(p), f["language"], f["title"] + "\n" + body) for p, (f, body) in DOCUMENTS.items()]
    texts += [(m["key"], m["minutes"]["language"], m["minutes"]["body"]) for m in MEETINGS if m["minutes"]]
    for path in [*TEMPLATES, *STARTING_PAGES]:
        front, body = split(path)
        texts.append((name_of(path), front["language"], f"{front['title']}\n{front.get('summary', '')}\n{body}"))
    return texts


# Pages about the two written forms quote both.
BILINGUAL = {"digivest/05-ordliste.md", "kommunikasjon/11-malform.md"}


@pytest.mark.parametrize(("name", "language", "text"), all_texts(), ids=lambda value: value if len(value) < 60 else "")
def test_no_words_of_the_other_written_form(name: str, language: str, text: str) -> None:
    if name in BILINGUAL:
        return
    prose = re.sub(r"\]\([^)]*\)", "]", text)
    prose = re.sub(r"\[[^\]]*\]", "", prose)  # titles of linked pages stand in their own form
    strange = (ONLY_NN if language == "nb" else ONLY_NB).findall(prose)
    assert not strange


# The functions people of the demo network are named by.
FUNCTIONS = {
    "Systemadministrator",
    "Nettverksleder",
    "Rådgiver",
    "Styringsgruppeleder",
    "Medlem",
    "Koordinator",
    "Prosjektleder",
    "Kontaktperson",
    "Personvernombud",
    "Personvernombod",
    "Redaktør",
    "Leser",
    "Observatør",
}


def test_no_table_has_a_column_without_a_name() -> None:
    """A column head without words says nothing to a screen reader."""
    rule = re.compile(r"^\|(.*)\|\n\|[-:|]+\|$", re.MULTILINE)
    nameless = {
        name for name, _, text in all_texts() for head in rule.findall(text) if not all(map(str.strip, head.split("|")))
    }
    assert not nameless


def test_people_are_named_by_function() -> None:
    assert all(person["name"].split()[0] in FUNCTIONS for person in PEOPLE.values())


def test_nobody_real_is_named_in_a_text() -> None:
    pairs = {pair for _, _, text in all_texts() for pair in CAPITAL_PAIR.findall(text)}
    assert {pair for pair in pairs if pair.split()[0] not in FUNCTIONS} == set()
