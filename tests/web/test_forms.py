"""What a form says when something is wrong is in the language of the page, never in that of the library."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, SelectChoice, SelectField, StringField, TimeField
from wtforms.validators import Email, InputRequired, Length, Regexp

from wiki.web.forms import BaseForm


class EveryFault(BaseForm):
    """A form that says nothing itself."""

    class Meta(BaseForm.Meta):
        """A form of its own, without a page."""

        csrf = False

    missing = StringField(validators=[InputRequired()])
    address = StringField(validators=[Email()])
    long = StringField(validators=[Length(max=3)])
    pattern = StringField(validators=[Regexp("[a-z]+$")])
    chosen = SelectField(choices=[SelectChoice("a", "A")])
    coerced = SelectField(choices=[SelectChoice(1, "A")], coerce=int)
    day = DateField()
    clock = TimeField()
    number = IntegerField()


WRONG = {
    "missing": "",
    "address": "nobody",
    "long": "much too long",
    "pattern": "?",
    "chosen": "b",
    "coerced": "b",
    "day": "tomorrow",
    "clock": "late",
    "number": "many",
}


@pytest.fixture
def said(app: Flask) -> Iterator[dict[str, str]]:
    with app.test_request_context(method="POST"):
        form = EveryFault(MultiDict(WRONG))
        form.validate()
        yield {name: errors[0] for name, errors in form.errors.items()}


def test_every_fault_is_told_in_our_words(said: dict[str, str]) -> None:
    assert said == {
        "missing": "Fyll ut feltet.",
        "address": "Skriv en e-postadresse, for eksempel navn@kommune.no.",
        "long": "Bruk høyst 3 tegn.",
        "pattern": "Vi forsto ikke det som står i feltet.",
        "chosen": "Velg et av alternativene.",
        "coerced": "Velg et av alternativene.",
        "day": "Skriv en dato.",
        "clock": "Skriv et klokkeslett, for eksempel 10:30.",
        "number": "Skriv et helt tall.",
    }


def test_control_characters_are_taken_out(app: Flask) -> None:
    with app.test_request_context(method="POST"):
        form = EveryFault(MultiDict({"missing": "a\x00b\tc\x07\n"}))
        assert form.missing.data == "ab\tc\n"
