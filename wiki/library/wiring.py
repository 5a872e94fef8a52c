"""Puts the room into an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from wiki.library import handlers
from wiki.library.views import blueprint, origin_panel, use_panel
from wiki.web.panels import MenuEntry, Section, panels_of


def register(app: Flask) -> None:
    """Serve the pages, fill new spaces, and say on documents where they come from."""
    app.register_blueprint(blueprint)
    handlers.register()
    panels = panels_of(app)
    panels.menu.append(MenuEntry(_l("Maler"), "library.templates", "template", 10))
    panels.space_tabs.append(MenuEntry(_l("Maler"), "library.space_templates", "template", 20))
    panels.document_facts.append(Section("origin", 30, origin_panel))
    panels.document_actions.append(Section("use_template", 10, use_panel))
