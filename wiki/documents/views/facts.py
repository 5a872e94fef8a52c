"""The facts at the right of a document: who can read it, owner, review, tags, contents."""

from collections.abc import Hashable
from typing import Any

from flask import render_template
from markupsafe import Markup

from wiki.core.authz import Actor
from wiki.core.clock import today
from wiki.documents.domain.page import Page
from wiki.documents.policy import DocumentAction
from wiki.documents.views.shown import readers_of


def facts_key(actor: Actor, _page: Page) -> Hashable:
    """The anonymous are not shown the way to «Hvem kan lese dette?», and a review falls due with the day."""
    return actor.is_anonymous, today()


def facts(_actor: Actor, page: Page) -> Markup | None:
    """The facts that every kind of document has, always at the same place."""
    return Markup(  # noqa: S704  the output of a template
        render_template(
            "documents/_facts.html",
            page=page,
            readers=readers_of(page.audience, page.space.id),
            overdue=page.review_on is not None and page.review_on < today(),
            action=DocumentAction,
        )
    )


def headings(_actor: Actor, page: Page) -> Markup | None:
    """What the text holds, for long ones."""
    shown: list[dict[str, Any]] = [
        {"level": level, "id": id_, "text": text} for level, id_, text in page.headings if level <= 3
    ]
    if len(shown) < 3:
        return None
    return Markup(render_template("documents/_contents.html", headings=shown, language=page.language))  # noqa: S704
