"""The thread of a serving process that keeps the index up to date: woken by commits, and looking now and then."""

from __future__ import annotations

import logging
import os
from threading import Event, Lock, Thread

from flask import Flask

from wiki.search.service import SearchService

LOOK_AGAIN_SECONDS = 5.0  # for rows that another process left behind, or that failed

log = logging.getLogger(__name__)


class Drainer:
    """Drains the outbox in the background of one process; starts over in a process forked from this one."""

    def __init__(self, app: Flask, service: SearchService) -> None:
        self._app = app
        self._service = service
        self._work = Event()
        self._lock = Lock()
        self._process = 0
        self._thread: Thread | None = None
        self._is_stopping = False

    @property
    def is_running(self) -> bool:
        """Whether this process has the thread."""
        return self._process == os.getpid()

    def start(self) -> None:
        """Start the thread unless this process has it."""
        with self._lock:
            if not self.is_running:
                self._work = Event()
                self._work.set()
                self._process = os.getpid()
                self._thread = Thread(target=self._run, name="search-drainer", daemon=True)
                self._thread.start()

    def wake(self) -> None:
        """Say that there is something to index."""
        self._work.set()

    def stop(self) -> None:
        """End the thread once it has done what it is at."""
        self._is_stopping = True
        self._work.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._work.wait(LOOK_AGAIN_SECONDS)
            self._work.clear()
            if self._is_stopping:
                return
            try:
                with self._app.app_context():
                    self._service.mend()
                    self._service.drain()
            except Exception:  # the rows stay in the outbox; the next round tries again
                log.exception("the search index could not be brought up to date")
