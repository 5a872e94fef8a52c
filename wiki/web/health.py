"""Whether the process lives (/healthz) and can do its work (/readyz), for whoever watches over it."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy import text

from wiki.core.db import db
from wiki.web.auth import public

Check = Callable[[], Mapping[str, Any]]
blueprint = Blueprint("health", __name__)
log = logging.getLogger(__name__)


def add_check(app: Flask, name: str, check: Check) -> None:
    """Let ``check`` report under ``name``; its ``ok`` decides, the rest is for people to read."""
    app.extensions["readiness"][name] = check


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Every part answers; 503 when one does not."""
    checks: dict[str, Check] = current_app.extensions["readiness"]
    parts = {name: _ask(name, check) for name, check in checks.items()}
    ready = all(part.get("ok") for part in parts.values())
    return jsonify(status="ok" if ready else "unavailable", parts=parts), 200 if ready else 503


def _ask(name: str, check: Check) -> dict[str, Any]:
    try:
        return dict(check())
    except Exception as error:  # noqa: BLE001  whatever it is, the part is not ready
        log.warning("%s is not ready: %s", name, error)
        db.session.rollback()
        return {"ok": False, "error": type(error).__name__}


def _database() -> Mapping[str, Any]:
    db.session.execute(text("SELECT 1"))
    return {"ok": True}


def init_app(app: Flask) -> None:
    """Serve the two addresses; the database is the first check."""
    app.extensions["readiness"] = {}
    add_check(app, "database", _database)
    app.register_blueprint(blueprint)
