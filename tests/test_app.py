"""The application as it is put together: behind proxies, and not behind any."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, request

from wiki.app import create_app
from wiki.settings import Settings


@pytest.fixture
def asked_from(settings: Settings) -> Callable[[int], str]:
    """The address that a request seems to come from, when so many proxies are believed."""

    def ask(proxies: int) -> str:
        app: Flask = create_app(replace(settings, proxies=proxies))
        app.config["SEARCH_DRAINER"] = False  # a thread that would outlive the database of this test
        seen: list[str] = []
        app.before_request(lambda: seen.append(str(request.remote_addr)))
        app.test_client().get("/healthz", headers={"X-Forwarded-For": "192.0.2.7, 192.0.2.8"})
        return seen[0]

    return ask


def test_nobody_is_believed_without_a_proxy(asked_from: Callable[[int], str]) -> None:
    assert asked_from(0) == "127.0.0.1"


def test_the_nearest_proxy_is_believed_and_no_other(asked_from: Callable[[int], str]) -> None:
    assert asked_from(1) == "192.0.2.8"


def test_as_many_proxies_as_there_are(asked_from: Callable[[int], str]) -> None:
    assert asked_from(2) == "192.0.2.7"
