"""What a document was: its revisions, the differences between any two, and restoring one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from wiki.core.authz import Actor, can
from wiki.documents import queries, service
from wiki.documents.domain.diff import diff
from wiki.documents.models import Document, Revision
from wiki.documents.policy import DocumentAction
from wiki.documents.views.differences import shown
from wiki.web.auth import current_actor, public


def add_routes(blueprint: Blueprint) -> None:
    """Serve the history under its addresses."""
    at = "/s/<space>/<slug>"
    blueprint.add_url_rule(f"{at}/historikk", view_func=history)
    blueprint.add_url_rule(f"{at}/historikk/<int(max=999999):number>", view_func=revision)
    blueprint.add_url_rule(f"{at}/endringer", view_func=changes)
    blueprint.add_url_rule(f"{at}/gjenopprett/<int(max=999999):number>", view_func=restore, methods=["POST"])


@public
def history(space: str, slug: str) -> ResponseReturnValue:
    """Who wrote what, when and for whom. Readers see what was published, editors every save."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    return render_template(
        "documents/history.html",
        document=document,
        title=queries.title_for(document),
        space=document.space,
        revisions=_revisions(actor, document),
        published=queries.published_ids(document),
        action=DocumentAction,
    )


@public
def revision(space: str, slug: str, number: int) -> ResponseReturnValue:
    """One revision as it was."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    found = _one(actor, document, number)
    return render_template(
        "documents/revision.html",
        document=document,
        space=document.space,
        revision=found,
        body=Markup(found.html),  # noqa: S704  cleaned when it was saved
        action=DocumentAction,
    )


@public
def changes(space: str, slug: str) -> ResponseReturnValue:
    """The differences between two revisions; by default the newest and the one before."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    found = list(_revisions(actor, document))
    newest = found[0].number if found else 0
    new_number = request.args.get("til", newest, type=int)
    before = next((r.number for r in found if r.number < new_number), new_number)
    old = _one(actor, document, request.args.get("fra", before, type=int))
    new = _one(actor, document, new_number)
    return render_template(
        "documents/changes.html",
        document=document,
        space=document.space,
        old=old,
        new=new,
        blocks=shown(diff(old.body, new.body)),
    )


def restore(space: str, slug: str, number: int) -> ResponseReturnValue:
    """Make an earlier revision the newest again."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    note = _("Hentet fram versjon %(number)s", number=number)
    service.restore(actor, document.id, number, note)
    flash(_("Versjon %(number)s er hentet fram igjen som kladd. Les over og publiser.", number=number), "success")
    return redirect(url_for("documents.draft", space=document.space.slug, slug=document.slug))


def _sees_drafts(actor: Actor, document: Document) -> bool:
    return can(actor, DocumentAction.SEE_DRAFTS, document)


def _revisions(actor: Actor, document: Document) -> list[Revision]:
    return list(queries.revisions(document, with_drafts=_sees_drafts(actor, document)))


def _one(actor: Actor, document: Document, number: int) -> Revision:
    return queries.get_revision(document, number, with_drafts=_sees_drafts(actor, document))
