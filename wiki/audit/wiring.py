"""Puts the room into an application: every event is written down, and the log has a page."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from wiki.audit.handlers import write_down
from wiki.audit.views import blueprint, reads_some_log
from wiki.core.events import Event, subscribe
from wiki.web.panels import MenuEntry, panels_of


def register(app: Flask) -> None:
    """Register the pages, the menu entry and the subscription."""
    app.register_blueprint(blueprint)
    subscribe(Event, write_down)
    panels_of(app).menu.append(
        MenuEntry(label=_l("Hendelser"), endpoint="audit.log", icon="history", order=80, shown_to=reads_some_log)
    )
