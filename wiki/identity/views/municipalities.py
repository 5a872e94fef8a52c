"""The page of a municipality's people, for its contact; others of its networks see functions only."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.authz import authorize, can
from wiki.core.errors import NotFound
from wiki.identity import queries, service
from wiki.identity.domain import MUNICIPALITY_ROLES
from wiki.identity.forms import ROLE_NAMES, InviteForm, RoleForm
from wiki.identity.models import Municipality
from wiki.identity.policy import IdentityAction
from wiki.identity.views.frame import REFUSALS, blueprint, refused, role_given, status_after
from wiki.identity.views.networks import invited_page
from wiki.web.auth import current_actor


@blueprint.get("/kommune")
def own_municipality() -> ResponseReturnValue:
    """The municipality whose people one looks after; the first by number, should there be several."""
    numbers = current_actor().scopes("municipality", "contact")
    if not numbers:
        raise NotFound()
    return redirect(url_for("identity.municipality", number=min(numbers)))


@blueprint.get("/kommune/<number>")
def municipality(number: str) -> ResponseReturnValue:
    """Who works there with what, and who may do what."""
    return _municipality_page(queries.get_municipality(number), _grant_form())


@blueprint.post("/kommune/<number>/roller")
def grant_municipality_role(number: str) -> ResponseReturnValue:
    """Give somebody with an account a role in the municipality."""
    actor = current_actor()
    found = queries.get_municipality(number)
    authorize(actor, IdentityAction.MANAGE_PEOPLE, found)
    form = _grant_form(sent=True)
    status = role_given(form, partial(service.grant_municipality_role, actor, number))
    if status is None:
        return redirect(url_for("identity.municipality", number=number))
    return _municipality_page(found, form, status)


@blueprint.post("/kommune/<number>/roller/<int:role_id>/avslutt")
def end_municipality_role(number: str, role_id: int) -> ResponseReturnValue:
    """End somebody's role in the municipality, now."""
    service.end_municipality_role(current_actor(), role_id)
    flash(_("Rollen er avsluttet."), "success")
    return redirect(url_for("identity.municipality", number=number))


@blueprint.post("/kommune/<number>/ansatte/<int:employment_id>/avslutt")
def end_employment(number: str, employment_id: int) -> ResponseReturnValue:
    """Let somebody stop working in the municipality, now."""
    service.end_employment(current_actor(), employment_id)
    flash(_("Personen er ikke lenger i kommunen."), "success")
    return redirect(url_for("identity.municipality", number=number))


@blueprint.route("/kommune/<number>/inviter", methods=["GET", "POST"])
def invite_to_municipality(number: str) -> ResponseReturnValue:
    """Invite somebody who works in the municipality."""
    actor = current_actor()
    found = queries.get_municipality(number)
    authorize(actor, IdentityAction.INVITE, found)
    manages = can(actor, IdentityAction.MANAGE_PEOPLE, found)
    roles = MUNICIPALITY_ROLES if manages else [role for role in MUNICIPALITY_ROLES if role != "contact"]
    form = InviteForm().offer([found], roles)
    back = url_for("identity.municipality", number=number)
    status = 200
    if form.validate_on_submit():
        try:
            invited = service.invite(actor, form.to_command(None, number))
        except REFUSALS as error:
            status = refused(form, error)
        else:
            return invited_page(invited, form, back)
    page = render_template("identity/invite.html", form=form, where=found.name, back=back)
    return page, status_after(form, status)


def _grant_form(sent: bool = False) -> RoleForm:
    form = RoleForm(prefix="rolle-") if sent else RoleForm(formdata=None, prefix="rolle-")
    return form.offer(MUNICIPALITY_ROLES)


def _municipality_page(found: Municipality, form: RoleForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    page = render_template(
        "identity/municipality.html",
        municipality=found,
        people=queries.municipality_people(actor, found),
        named=can(actor, IdentityAction.VIEW_PEOPLE, found),
        invitations=queries.open_invitations(actor, municipality=found),
        form=form,
        may_manage=can(actor, IdentityAction.MANAGE_PEOPLE, found),
        may_invite=can(actor, IdentityAction.INVITE, found),
        role_names=ROLE_NAMES,
    )
    return page, status
