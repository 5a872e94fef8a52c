"""The server of an installation: gunicorn with threads, started from the command line."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from wiki.settings import Settings


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with our settings. The application is made in each worker, after the fork."""

    def __init__(self, make_app: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._make_app = make_app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take our options and nothing from the command line or environment."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application that a worker serves."""
        return self._make_app()


def serve(make_app: Callable[[], Flask], settings: Settings, when_ready: Callable[[], None]) -> None:
    """Serve until told to stop; ``when_ready`` runs once the address is open."""
    options = {
        "bind": settings.listens_on,
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": settings.threads,
        "preload_app": False,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "control_socket_disable": True,
        "when_ready": lambda _server: when_ready(),
    }
    Server(make_app, options).run()
