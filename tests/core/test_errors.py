"""Named failures: a message a person can read, their own or the one of the class."""

import pytest

from wiki.core import errors

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.DomainError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_failure_speaks(kind: type[errors.DomainError]) -> None:
    assert kind().message.endswith(".")
    assert str(kind()) == kind.message
    assert kind("Noe annet.").message == str(kind("Noe annet.")) == "Noe annet."
    assert kind.message != "Noe annet."


def test_what_is_invalid_says_which_fields() -> None:
    given = {"title": "Skriv en tittel."}
    error = errors.Invalid(fields=given)
    given.clear()
    assert error.fields == {"title": "Skriv en tittel."}
    assert error.message == errors.Invalid.message
    assert errors.Invalid().fields == {}
