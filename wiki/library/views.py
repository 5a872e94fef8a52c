"""Pages of the library: all templates, one template, starting from it, and giving out a new version."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from wiki.core.authz import Actor, authorize
from wiki.core.errors import Invalid
from wiki.documents.domain.page import Page
from wiki.library import service
from wiki.library.domain import TemplateType, Version
from wiki.library.forms import TYPE_NAMES, ReleaseForm, StartForm
from wiki.library.policy import LibraryAction
from wiki.library.queries.templates import (
    Origin,
    TemplateEntry,
    examples,
    form_template,
    get_template,
    language_versions,
    list_templates,
    one_per_family,
    origin,
    releases,
)
from wiki.spaces.models import Space
from wiki.spaces.queries import get_space, my_spaces, writable_spaces
from wiki.web.auth import current_actor, public
from wiki.web.language import current_language

blueprint = Blueprint("library", __name__)

LANGUAGES = ("nb", "nn")
ALL_LANGUAGES = "alle"


@blueprint.get("/maler")
@public
def templates() -> ResponseReturnValue:
    """All templates the reader may read, by type, each once in the chosen language."""
    language = _language()
    q = request.args.get("q", "").strip()
    found = list_templates(current_actor(), q=q)
    shown = found if language == ALL_LANGUAGES else one_per_family(found, language)
    return render_template(
        "library/templates.html",
        groups=_by_type(shown),
        q=q,
        chosen=request.args.get("sprak", ""),
        language_choices=[
            (code, url_for("library.templates", sprak=code, q=q or None), code == language) for code in LANGUAGES
        ],
        all_url=url_for("library.templates", sprak=ALL_LANGUAGES, q=q or None),
        shows_all=language == ALL_LANGUAGES,
        type_names=TYPE_NAMES,
    )


@blueprint.get("/s/<space>/-/maler")
@public
def space_templates(space: str) -> ResponseReturnValue:
    """The templates that stand in a space, and those its people can use from elsewhere."""
    actor = current_actor()
    found = get_space(actor, space)
    language = found.language if found.language in LANGUAGES else LANGUAGES[0]
    entries = list_templates(actor)
    here = [entry for entry in entries if entry.space_slug == found.slug]
    elsewhere = one_per_family([entry for entry in entries if entry.space_slug != found.slug], language)
    return render_template(
        "library/space_templates.html", space=found, here=here, elsewhere=elsewhere, type_names=TYPE_NAMES
    )


@blueprint.get("/maler/<int:template_id>")
@public
def template(template_id: int) -> ResponseReturnValue:
    """What a template is for, its versions, examples, and the form itself."""
    actor = current_actor()
    entry = get_template(actor, template_id)
    history = releases(template_id)
    return render_template(
        "library/template.html",
        entry=entry,
        row=form_template(actor, template_id),
        newest=history[0],
        earlier=history[1:],
        examples=examples(actor, template_id),
        others=language_versions(actor, entry),
        type_name=TYPE_NAMES[entry.type],
        chosen_space=request.args.get("rom"),
        LibraryAction=LibraryAction,
    )


@blueprint.route("/maler/<int:template_id>/bruk", methods=["GET", "POST"])
def start(template_id: int) -> ResponseReturnValue:
    """Choose where, and begin a document."""
    actor = current_actor()
    entry = get_template(actor, template_id)
    spaces = writable_spaces(actor)
    form = StartForm().offer(spaces, request.args.get("rom") or _usual_space(actor, spaces))
    if spaces and form.validate_on_submit():
        try:
            document = service.start_from_template(actor, form.to_command(template_id))
        except Invalid as error:
            form.show(error)
        else:
            return redirect(url_for("documents.edit", space=document.space.slug, slug=document.slug))
    return render_template("library/start.html", entry=entry, form=form, spaces=spaces), 422 if form.errors else 200


@blueprint.route("/maler/<int:template_id>/ny-versjon", methods=["GET", "POST"])
def release(template_id: int) -> ResponseReturnValue:
    """Give out the published text as a new version."""
    actor = current_actor()
    entry = get_template(actor, template_id)
    row = form_template(actor, template_id)
    authorize(actor, LibraryAction.RELEASE, row)
    form = ReleaseForm()
    if form.validate_on_submit():
        try:
            made = service.release(actor, template_id, form.version.data or "", form.note.data or "")
        except Invalid as error:
            form.show(error)
        else:
            flash(_("Versjon %(version)s er gitt ut.", version=made.version), "success")
            return redirect(url_for("library.template", template_id=template_id))
    elif not form.is_submitted():
        form.version.data = str(_next_version(entry))
    changed = releases(template_id)[0].revision_id != row.document.published_id
    return render_template("library/release.html", entry=entry, form=form, changed=changed), 422 if form.errors else 200


# --- panels on the pages of documents --------------------------------------------------------------------------------


def origin_of(actor: Actor, document: Page) -> Origin | None:
    """Where the document was started from; asked for once a request: a page wants it for its key and for its panel."""
    known: dict[int, Origin | None] = g.setdefault("origins", {})
    if document.id not in known:
        known[document.id] = origin(actor, document.id)
    return known[document.id]


def origin_panel(actor: Actor, document: Page) -> Markup | None:
    """«Laget fra»: which template and version the document was started from."""
    found = origin_of(actor, document)
    return Markup(render_template("library/_origin.html", origin=found)) if found else None  # noqa: S704  the output of a template


def use_panel(actor: Actor, document: Page) -> Markup | None:
    """«Bruk malen» on the page of a template's own document."""
    if document.kind != "form_template":
        return None
    return Markup(render_template("library/_use.html", template_id=document.id))  # noqa: S704  the same


def _language() -> str:
    chosen = request.args.get("sprak", "")
    if chosen in (*LANGUAGES, ALL_LANGUAGES):
        return chosen
    return current_language() if current_language() in LANGUAGES else ALL_LANGUAGES


def _by_type(entries: Sequence[TemplateEntry]) -> list[tuple[TemplateType, list[TemplateEntry]]]:
    grouped = [(type_, [entry for entry in entries if entry.type is type_]) for type_ in TemplateType]
    return [(type_, members) for type_, members in grouped if members]


def _usual_space(actor: Actor, spaces: Sequence[Space]) -> str | None:
    """Where the person most likely wants it: a room of their own before those they only look after."""
    writable = {space.slug for space in spaces}
    return next((space.slug for space in my_spaces(actor) if space.slug in writable), None)


def _next_version(entry: TemplateEntry) -> Version:
    return Version.parse(entry.version).next_minor
