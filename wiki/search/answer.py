"""Hits and suggestions as the API and the command line give them: plain data, ready for JSON."""

from __future__ import annotations

from typing import Any

from wiki.search.contracts import FacetValue, Hit, Query, SearchPage, Suggestions


def as_json(query: Query, page: SearchPage) -> dict[str, Any]:
    """Give the whole answer."""
    facets = page.facets
    rows = {"rows": page.rows} if query.grouped else {}
    return {
        "query": query.text,
        "total": page.total,
        **rows,
        "hits": [_hit(hit) | _similar(query, hit) for hit in page.hits],
        "facets": {
            "kind": _counts(facets.kind),
            "space": _counts(facets.space),
            "language": _counts(facets.language),
            "municipality": _counts(facets.municipality),
        },
        "suggestion": page.suggestion,
    }


def suggestions_as_json(text: str, found: Suggestions) -> dict[str, Any]:
    """Give the suggestions for a half-typed text; `query` of a tag is the search for it."""
    titles = [
        {"title": hit.title, "url": hit.url, "kind": hit.kind, "space": hit.space_slug, "space_name": hit.space_name}
        for hit in found.titles
    ]
    tags = [{"tag": tag, "query": f'merke:"{tag}"'} for tag in found.tags]
    return {"query": text, "titles": titles, "tags": tags}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.thing_id,
        "source": hit.source,
        "kind": hit.kind,
        "title": hit.title,
        "space": hit.space_slug,
        "url": hit.url,
        "snippet": hit.snippet,
        "source_path": hit.source_path,
        "score": round(hit.score, 4),
    }


def _similar(query: Query, hit: Hit) -> dict[str, Any]:
    return {"similar": [_hit(other) for other in hit.similar]} if query.grouped else {}


def _counts(values: tuple[FacetValue, ...]) -> list[dict[str, Any]]:
    return [{"value": value.value, "label": value.label, "count": value.count} for value in values]
