"""How search joins the house: back end, outbox of all events, pages, API, readiness, the thread that drains."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from flask import Flask, current_app

from wiki.core.events import Event, subscribe
from wiki.search import api, handlers, labels, views
from wiki.search.backends.memory import MemoryBackend
from wiki.search.backends.whoosh import WhooshBackend
from wiki.search.contracts import SearchBackend
from wiki.search.drainer import Drainer
from wiki.search.service import SearchService
from wiki.settings import Settings
from wiki.web.health import add_check


@dataclass
class Search:
    """What an application holds of search."""

    service: SearchService
    drainer: Drainer
    has_waiting: bool = field(default=False)  # something was put into the outbox by this process, and no thread runs

    def wake(self) -> None:
        """Note that the outbox has something."""
        if self.drainer.is_running:
            self.drainer.wake()
        else:
            self.has_waiting = True

    def recover(self) -> bool:
        """Mend a broken index: in the background of a server, at once elsewhere; whether it is whole now."""
        if self.drainer.is_running:
            self.drainer.wake()
            return False
        return self.service.mend()

    def finish(self) -> None:
        """Bring the index up to date before a command ends, if it changed anything."""
        if self.has_waiting:
            self.has_waiting = False
            self.service.drain()


def register(app: Flask) -> None:
    """Join the application."""
    settings: Settings = app.config["SETTINGS"]
    service = SearchService(_backend(settings), settings.instance / "search" / "writing.lock")
    search = Search(service, Drainer(app, service))
    service.recover = search.recover
    app.extensions["search"] = search
    subscribe(Event, handlers.note_change)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(api.blueprint)
    app.jinja_env.globals.update(kind_label=labels.kind_label)
    add_check(app, "search", lambda: asdict(service.readiness()))
    app.config.setdefault("SEARCH_DRAINER", True)
    app.before_request(_start_drainer)


def _start_drainer() -> None:
    """A process that serves requests drains in the background; tests and commands drain when they say so."""
    if current_app.config["SEARCH_DRAINER"] and not current_app.testing:
        current_app.extensions["search"].drainer.start()


def _backend(settings: Settings) -> SearchBackend:
    if settings.search_backend == "memory":
        return MemoryBackend()
    return WhooshBackend(settings.instance / "search")
