"""Documents in the JSON API: reading, with the rights of whoever asks."""

from typing import Any

from flask import Response, jsonify

from wiki.core.authz import Actor, can
from wiki.documents import queries
from wiki.documents.domain.address import address
from wiki.documents.domain.state import state_of
from wiki.documents.models import Document, Revision
from wiki.documents.policy import DocumentAction
from wiki.web.api import api_blueprint
from wiki.web.auth import current_actor, public

blueprint = api_blueprint("documents")


@blueprint.get("/documents/<int(max=2147483647):document_id>")
@public
def document(document_id: int) -> Response:
    """One document: the published text, or the draft while there is none."""
    actor = current_actor()
    return jsonify(_document(actor, queries.get(actor, document_id)))


def _document(actor: Actor, found: Document) -> dict[str, Any]:
    shown = found.published or found.head
    return {
        "id": found.id,
        "kind": found.kind,
        "language": found.language,
        "space": found.space.slug,
        "url": address(found.space.slug, found.slug),
        "parent_id": found.parent_id,
        "owner": found.owner,
        "state": _state(actor, found),
        "review_on": found.review_on.isoformat() if found.review_on else None,
        "source_path": found.source_path,
        "tags": [tag.name for tag in found.tags],
        "created_at": found.created_at.isoformat(),
        "published_at": found.published_at.isoformat() if found.published_at else None,
        **(_text(shown) if shown else {}),
        "abilities": {
            "edit": can(actor, DocumentAction.EDIT, found),
            "publish": can(actor, DocumentAction.PUBLISH, found),
            "share": can(actor, DocumentAction.SHARE, found),
        },
    }


def _state(actor: Actor, found: Document) -> str:
    """The state; that there is a newer draft is the editors' business."""
    if found.published is None or found.head is None:
        return "draft"
    if not can(actor, DocumentAction.SEE_DRAFTS, found):
        return "published"
    return state_of(found.head.content_hash, found.published.content_hash)


def _text(revision: Revision) -> dict[str, Any]:
    return {
        "title": revision.title,
        "body": revision.body,
        "html": revision.html,
        "revision": {
            "number": revision.number,
            "author": revision.author_name,
            "acting_for": revision.acting_for_name,
            "note": revision.note,
            "written_at": revision.created_at.isoformat(),
            "content_hash": revision.content_hash,
        },
    }
