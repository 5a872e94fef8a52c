"""How documents join the house: pages, API, start lists, search, import, audit labels."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from wiki.audit.domain import event_name, label_events, name_things
from wiki.core.events import subscribe
from wiki.documents import api, events, handlers, queries
from wiki.documents.index import DocumentSource
from wiki.documents.service.importing import DocumentSink
from wiki.documents.views import blueprint
from wiki.documents.views.facts import facts, facts_key, headings
from wiki.documents.views.start import drafts, open_to_all, whats_new
from wiki.search.contracts import register_source
from wiki.spaces.events import SpaceUpdated
from wiki.transfer.contracts import register_sink
from wiki.web.panels import MenuEntry, Section, no_more, panels_of

_WORDS = {
    events.DocumentCreated: _l("Skrev et nytt dokument"),
    events.DocumentEdited: _l("Endret et dokument"),
    events.DocumentPublished: _l("Publiserte et dokument"),
    events.DocumentWithdrawn: _l("Trakk et dokument tilbake til kladd"),
    events.DocumentMoved: _l("Flyttet et dokument"),
    events.DocumentTrashed: _l("La et dokument i papirkurven"),
    events.DocumentUntrashed: _l("Hentet et dokument fra papirkurven"),
    events.AudienceChanged: _l("Endret hvem som kan lese et dokument"),
    events.DocumentDescribed: _l("Endret språk, eier eller merker på et dokument"),
}


def register(app: Flask) -> None:
    """Register everything of this room with ``app``."""
    app.register_blueprint(blueprint)
    app.register_blueprint(api.blueprint)
    panels = panels_of(app)
    panels.space_tabs.append(MenuEntry(_l("Innhold"), "documents.contents", "tree", 10))
    panels.start += [
        Section("drafts", 20, drafts),
        Section("whats_new", 30, whats_new),
        Section("open", 30, open_to_all),
    ]
    panels.document_facts += [
        Section("facts", 10, facts, key=facts_key),
        Section("headings", 90, headings, key=no_more),
    ]
    subscribe(SpaceUpdated, handlers.space_updated)
    label_events({event_name(kind): words for kind, words in _WORDS.items()})
    name_things("document", queries.names_for_log)
    register_source(DocumentSource())
    register_sink(DocumentSink)
