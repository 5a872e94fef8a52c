"""The lists that documents put on the start page: what is new, my drafts, what is open."""

from typing import Any

from flask import render_template
from markupsafe import Markup

from wiki.core.authz import Actor
from wiki.documents import queries
from wiki.identity.service import note_visit

MOST_NEW = 15
MOST_OPEN = 12


def whats_new(actor: Actor, _thing: Any) -> Markup | None:
    """What was published since the last visit and the reader may read, by space."""
    if actor.is_anonymous:
        return None
    since = note_visit(actor)
    changes = queries.changes_since(actor, since, MOST_NEW)
    is_new = bool(changes)
    if not changes:
        changes = queries.changes_since(actor, None, 5)
    by_space: dict[str, list[queries.Change]] = {}
    for change in changes:
        by_space.setdefault(change.space_name, []).append(change)
    return Markup(  # noqa: S704  the output of a template
        render_template("documents/start_new.html", by_space=by_space, since=since, is_new=is_new)
    )


def drafts(actor: Actor, _thing: Any) -> Markup | None:
    """Texts that only the editors see yet, and texts that met somebody else's."""
    if actor.is_anonymous:
        return None
    mine, kept = queries.my_drafts(actor), queries.kept_drafts(actor)
    if not mine and not kept:
        return None
    return Markup(render_template("documents/start_drafts.html", drafts=mine, kept=kept))  # noqa: S704


def open_to_all(actor: Actor, _thing: Any) -> Markup | None:
    """For those who have not signed in: what the networks publish openly."""
    if not actor.is_anonymous:
        return None
    found = queries.open_documents(actor, MOST_OPEN)
    return Markup(render_template("documents/start_open.html", changes=found))  # noqa: S704
