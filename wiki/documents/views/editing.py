"""Writing: a new document, its text, the preview, and two texts that met."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.authz import authorize
from wiki.core.errors import Invalid
from wiki.core.markdown import render
from wiki.documents import queries, service
from wiki.documents.domain.merge import Choice, Conflict, Merged
from wiki.documents.errors import EditConflict
from wiki.documents.forms import NewDocumentForm, SettleForm, TextForm
from wiki.documents.models import Document, KeptDraft
from wiki.documents.policy import DocumentAction
from wiki.documents.views.shown import ID, places, tree_html
from wiki.spaces.queries import get_space
from wiki.web.auth import current_actor

PUBLISH = "publiser"


def add_routes(blueprint: Blueprint) -> None:
    """Serve the forms under their addresses."""
    both = ["GET", "POST"]
    blueprint.add_url_rule("/s/<space>/-/ny", view_func=new, methods=both)
    blueprint.add_url_rule("/s/<space>/<slug>/rediger", view_func=edit, methods=both)
    blueprint.add_url_rule("/s/<space>/<slug>/flett", view_func=settle, methods=["POST"])
    blueprint.add_url_rule(f"/s/<space>/<slug>/forkast/<{ID}:kept_id>", view_func=discard, methods=["POST"])
    blueprint.add_url_rule("/s/<space>/<slug>/publiser", view_func=publish, methods=["POST"])
    blueprint.add_url_rule("/s/<space>/<slug>/trekk-tilbake", view_func=withdraw, methods=["POST"])
    blueprint.add_url_rule("/forhandsvis", view_func=preview, methods=["POST"])


def new(space: str) -> ResponseReturnValue:
    """A new document in the space, under the page one came from."""
    actor = current_actor()
    room = get_space(actor, space)
    authorize(actor, DocumentAction.CREATE, room)
    form = NewDocumentForm()
    form.parent_id.choices = places(actor, room)
    if request.method == "GET":
        form.language.data = room.language
        form.parent_id.data = request.args.get("under", 0, type=int)
    if form.validate_on_submit():
        try:
            document = service.create(actor, form.to_command(room.id, _wants_to_publish()))
        except Invalid as error:
            form.show(error)
        else:
            _say_saved(document)
            return redirect(_page(document))
    status = 422 if form.errors else 200
    return render_template("documents/new.html", form=form, space=room, tree=tree_html(actor, room, None)), status


def edit(space: str, slug: str) -> ResponseReturnValue:
    """The text of a document. A save on an older text is merged, or shown beside the other."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    authorize(actor, DocumentAction.EDIT, document)
    form = TextForm()
    if request.method == "GET":
        kept = [each for each in queries.kept_drafts(actor) if each.document_id == document.id]
        mine = next((each for each in kept if each.id == request.args.get("min-tekst", type=int)), None)
        _fill(form, document, mine)
        return _edit_page(document, form, [each for each in kept if each is not mine])
    if not form.validate():
        return _edit_page(document, form)
    command = form.to_edit(document.id, _wants_to_publish())
    return _save(
        document,
        form,
        lambda: service.edit(actor, command),
        _("Noen andre lagret mens du skrev. Begge endringene er med. Se over teksten."),
    )


def _save(document: Document, form: TextForm, save: Callable[[], service.Saved], if_merged: str) -> ResponseReturnValue:
    try:
        saved = save()
    except EditConflict as conflict:
        return _conflict_page(document, form, conflict)
    except Invalid as error:
        form.show(error)
        return _edit_page(document, form)
    if saved.merged and if_merged:
        flash(if_merged, "warning")
    _say_saved(saved.document)
    return redirect(_page(saved.document))


def settle(space: str, slug: str) -> ResponseReturnValue:
    """The choices for the blocks that both had changed; saved on top of what stood there."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    authorize(actor, DocumentAction.EDIT, document)
    form = SettleForm()
    if not form.validate():
        return _edit_page(document, form)
    command = form.to_settle(document.id, _choices(), _wants_to_publish())
    return _save(document, form, lambda: service.settle(actor, command), "")


def _choices() -> tuple[Choice | str, ...]:
    """The answers in order. An answer that is none keeps both texts."""
    answers: list[Choice | str] = []
    while (answer := request.form.get(f"choice-{len(answers)}")) is not None:
        if answer == "edited":
            answers.append(request.form.get(f"edited-{len(answers)}", ""))
        else:
            answers.append(Choice(answer) if answer in set(Choice) else Choice.BOTH)
    return tuple(answers)


def _conflict_page(document: Document, form: TextForm, conflict: EditConflict) -> ResponseReturnValue:
    merged: Merged = conflict.merged
    return (
        render_template(
            "documents/conflict.html",
            document=document,
            space=document.space,
            form=form,
            head=document.head,
            head_id=conflict.head_id,
            chunks=[(chunk, isinstance(chunk, Conflict)) for chunk in merged.chunks],
            titles=conflict.titles,
            publish=_wants_to_publish(),
        ),
        409,
    )


def discard(space: str, slug: str, kept_id: int) -> ResponseReturnValue:
    """Throw away a text that was kept when two met."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    service.discard_kept_draft(actor, kept_id)
    flash(_("Teksten er forkastet."), "success")
    return redirect(_page(document))


def publish(space: str, slug: str) -> ResponseReturnValue:
    """Let readers see the newest text."""
    actor = current_actor()
    document = service.publish(actor, queries.get_by_address(actor, space, slug).id)
    flash(_("«%(title)s» er publisert.", title=document.title), "success")
    return redirect(_page(document))


def withdraw(space: str, slug: str) -> ResponseReturnValue:
    """Make the document a draft again."""
    actor = current_actor()
    document = service.withdraw(actor, queries.get_by_address(actor, space, slug).id)
    flash(_("«%(title)s» er trukket tilbake. Nå ser bare redaktørene den.", title=document.title), "success")
    return redirect(_page(document))


def preview() -> ResponseReturnValue:
    """The text that was sent, as it will look."""
    return render(request.form.get("text", "")).html


def _fill(form: TextForm, document: Document, kept: KeptDraft | None) -> None:
    if kept is not None:
        form.title.data, form.body.data, form.base_id.data = kept.title, kept.body, str(kept.base_id)
    elif document.head is not None:
        head = document.head
        form.title.data, form.body.data, form.base_id.data = head.title, head.body, str(head.id)


def _edit_page(document: Document, form: TextForm, kept: Sequence[KeptDraft] = ()) -> ResponseReturnValue:
    page = render_template("documents/edit.html", form=form, document=document, space=document.space, kept_texts=kept)
    return page, 422 if form.errors or form.form_errors else 200


def _wants_to_publish() -> bool:
    return PUBLISH in request.form


def _say_saved(document: Document) -> None:
    if document.published_id == document.head_id:
        flash(_("«%(title)s» er publisert.", title=document.title), "success")
    else:
        flash(_("Kladden er lagret. Bare redaktørene i rommet ser den til du publiserer."), "success")


def _page(document: Document) -> str:
    view = "documents.show" if document.published_id == document.head_id else "documents.draft"
    return url_for(view, space=document.space.slug, slug=document.slug)
