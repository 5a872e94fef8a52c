"""What rooms add to pages of others: in order, for whom it is, kept where a key says what decides it."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup

from wiki.core.authz import ANONYMOUS, Actor
from wiki.web import panels
from wiki.web.panels import MenuEntry, Section, entries_for, no_more, render_sections

KARI = Actor(1, "Kari")


@dataclass(frozen=True)
class Thing:
    """Something with a page: its key says which, and in which state."""

    key: str


def says(text: str) -> Any:
    return lambda _actor, _thing: Markup("<p>{}</p>").format(text)


def test_sections_come_in_order_and_equals_by_name() -> None:
    sections = [Section("b", 20, says("3")), Section("c", 10, says("1")), Section("a", 20, says("2"))]
    assert render_sections(sections, KARI) == ["<p>1</p>", "<p>2</p>", "<p>3</p>"]


@pytest.mark.parametrize("nothing", [None, Markup("")])
def test_a_section_with_nothing_to_show_is_left_out(nothing: Markup | None) -> None:
    assert render_sections([Section("a", 1, lambda _actor, _thing: nothing)], KARI) == []


def test_a_section_knows_who_and_what() -> None:
    section = Section("a", 1, lambda actor, thing: Markup("{}:{}").format(actor.name, thing.key))
    assert render_sections([section], KARI, Thing("x")) == ["Kari:x"]


def test_a_section_without_a_key_is_made_each_time(app: Flask) -> None:
    made: list[int] = []
    section = Section("a", 1, lambda _actor, _thing: made.append(1) or Markup("x"))
    with app.test_request_context():
        for _ in range(2):
            render_sections([section], KARI, Thing("x"))
    assert len(made) == 2


def test_a_section_with_a_key_is_made_once_for_what_decides_it(app: Flask) -> None:
    made: list[tuple[str, str]] = []

    def render(actor: Actor, thing: Thing) -> Markup:
        made.append((actor.name, thing.key))
        return Markup("{}").format(actor.name)

    by_person = Section("a", 1, render, key=lambda actor, _thing: actor.person_id)
    for_all = Section("b", 1, render, key=no_more)
    ola = Actor(2, "Ola")
    with app.test_request_context():
        for actor, thing in [(KARI, "x"), (ola, "x"), (KARI, "x"), (KARI, "y")]:
            assert render_sections([by_person], actor, Thing(thing)) == [actor.name]
        assert made == [("Kari", "x"), ("Ola", "x"), ("Kari", "y")]
        made.clear()
        assert [render_sections([for_all], actor, Thing("x")) for actor in (KARI, ola)] == [["Kari"], ["Kari"]]
        assert made == [("Kari", "x")]


def test_nothing_is_kept_as_nothing(app: Flask) -> None:
    made: list[int] = []

    def render(_actor: Actor, _thing: Thing) -> Markup | None:
        made.append(1)
        return None

    with app.test_request_context():
        for _ in range(2):
            assert render_sections([Section("a", 1, render, key=no_more)], KARI, Thing("x")) == []
    assert made == [1]


def test_entries_come_in_order_for_those_who_see_them() -> None:
    entries = [
        MenuEntry("C", "c.list", "list", 20),
        MenuEntry("B", "b.list", "list", 20),
        MenuEntry("A", "a.list", "list", 10, shown_to=lambda actor, _thing: not actor.is_anonymous),
        MenuEntry("D", "d.list", "list", 5, shown_to=lambda _actor, thing: thing == "space"),
    ]
    assert [entry.label for entry in entries_for(entries, KARI)] == ["A", "B", "C"]
    assert [entry.label for entry in entries_for(entries, ANONYMOUS)] == ["B", "C"]
    assert [entry.label for entry in entries_for(entries, ANONYMOUS, "space")] == ["D", "B", "C"]


def test_each_application_has_its_own(app: Flask) -> None:
    from wiki.app import create_app

    other = create_app(app.config["SETTINGS"])
    panels.panels_of(app).menu.append(MenuEntry("Bare her", "web.start", "home", 1))
    assert "Bare her" not in [str(entry.label) for entry in panels.panels_of(other).menu]
    names = [section.name for section in panels.panels_of(app).start]
    assert names == [section.name for section in panels.panels_of(other).start]
    assert len(names) == len(set(names)), "the name of a section is its own"
