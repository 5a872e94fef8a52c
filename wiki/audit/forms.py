"""The selection of the log's page, from its address."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from wiki.audit.domain import Selection, labels
from wiki.web.forms import BaseForm

_ALL = SelectChoice("", _l("Alle"))


class SelectionForm(BaseForm):
    """What to show of the log. It changes nothing, so it is sent in the address and needs no CSRF token."""

    class Meta(BaseForm.Meta):
        """A form of the address."""

        csrf = False

    nettverk = SelectField(_l("Nettverk"), [Optional()], default="")
    hendelse = SelectField(_l("Hendelse"), [Optional()], default="")
    person = StringField(_l("Hvem"), [Optional(), Length(max=120)])
    fra = DateField(_l("Fra og med"), [Optional()])
    til = DateField(_l("Til og med"), [Optional()])

    def offer(self, networks: list[tuple[str, str]]) -> "SelectionForm":
        """Fill in the networks and events that can be chosen."""
        self.nettverk.choices = [_ALL, *(SelectChoice(value, name) for value, name in networks)]
        events = sorted(((name, str(label)) for name, label in labels().items()), key=lambda pair: pair[1].lower())
        self.hendelse.choices = [_ALL, *(SelectChoice(name, label) for name, label in events)]
        return self

    def selection(self, before: int | None = None) -> Selection:
        """The selection that the form describes."""
        chosen: Any = self.nettverk.data
        return Selection(
            network_id=int(chosen) if chosen else None,
            event=self.hendelse.data or None,
            person=(self.person.data or "").strip(),
            first_day=self.fra.data,
            last_day=self.til.data,
            before=before,
        )
