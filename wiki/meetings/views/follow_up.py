"""What people promised to do: added on the meeting's page, finished there or on the start page."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from wiki.core.authz import Actor, authorize
from wiki.core.errors import Invalid
from wiki.meetings import queries, service
from wiki.meetings.forms import FollowUpForm
from wiki.meetings.models import FollowUp
from wiki.meetings.policy import MeetingAction
from wiki.meetings.views.meeting import meeting_page, people_of
from wiki.meetings.views.shown import ONE, address, meeting_at
from wiki.web.auth import current_actor

FROM_START = "start"


def add_routes(blueprint: Blueprint) -> None:
    """Serve the buttons under their addresses."""
    blueprint.add_url_rule(f"{ONE}/oppfolging", view_func=add_follow_up, methods=["POST"])
    blueprint.add_url_rule("/oppfolging/<int:follow_up_id>/ferdig", view_func=finish, methods=["POST"])
    blueprint.add_url_rule("/oppfolging/<int:follow_up_id>/apne", view_func=reopen, methods=["POST"])


def add_follow_up(space: str, meeting_id: int) -> ResponseReturnValue:
    """Give somebody something to do."""
    actor, meeting = current_actor(), meeting_at(space, meeting_id)
    authorize(actor, MeetingAction.ARRANGE, meeting)
    form = FollowUpForm().offer(people_of(meeting), queries.cases(meeting))
    if not form.validate_on_submit():
        return meeting_page(meeting, form)
    try:
        service.add_follow_up(actor, form.to_command(meeting_id))
    except Invalid as error:
        form.refuse(error)
        return meeting_page(meeting, form)
    flash(_("Oppfølgingspunktet er ført."), "success")
    return redirect(address(meeting) + "#oppfolging")


def finish(follow_up_id: int) -> ResponseReturnValue:
    """It is done."""
    follow_up = service.finish_follow_up(current_actor(), follow_up_id)
    flash(_("«%(text)s» er ferdig.", text=follow_up.text), "success")
    return redirect(_back(follow_up))


def reopen(follow_up_id: int) -> ResponseReturnValue:
    """It is not done after all."""
    follow_up = service.reopen_follow_up(current_actor(), follow_up_id)
    flash(_("«%(text)s» er åpnet igjen.", text=follow_up.text), "success")
    return redirect(_back(follow_up))


def my_follow_ups(actor: Actor, _thing: Any) -> Markup | None:
    """«Mine oppfølgingspunkter» on the start page."""
    mine = queries.my_follow_ups(actor)
    if not mine:
        return None
    return Markup(render_template("meetings/_mine.html", follow_ups=mine))  # noqa: S704  the output of a template


def _back(follow_up: FollowUp) -> str:
    if request.form.get("fra") == FROM_START:
        return url_for("web.start")
    return address(follow_up.meeting) + "#oppfolging"
