"""Pages of spaces: the list, what a space is, who is in it, and its settings.

The front page of a space, `/s/<space>`, is a document and belongs to the room above.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from wiki.core.authz import Actor, authorize, can
from wiki.core.clock import today
from wiki.core.errors import Conflict, Forbidden, Invalid, NotFound
from wiki.identity.domain import active
from wiki.identity.models import Person
from wiki.identity.queries import employments_of, find_person, list_networks, members_of
from wiki.spaces import queries, service
from wiki.spaces.domain import SpaceKind, SpaceView, address, seats_municipalities
from wiki.spaces.forms import (
    KIND_HEADINGS,
    KIND_NAMES,
    RING_NAMES,
    ROLE_MEANINGS,
    ROLE_NAMES,
    EndForm,
    MemberForm,
    RoleForm,
    SettingsForm,
    SpaceForm,
)
from wiki.spaces.models import Space
from wiki.spaces.policy import SpaceAction
from wiki.web.auth import current_actor, public
from wiki.web.error_pages import status_of
from wiki.web.forms import BaseForm
from wiki.web.panels import current_panels, entries_for, render_sections

blueprint = Blueprint("spaces", __name__)


# --- the frame of every page in a space ----------------------------------------------------------


def space_frame(space: Space | SpaceView) -> dict[str, Any]:
    """What the space bar shows: name, address, kind and tabs, the current one marked."""
    entries = entries_for(current_panels().space_tabs, current_actor(), space)
    current = _current_tab([entry.endpoint for entry in entries])
    tabs = [
        {
            "label": entry.label,
            "url": url_for(entry.endpoint, space=space.slug),
            "icon": entry.icon,
            "current": entry.endpoint == current,
        }
        for entry in entries
    ]
    return {"name": space.name, "url": address(space.slug), "kind": KIND_NAMES[SpaceKind(space.kind)], "tabs": tabs}


def space_bar_key(space: Space | SpaceView) -> Hashable:
    """What decides the bar of a space: how it is called, which tabs this reader sees, and which of them this is."""
    endpoints = tuple(entry.endpoint for entry in entries_for(current_panels().space_tabs, current_actor(), space))
    return space.slug, space.name, space.kind, space.archived_at, endpoints, _current_tab(list(endpoints))


def space_url(space: Space | SpaceView) -> str:
    """The address of a space's front page."""
    return address(space.slug)


def _current_tab(endpoints: list[str]) -> str | None:
    """The tab of this page; a page without one stands under the first tab of its room."""
    if request.endpoint in endpoints:
        return request.endpoint
    return next((each for each in endpoints if each.partition(".")[0] == request.blueprint), None)


# --- on the start page ---------------------------------------------------------------------------


def my_spaces_section(actor: Actor, _thing: object) -> Markup | None:
    """«Mine rom», or the way to all of them for those who have none."""
    if actor.is_anonymous:
        return None
    mine = queries.my_spaces(actor)
    return Markup(render_template("spaces/start_mine.html", spaces=mine, kind_names=KIND_NAMES))  # noqa: S704  escaped there


# --- the list and a new space --------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """The spaces of one kind in one network."""

    heading: Any
    spaces: list[Space]


@blueprint.get("/rom")
@public
def index() -> ResponseReturnValue:
    """The spaces the reader may know of: their own first, then the others by network and kind."""
    actor = current_actor()
    mine = queries.my_spaces(actor)
    everything = queries.list_spaces(actor, archived=None)
    used = [space for space in everything if space.archived_at is None]
    networks = {space.network_id: space.network for space in used}
    return render_template(
        "spaces/index.html",
        mine=mine,
        networks=[(network, _grouped(used, network.id)) for network in networks.values()],
        archived=[space for space in everything if space.archived_at is not None],
        may_create=any(can(actor, SpaceAction.CREATE, network) for network in list_networks()),
        kind_names=KIND_NAMES,
    )


def _grouped(spaces: Iterable[Space], network_id: int) -> list[Group]:
    mine = [space for space in spaces if space.network_id == network_id]
    groups = (Group(KIND_HEADINGS[kind], [s for s in mine if s.kind == kind]) for kind in SpaceKind)
    return [group for group in groups if group.spaces]


