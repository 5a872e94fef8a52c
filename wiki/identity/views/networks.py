"""The pages of those who lead or serve a network: members, people, roles and invitations."""

from functools import partial

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.authz import authorize, can
from wiki.core.errors import Forbidden
from wiki.identity import queries, service
from wiki.identity.domain import MUNICIPALITY_ROLES, NETWORK_ROLES
from wiki.identity.forms import ROLE_NAMES, InviteForm, RoleForm
from wiki.identity.models import Network
from wiki.identity.policy import IdentityAction
from wiki.identity.views.frame import REFUSALS, back_to, blueprint, page_number, refused, role_given, status_after
from wiki.web.auth import current_actor


@blueprint.get("/nettverk")
def networks() -> ResponseReturnValue:
    """The networks that one leads or serves; straight on when there is only one."""
    served = queries.served_networks(current_actor())
    if not served:
        raise Forbidden()
    if len(served) == 1:
        return redirect(url_for("identity.network", slug=served[0].slug))
    return render_template("identity/networks.html", networks=served)


@blueprint.get("/nettverk/<slug>")
def network(slug: str) -> ResponseReturnValue:
    """Who leads the network, its members, and who is invited."""
    return _network_page(_visible(slug), _grant_form())


@blueprint.get("/nettverk/<slug>/folk")
def network_people(slug: str) -> ResponseReturnValue:
    """Everybody who belongs to the network."""
    found = _visible(slug)
    text = request.args.get("q", "")[:100]
    people = queries.people_of_network(current_actor(), found, text, page_number())
    return render_template(
        "identity/network_people.html",
        network=found,
        people=people,
        text=text,
        role_names=ROLE_NAMES,
        crumbs=_crumbs(),
    )


@blueprint.post("/nettverk/<slug>/roller")
def grant_network_role(slug: str) -> ResponseReturnValue:
    """Give somebody with an account a role in the network."""
    actor = current_actor()
    found = _visible(slug)
    authorize(actor, IdentityAction.MANAGE_NETWORK, found)
    form = _grant_form(sent=True)
    status = role_given(form, partial(service.grant_network_role, actor, found.id))
    if status is None:
        return redirect(url_for("identity.network", slug=slug))
    return _network_page(found, form, status)


@blueprint.post("/nettverk/<slug>/roller/<int:role_id>/avslutt")
def end_network_role(slug: str, role_id: int) -> ResponseReturnValue:
    """End somebody's role in the network, now."""
    service.end_network_role(current_actor(), role_id)
    flash(_("Rollen er avsluttet."), "success")
    return redirect(url_for("identity.network", slug=slug))


@blueprint.route("/nettverk/<slug>/inviter", methods=["GET", "POST"])
def invite_to_network(slug: str) -> ResponseReturnValue:
    """Invite somebody to the network, from a member municipality or elsewhere."""
    actor = current_actor()
    found = _visible(slug)
    authorize(actor, IdentityAction.INVITE, found)
    leads = can(actor, IdentityAction.MANAGE_NETWORK, found)
    municipal = MUNICIPALITY_ROLES if leads else [role for role in MUNICIPALITY_ROLES if role != "contact"]
    roles = [*(NETWORK_ROLES if leads else ("member",)), *municipal]
    members = queries.members_of(found.id)
    form = InviteForm().offer(members, roles)
    status = 200
    if form.validate_on_submit():
        only = members[0].number if len(members) == 1 else None
        try:
            invited = service.invite(actor, form.to_command(found.id, only))
        except REFUSALS as error:
            status = refused(form, error, {"municipality_number": "municipality"})
        else:
            return invited_page(invited, form, url_for("identity.network", slug=slug))
    back = url_for("identity.network", slug=slug)
    page = render_template("identity/invite.html", form=form, where=found.name, back=back)
    return page, status_after(form, status)


@blueprint.post("/invitasjoner/<int:invitation_id>/trekk-tilbake")
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    """Take an unused link out of use."""
    service.withdraw_invitation(current_actor(), invitation_id)
    flash(_("Invitasjonen er trukket tilbake."), "success")
    return back_to(request.form.get("neste"), "identity.networks")


def invited_page(invited: service.Invited, form: InviteForm, back: str) -> ResponseReturnValue:
    """The one-time link, this once; or back, when the person had an account and needs none."""
    if invited.person is not None:
        flash(_("%(name)s hadde en konto fra før og er lagt til.", name=invited.person.name), "success")
        return redirect(back)
    # From the settings: the request says only what address the inviter used.
    address = current_app.config["SETTINGS"].public_url
    link = address + url_for("identity.accept_invitation", secret=invited.secret)
    page = render_template("identity/invited.html", link=link, name=form.name.data, email=form.email.data, back=back)
    return page, 201, {"Cache-Control": "no-store"}


def _visible(slug: str) -> Network:
    found = queries.get_network(slug)
    authorize(current_actor(), IdentityAction.VIEW_NETWORK, found)
    return found


def _grant_form(sent: bool = False) -> RoleForm:
    form = RoleForm(prefix="rolle-") if sent else RoleForm(formdata=None, prefix="rolle-")
    return form.offer(NETWORK_ROLES)


def _network_page(found: Network, form: RoleForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    page = render_template(
        "identity/network.html",
        network=found,
        members=queries.member_lines(actor, found),
        held_roles=queries.network_roles(actor, found),
        invitations=queries.open_invitations(actor, network=found),
        form=form,
        may_manage=can(actor, IdentityAction.MANAGE_NETWORK, found),
        role_names=ROLE_NAMES,
        crumbs=_crumbs(),
    )
    return page, status


def _crumbs() -> list[tuple[str, str]]:
    """The way to the list of networks, for those who have more than one."""
    several = len(queries.served_networks(current_actor())) > 1
    return [(_("Nettverk"), url_for("identity.networks"))] if several else []
