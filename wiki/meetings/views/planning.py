"""The meetings of a space, a new one, and changing, calling or cancelling one."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.authz import authorize
from wiki.core.clock import today
from wiki.core.errors import Invalid, NotFound
from wiki.meetings import queries, service
from wiki.meetings.forms import PlanForm
from wiki.meetings.policy import MeetingAction
from wiki.meetings.views.shown import IN_SPACE, ONE, address, meeting_at, words
from wiki.spaces.queries import get_space
from wiki.web.auth import current_actor


def add_routes(blueprint: Blueprint) -> None:
    """Serve the pages under their addresses."""
    both = ["GET", "POST"]
    blueprint.add_url_rule(IN_SPACE, view_func=in_space)
    blueprint.add_url_rule(f"{IN_SPACE}/nytt", view_func=plan, methods=both)
    blueprint.add_url_rule(f"{ONE}/endre", view_func=change, methods=both)
    blueprint.add_url_rule(f"{ONE}/kall-inn", view_func=call, methods=["POST"])
    blueprint.add_url_rule(f"{ONE}/avlys", view_func=cancel, methods=["POST"])


def in_space(space: str) -> ResponseReturnValue:
    """The meetings to come, and those of a year that are over."""
    actor = current_actor()
    found = get_space(actor, space)
    if not queries.visible_to(actor, found):
        raise NotFound()
    years = queries.years(actor, found)
    year = request.args.get("ar", type=int)
    if year not in years:
        year = years[0] if years else today().year
    coming, past = queries.coming(actor, found), queries.past(actor, found, year)
    return render_template(
        "meetings/list.html",
        space=found,
        coming=coming,
        past=past,
        minutes=queries.readable_minutes(actor, past),
        years=years,
        year=year,
        **words(),
    )


def plan(space: str) -> ResponseReturnValue:
    """Put a meeting in the calendar."""
    actor = current_actor()
    found = get_space(actor, space)
    authorize(actor, MeetingAction.PLAN, found)
    form = PlanForm()
    if form.validate_on_submit():
        try:
            meeting = service.plan_meeting(actor, form.to_plan(found.id))
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Møtet er planlagt. Sett opp sakslisten, og kall inn når den er klar."), "success")
            return redirect(address(meeting, "meetings.agenda"))
    page = render_template("meetings/plan.html", space=found, meeting=None, form=form)
    return page, 422 if form.errors else 200


def change(space: str, meeting_id: int) -> ResponseReturnValue:
    """Change time, place or title."""
    actor = current_actor()
    meeting = meeting_at(space, meeting_id)
    authorize(actor, MeetingAction.ARRANGE, meeting)
    form = PlanForm()
    if request.method == "GET":
        form.fill(meeting)
    elif form.validate_on_submit():
        try:
            service.change_meeting(actor, form.to_change(meeting_id))
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Møtet er endret."), "success")
            return redirect(address(meeting))
    page = render_template("meetings/plan.html", space=meeting.space, meeting=meeting, form=form)
    return page, 422 if form.errors else 200


def call(space: str, meeting_id: int) -> ResponseReturnValue:
    """Call the members."""
    meeting = service.call_meeting(current_actor(), meeting_at(space, meeting_id).id)
    flash(_("Møtet er kalt inn, og sakene har fått nummer."), "success")
    return redirect(address(meeting))


def cancel(space: str, meeting_id: int) -> ResponseReturnValue:
    """Say that it will not be held."""
    meeting = service.cancel_meeting(current_actor(), meeting_at(space, meeting_id).id)
    flash(_("Møtet er avlyst."), "success")
    return redirect(address(meeting))
