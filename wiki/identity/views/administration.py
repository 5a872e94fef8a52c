"""The pages of system administrators: networks, their members, and everybody who has an account."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.authz import authorize
from wiki.identity import queries, service
from wiki.identity.domain import INSTANCE
from wiki.identity.forms import MembershipForm, NetworkForm, PersonForm
from wiki.identity.policy import IdentityAction
from wiki.identity.views.frame import REFUSALS, blueprint, page_number, refused, sent_id, status_after
from wiki.web.auth import current_actor


@blueprint.get("/administrasjon")
def administration() -> ResponseReturnValue:
    """The networks of the installation."""
    return _page()


@blueprint.post("/administrasjon/nettverk")
def add_network() -> ResponseReturnValue:
    """Make a network."""
    form = NetworkForm(prefix="nettverk-")
    status = 200
    if form.validate_on_submit():
        try:
            made = service.add_network(current_actor(), form.slug.data, form.name.data)
        except REFUSALS as error:
            status = refused(form, error)
        else:
            flash(_("Nettverket «%(name)s» er klart.", name=made.name), "success")
            return redirect(url_for("identity.network", slug=made.slug))
    return _page(network_form=form, status=status_after(form, status))


@blueprint.post("/administrasjon/medlemmer")
def join_network() -> ResponseReturnValue:
    """Make a municipality a member of a network."""
    form = _membership_form(sent=True)
    status = 200
    if form.validate_on_submit():
        try:
            service.join_network(current_actor(), form.network.data, form.municipality.data)
        except REFUSALS as error:
            status = refused(form, error)
        else:
            flash(_("Kommunen er med i nettverket."), "success")
            return redirect(url_for("identity.administration"))
    return _page(membership_form=form, status=status_after(form, status))


@blueprint.post("/administrasjon/medlemmer/avslutt")
def leave_network() -> ResponseReturnValue:
    """End a municipality's membership of a network, now."""
    service.leave_network(current_actor(), sent_id("network"), request.form.get("municipality", ""))
    flash(_("Medlemskapet er avsluttet."), "success")
    return redirect(url_for("identity.administration"))


@blueprint.get("/administrasjon/folk")
def all_people() -> ResponseReturnValue:
    """Everybody who has an account."""
    return _people_page(PersonForm(formdata=None))


@blueprint.post("/administrasjon/folk")
def add_person() -> ResponseReturnValue:
    """Make an account."""
    form = PersonForm().offer(queries.list_municipalities())
    status = 200
    if form.validate_on_submit():
        try:
            person = service.add_person(current_actor(), form.to_command())
        except REFUSALS as error:
            status = refused(form, error, {"municipality_number": "municipality"})
        else:
            flash(_("%(name)s har fått en konto.", name=person.name), "success")
            return redirect(url_for("identity.all_people", q=person.email))
    return _people_page(form, status_after(form, status))


@blueprint.post("/administrasjon/folk/<int:person_id>/steng")
def deactivate(person_id: int) -> ResponseReturnValue:
    """Shut somebody out."""
    service.deactivate(current_actor(), person_id)
    flash(_("Kontoen er stengt. Personen er logget ut."), "success")
    return redirect(url_for("identity.all_people"))


@blueprint.post("/administrasjon/folk/<int:person_id>/apne")
def reactivate(person_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    service.reactivate(current_actor(), person_id)
    flash(_("Kontoen er åpen igjen."), "success")
    return redirect(url_for("identity.all_people"))


def _membership_form(sent: bool = False) -> MembershipForm:
    form = MembershipForm(prefix="medlem-") if sent else MembershipForm(formdata=None, prefix="medlem-")
    return form.offer(queries.list_networks(), queries.list_municipalities())


def _page(
    *, network_form: NetworkForm | None = None, membership_form: MembershipForm | None = None, status: int = 200
) -> ResponseReturnValue:
    authorize(current_actor(), IdentityAction.MANAGE_INSTANCE, INSTANCE)
    networks = queries.list_networks()
    page = render_template(
        "identity/administration.html",
        networks=[(network, queries.members_of(network.id)) for network in networks],
        network_form=network_form or NetworkForm(formdata=None, prefix="nettverk-"),
        membership_form=membership_form or _membership_form(),
    )
    return page, status


def _people_page(form: PersonForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    text = request.args.get("q", "")[:100]
    people = queries.all_people(actor, text, page_number())
    form.offer(queries.list_municipalities())
    return render_template("identity/all_people.html", people=people, text=text, form=form), status
