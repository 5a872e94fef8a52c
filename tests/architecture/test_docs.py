"""What a person can set, run and meet in the code is written down."""

import re
from collections.abc import Iterator
from dataclasses import fields

import click
import pytest

from tests.architecture.tree import ROOT, modules, rooms
from wiki.settings import Settings

DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(name: str) -> None:
    assert f"`FAGROM_{name.upper()}`" in _read("settings.md")


def test_no_documented_setting_is_gone() -> None:
    known = {f"FAGROM_{field.name.upper()}" for field in fields(Settings)}
    named = set(re.findall(r"`(FAGROM_[A-Z_]+)`", _read("settings.md")))
    assert {name for name in named if name.removesuffix("_FILE") not in known} == set()


def test_every_command_is_documented() -> None:
    from wiki.__main__ import cli

    text = _read("cli.md")
    assert [name for name, _command in _commands(cli, "fagrom") if f"`{name}" not in text] == []


def test_every_command_helps_with_an_example() -> None:
    from wiki.__main__ import cli

    lacking = [
        name
        for name, command in _commands(cli, "fagrom")
        if f"fagrom {name.removeprefix('fagrom ')}" not in (command.help or "") + (command.epilog or "")
    ]
    assert lacking == []


def test_every_term_of_the_glossary_is_in_the_code() -> None:
    """The second column of the glossary names an identifier in backticks."""
    rows = [line.split("|") for line in _read("glossary.md").splitlines() if line.startswith("| ")]
    identifiers = [name for row in rows if len(row) > 2 for name in re.findall(r"`(\w+)`", row[2])]
    sources = "\n".join(module.path.read_text(encoding="utf-8") for module in modules())
    assert identifiers, "the glossary names no identifiers"
    assert [name for name in identifiers if not re.search(rf"\b{name}\b", sources)] == []


def test_every_room_is_on_the_map() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [room for room in rooms() if f"{room}/" not in readme and f"`{room}`" not in readme] == []


def test_decisions_are_numbered_in_one_row() -> None:
    numbers = sorted(path.name[:4] for path in (DOCS / "adr").glob("[0-9]*.md"))
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    assert numbers


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
def test_the_papers_of_the_project_are_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_links_between_the_papers_lead_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "static" / "README.md", ROOT / "instance" / "README.md"]
    broken = [
        f"{paper.relative_to(ROOT)}: {target}"
        for paper in papers
        for target in re.findall(r"\]\(([^)#\s:]+)[)#]", paper.read_text(encoding="utf-8"))
        if not (paper.parent / target).exists()
    ]
    assert broken == []


def _read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command as it is typed; a hidden one is what its group does without a further word."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for part, inner in command.commands.items():
        yield from _commands(inner, name if inner.hidden else f"{name} {part}")