@blueprint.route("/rom/nytt", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """Make a space."""
    actor = current_actor()
    networks = [network for network in list_networks() if can(actor, SpaceAction.CREATE, network)]
    if not networks:
        raise Forbidden()
    municipalities = {each.number: each for network in networks for each in members_of(network.id)}
    form = SpaceForm().offer(networks, municipalities.values())
    status = 200
    if form.validate_on_submit():
        try:
            space = service.create_space(actor, form.to_command())
        except (Invalid, Conflict) as error:
            status = _refused(form, error, {"municipality_number": "municipality"})
        else:
            flash(_("Rommet «%(name)s» er klart.", name=space.name), "success")
            if can(actor, SpaceAction.SEE_MEMBERS, space):
                return redirect(url_for("spaces.members", space=space.slug))
            return redirect(url_for("spaces.index"))  # a municipality's room is for its own people
    return render_template("spaces/create.html", form=form), _status(form, status)


# --- about ---------------------------------------------------------------------------------------


@blueprint.get("/s/<space>/-/om")
@public
def about(space: str) -> ResponseReturnValue:
    """What the space is for, who leads it, and which municipalities are in it."""
    actor = current_actor()
    found = queries.get_space(actor, space)
    kind = SpaceKind(found.kind)
    seats = queries.members(found.id) if can(actor, SpaceAction.SEE_MEMBERS, found) else []
    return render_template(
        "spaces/about.html",
        space=found,
        coordinators=[seat for seat in seats if seat.role == "coordinator"],
        represented=sorted({seat.represents for seat in seats if seat.represents}),
        missing=queries.municipalities_without_a_seat(found, seats),
        seats_municipalities=seats_municipalities(kind),
        network_members=members_of(found.network_id) if kind is SpaceKind.NETWORK else [],
        sections=render_sections(current_panels().space_about, actor, found),
        kind_name=KIND_NAMES[kind],
        ring_names=RING_NAMES,
        SpaceAction=SpaceAction,
    )


# --- members -------------------------------------------------------------------------------------


@blueprint.get("/s/<space>/-/medlemmer")
def members(space: str) -> ResponseReturnValue:
    """Who is in the space, for whom, and since when."""
    actor = current_actor()
    found = queries.get_space(actor, space)
    authorize(actor, SpaceAction.SEE_MEMBERS, found)
    return render_template(
        "spaces/members.html",
        space=found,
        members=queries.members(found.id),
        coming=queries.coming_members(found.id),
        former=queries.former_members(found.id),
        administers=can(actor, SpaceAction.ADMINISTER, found) and found.archived_at is None,
        role_names=ROLE_NAMES,
    )


@blueprint.route("/s/<space>/-/medlemmer/nytt", methods=["GET", "POST"])
def add_member(space: str) -> ResponseReturnValue:
    """Give a person a seat."""
    actor = current_actor()
    found = _administered(space)
    form = MemberForm().offer(members_of(found.network_id))
    status = 200
    if form.validate_on_submit():
        try:
            person = _person(form.email.data or "")
            service.add_member(actor, form.to_command(found.id, person.id, _workplace(person)))
        except (Invalid, Conflict) as error:
            status = _refused(form, error, {"person_id": "email", "represents_number": "represents"})
        else:
            flash(_("%(name)s er med i rommet.", name=person.name), "success")
            return redirect(url_for("spaces.members", space=space))
    people = queries.people_to_ask(found)
    page = render_template("spaces/add_member.html", space=found, form=form, people=people, role_meanings=ROLE_MEANINGS)
    return page, _status(form, status)


@blueprint.get("/s/<space>/-/medlemmer/<int:membership_id>")
def seat(space: str, membership_id: int) -> ResponseReturnValue:
    """Change or end a person's seat."""
    found, member = _seat(space, membership_id)
    return _seat_page(found, member, RoleForm(formdata=None, role=member.role.value), EndForm(formdata=None))


@blueprint.post("/s/<space>/-/medlemmer/<int:membership_id>/rolle")
def change_role(space: str, membership_id: int) -> ResponseReturnValue:
    """Give a member another role."""
    found, member = _seat(space, membership_id)
    form = RoleForm()
    status = 200
    if form.validate_on_submit():
        try:
            service.change_role(current_actor(), form.to_command(membership_id))
        except (Invalid, Conflict) as error:
            status = _refused(form, error)
        else:
            flash(_("%(name)s har fått en ny rolle.", name=member.name), "success")
            return redirect(url_for("spaces.members", space=space))
    return _seat_page(found, member, form, EndForm(formdata=None), _status(form, status))


@blueprint.post("/s/<space>/-/medlemmer/<int:membership_id>/slutt")
def end_membership(space: str, membership_id: int) -> ResponseReturnValue:
    """End a person's seat."""
    found, member = _seat(space, membership_id)
    form = EndForm()
    status = 200
    if form.validate_on_submit():
        try:
            service.end_membership(current_actor(), form.to_command(membership_id))
        except (Invalid, Conflict) as error:
            status = _refused(form, error)
        else:
            flash(_("Medlemskapet til %(name)s er avsluttet.", name=member.name), "success")
            return redirect(url_for("spaces.members", space=space))
    return _seat_page(found, member, RoleForm(formdata=None, role=member.role.value), form, _status(form, status))


def _administered(slug: str) -> Space:
    """A space that the reader may administer."""
    found = queries.get_space(current_actor(), slug)
    authorize(current_actor(), SpaceAction.ADMINISTER, found)
    return found


def _seat(slug: str, membership_id: int) -> tuple[Space, queries.Member]:
    found = _administered(slug)
    member = queries.find_seat(found.id, membership_id)
    if member is None:
        raise NotFound()
    return found, member


def _person(email: str) -> Person:
    person = find_person(email)
    if person is None:
        raise Invalid(
            fields={"email": "Vi kjenner ingen med denne adressen. Be kontaktpersonen i kommunen om å invitere."}
        )
    return person


def _workplace(person: Person) -> str | None:
    """The municipality the person works in today, if it is one."""
    working = (work for work in employments_of(person.id) if active(work.valid_from, work.valid_to, today()))
    return next((work.municipality_number for work in working if work.municipality_number), None)


def _seat_page(
    space: Space, member: queries.Member, role_form: RoleForm, end_form: EndForm, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "spaces/seat.html",
        space=space,
        member=member,
        role_form=role_form,
        end_form=end_form,
        role_names=ROLE_NAMES,
        role_meanings=ROLE_MEANINGS,
    )
    return page, status


# --- settings ------------------------------------------------------------------------------------


@blueprint.route("/s/<space>/-/innstillinger", methods=["GET", "POST"])
def settings(space: str) -> ResponseReturnValue:
    """Name, summary, language, and who reads what says nothing else."""
    actor = current_actor()
    found = _administered(space)
    form = SettingsForm(obj=found).offer(found)
    status = 200
    if form.validate_on_submit():
        try:
            service.update_space(actor, form.to_command(found.id))
        except (Invalid, Conflict) as error:
            status = _refused(form, error)
        else:
            flash(_("Innstillingene er lagret."), "success")
            return redirect(url_for("spaces.settings", space=space))
    return render_template("spaces/settings.html", space=found, form=form), _status(form, status)


@blueprint.post("/s/<space>/-/innstillinger/arkiver")
def archive(space: str) -> ResponseReturnValue:
    """Close the space."""
    found = queries.get_space(current_actor(), space)
    service.archive_space(current_actor(), found.id)
    flash(_("Rommet er arkivert. Alt kan leses som før."), "success")
    return redirect(url_for("spaces.settings", space=space))


@blueprint.post("/s/<space>/-/innstillinger/apne")
def reopen(space: str) -> ResponseReturnValue:
    """Take the space into use again."""
    found = queries.get_space(current_actor(), space)
    service.reopen_space(current_actor(), found.id)
    flash(_("Rommet er i bruk igjen."), "success")
    return redirect(url_for("spaces.settings", space=space))


# --- refused forms -------------------------------------------------------------------------------


def _refused(form: BaseForm, error: Invalid | Conflict, names: dict[str, str] | None = None) -> int:
    """Show on the form why the use case was refused; `names` maps its fields to the form's. Gives the HTTP status."""
    if isinstance(error, Invalid):
        renamed = {(names or {}).get(name, name): text for name, text in error.fields.items()}
        form.show(Invalid(error.message, renamed))
    else:
        form.form_errors.append(_(error.message))
    return status_of(error)


def _status(form: BaseForm, status: int) -> int:
    """422 for a form with errors, unless the use case named another status."""
    return 422 if form.errors and status == 200 else status
