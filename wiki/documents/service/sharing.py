"""Who may read a document, and what is known about it besides its text."""

import re
from collections.abc import Iterable

from sqlalchemy import select

from wiki.core.authz import Actor
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid
from wiki.core.text import normalise
from wiki.documents.domain.commands import MAX_OWNER, MAX_TAG, DescribeDocument, SetAudience
from wiki.documents.events import AudienceChanged, DocumentDescribed, DocumentEvent
from wiki.documents.models import Document, DocumentGrant, DocumentTag
from wiki.documents.policy import DocumentAction
from wiki.documents.queries.reading import subtree_ids
from wiki.documents.service import upkeep
from wiki.documents.service.announcing import announce
from wiki.search import outbox

_PRINCIPAL = re.compile(r"municipality:\d{4}|user:\d+|network:\d+|space:\d+:(reader|editor)")
LANGUAGES = ("nb", "nn", "en")


def set_audience(actor: Actor, command: SetAudience) -> Document:
    """Say who may read the document, and with it what inherits from it.

    Raises:
        Invalid: a ring that the space does not have, or a token that names no principal.
    """
    with unit_of_work():
        document = upkeep.load(actor, command.document_id, DocumentAction.SHARE)
        if not all(_PRINCIPAL.fullmatch(token) for token in command.tokens):
            raise Invalid(fields={"tokens": "Vi kjenner ikke den du la til."})
        ring = upkeep.checked_ring(command.ring, document.space)
        before = (document.ring, {grant.token for grant in document.grants})
        if before == (ring, set(command.tokens)):
            return document
        document.ring = ring
        document.grants = [
            next((g for g in document.grants if g.token == token), None)
            or DocumentGrant(document_id=document.id, token=token)
            for token in sorted(command.tokens)
        ]
        db.session.flush()
        changed = upkeep.refresh_audience(document.space, subtree_ids(document.id))
        upkeep.tree_changed(document.space_id)
        announce(actor, document, AudienceChanged, upkeep.without(changed, document.id))
        return document


def describe(actor: Actor, command: DescribeDocument) -> Document:
    """Set language, owner, review date and tags.

    Raises:
        Invalid: an unknown language or a tag that is too long.
    """
    with unit_of_work():
        document = upkeep.load(actor, command.document_id, DocumentAction.EDIT)
        document.language = checked_language(command.language)
        document.owner = checked_owner(command.owner)
        document.review_on = command.review_on
        set_tags(document, command.tags)
        db.session.flush()
        announce(actor, document, DocumentDescribed)
        return document


def checked_language(language: str) -> str:
    """The language as it is stored.

    Raises:
        Invalid: a language in which nobody writes here.
    """
    if language not in LANGUAGES:
        raise Invalid(fields={"language": "Velg bokmål, nynorsk eller engelsk."})
    return language


def checked_owner(owner: str) -> str:
    """The owner as it is stored.

    Raises:
        Invalid: it is too long.
    """
    plain = " ".join(normalise(owner).split())
    if len(plain) > MAX_OWNER:
        raise Invalid(fields={"owner": "Eieren kan ha høyst 120 tegn."})
    return plain


def set_tags(document: Document, names: Iterable[str]) -> None:
    """Let the document have exactly these tags, in lower case and without doubles."""
    wanted = sorted({" ".join(normalise(name).lower().split()) for name in names} - {""})
    if any(len(name) > MAX_TAG for name in wanted):
        raise Invalid(fields={"tags": "Et merke kan ha høyst 60 tegn."})
    present = {tag.name: tag for tag in document.tags}
    document.tags = [present.get(name) or DocumentTag(document_id=document.id, name=name) for name in wanted]


def follow_space(space_id: int) -> None:
    """Write the audience of a whole space anew after its own ring has changed, and its index entries, which name it."""
    with unit_of_work():
        space = upkeep.load_space(space_id)
        ids = list(db.session.scalars(select(Document.id).where(Document.space_id == space_id)))
        if upkeep.refresh_audience(space, ids):
            upkeep.tree_changed(space_id)
        outbox.put(DocumentEvent.thing_type, ids)
