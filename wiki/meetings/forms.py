"""Forms of meetings, and the words for states, forms, case types and attendance."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    EmailField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import Email, InputRequired, Length, Optional

from wiki.core.clock import OSLO
from wiki.core.errors import Invalid
from wiki.documents.domain.audience import Ring
from wiki.meetings.domain.commands import (
    MAX_FOLLOW_UP,
    MAX_PLACE,
    MAX_TITLE,
    AddCase,
    AddFollowUp,
    ChangeCase,
    ChangeMeeting,
    PlanMeeting,
)
from wiki.meetings.domain.states import AttendanceStatus, CaseType, MeetingForm, MeetingState
from wiki.meetings.models import AgendaItem, Meeting
from wiki.meetings.queries import case_number
from wiki.web.forms import BaseForm

STATE_NAMES = {
    MeetingState.PLANNED: _l("Planlagt"),
    MeetingState.CALLED: _l("Kalt inn"),
    MeetingState.HELD: _l("Holdt"),
    MeetingState.CANCELLED: _l("Avlyst"),
}
FORM_NAMES = {
    MeetingForm.PHYSICAL: _l("Fysisk møte"),
    MeetingForm.DIGITAL: _l("Digitalt møte"),
    MeetingForm.HYBRID: _l("Fysisk og digitalt møte"),
}
TYPE_NAMES = {
    CaseType.DECISION: _l("Vedtak"),
    CaseType.DISCUSSION: _l("Drøfting"),
    CaseType.INFORMATION: _l("Orientering"),
    CaseType.APPROVAL: _l("Godkjenning"),
    CaseType.OTHER: _l("Annet"),
    CaseType.WITHDRAWN: _l("Trukket"),
}
STATUS_NAMES = {
    AttendanceStatus.INVITED: _l("Invitert"),
    AttendanceStatus.PRESENT: _l("Til stede"),
    AttendanceStatus.EXCUSED: _l("Forfall"),
    AttendanceStatus.ABSENT: _l("Ikke møtt"),
}
NETWORK, ROOM = "network", "room"
_TOO_LONG = _l("Bruk høyst %(max)d tegn.")


def _choices(names: Iterable[Any], texts: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(name), texts[name]) for name in names]


class PlanForm(BaseForm):
    """A meeting's title, time and place."""

    title = StringField(
        _l("Hva heter møtet?"), [InputRequired(_l("Skriv hva møtet heter.")), Length(max=MAX_TITLE, message=_TOO_LONG)]
    )
    day = DateField(_l("Dato"), [InputRequired(_l("Velg en dato."))])
    starts = TimeField(_l("Begynner"), [InputRequired(_l("Skriv når møtet begynner."))])
    ends = TimeField(_l("Slutter"), [Optional()])
    form = RadioField(_l("Møteform"), choices=_choices(MeetingForm, FORM_NAMES), default=MeetingForm.DIGITAL.value)
    place = StringField(
        _l("Sted"),
        [Optional(), Length(max=MAX_PLACE, message=_TOO_LONG)],
        description=_l("Møterom, adresse eller lenke."),
    )

    def fill(self, meeting: Meeting) -> None:
        """Show what is known."""
        starts = meeting.starts_at.astimezone(OSLO)
        self.title.data, self.place.data, self.form.data = meeting.title, meeting.place, meeting.form
        self.day.data, self.starts.data = starts.date(), starts.time()
        self.ends.data = meeting.ends_at.astimezone(OSLO).time() if meeting.ends_at else None

    def to_plan(self, space_id: int) -> PlanMeeting:
        """The command to put it in the calendar."""
        return PlanMeeting(space_id=space_id, **self._values())

    def to_change(self, meeting_id: int) -> ChangeMeeting:
        """The command to change it."""
        return ChangeMeeting(meeting_id=meeting_id, **self._values())

    def refuse(self, error: Invalid) -> None:
        """Show the errors of the service on the fields of this form."""
        names = {"starts_at": "day", "ends_at": "ends"}
        self.show(Invalid(error.message, {names.get(name, name): text for name, text in error.fields.items()}))

    def _values(self) -> dict[str, Any]:
        return {
            "title": self.title.data or "",
            "starts_at": self._moment(self.starts.data),
            "ends_at": self._moment(self.ends.data) if self.ends.data else None,
            "place": self.place.data or "",
            "form": MeetingForm(self.form.data),
        }

    def _moment(self, clock: time) -> datetime:
        day: date = self.day.data
        return datetime.combine(day, clock, tzinfo=OSLO)


