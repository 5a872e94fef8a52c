"""Anonymous people reach what is marked `@public`, and nothing else: every route is walked with every method."""

from collections.abc import Iterator

import pytest
from flask import Flask, url_for
from werkzeug.routing import AnyConverter, BaseConverter, Rule
from werkzeug.routing.converters import NumberConverter

from wiki.web.auth import is_public

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


def _sample(part: BaseConverter) -> object:
    """A value that the part of an address takes."""
    if isinstance(part, AnyConverter):
        return min(part.items)
    return 1 if isinstance(part, NumberConverter) else "x"


def _routes(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Rule, method and an address that matches the rule."""
    for rule in app.url_map.iter_rules():
        values = {name: _sample(part) for name, part in rule._converters.items()}
        with app.test_request_context():
            address = url_for(rule.endpoint, **values)
        for method in sorted((rule.methods or set()) & METHODS):
            yield rule, method, address


def test_what_is_not_public_asks_for_sign_in(app: Flask) -> None:
    client = app.test_client()
    open_doors = []
    for rule, method, address in _routes(app):
        if is_public(app.view_functions[rule.endpoint]):
            continue
        answer = client.open(address, method=method)
        to_sign_in = answer.status_code == 302 and answer.location.startswith("/logg-inn")
        if not (to_sign_in or answer.status_code == 401):
            open_doors.append(f"{method} {rule} ({rule.endpoint}) answered {answer.status_code}")
    assert open_doors == []


def test_what_is_public_does_not_fail(app: Flask) -> None:
    client = app.test_client()
    broken = [
        f"{method} {rule} answered {status}"
        for rule, method, address in _routes(app)
        if is_public(app.view_functions[rule.endpoint])
        and (status := client.open(address, method=method).status_code) >= 500
        and rule.endpoint != "health.readyz"  # says 503 while something is missing, as it should
    ]
    assert broken == []


@pytest.mark.parametrize("address", ["/finnes-ikke", "/api/v1/finnes-ikke"])
def test_an_unknown_address_is_not_found(app: Flask, address: str) -> None:
    assert app.test_client().get(address).status_code == 404
