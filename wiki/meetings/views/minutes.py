"""Writing and publishing the minutes of a meeting."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.authz import authorize
from wiki.core.errors import NotFound
from wiki.meetings import queries, service
from wiki.meetings.domain.commands import WriteMinutes
from wiki.meetings.domain.states import minutes_ring
from wiki.meetings.forms import NETWORK, ROOM, PublishForm
from wiki.meetings.policy import MeetingAction
from wiki.meetings.views.shown import ONE, address, meeting_at
from wiki.web.auth import current_actor


def add_routes(blueprint: Blueprint) -> None:
    """Serve the pages under their addresses."""
    blueprint.add_url_rule(f"{ONE}/referat", view_func=write_minutes, methods=["POST"])
    blueprint.add_url_rule(f"{ONE}/referat/publiser", view_func=publish_minutes, methods=["GET", "POST"])


def write_minutes(space: str, meeting_id: int) -> ResponseReturnValue:
    """Begin the minutes and go on in the editor."""
    meeting = meeting_at(space, meeting_id)
    document = service.write_minutes(current_actor(), WriteMinutes(meeting_id=meeting.id))
    flash(_("Referatet er påbegynt. Sakene, oppmøtet og oppfølgingen er fylt inn."), "success")
    return redirect(url_for("documents.edit", space=space, slug=document.slug))


def publish_minutes(space: str, meeting_id: int) -> ResponseReturnValue:
    """Say who reads the minutes, and publish them."""
    actor, meeting = current_actor(), meeting_at(space, meeting_id)
    authorize(actor, MeetingAction.ARRANGE, meeting)
    document = queries.readable_minutes(actor, [meeting]).get(meeting.id)
    if document is None:
        raise NotFound()
    form = PublishForm()
    if form.validate_on_submit():
        service.publish_minutes(actor, meeting.id, form.ring())
        flash(_("Referatet er publisert."), "success")
        return redirect(address(meeting))
    if not form.is_submitted():
        form.readers.data = NETWORK if minutes_ring(meeting.space.default_ring) else ROOM
    page = render_template("meetings/publish.html", space=meeting.space, meeting=meeting, document=document, form=form)
    return page, 422 if form.errors else 200
