"""Servers for measuring: an application under gunicorn on a free port of loopback, in processes of its own."""

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from wiki.settings import Settings
from wiki.web.server import serve

START_SECONDS = 30


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(make_app: Callable[[], Flask], workers: int, port: int | None = None) -> Iterator[int]:
    """Serve the application with so many workers of one thread each; the block gets the port."""
    settings = Settings(instance=Path(), port=port or free_port(), workers=workers, threads=1)
    process = multiprocessing.get_context("fork").Process(
        target=serve, args=(make_app, settings, lambda: None), daemon=False
    )
    process.start()
    try:
        _wait(settings.port)
        yield settings.port
    finally:
        if process.pid is not None:
            os.kill(process.pid, signal.SIGTERM)
        process.join(15)


def _wait(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")
