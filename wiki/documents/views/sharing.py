"""Who can read a document and why, and what is known about it besides its text."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from wiki.core.authz import ANONYMOUS, Actor, authorize, can
from wiki.core.errors import Invalid, NotFound
from wiki.documents import queries, service
from wiki.documents.domain.audience import Reason, Ring, Why
from wiki.documents.domain.commands import SetAudience
from wiki.documents.forms import INHERIT, RINGS, AudienceForm, PropertiesForm
from wiki.documents.models import Document
from wiki.documents.policy import DocumentAction
from wiki.documents.views.naming import name_tokens
from wiki.identity.queries import load_actor
from wiki.web.auth import current_actor


def add_routes(blueprint: Blueprint) -> None:
    """Serve the pages under their addresses."""
    at, both = "/s/<space>/<slug>", ["GET", "POST"]
    blueprint.add_url_rule(f"{at}/lesere", view_func=readers, methods=both)
    blueprint.add_url_rule(f"{at}/egenskaper", view_func=properties, methods=both)


@dataclass(frozen=True)
class Told:
    """A reason why somebody can read, in words, and the page it comes from if that is another."""

    who: str
    why: str
    source: Document | None
    source_title: str


def readers(space: str, slug: str) -> ResponseReturnValue:
    """«Hvem kan lese dette?»: everybody who reads the page sees why; its editors change it."""
    actor = current_actor()
    document = _find(actor, space, slug)
    form = AudienceForm()
    form.ring.choices = _ring_choices(document)
    form.add.choices = _principal_choices(document)
    if request.method == "POST":
        authorize(actor, DocumentAction.SHARE, document)
        if form.validate():
            return _change(actor, document, form)
    form.ring.data = document.ring or INHERIT
    page = render_template(
        "documents/readers.html",
        document=document,
        title=queries.title_for(document),
        space=document.space,
        reasons=_told(actor, queries.reasons(document)),
        named=name_tokens(grant.token for grant in document.grants),
        form=form,
        asked=_asked(actor, document),
        action=DocumentAction,
    )
    return page, 422 if form.errors else 200


def _find(actor: Actor, space: str, slug: str) -> Document:
    """The document; an administrator may ask who reads what they may not read themselves."""
    try:
        return queries.get_by_address(actor, space, slug)
    except NotFound:
        if not actor.is_admin:
            raise
        return queries.get_for_access_review(space, slug)


def _change(actor: Actor, document: Document, form: AudienceForm) -> ResponseReturnValue:
    tokens = {grant.token for grant in document.grants} - set(request.form.getlist("remove"))
    if form.add.data:
        tokens.add(form.add.data)
    ring = None if form.ring.data == INHERIT else Ring(form.ring.data)
    try:
        service.set_audience(actor, SetAudience(document_id=document.id, ring=ring, tokens=frozenset(tokens)))
    except Invalid as error:
        flash(_(error.message), "error")
    else:
        flash(_("Nå er det bestemt hvem som kan lese «%(title)s».", title=document.title), "success")
    return redirect(url_for("documents.readers", space=document.space.slug, slug=document.slug))


def _ring_choices(document: Document) -> list[SelectChoice]:
    above = _("Som siden over") if document.parent_id else _("Som rommet")
    rings = queries.rings_for(document)
    return [SelectChoice(INHERIT, above), *(SelectChoice(ring.value, RINGS[ring]) for ring in rings)]


def _principal_choices(document: Document) -> list[SelectChoice]:
    groups = (
        (_("Kommuner"), queries.municipalities_to_name(document)),
        (_("Personer"), queries.people_to_name(document)),
    )
    return [
        SelectChoice("", _("Ingen flere")),
        *(SelectChoice(p.token, p.name, optgroup=label) for label, found in groups for p in found),
    ]


def _told(actor: Actor, reasons: list[Reason]) -> list[Told]:
    names = name_tokens(reason.token for reason in reasons)
    sources = {d.id: d for d in queries.readable_among(actor, {r.document_id for r in reasons})}
    told = []
    for reason in reasons:
        source = sources.get(reason.document_id or 0) if reason.why in _INHERITED else None
        title = queries.title_for(source) if source else ""
        told.append(Told(names[reason.token], _why(reason.why), source, title))
    return told


_INHERITED = (Why.INHERITED_RING, Why.INHERITED_NAMED)


def _why(why: Why) -> str:
    return {
        Why.EDITOR: _("Redigerer i rommet"),
        Why.OWN_RING: _("Valgt for denne siden"),
        Why.INHERITED_RING: _("Arvet fra siden over"),
        Why.SPACE_RING: _("Det som gjelder i rommet"),
        Why.NAMED: _("Delt med navn"),
        Why.INHERITED_NAMED: _("Delt med navn på siden over"),
    }[why]


def _asked(actor: Actor, document: Document) -> dict[str, object] | None:
    """The answer to «kan denne personen lese?», for those who may ask."""
    if not can(actor, DocumentAction.EXPLAIN_ACCESS, document):
        return None
    people = queries.people_to_name(document)
    person = next((p for p in people if p.token == request.args.get("person")), None)
    if person is None:
        return {"people": people, "person": None}
    asked = load_actor(int(person.token.removeprefix("user:"))) or ANONYMOUS
    through = [reason for reason in queries.reasons(document) if reason.token in asked.tokens]
    return {"people": people, "person": person, "through": _told(actor, through)}


def properties(space: str, slug: str) -> ResponseReturnValue:
    """Language, owner, review date and tags."""
    actor = current_actor()
    document = queries.get_by_address(actor, space, slug)
    authorize(actor, DocumentAction.EDIT, document)
    form = PropertiesForm()
    if request.method == "GET":
        form.language.data, form.owner.data = document.language, document.owner
        form.review_on.data = document.review_on
        form.tags.data = ", ".join(tag.name for tag in document.tags)
    elif form.validate():
        try:
            service.describe(actor, form.to_command(document.id))
        except Invalid as error:
            form.show(error)
        else:
            flash(_("Egenskapene er lagret."), "success")
            return redirect(url_for("documents.show", space=space, slug=document.slug))
    page = render_template("documents/properties.html", form=form, document=document, space=document.space)
    return page, 422 if form.errors else 200
