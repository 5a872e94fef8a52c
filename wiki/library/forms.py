"""Forms of the library, and the words for the types of templates."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from wiki.library.domain import MAX_NOTE, StartFromTemplate, TemplateType
from wiki.spaces.models import Space
from wiki.web.forms import BaseForm

MAX_TITLE = 200
TYPE_NAMES = {
    TemplateType.DPIA: _l("Vurdering av personvernkonsekvenser (DPIA)"),
    TemplateType.ROS: _l("Risiko og sårbarhet (ROS)"),
    TemplateType.MANDATE: _l("Mandat"),
    TemplateType.MINUTES: _l("Referat"),
    TemplateType.PROJECT_PROPOSAL: _l("Prosjektforslag"),
}
_TOO_LONG = _l("Bruk høyst %(max)d tegn.")


class StartForm(BaseForm):
    """Begin a document from a template."""

    title = StringField(
        _l("Hva skal det hete?"),
        [Optional(), Length(max=MAX_TITLE, message=_TOO_LONG)],
        description=_l("For eksempel hvilken løsning eller hvilket prosjekt det gjelder. Tomt felt gir malens navn."),
    )
    space = SelectField(
        _l("Hvor skal det ligge?"),
        coerce=int,
        description=_l("Rom du kan skrive i. Bare de som skriver der, ser det før du publiserer."),
    )

    def offer(self, spaces: Sequence[Space], chosen: str | None = None) -> "StartForm":
        """Fill in the spaces, with the one at the address ``chosen`` first in view."""
        self.space.choices = [SelectChoice(space.id, space.name) for space in spaces]
        here = next((space.id for space in spaces if space.slug == chosen), None)
        if here is not None and not self.is_submitted():
            self.space.data = here
        return self

    def to_command(self, template_id: int) -> StartFromTemplate:
        """The command that the form describes."""
        return StartFromTemplate(template_id=template_id, space_id=self.space.data, title=self.title.data or "")


class ReleaseForm(BaseForm):
    """Give out a version of a template."""

    version = StringField(
        _l("Versjon"),
        [InputRequired(_l("Skriv hvilken versjon dette er."))],
        description=_l(
            "Tallet foran punktumet øker når skjemaet spør om noe nytt, tallet bak når det bare er klarere."
        ),
    )
    note = TextAreaField(
        _l("Hva er nytt?"),
        [
            InputRequired(_l("Skriv kort hva som er nytt, så de som bruker malen, ser det.")),
            Length(max=MAX_NOTE, message=_TOO_LONG),
        ],
    )
