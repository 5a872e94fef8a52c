"""What every form does: leave out what no text holds, speak the language of the page, show what the domain refused."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from wiki.core.errors import Invalid
from wiki.web.forms import BaseForm, without_control_characters


class Sample(BaseForm):
    title = StringField(validators=[DataRequired(), Length(max=10)], filters=[lambda text: text and text.strip()])
    number = IntegerField(default=1)
    kind = SelectField(choices=["a"], default="a")
    tags = SelectMultipleField(choices=["x", "y"])


def sent(app: Flask, language: str = "nb", **values: object) -> Sample:
    """The form as it was sent, validated."""
    data = {"title": "Tittel", "number": "1", "kind": "a", **values}
    with app.test_request_context(method="POST", data=data, headers={"Cookie": f"sprak={language}"}):
        form = Sample()
        form.validate()
        for field in form:
            field.errors = [str(error) for error in field.errors]
        return form


@given(st.text())
def test_what_no_text_holds_is_left_out_and_nothing_else(text: str) -> None:
    clean = without_control_characters(text)
    assert not any(ord(c) < 32 and c not in "\n\t\r" for c in clean)
    assert clean == "".join(c for c in text if ord(c) >= 32 or c in "\n\t\r")
    assert without_control_characters(clean) == clean


@pytest.mark.parametrize("value", [None, 7, True, ["a\x00"]])
def test_what_is_no_text_is_left_alone(value: object) -> None:
    assert without_control_characters(value) is value


def test_every_field_is_cleaned_before_its_own_filters(app: Flask) -> None:
    form = sent(app, title="\x00 Tit\x07tel\x1f ", tags=["x", "y"])
    assert form.title.data == "Tittel"
    assert form.tags.data == ["x", "y"]
    assert form.errors == {}


def test_nothing_but_control_characters_is_nothing(app: Flask) -> None:
    assert sent(app, title="\x00\x01").errors == {"title": ["Fyll ut feltet."]}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["Bruk høyst 10 tegn.", "Skriv et helt tall.", "Velg et av alternativene."]),
        ("nn", ["Bruk høgst 10 teikn.", "Skriv eit heilt tal.", "Vel eitt av alternativa."]),
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_the_page(app: Flask, language: str, words: list[str]) -> None:
    form = sent(app, language, title="x" * 11, number="abc", kind="b")
    assert [form.title.errors, form.number.errors, form.kind.errors] == [[word] for word in words]


@pytest.mark.parametrize("number", ["9" * 5000, "1e5", "", "0x1"])
def test_an_odd_number_is_an_error_of_its_field(app: Flask, number: str) -> None:
    assert sent(app, number=number).errors == {"number": ["Skriv et helt tall."]}


def test_what_the_domain_refused_stands_at_its_field(app: Flask) -> None:
    with app.test_request_context():
        form = Sample()
        form.show(Invalid(fields={"title": "Tittelen er brukt."}))
        assert form.title.errors == ["Tittelen er brukt."]
        assert form.form_errors == []


def test_what_belongs_to_no_field_stands_above_the_form(app: Flask) -> None:
    with app.test_request_context():
        form = Sample()
        form.show(Invalid("Rommet er arkivert.", fields={"space_id": "Velg et annet rom."}))
        assert form.form_errors == ["Rommet er arkivert."]
        assert not form.title.errors


def test_a_form_without_its_token_does_not_hold(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    with app.test_request_context(method="POST", data={"title": "Tittel"}):
        form = Sample()
        assert not form.validate()
        assert "csrf_token" in form.errors
