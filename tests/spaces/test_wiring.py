"""What the room hangs on to: the menu, the tabs, words in the log, and words for every event."""

from flask import Flask

from wiki.audit.domain import event_name, labels
from wiki.search.contracts import sources
from wiki.spaces import events
from wiki.spaces.index import SpaceSource
from wiki.web.panels import panels_of


def test_every_event_has_words_in_the_log(app: Flask) -> None:
    told = [each for each in vars(events).values() if isinstance(each, type) and each.__module__ == events.__name__]
    names = {event_name(each) for each in told} - {"space_event", "seat_event"}
    assert names <= set(labels())


def test_spaces_are_in_the_menu_and_can_be_found(app: Flask) -> None:
    assert "spaces.index" in [entry.endpoint for entry in panels_of(app).menu]
    assert isinstance(sources()["space"], SpaceSource)


def test_two_applications_do_not_share_tabs(app: Flask) -> None:
    tabs = [entry.endpoint for entry in panels_of(app).space_tabs if entry.endpoint.startswith("spaces.")]
    assert tabs == ["spaces.members", "spaces.about", "spaces.settings"]
