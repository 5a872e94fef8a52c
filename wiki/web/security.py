"""Headers that hold the browser to our own pages, and checks of the request's bytes."""

from urllib.parse import unquote_to_bytes

from flask import Flask, Response, request
from werkzeug import routing
from werkzeug.exceptions import BadRequest

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_HSTS = "max-age=31536000; includeSubDomains"


_LARGEST_ID = 2**31 - 1  # of an integer key, on every database


class IntegerConverter(routing.IntegerConverter):
    """`<int:…>` in an address: a number that a key can have, so that a larger one is an unknown address."""

    def __init__(self, map: routing.Map, *args: int, **options: int) -> None:
        super().__init__(map, *args, **{"max": _LARGEST_ID, **options})  # type: ignore[arg-type]


def set_headers(response: Response) -> Response:
    """Add the security headers; pages that depend on who reads are not kept by caches."""
    response.headers.extend(_HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = _HSTS
    if "Cache-Control" not in response.headers:  # a built file has its own
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def refuse_broken_text() -> None:
    """Refuse a request whose text is not UTF-8, before anything of it is kept.

    Raises:
        BadRequest: bytes that are not UTF-8 in the address, the query or a form, or a NUL in the address or the query.
    """
    raw_path = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or ""
    for part in (raw_path.encode("latin-1", "replace"), request.query_string):
        _require_utf8(part)
        if b"\x00" in unquote_to_bytes(part):  # no database takes it; in what is typed into a form it is left out
            raise BadRequest()
    if request.mimetype == "application/x-www-form-urlencoded":
        _require_utf8(request.get_data(cache=True).replace(b"+", b" "))
    elif request.mimetype == "multipart/form-data" and _has_broken_part():
        raise BadRequest()


def _has_broken_part() -> bool:
    """Whether something in a form in parts was not UTF-8: the parser has put a replacement character there."""
    return any("\ufffd" in value for values in request.form.listvalues() for value in values)


def _require_utf8(quoted: bytes) -> None:
    try:
        unquote_to_bytes(quoted).decode()
    except UnicodeDecodeError:
        raise BadRequest() from None


def init_app(app: Flask) -> None:
    """Check every request and dress every response."""
    app.url_map.converters["int"] = IntegerConverter
    app.before_request(refuse_broken_text)
    app.after_request(set_headers)
