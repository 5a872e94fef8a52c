"""Names of events, and what rooms register."""

import pytest

from wiki.audit import domain
from wiki.core.authz import ANONYMOUS


class DocumentEdited:
    """A name to take apart."""


@pytest.fixture(autouse=True)
def own_registrations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain, "_registered", domain._Registrations())


def test_an_event_is_named_after_its_class() -> None:
    assert domain.event_name(DocumentEdited) == "document_edited"


def test_an_event_has_the_words_of_its_room_or_readable_ones() -> None:
    assert domain.label_of("document_edited") == "Document edited"
    domain.label_events({"document_edited": "Redigerte et dokument"})
    assert domain.label_of("document_edited") == "Redigerte et dokument"
    assert list(domain.labels()) == ["document_edited"]


def test_things_are_named_by_their_rooms_and_the_rest_is_left_out() -> None:
    domain.name_things("document", lambda _actor, ids: {i: (f"Dokument {i}", f"/d/{i}") for i in ids if i != 2})
    domain.name_things("municipality", lambda _actor, ids: {i: (i, "") for i in ids}, str)
    asked = {("document", "1"), ("document", "2"), ("document", "x"), ("municipality", "0301"), ("unknown", "1")}
    assert domain.names_for(ANONYMOUS, asked) == {
        ("document", "1"): domain.Named("Dokument 1", "/d/1"),
        ("municipality", "0301"): domain.Named("0301"),
    }
