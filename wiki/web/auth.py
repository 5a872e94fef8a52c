"""The guard before every view: anonymous people reach what is marked ``@public`` and nothing else.

Who somebody is comes from the room ``identity`` through two loaders, since this package knows no
room. The actor is built once a request.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from flask_login import UserMixin, current_user, login_user, logout_user

from wiki.core.authz import ANONYMOUS, Actor
from wiki.core.errors import SignInRequired
from wiki.web.extensions import login_manager

_View = TypeVar("_View", bound=Callable[..., Any])
_PUBLIC = "__public__"
API_PREFIX = "/api/"

SessionLoader = Callable[[str], Actor | None]
TokenLoader = Callable[[str], Actor | None]


class SignedIn(UserMixin):  # type: ignore[misc]  # flask_login has no types
    """The signed-in person as Flask-Login wants it: the session's key, and the actor behind it."""

    def __init__(self, key: str, actor: Actor) -> None:
        self.id = key
        self.actor = actor


def public(view: _View) -> _View:
    """Mark a view that anonymous people may reach; what it shows is still decided by audience."""
    setattr(view, _PUBLIC, True)
    return view


def is_public(view: Callable[..., Any]) -> bool:
    """Whether a view has been marked by :func:`public`."""
    return bool(getattr(view, _PUBLIC, False))


def load_sessions_with(loader: SessionLoader) -> None:
    """Let ``loader`` turn a session key into an actor; None means that the session is over."""

    @login_manager.user_loader  # type: ignore[untyped-decorator]
    def load(key: str) -> SignedIn | None:
        actor = loader(key)
        return SignedIn(key, actor) if actor else None


def load_tokens_with(app: Flask, loader: TokenLoader) -> None:
    """Let ``loader`` turn a personal access token into an actor; None means that it is not valid."""
    app.extensions["token_loader"] = loader


def current_actor() -> Actor:
    """Who makes this request."""
    if "actor" not in g:
        g.actor = ANONYMOUS  # what the error page is told when the question itself fails
        by_token = request.path.startswith(API_PREFIX) and "Authorization" in request.headers
        g.actor = _bearer() if by_token else _session()
    return cast(Actor, g.actor)


def sign_in(key: str, actor: Actor) -> None:
    """Open a session."""
    login_user(SignedIn(key, actor))
    g.actor = actor


def sign_out() -> None:
    """Close the session."""
    logout_user()
    g.actor = ANONYMOUS


def _session() -> Actor:
    actor: Actor = current_user.actor if current_user.is_authenticated else ANONYMOUS
    return actor


def _bearer() -> Actor:
    authorization = request.authorization
    load: TokenLoader | None = current_app.extensions.get("token_loader")
    if authorization is None or authorization.type != "bearer" or load is None:
        raise SignInRequired("Tilgangsnøkkelen har feil form. Send den som Bearer.")
    actor = load(authorization.token or "")
    if actor is None:
        raise SignInRequired("Tilgangsnøkkelen er ukjent, trukket tilbake eller utløpt.")
    return actor


def guard() -> None:
    """Stop anonymous requests to views that are not public. Runs before every view.

    Raises:
        SignInRequired: nobody is signed in.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or is_public(view):  # no such address: the 404 page is for everybody
        return
    if current_actor().is_anonymous:
        raise SignInRequired()


def init_app(app: Flask) -> None:
    """Set the guard before every view of ``app``."""
    login_manager.init_app(app, add_context_processor=False)  # templates have current_actor, asked for once
    public(app.view_functions["static"])  # styles and scripts of the pages that everybody reaches
    app.before_request(guard)
