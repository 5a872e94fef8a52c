"""Puts the room into an application."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from wiki.core.authz import Actor
from wiki.meetings import handlers
from wiki.meetings.views import blueprint
from wiki.meetings.views.follow_up import my_follow_ups
from wiki.web.panels import MenuEntry, Section, panels_of


def _signed_in(actor: Actor, _space: Any) -> bool:
    return not actor.is_anonymous


def register(app: Flask) -> None:
    """Serve the pages, end meetings when their minutes are published, and say on the start page what waits."""
    app.register_blueprint(blueprint)
    handlers.register()
    panels = panels_of(app)
    panels.space_tabs.append(MenuEntry(_l("Møter"), "meetings.in_space", "meeting", 30, _signed_in))
    panels.start.append(Section("follow_ups", 10, my_follow_ups))
