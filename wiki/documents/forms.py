"""The forms of documents: shape and wording; each gives a command."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import (
    MAX_NOTE,
    MAX_OWNER,
    MAX_TITLE,
    CreateDocument,
    DescribeDocument,
    EditDocument,
    SettleConflict,
)
from wiki.documents.domain.merge import Choice
from wiki.web.forms import BaseForm

LANGUAGES = [
    SelectChoice("nb", _l("Bokmål")),
    SelectChoice("nn", _l("Nynorsk")),
    SelectChoice("en", _l("Engelsk")),
]
KINDS = {
    "page": _l("Side"),
    "form_template": _l("Mal"),
    "assessment": _l("Vurdering"),
    "minutes": _l("Referat"),
    "proposal": _l("Prosjektforslag"),
    "space": _l("Rom"),
}
RINGS = {
    Ring.EDITORS: _l("Bare redaktørene i rommet"),
    Ring.SPACE: _l("Medlemmene i rommet"),
    Ring.MUNICIPALITY: _l("Alle i kommunen"),
    Ring.NETWORK: _l("Alle kommuner i nettverket"),
    Ring.NETWORKS: _l("Alle nettverk"),
    Ring.PUBLIC: _l("Alle, også uten innlogging"),
}
INHERIT = "inherit"


class TextForm(BaseForm):
    """A title and a text in Markdown; ``base_id`` is the revision it was written from."""

    title = StringField(
        _l("Tittel"),
        [InputRequired(_l("Skriv en tittel.")), Length(max=MAX_TITLE, message=_l("Tittelen er for lang."))],
    )
    body = TextAreaField(_l("Tekst"))
    note = StringField(
        _l("Hva har du endret?"),
        [Length(max=MAX_NOTE, message=_l("Skriv kortere."))],
        description=_l("Vises i historikken."),
    )
    base_id = HiddenField()

    def to_edit(self, document_id: int, publish: bool) -> EditDocument:
        """The command that saves the text."""
        return EditDocument(
            document_id=document_id,
            base_id=_id(self.base_id.data),
            title=self.title.data or "",
            body=self.body.data or "",
            note=self.note.data or "",
            publish=publish,
        )


def _id(text: str | None) -> int:
    """The id that a hidden field carries; 0, which no row has, when it was tampered with."""
    typed = text or ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


class SettleForm(TextForm):
    """One's own text where two met; the choices are fields of their own, as many as there are conflicts."""

    head_id = HiddenField()

    def to_settle(self, document_id: int, choices: tuple[Choice | str, ...], publish: bool) -> SettleConflict:
        """The command that saves what was chosen."""
        return SettleConflict(
            document_id=document_id,
            base_id=_id(self.base_id.data),
            head_id=_id(self.head_id.data),
            title=self.title.data or "",
            body=self.body.data or "",
            choices=choices,
            note=self.note.data or "",
            publish=publish,
        )


class NewDocumentForm(TextForm):
    """A new document: where it goes and in which language it is."""

    language = SelectField(_l("Språk i teksten"), choices=LANGUAGES)
    parent_id = SelectField(_l("Plasser under"), coerce=int, default=0)

    def to_command(self, space_id: int, publish: bool) -> CreateDocument:
        """The command that makes the document."""
        return CreateDocument(
            space_id=space_id,
            title=self.title.data or "",
            body=self.body.data or "",
            note=self.note.data or "",
            language=self.language.data,
            parent_id=self.parent_id.data or None,
            publish=publish,
        )


class PropertiesForm(BaseForm):
    """What is known about a document besides its text."""

    language = SelectField(_l("Språk i teksten"), choices=LANGUAGES)
    owner = StringField(
        _l("Eier"),
        [Length(max=MAX_OWNER, message=_l("Skriv kortere."))],
        description=_l("En rolle, for eksempel «Koordinator personvern»."),
    )
    review_on = DateField(_l("Neste gjennomgang"), [Optional()])
    tags = StringField(_l("Merker"), description=_l("Skill merkene med komma."))

    def to_command(self, document_id: int) -> DescribeDocument:
        """The command that sets them."""
        return DescribeDocument(
            document_id=document_id,
            language=self.language.data,
            owner=self.owner.data or "",
            review_on=self.review_on.data,
            tags=tuple((self.tags.data or "").split(",")),
        )


class AudienceForm(BaseForm):
    """Who may read: a ring or as the page above, and more by name."""

    ring = SelectField(_l("Hvem kan lese?"))
    add = SelectField(_l("Del også med"), default="", choices=[])


class MoveForm(BaseForm):
    """Where a document goes: a space and a place in it."""

    space_id = IntegerField(_l("Rom"), [InputRequired(_l("Velg et rom."))])
    parent_id = SelectField(_l("Plasser under"), coerce=int, default=0)


class PlainForm(BaseForm):
    """Nothing but the CSRF token: for buttons."""
