"""What every template can use: addresses of assets, dates, who acts, what they may do."""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, session, url_for
from flask_wtf.csrf import generate_csrf

from wiki.core.authz import can
from wiki.core.recent import Recent
from wiki.web import language
from wiki.web.auth import current_actor
from wiki.web.panels import current_panels, entries_for


@lru_cache(maxsize=8)
def _manifest(folder: str) -> Mapping[str, str]:
    path = Path(folder) / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _asset_in(app: Flask) -> Any:
    folder = str(app.static_folder)

    def asset(name: str) -> str:
        """The address of a built file; its name carries its hash, so it may be kept for ever."""
        return f"{app.static_url_path}/{_manifest(folder).get(name, name)}"

    return asset


def _can(action: str | StrEnum, thing: Any) -> bool:
    """Whether the reader may; templates name an action by the policy's member."""
    if not isinstance(action, StrEnum):
        raise TypeError(f"can() in a template needs an action of a policy, not {action!r}")
    return can(current_actor(), action, thing)


def _context() -> dict[str, Any]:
    actor = current_actor()
    return {
        "current_actor": actor,
        "network_name": actor.network_name,
        "network_accent": actor.network_accent,
        "ui_language": language.current_language(),
        "menu": entries_for(current_panels().menu, actor),
    }


_signed: Recent[str] = Recent(4096)


def csrf_token() -> str:
    """The token that every form carries. Signing takes longer than the rest of a small page, so it is kept.

    That is sound because the tokens do not age (``WTF_CSRF_TIME_LIMIT``): they hold as long as the session.
    """
    secret = session.get("csrf_token")
    if secret is not None and "csrf_token" not in g:
        g.csrf_token = _signed.get((current_app.secret_key, secret), generate_csrf)
    return str(generate_csrf())


def page_address(**changes: Any) -> str:
    """This page's address with some arguments changed; None takes one away."""
    arguments: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    kept = {name: value for name, value in arguments.items() if value is not None}
    return url_for(request.endpoint or "start", **kept)


def init_app(app: Flask) -> None:
    """Give the templates of ``app`` their globals and filters, those of the CSRF protection replaced."""
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(
        asset=_asset_in(app),
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
