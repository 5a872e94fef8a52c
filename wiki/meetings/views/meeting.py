"""The page of one meeting, its file for a calendar, and who was there."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from wiki.core.authz import authorize, can
from wiki.core.clock import now
from wiki.core.errors import Invalid
from wiki.core.markdown import render
from wiki.identity.queries import find_person
from wiki.meetings import queries, service
from wiki.meetings.domain.commands import Attendee
from wiki.meetings.domain.states import AttendanceStatus
from wiki.meetings.export import CONTENT_TYPE, calendar_file
from wiki.meetings.forms import AttendanceForm, FollowUpForm
from wiki.meetings.models import Meeting
from wiki.meetings.policy import MeetingAction
from wiki.meetings.views.shown import ONE, address, meeting_at, words
from wiki.settings import Settings
from wiki.spaces.queries import members
from wiki.web.auth import current_actor

_FIELD = "status-"


def add_routes(blueprint: Blueprint) -> None:
    """Serve the pages under their addresses."""
    blueprint.add_url_rule(ONE, view_func=show)
    blueprint.add_url_rule(f"{ONE}/kalender.ics", view_func=calendar)
    blueprint.add_url_rule(f"{ONE}/oppmote", view_func=attendance, methods=["GET", "POST"])


def show(space: str, meeting_id: int) -> ResponseReturnValue:
    """When and where, the cases, who was there, the minutes, and what was promised."""
    return meeting_page(meeting_at(space, meeting_id), None)


def meeting_page(meeting: Meeting, follow_up_form: FollowUpForm | None) -> ResponseReturnValue:
    """The page; with ``follow_up_form`` when that was filled in wrongly."""
    actor = current_actor()
    cases = queries.cases(meeting)
    form = follow_up_form
    if form is None and can(actor, MeetingAction.ARRANGE, meeting):
        form = FollowUpForm(formdata=None).offer(people_of(meeting), cases)
    page = render_template(
        "meetings/meeting.html",
        space=meeting.space,
        meeting=meeting,
        cases=[(item, Markup(render(item.description).html)) for item in cases],  # noqa: S704  cleaned by render
        people=_by_status(meeting),
        minutes=queries.readable_minutes(actor, [meeting]).get(meeting.id),
        follow_ups=queries.follow_ups(actor, meeting),
        form=form,
        **words(),
    )
    return page, 422 if follow_up_form is not None else 200


def calendar(space: str, meeting_id: int) -> ResponseReturnValue:
    """The meeting as a file for a calendar."""
    meeting = meeting_at(space, meeting_id)
    settings: Settings = current_app.config["SETTINGS"]
    url = f"{settings.public_url}{address(meeting)}"
    host = urlsplit(settings.public_url).hostname or "fagrom"
    headers = {"Content-Disposition": f'attachment; filename="mote-{meeting.id}.ics"'}
    return Response(calendar_file(meeting, url, host, now()), content_type=CONTENT_TYPE, headers=headers)


def attendance(space: str, meeting_id: int) -> ResponseReturnValue:
    """Note who was there."""
    actor, meeting = current_actor(), meeting_at(space, meeting_id)
    authorize(actor, MeetingAction.ARRANGE, meeting)
    form = AttendanceForm()
    if form.validate_on_submit():
        try:
            service.record_attendance(actor, meeting.id, [*_answers(request.form), *_guest(form)])
        except Invalid as error:
            form.show(error)
        else:
            flash(_("Oppmøtet er ført."), "success")
            return redirect(address(meeting))
    page = render_template("meetings/attendance.html", space=meeting.space, meeting=meeting, form=form, **words())
    return page, 422 if form.errors else 200


def people_of(meeting: Meeting) -> list[tuple[int, str]]:
    """Who can be given something to do: the members of the space and those who were there, by name."""
    people = {row.person_id: row.name for row in meeting.attendance}
    people |= {member.person_id: member.name for member in members(meeting.space_id)}
    return sorted(people.items(), key=lambda person: person[1].casefold())


def _by_status(meeting: Meeting) -> list[tuple[AttendanceStatus, list[str]]]:
    """Names with whom they represent, by status; a status that nobody has is left out."""
    order = (AttendanceStatus.PRESENT, AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT, AttendanceStatus.INVITED)
    rows = sorted(meeting.attendance, key=lambda row: (row.represents.casefold(), row.name.casefold()))
    named = [
        (status, [f"{r.name}, {r.represents}" if r.represents else r.name for r in rows if r.status == status])
        for status in order
    ]
    return [(status, names) for status, names in named if names]


def _answers(values: Mapping[str, str]) -> Iterator[Attendee]:
    """What was chosen for each of the invited."""
    for name, value in values.items():
        person_id = name.removeprefix(_FIELD)
        if name.startswith(_FIELD) and person_id.isdecimal() and value in list(AttendanceStatus):
            yield Attendee(person_id=int(person_id), status=AttendanceStatus(value))


def _guest(form: AttendanceForm) -> Iterator[Attendee]:
    if not form.guest.data:
        return
    person = find_person(form.guest.data)
    if person is None or not person.is_active:
        raise Invalid(fields={"guest": _("Vi kjenner ingen med den e-postadressen.")})
    yield Attendee(person_id=person.id, status=AttendanceStatus.PRESENT)
