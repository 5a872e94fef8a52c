"""Pages that many readers see alike: kept whole but for the header, which is each reader's own.

What decides such a page is the key, as for any kept piece; the network's name and colour, and whether anybody is signed
in, are added here. A page that has something to say once (a flash message) is made for its reader alone.
"""

import secrets
from collections.abc import Callable, Hashable

from flask import Flask, g, get_template_attribute, request, session
from markupsafe import Markup

from wiki.web.auth import current_actor
from wiki.web.fragments import kept
from wiki.web.panels import current_panels, entries_for

_HEADER = f"header-{secrets.token_hex(16)}"  # stands for the reader's header; nobody can write it into a text


def header_tools() -> Markup:
    """In base.html: main menu, search field and person menu."""
    return Markup(_HEADER) if g.get("header_left_out") else _own_header()  # noqa: S704  a word of ours


def kept_page(*key: Hashable, render: Callable[[], str]) -> str:
    """The page under this key, made by ``render`` when it is not there, with the header of this reader."""
    if "_flashes" in session:
        return render()
    actor = current_actor()
    g.header_left_out = True
    try:
        html = kept("page", actor.is_anonymous, actor.network_name, actor.network_accent, *key, caller=render)
    finally:
        g.header_left_out = False
    return str(html).replace(_HEADER, str(_own_header()))


def _own_header() -> Markup:
    actor = current_actor()
    menu = tuple(entries_for(current_panels().menu, actor))
    path = request.path if actor.is_anonymous else ""  # only «Logg inn» leads back to where one is

    def make() -> str:
        header = get_template_attribute("components/header.html", "header_tools")
        return str(header(menu, actor, request.blueprint, path))

    return kept("header", actor.person_id, actor.name, actor.acting_for, menu, request.blueprint, path, caller=make)


def init_app(app: Flask) -> None:
    """Let base.html ask for the header."""
    app.jinja_env.globals["header_tools"] = header_tools
