"""GET /api/v1/search and /api/v1/suggest: the search of the pages as JSON, with the rights of whoever asks."""

from __future__ import annotations

from flask import Response, current_app, jsonify, request

from wiki.search.answer import as_json, suggestions_as_json
from wiki.search.contracts import DEFAULT_LIMIT, MAX_LIMIT, Query
from wiki.web.api import api_blueprint, int_argument
from wiki.web.auth import current_actor, public

FURTHEST = 1_000_000
SUGGESTED = 8
MOST_SUGGESTED = 20

blueprint = api_blueprint("search")


@blueprint.get("/search")
@public
def search() -> Response:
    """Answer a query from what the caller may read."""
    query = Query(
        text=request.args.get("q", ""),
        kind=request.args.get("kind", ""),
        space=request.args.get("space", ""),
        language=request.args.get("language", ""),
        municipality=request.args.get("municipality", ""),
        grouped=bool(int_argument("grouped", 0, 0, 1)),
        limit=int_argument("limit", DEFAULT_LIMIT, 0, MAX_LIMIT),
        offset=int_argument("offset", 0, 0, FURTHEST),
    )
    page = current_app.extensions["search"].service.search(current_actor(), query)
    return jsonify(as_json(query, page))


@blueprint.get("/suggest")
@public
def suggest() -> Response:
    """Say what a half-typed query may become, from what the caller may read."""
    text = request.args.get("q", "")
    limit = int_argument("limit", SUGGESTED, 1, MOST_SUGGESTED)
    found = current_app.extensions["search"].service.suggest(current_actor(), text, limit)
    return jsonify(suggestions_as_json(text, found))
