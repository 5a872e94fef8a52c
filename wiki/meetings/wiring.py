"""Puts the room into an application."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from wiki.audit.domain import event_name, label_events, name_things
from wiki.core.authz import Actor
from wiki.meetings import events, handlers, queries
from wiki.meetings.views import blueprint
from wiki.meetings.views.follow_up import my_follow_ups
from wiki.web.panels import MenuEntry, Section, panels_of

_WORDS = {
    events.MeetingPlanned: _l("Planla et møte"),
    events.MeetingChanged: _l("Endret tid eller sted for et møte"),
    events.MeetingCalled: _l("Kalte inn til et møte"),
    events.MeetingCancelled: _l("Avlyste et møte"),
    events.AgendaChanged: _l("Endret sakslisten til et møte"),
    events.AttendanceRecorded: _l("Førte oppmøte"),
    events.MinutesBegun: _l("Begynte på et referat"),
    events.MeetingHeld: _l("Avsluttet et møte med referat"),
    events.FollowUpAdded: _l("Førte et oppfølgingspunkt"),
    events.FollowUpFinished: _l("Gjorde et oppfølgingspunkt ferdig"),
    events.FollowUpReopened: _l("Åpnet et oppfølgingspunkt igjen"),
}


def _signed_in(actor: Actor, _space: Any) -> bool:
    return not actor.is_anonymous


def register(app: Flask) -> None:
    """Serve the pages, end meetings when their minutes are published, and say on the start page what waits,
    and in the log what happened."""
    app.register_blueprint(blueprint)
    handlers.register()
    panels = panels_of(app)
    panels.space_tabs.append(MenuEntry(_l("Møter"), "meetings.in_space", "meeting", 30, _signed_in))
    panels.start.append(Section("follow_ups", 10, my_follow_ups))
    label_events({event_name(kind): words for kind, words in _WORDS.items()})
    name_things("meeting", queries.meeting_names)
    name_things("follow_up", queries.follow_up_names)
