"""The token that every form carries, signed once a session: signing takes longer than the rest of a small page.

That is sound because the tokens do not age (``WTF_CSRF_TIME_LIMIT``): they hold as long as the session.
"""

from flask import current_app, g, session
from flask_wtf.csrf import generate_csrf

from wiki.core.recent import Recent

_signed: Recent[str] = Recent(4096)


def csrf_token() -> str:
    """The token of this session."""
    secret = session.get("csrf_token")
    if secret is not None and "csrf_token" not in g:
        g.csrf_token = _signed.get((current_app.secret_key, secret), generate_csrf)
    return str(generate_csrf())
