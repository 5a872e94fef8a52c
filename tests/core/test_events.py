"""Who is told of an event, in which order, and when telling is refused."""

from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from wiki.core import clock, events
from wiki.core.authz import SYSTEM
from wiki.core.db import unit_of_work
from wiki.core.events import Event, publish, subscribe


class Painted(Event):
    thing_type = "fence"


class PaintedRed(Painted):
    pass


class Torn(Event):
    thing_type = "fence"


@dataclass(frozen=True, kw_only=True)
class Moved(Event):
    thing_type = "fence"
    to: str


@pytest.fixture(autouse=True)
def _nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rooms' own subscribers stand aside."""
    monkeypatch.setattr(events, "_handlers", {})


def told(*events_: Event) -> None:
    with unit_of_work():
        for event in events_:
            publish(event)


def test_a_subscriber_is_told_of_its_class_and_those_below(db: Any) -> None:
    seen: list[tuple[str, Event]] = []
    for kind in (Event, Painted, PaintedRed, Torn):
        subscribe(kind, lambda event, name=kind.__name__: seen.append((name, event)))
    red, torn = PaintedRed(actor=SYSTEM, thing_id=1), Torn(actor=SYSTEM, thing_id=2)
    told(red, torn)
    assert seen == [("PaintedRed", red), ("Painted", red), ("Event", red), ("Torn", torn), ("Event", torn)]


def test_subscribing_twice_is_subscribing_once(db: Any) -> None:
    seen: list[Event] = []
    subscribe(Painted, seen.append)
    subscribe(Painted, seen.append)
    told(Painted(actor=SYSTEM, thing_id=1))
    assert len(seen) == 1


def test_subscribers_are_told_in_the_order_they_came(db: Any) -> None:
    seen: list[int] = []
    subscribe(Painted, lambda _event: seen.append(1))
    subscribe(Painted, lambda _event: seen.append(2))
    told(Painted(actor=SYSTEM, thing_id=1))
    assert seen == [1, 2]


def test_telling_needs_a_unit(db: Any) -> None:
    seen: list[Event] = []
    subscribe(Painted, seen.append)
    with pytest.raises(RuntimeError, match="unit of work"):
        publish(Painted(actor=SYSTEM, thing_id=1))
    assert seen == []


def test_when_a_subscriber_fails_nothing_happened(db: Any) -> None:
    from tests.factories import identity
    from wiki.identity.models import Network

    def refuse(_event: Event) -> None:
        raise ValueError("not today")

    subscribe(Event, refuse)
    with pytest.raises(ValueError, match="not today"):
        identity.network("nettet")
    assert db.session.query(Network).count() == 0


def test_an_event_knows_when_and_cannot_be_changed() -> None:
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with clock.at(moment):
        event = Moved(actor=SYSTEM, thing_id=1, to="there")
    assert event.at == moment
    assert (event.title, event.space_id, event.network_id, event.affected) == ("", None, None, ())
    with pytest.raises(FrozenInstanceError):
        event.to = "elsewhere"  # type: ignore[misc]
