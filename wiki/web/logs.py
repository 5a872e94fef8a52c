"""Structured logs: one line a request with who, what and how long; never contents, queries or secrets."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

log = logging.getLogger("wiki.requests")


class JsonFormatter(logging.Formatter):
    """A log record as one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, the request's fields and the traceback, if any."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "request", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure(log_format: str) -> None:
    """Send the logs of this process to standard error in the chosen form."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if log_format == "json" else text)
    root = logging.getLogger("wiki")
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    actor = g.get("actor")
    milliseconds = round((time.perf_counter() - g.started) * 1000, 1) if "started" in g else None
    fields = {
        "method": request.method,
        "endpoint": request.endpoint,
        "status": response.status_code,
        "ms": milliseconds,
        "person": actor.person_id if actor else None,
    }
    log.info(
        "%s %s %s %s ms",
        request.method,
        request.endpoint,
        response.status_code,
        milliseconds,
        extra={"request": fields},
    )
    return response


def init_app(app: Flask) -> None:
    """Log every request of ``app`` when it asks for JSON lines; people at a terminal want quiet."""
    if app.config["LOG_FORMAT"] == "json":
        app.before_request(_start)
        app.after_request(_finish)
