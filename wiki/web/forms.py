"""The base of every form: what people type is trimmed of what no text holds, and nothing else."""

from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field

from wiki.core.errors import Invalid


def without_control_characters(value: Any) -> Any:
    """A typed value without NUL and its like, which no database column or reader can take."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c in "\n\t\r" or ord(c) >= 32)


class BaseForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A form with CSRF protection, cleaned values and room for the errors of the domain."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Clean every bound value."""

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
