"""The language of the pages: what was chosen in this browser, else the person's own, else the setting."""

from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date as babel_date
from flask_babel import format_datetime as babel_datetime
from flask_babel import get_locale

from wiki.core.clock import OSLO
from wiki.settings import LANGUAGES
from wiki.web.auth import current_actor
from wiki.web.extensions import babel

COOKIE = "sprak"
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
_YEAR = 365 * 24 * 3600
_LONG = {"en": "d MMMM y"}
_SHORT = {"en": "dd/MM/y"}
_MOMENT = {"en": "d MMMM y 'at' HH:mm"}


def choose() -> str:
    """The language of this request."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    actor = current_actor()
    if not actor.is_anonymous:
        return actor.language
    return str(current_app.config["DEFAULT_LANGUAGE"])


def current_language() -> str:
    """The language code of the page being made: nb, nn or en."""
    locale = get_locale()
    return locale.language if locale else "nb"


def set_language(code: str) -> ResponseReturnValue:
    """Remember the language and go back to the page that the person came from, if it is one of ours."""
    response = redirect(_came_from() or "/")
    if code in LANGUAGES:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, code, _YEAR, httponly=True, secure=secure, samesite="Lax")
    return response


def _came_from() -> str | None:
    """The page of this site that the person came from."""
    try:
        referrer = urlsplit(request.referrer or "")
    except ValueError:  # a browser's word, which may be anything
        return None
    target = referrer._replace(scheme="", netloc="", fragment="").geturl()
    return target if referrer.netloc == request.host and is_local(target) else None


def is_local(target: str | None) -> bool:
    """Whether an address to go to stays on this site: one slash first, nothing a browser bends."""
    if not target or not target.startswith("/"):
        return False
    return not target.startswith(("//", "/\\")) and all(ord(c) > 31 for c in target)


def long_date(value: date | datetime) -> str:
    """A date for running text: «20. november 2026»."""
    return babel_date(_local(value), _LONG.get(current_language(), "d. MMMM y"))


def short_date(value: date | datetime) -> str:
    """A date for tables: «20.11.2026»."""
    return babel_date(_local(value), _SHORT.get(current_language(), "dd.MM.y"))


def date_and_time(value: datetime) -> str:
    """A moment for running text: «20. november 2026 kl. 10.42»."""
    return babel_datetime(value, _MOMENT.get(current_language(), "d. MMMM y 'kl.' HH.mm"))


def _local(value: date | datetime) -> date:
    return value.astimezone(OSLO).date() if isinstance(value, datetime) else value


def init_app(app: Flask) -> None:
    """Bind Flask-Babel: bokmål is the language of the source, nn and en are catalogues."""
    app.config["BABEL_DEFAULT_LOCALE"] = app.config["DEFAULT_LANGUAGE"]
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Oslo"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app, locale_selector=choose)
