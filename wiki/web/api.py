"""The JSON API: one prefix, errors as problem details (RFC 9457), bounds on paging."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from wiki.core.errors import Invalid
from wiki.web.auth import API_PREFIX

V1 = f"{API_PREFIX}v1"
_MOST_DIGITS = 12


def api_blueprint(name: str) -> Blueprint:
    """A blueprint of version 1 of the API; its endpoints are named ``api_<name>.…``."""
    return Blueprint(f"api_{name}", __name__, url_prefix=V1)


def wants_json() -> bool:
    """Whether the request is for the API rather than for a page."""
    return request.path.startswith(API_PREFIX)


def problem(status: int, title: str, detail: str, **members: Any) -> Response:
    """An error as a problem document (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    response = jsonify(body)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def int_argument(name: str, default: int, low: int, high: int) -> int:
    """The whole number ``name`` of the query string.

    Raises:
        Invalid: it is no whole number from ``low`` to ``high``.
    """
    raw = request.args.get(name)
    if raw is None:
        return default
    # isdecimal() alone lets other scripts' digits through, and int() takes them; a very long number it does not take
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= _MOST_DIGITS) or not low <= int(raw) <= high:
        raise Invalid(fields={name: _("Skriv et helt tall fra %(low)s til %(high)s.", low=low, high=high)})
    return int(raw)
