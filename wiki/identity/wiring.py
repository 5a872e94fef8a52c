"""Puts the room into an application."""

from flask import Flask

from wiki.identity.queries import load_session, load_token
from wiki.web.auth import load_sessions_with, load_tokens_with


def register(app: Flask) -> None:
    """Register who signs in and by what."""
    load_sessions_with(load_session)
    load_tokens_with(app, load_token)
