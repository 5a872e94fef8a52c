"""The application: settings, kernel, web, then every room. The only module that sees every room."""

from datetime import timedelta

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import wiki.audit.wiring
import wiki.documents.wiring
import wiki.identity.wiring
import wiki.library.wiring
import wiki.meetings.wiring
import wiki.search.wiring
import wiki.spaces.wiring
from wiki.core.db import db, engine_options
from wiki.settings import Settings, load_settings, resource
from wiki.web import (
    auth,
    error_pages,
    fragments,
    health,
    language,
    logs,
    panels,
    security,
    start_page,
    templating,
    whole_page,
)
from wiki.web.extensions import csrf

# Bottom first: a room may use what the rooms below it have registered.
ROOMS = (
    wiki.audit.wiring,
    wiki.search.wiring,
    wiki.identity.wiring,
    wiki.spaces.wiring,
    wiki.documents.wiring,
    wiki.library.wiring,
    wiki.meetings.wiring,
)

_YEAR = 365 * 24 * 3600
_FORM_MIB = 4


def create_app(settings: Settings | None = None) -> Flask:
    """A Fagrom application for these settings; by default those of the environment."""
    settings = settings or load_settings()
    app = Flask(
        __name__,
        instance_path=str(settings.instance),
        template_folder=str(resource("templates")),
        static_folder=str(resource("static/dist")),
        static_url_path="/static",
    )
    _configure(app, settings)
    if settings.proxies:  # else anybody could say where a request comes from
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    for part in (logs, security):  # the bytes are looked at before anybody reads a form
        part.init_app(app)
    csrf.init_app(app)
    for part in (panels, language, templating, fragments, whole_page, error_pages, health, start_page):
        part.init_app(app)
    db.init_app(app)
    auth.init_app(app)
    for room in ROOMS:
        room.register(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=settings.max_request_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=_FORM_MIB * 1024 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=_YEAR,  # the names of built files carry their hashes
        SESSION_COOKIE_NAME="fagrom",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a long evening of writing must not end in an error
        DEMO=settings.demo,
        DEFAULT_LANGUAGE=settings.default_language,
        LOG_FORMAT=settings.log_format,
    )
    app.jinja_env.undefined = StrictUndefined
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask types the provider by its base