class CaseForm(BaseForm):
    """A case on the agenda."""

    title = StringField(
        _l("Hva gjelder saken?"),
        [InputRequired(_l("Skriv hva saken gjelder.")), Length(max=MAX_TITLE, message=_TOO_LONG)],
    )
    type = SelectField(
        _l("Hva skal møtet gjøre?"),
        choices=_choices([each for each in CaseType if each is not CaseType.WITHDRAWN], TYPE_NAMES),
        default=CaseType.DECISION.value,
    )
    description = TextAreaField(
        _l("Bakgrunn og forslag"),
        [Optional(), Length(max=20_000, message=_TOO_LONG)],
        description=_l("Teksten følger med i innkallingen og blir bakgrunnen i referatet."),
    )

    def fill(self, item: AgendaItem) -> None:
        """Show what is known."""
        self.title.data, self.description.data = item.title, item.description
        self.type.data = CaseType.DECISION.value if item.type == CaseType.WITHDRAWN else item.type

    def to_add(self, meeting_id: int) -> AddCase:
        """The command to put it on the agenda."""
        return AddCase(meeting_id=meeting_id, **self._values())

    def to_change(self, case_id: int) -> ChangeCase:
        """The command to change it."""
        return ChangeCase(case_id=case_id, **self._values())

    def _values(self) -> dict[str, Any]:
        return {
            "title": self.title.data or "",
            "type": CaseType(self.type.data),
            "description": self.description.data or "",
        }


class AttendanceForm(BaseForm):
    """Somebody who was there without being invited; the rows of the invited are read beside the form."""

    guest = EmailField(
        _l("Var noen andre med?"),
        [Optional(), Email(_l("Skriv en e-postadresse, for eksempel navn@kommune.no."))],
        description=_l("E-postadressen til en som har konto her. Personen føres som til stede."),
    )


class FollowUpForm(BaseForm):
    """What somebody is to do."""

    text = StringField(
        _l("Hva skal gjøres?"),
        [InputRequired(_l("Skriv hva som skal gjøres.")), Length(max=MAX_FOLLOW_UP, message=_TOO_LONG)],
    )
    responsible = SelectField(_l("Hvem gjør det?"), coerce=int)
    due = DateField(_l("Frist"), [Optional()])
    case = SelectField(_l("Hvilken sak?"), coerce=int)

    def offer(self, people: Iterable[tuple[int, str]], cases: Sequence[AgendaItem]) -> "FollowUpForm":
        """Fill in who and what can be chosen."""
        self.responsible.choices = [SelectChoice(id_, name) for id_, name in people]
        self.case.choices = [SelectChoice(0, _l("Ingen bestemt sak"))] + [
            SelectChoice(item.id, f"{case_number(item) or ''} {item.title}".strip()) for item in cases
        ]
        return self

    def to_command(self, meeting_id: int) -> AddFollowUp:
        """The command that the form describes."""
        return AddFollowUp(
            meeting_id=meeting_id,
            text=self.text.data or "",
            responsible_id=self.responsible.data,
            due_on=self.due.data,
            case_id=self.case.data or None,
        )

    def refuse(self, error: Invalid) -> None:
        """Show the errors of the service on the fields of this form."""
        names = {"responsible_id": "responsible", "case_id": "case", "due_on": "due"}
        self.show(Invalid(error.message, {names.get(name, name): text for name, text in error.fields.items()}))


class PublishForm(BaseForm):
    """Who reads the minutes."""

    readers = RadioField(
        _l("Hvem skal kunne lese referatet?"),
        choices=[
            SelectChoice(NETWORK, _l("Alle kommuner i nettverket")),
            SelectChoice(ROOM, _l("De som kan lese det andre i rommet")),
        ],
        default=NETWORK,
    )

    def ring(self) -> Ring | None:
        """The ring that was chosen; None inherits."""
        return Ring.NETWORK if self.readers.data == NETWORK else None
