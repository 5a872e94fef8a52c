"""The agenda: cases are added, changed, moved by buttons, and withdrawn."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wiki.core.authz import authorize
from wiki.core.errors import Invalid, NotFound
from wiki.meetings import queries, service
from wiki.meetings.domain.states import CaseType, MeetingState, is_open
from wiki.meetings.forms import CaseForm
from wiki.meetings.models import AgendaItem, Meeting
from wiki.meetings.policy import MeetingAction
from wiki.meetings.views.shown import ONE, address, meeting_at, words
from wiki.web.auth import current_actor


def add_routes(blueprint: Blueprint) -> None:
    """Serve the pages under their addresses."""
    both = ["GET", "POST"]
    blueprint.add_url_rule(f"{ONE}/saksliste", view_func=agenda, methods=both)
    blueprint.add_url_rule(f"{ONE}/saksliste/<int:case_id>", view_func=case, methods=both)
    blueprint.add_url_rule(f"{ONE}/saksliste/<int:case_id>/<any(up, down):direction>", view_func=move, methods=["POST"])
    blueprint.add_url_rule(f"{ONE}/saksliste/<int:case_id>/trekk", view_func=withdraw, methods=["POST"])


def agenda(space: str, meeting_id: int) -> ResponseReturnValue:
    """The agenda with its buttons, and a form for one more case."""
    actor, meeting = current_actor(), _mine(space, meeting_id)
    form = CaseForm()
    if form.validate_on_submit():
        try:
            item = service.add_case(actor, form.to_add(meeting_id))
        except Invalid as error:
            form.show(error)
        else:
            flash(_("«%(title)s» står på sakslisten.", title=item.title), "success")
            return redirect(address(meeting, "meetings.agenda"))
    page = render_template(
        "meetings/agenda.html",
        space=meeting.space,
        meeting=meeting,
        cases=queries.cases(meeting),
        form=form,
        focused=request.args.get("flyttet", type=int),
        open=is_open(MeetingState(meeting.state)),
        **words(),
    )
    return page, 422 if form.errors else 200


def case(space: str, meeting_id: int, case_id: int) -> ResponseReturnValue:
    """Change one case."""
    actor, meeting = current_actor(), _mine(space, meeting_id)
    item = _case(meeting, case_id)
    form = CaseForm()
    if request.method == "GET":
        form.fill(item)
    elif form.validate_on_submit():
        try:
            service.change_case(actor, form.to_change(case_id))
        except Invalid as error:
            form.show(error)
        else:
            flash(_("Saken er endret."), "success")
            return redirect(address(meeting, "meetings.agenda"))
    page = render_template("meetings/case.html", space=meeting.space, meeting=meeting, item=item, form=form, **words())
    return page, 422 if form.errors else 200


def move(space: str, meeting_id: int, case_id: int, direction: str) -> ResponseReturnValue:
    """One place up or down; back to the agenda with the same case in focus."""
    meeting = _mine(space, meeting_id)
    service.move_case(current_actor(), _case(meeting, case_id).id, direction)
    return redirect(f"{address(meeting, 'meetings.agenda', flyttet=case_id)}#sak-{case_id}")


def withdraw(space: str, meeting_id: int, case_id: int) -> ResponseReturnValue:
    """Take a case off the agenda."""
    meeting = _mine(space, meeting_id)
    item = _case(meeting, case_id)
    title, numbered = item.title, item.number is not None and item.type != CaseType.WITHDRAWN
    service.remove_case(current_actor(), item.id)
    text = _("«%(title)s» er trukket. Nummeret blir ikke brukt om igjen.", title=title)
    flash(text if numbered else _("«%(title)s» er tatt av sakslisten.", title=title), "success")
    return redirect(address(meeting, "meetings.agenda"))


def _mine(space: str, meeting_id: int) -> Meeting:
    meeting = meeting_at(space, meeting_id)
    authorize(current_actor(), MeetingAction.ARRANGE, meeting)
    return meeting


def _case(meeting: Meeting, case_id: int) -> AgendaItem:
    for item in queries.cases(meeting):
        if item.id == case_id:
            return item
    raise NotFound()
