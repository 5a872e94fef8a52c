"""Failures as pages and as problem documents: the only place that maps the one to the other.

A person is told what happened, what was kept and what to do; the log gets the rest.
"""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from wiki.core import errors
from wiki.core.db import db
from wiki.web.api import problem, wants_json
from wiki.web.auth import current_actor, is_public

log = logging.getLogger(__name__)

_STATUS: dict[type[errors.DomainError], int] = {
    errors.NotFound: 404,
    errors.SignInRequired: 401,
    errors.Forbidden: 403,
    errors.Invalid: 422,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.TooLarge: 413,
}
_PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500})


def status_of(error: errors.DomainError) -> int:
    """The HTTP status of a failure: that of its nearest class in the tree."""
    return next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 400)


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(errors.DomainError, _after_rollback(_domain_error))
    app.register_error_handler(CSRFError, _after_rollback(_csrf_error))
    app.register_error_handler(HTTPException, _after_rollback(_http_error))
    app.register_error_handler(Exception, _after_rollback(_unexpected))


def _after_rollback(handler: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """First take back what was half done: already the language of the answer may be asked of the database."""

    def handle(error: Exception) -> Any:
        db.session.rollback()
        return handler(error)

    return handle


def _answer(status: int, message: str, fields: dict[str, str] | None = None) -> Any:
    if wants_json():
        title = {401: "Unauthorized", 403: "Forbidden", 404: "Not found"}.get(status, "Error")
        members = {"errors": fields} if fields else {}
        response = problem(status, title, message, **members)
        if status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response
    page = status if status in _PAGES else (400 if status < 500 else 500)
    return render_template(f"errors/{page}.html", message=message, fields=fields or {}), status


def _domain_error(error: errors.DomainError) -> Any:
    if isinstance(error, errors.SignInRequired) and not wants_json():
        return _to_sign_in()
    fields = {name: _(text) for name, text in getattr(error, "fields", {}).items()}
    status = 400 if isinstance(error, errors.Invalid) and wants_json() else status_of(error)
    return _answer(status, _(error.message), fields)


def _to_sign_in() -> Response:
    """To the sign-in page and back. What was sent cannot be sent again, but its form can be opened again."""
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    if request.method != "GET" and request.url_rule and "GET" in (request.url_rule.methods or ()):
        target = request.path
        flash(
            _("Du var logget ut, så det ble ikke lagret. Tekst du skrev, kommer fram når du har logget inn."),
            "warning",
        )
    return redirect(url_for("identity.sign_in", neste=target))  # type: ignore[return-value]


def _csrf_error(error: CSRFError) -> Any:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and not is_public(view) and not wants_json() and current_actor().is_anonymous:
        return _to_sign_in()  # the form is in order, the session it was opened in is over
    return _answer(400, _("Skjemaet var åpent for lenge. Gå tilbake, last siden på nytt og send igjen."))


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    messages = {
        400: _("Vi forsto ikke det som ble sendt."),
        404: _("Vi finner ikke siden."),
        405: _("Denne adressen kan ikke brukes slik."),
        413: _("Dette er større enn vi kan ta imot."),
    }
    answer = make_response(_answer(error.code, messages.get(error.code, _("Noe gikk galt."))))
    if isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return answer


def _unexpected(error: Exception) -> Any:
    log.exception("unexpected error on %s %s", request.method, request.endpoint)
    return _answer(500, _("Feilen er vår, ikke din. Den er meldt til dem som drifter tjenesten."))
