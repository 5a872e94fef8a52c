"""Who may do what to documents. Reading is not here: it is the audience, see ``queries.readable``.

Writing follows the space: whoever holds its editors' token may write, publish, share, move and
trash there. An archived space is for reading only.
"""

from enum import StrEnum

from wiki.core.authz import Actor, declare, rule
from wiki.documents.domain.page import Page
from wiki.documents.models import Document
from wiki.spaces.models import Space


@declare
class DocumentAction(StrEnum):
    """What can be done to a document, or with documents in a space."""

    CREATE = "document.create"
    EDIT = "document.edit"
    PUBLISH = "document.publish"
    SHARE = "document.share"
    MOVE = "document.move"
    TRASH = "document.trash"
    SEE_DRAFTS = "document.see_drafts"
    EXPLAIN_ACCESS = "document.explain_access"


def holds_editor_token(actor: Actor, space_id: int) -> bool:
    """Whether the actor is one of the editors of the space."""
    return f"space:{space_id}:editor" in actor.tokens


def _may_write(actor: Actor, document: Document | Page) -> bool:
    return holds_editor_token(actor, document.space_id) and document.space.archived_at is None


@rule(DocumentAction.CREATE, Space)
def _create(actor: Actor, space: Space) -> bool:
    return holds_editor_token(actor, space.id) and space.archived_at is None


@rule(DocumentAction.SEE_DRAFTS, Document)
@rule(DocumentAction.SEE_DRAFTS, Page)
def _see_drafts(actor: Actor, document: Document | Page) -> bool:
    return holds_editor_token(actor, document.space_id)


@rule(DocumentAction.EXPLAIN_ACCESS, Document)
@rule(DocumentAction.EXPLAIN_ACCESS, Page)
def _explain_access(actor: Actor, document: Document | Page) -> bool:
    """Ask whether a named person can read it: those who decide it, and administrators."""
    return actor.is_admin or holds_editor_token(actor, document.space_id)


for _action in (
    DocumentAction.EDIT,
    DocumentAction.PUBLISH,
    DocumentAction.SHARE,
    DocumentAction.MOVE,
    DocumentAction.TRASH,
):
    rule(_action, Document)(_may_write)
    rule(_action, Page)(_may_write)
