"""The base of every form: what people type is trimmed of what no text holds, and nothing else."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field

from wiki.core.errors import Invalid

# WTForms speaks no nynorsk. What is not here is answered by the last word below: nobody meets a foreign language.
_WORDS = {
    "This field is required.": _l("Fyll ut feltet."),
    "Invalid email address.": _l("Skriv en e-postadresse, for eksempel navn@kommune.no."),
    "Not a valid choice.": _l("Velg et av alternativene."),
    "Invalid Choice: could not coerce.": _l("Velg et av alternativene."),
    "Not a valid date value.": _l("Skriv en dato."),
    "Not a valid time value.": _l("Skriv et klokkeslett, for eksempel 10:30."),
    "Not a valid integer value.": _l("Skriv et helt tall."),
    "Field cannot be longer than %(max)d character.": _l("Bruk høyst %(max)d tegn."),
}
_WRONG = _l("Vi forsto ikke det som står i feltet.")


class OwnWords:
    """What WTForms says of a field when the form does not say it itself, in the language of the page."""

    def gettext(self, string: str) -> str:
        """Our words for a message of WTForms."""
        return str(_WORDS.get(string, _WRONG))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Our words for one that counts; they hold for every number."""
        return self.gettext(singular)


def without_control_characters(value: Any) -> Any:
    """A typed value without NUL and its like, which no database column or reader can take."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c in "\n\t\r" or ord(c) >= 32)


class BaseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form with CSRF protection, cleaned values and room for the errors of the domain."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Clean every bound value, and speak the language of the page."""

        def get_translations(self, form: Any) -> OwnWords:
            """Say everything in our own words."""
            return OwnWords()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Give each field the cleaning filter besides its own."""
            filters = unbound_field.kwargs.get("filters", [])
            return unbound_field.bind(form=form, filters=[without_control_characters, *filters], **options)

    def show(self, error: Invalid) -> None:
        """Put the errors of a refused use case on the fields they belong to."""
        for name, message in error.fields.items():
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, _(message)]
        if not any(name in self._fields for name in error.fields):
            self.form_errors.append(_(error.message))
