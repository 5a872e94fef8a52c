"""What higher rooms add to pages that lower rooms render: menu entries, tabs, panels, start lists.

A room registers in its wiring.py; whoever renders the page asks here. Each registration belongs to
one application, so that two applications in one process do not share pages.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request
from markupsafe import Markup

from wiki.core.authz import Actor
from wiki.web.fragments import kept


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the main menu or of a space's tabs.

    Attributes:
        label: its words (a lazy translation).
        endpoint: the view; with ``space`` it is given the space's slug.
        icon: name of the icon beside the words.
        order: smaller comes first.
        shown_to: whether this actor sees it, given what the page is about.
    """

    label: Any
    endpoint: str
    icon: str
    order: int
    shown_to: Callable[[Actor, Any], bool] = lambda _actor, _thing: True


@dataclass(frozen=True)
class Section:
    """A list on the start page, or a panel on the page of a document or about a space.

    Attributes:
        name: unique; also the order of equals.
        order: smaller comes first.
        render: gives the HTML, or None when there is nothing to show.
        key: for a panel on a document's page: what decides its HTML besides the document as it is shown, so that the
            HTML can be kept. Without one it is made for every page view.
    """

    name: str
    order: int
    render: Callable[[Actor, Any], Markup | None]
    key: Callable[[Actor, Any], Hashable] | None = None


def no_more(_actor: Actor, _thing: Any) -> Hashable:
    """The key of a panel that shows nothing but what is shown of the document anyway."""
    return ()


class Panels:
    """The registrations of one application."""

    def __init__(self) -> None:
        self.menu: list[MenuEntry] = []
        self.space_tabs: list[MenuEntry] = []
        self.space_about: list[Section] = []
        self.start: list[Section] = []
        self.document_facts: list[Section] = []
        self.document_actions: list[Section] = []
        self.document_below: list[Section] = []
        self.document_bodies: dict[str, Callable[[Actor, Any], Markup]] = {}


def init_app(app: Flask) -> None:
    """Give ``app`` its empty registrations."""
    app.extensions["panels"] = Panels()


def panels_of(app: Flask) -> Panels:
    """The registrations of ``app``."""
    panels: Panels = app.extensions["panels"]
    return panels


def render_sections(sections: Sequence[Section], actor: Actor, thing: Any = None) -> list[Markup]:
    """What the sections have to show, in order."""
    ordered = sorted(sections, key=lambda section: (section.order, section.name))
    rendered = (_render(section, actor, thing) for section in ordered)
    return [html for html in rendered if html]


def sections_key(sections: Sequence[Section], actor: Actor, thing: Any) -> Hashable | None:
    """What decides the sections besides the thing itself; None when one of them must be made for every view."""
    if any(section.key is None for section in sections):
        return None
    return tuple(section.key(actor, thing) for section in sections if section.key)


def _render(section: Section, actor: Actor, thing: Any) -> Markup | None:
    if section.key is None:
        return section.render(actor, thing)
    decided_by = ("section", section.name, thing.key, section.key(actor, thing))
    return kept(*decided_by, caller=lambda: section.render(actor, thing) or Markup())


def entries_for(entries: Sequence[MenuEntry], actor: Actor, thing: Any = None) -> list[MenuEntry]:
    """The entries this actor sees, in order."""
    seen = [entry for entry in entries if entry.shown_to(actor, thing)]
    return sorted(seen, key=lambda entry: (entry.order, entry.endpoint))


def tabs_key(actor: Actor, space: Any) -> Hashable:
    """What decides the tabs of a space on this page: those that the actor sees, and which page it is."""
    return tuple(entry.endpoint for entry in entries_for(current_panels().space_tabs, actor, space)), request.endpoint


def current_panels() -> Panels:
    """The registrations of the application that serves this request."""
    return panels_of(current_app)
