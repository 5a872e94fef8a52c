"""Where documents stand: the contents of a space, moves by keyboard, the trash."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import SelectChoice

from wiki.core.authz import Actor, authorize, can
from wiki.core.errors import Invalid
from wiki.documents import queries, service
from wiki.documents.domain.commands import MoveDocument
from wiki.documents.forms import KINDS, MoveForm
from wiki.documents.models import Document
from wiki.documents.policy import DocumentAction
from wiki.documents.views.shown import ID, places, reading_order
from wiki.spaces.models import Space
from wiki.spaces.queries import get_space, writable_spaces
from wiki.web.auth import current_actor, public

ROWS = 250  # a page of the contents; more than most spaces have


def add_routes(blueprint: Blueprint) -> None:
    """Serve the pages under their addresses."""
    at = "/s/<space>/<slug>"
    blueprint.add_url_rule("/s/<space>/-/innhold", view_func=contents)
    blueprint.add_url_rule("/s/<space>/-/papirkurv", view_func=trash_can)
    blueprint.add_url_rule(f"/s/<space>/-/papirkurv/<{ID}:document_id>", view_func=untrash, methods=["POST"])
    blueprint.add_url_rule(f"{at}/flytt/<direction>", view_func=step, methods=["POST"])
    blueprint.add_url_rule(f"{at}/flytt", view_func=move, methods=["GET", "POST"])
    blueprint.add_url_rule(f"{at}/kast", view_func=trash, methods=["POST"])


@public
def contents(space: str) -> ResponseReturnValue:
    """Everything in the space that the reader may read, as a tree; editors move it by buttons."""
    actor = current_actor()
    room = get_space(actor, space)
    rows = list(reading_order(actor, room))
    focused = request.args.get("flyttet", type=int)
    moved_to = next((place for place, (node, _depth) in enumerate(rows) if node.id == focused), None)
    pages = max(1, -(-len(rows) // ROWS))
    page = max(1, min(request.args.get("side", 1, type=int), pages)) if moved_to is None else moved_to // ROWS + 1
    return render_template(
        "documents/contents.html",
        space=room,
        rows=rows[(page - 1) * ROWS : page * ROWS],
        page=page,
        pages=pages,
        may_write=can(actor, DocumentAction.CREATE, room),
        focused=focused,
        kinds=KINDS,
    )


def step(space: str, slug: str, direction: str) -> ResponseReturnValue:
    """One place up, down, in or out; back to the contents with the same button in focus, to be pressed again."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    service.step(actor, document.id, direction)
    here = url_for("documents.contents", space=space, flyttet=document.id)
    return redirect(f"{here}#flytt-{document.id}-{direction}")


def move(space: str, slug: str) -> ResponseReturnValue:
    """To another place or another space. The space is chosen first, then the place in it."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    authorize(actor, DocumentAction.MOVE, document)
    form, target = MoveForm(), _target(actor, document)
    form.parent_id.choices = places(actor, target, leave_out=document.id)
    if request.method == "POST" and form.validate():
        command = MoveDocument(document_id=document.id, space_id=target.id, parent_id=form.parent_id.data or None)
        try:
            moved = service.move(actor, command)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("«%(title)s» er flyttet. Gamle lenker virker fortsatt.", title=moved.title), "success")
            return redirect(url_for("documents.show", space=moved.space.slug, slug=moved.slug))
    form.space_id.data = target.id
    page = render_template(
        "documents/move.html",
        document=document,
        space=document.space,
        target=target,
        form=form,
        spaces=_space_choices(actor, document),
    )
    return page, 422 if form.errors else 200


def _target(actor: Actor, document: Document) -> Space:
    wanted = request.values.get("space_id", type=int) or document.space_id
    found = next((each for each in writable_spaces(actor) if each.id == wanted), None)
    return found or document.space


def _space_choices(actor: Actor, document: Document) -> list[SelectChoice]:
    spaces = {each.id: each.name for each in writable_spaces(actor)}
    spaces.setdefault(document.space_id, document.space.name)
    return [SelectChoice(str(id_), name) for id_, name in spaces.items()]


def trash(space: str, slug: str) -> ResponseReturnValue:
    """Into the trash with it, and what stands below; it can be brought back."""
    actor = current_actor()
    document = service.trash(actor, queries.get_by_address(actor, space, slug).id)
    undo = url_for("documents.untrash", space=document.space.slug, document_id=document.id)
    flash(Markup(render_template("documents/_undo.html", title=document.title, undo=undo)), "success")  # noqa: S704
    return redirect(url_for("documents.contents", space=document.space.slug))


def trash_can(space: str) -> ResponseReturnValue:
    """What has been thrown away in the space."""
    actor = current_actor()
    room = get_space(actor, space)
    authorize(actor, DocumentAction.CREATE, room)
    return render_template("documents/trash.html", space=room, documents=queries.trashed(room.id))


def untrash(space: str, document_id: int) -> ResponseReturnValue:
    """Bring a document back."""
    document = service.untrash(current_actor(), document_id)
    flash(_("«%(title)s» er tilbake.", title=document.title), "success")
    return redirect(url_for("documents.show", space=document.space.slug, slug=document.slug))
