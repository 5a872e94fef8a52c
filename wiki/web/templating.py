"""What every template can use: addresses of assets, dates, who acts, what they may do."""

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, request
from markupsafe import Markup

from wiki.core.authz import can
from wiki.web import language
from wiki.web.auth import current_actor
from wiki.web.csrf import csrf_token


@lru_cache(maxsize=8)
def _manifest(folder: str) -> Mapping[str, str]:
    path = Path(folder) / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _asset_in(app: Flask) -> Callable[[str], str]:
    folder = str(app.static_folder)

    def asset(name: str) -> str:
        """The address of a built file; its name carries its hash, so it may be kept for ever."""
        return f"{app.static_url_path}/{_manifest(folder).get(name, name)}"

    return asset


def _icon_of(asset: Callable[[str], str]) -> Callable[[str], Markup]:
    def icon(name: str) -> Markup:
        """One drawing from the sprite. It is decoration: a word stands beside it."""
        drawing = '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
        return Markup(drawing).format(asset("icons.svg"), name)  # noqa: S704  ours, and what is put in is escaped

    return icon


def _can(action: str | StrEnum, thing: Any) -> bool:
    """Whether the reader may; templates name an action by the policy's member."""
    if not isinstance(action, StrEnum):
        raise TypeError(f"can() in a template needs an action of a policy, not {action!r}")
    return can(current_actor(), action, thing)


def _context() -> dict[str, Any]:
    actor = current_actor()
    return {
        "csrf_token": csrf_token,  # Flask-WTF puts its own here; ours signs once a session
        "current_actor": actor,
        "network_name": actor.network_name,
        "network_accent": actor.network_accent,
        "ui_language": language.current_language(),
    }


def page_address(**changes: Any) -> str:
    """This page's address with some arguments changed; None takes one away."""
    # Not url_for(): the reader writes the names in the query, and some of them would be its own arguments (_scheme).
    query = [(name, value) for name, value in {**request.args.to_dict(), **changes}.items() if value is not None]
    return quote(request.script_root + request.path) + (f"?{urlencode(query)}" if query else "")


def init_app(app: Flask) -> None:
    """Give the templates of ``app`` their globals and filters, those of the CSRF protection replaced."""
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    asset = _asset_in(app)
    environment.globals.update(
        asset=asset,
        icon=_icon_of(asset),
        csrf_token=csrf_token,
        can=_can,
        page_address=page_address,
        language_names=language.LANGUAGE_NAMES,
    )
    environment.filters.update(
        long_date=language.long_date,
        short_date=language.short_date,
        date_and_time=language.date_and_time,
    )
    app.context_processor(_context)
