"""Puts the room into an application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from wiki.audit.domain import event_name, label_events
from wiki.library import events, handlers
from wiki.library.views import blueprint, origin_of, origin_panel, use_panel
from wiki.web.panels import MenuEntry, Section, no_more, panels_of

_WORDS = {
    events.TemplateReleased: _l("Ga ut en versjon av en mal"),
    events.DocumentStarted: _l("Begynte et dokument fra en mal"),
}


def register(app: Flask) -> None:
    """Serve the pages, fill new spaces, and say on documents where they come from."""
    app.register_blueprint(blueprint)
    handlers.register()
    panels = panels_of(app)
    panels.menu.append(MenuEntry(_l("Maler"), "library.templates", "template", 10))
    panels.space_tabs.append(MenuEntry(_l("Maler"), "library.space_templates", "template", 20))
    panels.document_facts.append(Section("origin", 30, origin_panel, key=origin_of))
    panels.document_actions.append(Section("use_template", 10, use_panel, key=no_more))
    label_events({event_name(kind): words for kind, words in _WORDS.items()})
