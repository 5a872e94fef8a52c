"""Pieces of pages that are dear to make and shown to many: kept in this process under what decides them.

A key must hold everything that the piece shows or depends on; the language of the page is added here. Forms inside a
piece work for whoever is shown it: their CSRF token is put in anew each time.
"""

import secrets
from collections.abc import Callable, Hashable

from flask import Flask, current_app, g
from markupsafe import Markup

from wiki.core.recent import Recent
from wiki.web.csrf import csrf_token
from wiki.web.language import current_language

MOST = 4096  # whole pages among them, about 30 kB each
_TOKEN = f"csrf-{secrets.token_hex(16)}"  # stands for the reader's token; nobody can write it into a text


def kept(*key: Hashable, caller: Callable[[], str]) -> Markup:
    """In a template: ``{% call kept("head", page.key) %}…{% endcall %}``."""
    pieces: Recent[str] = current_app.extensions["fragments"]
    html = pieces.get((current_language(), *key), lambda: _without_token(caller()))
    return Markup(html.replace(_TOKEN, csrf_token()) if _TOKEN in html else html)  # noqa: S704  the output of a template


def _without_token(html: str) -> str:
    token: str | None = g.get("csrf_token")  # set once a form in the piece has asked for it
    return str(html).replace(token, _TOKEN) if token else str(html)


def init_app(app: Flask) -> None:
    """Let the templates of ``app`` keep pieces."""
    app.extensions["fragments"] = Recent[str](MOST)
    app.jinja_env.globals["kept"] = kept
