"""Puts the room into an application: pages, who signs in and by what, the menu, and words for the log."""

from collections.abc import Collection

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from wiki.audit.domain import label_events, name_things
from wiki.core.authz import Actor
from wiki.identity import queries
from wiki.identity.views import blueprint
from wiki.web.auth import load_sessions_with, load_tokens_with
from wiki.web.panels import MenuEntry, panels_of

_EVENT_LABELS = {
    "person_added": _l("Laget en konto"),
    "person_changed": _l("Endret profilen sin"),
    "person_deactivated": _l("Stengte en konto"),
    "person_reactivated": _l("Åpnet en konto"),
    "person_invited": _l("Inviterte noen"),
    "invitation_accepted": _l("Tok imot en invitasjon"),
    "invitation_withdrawn": _l("Trakk tilbake en invitasjon"),
    "employment_changed": _l("Endret et arbeidssted"),
    "role_granted": _l("Ga en rolle"),
    "role_ended": _l("Avsluttet en rolle"),
    "signed_in": _l("Logget inn"),
    "signed_out": _l("Logget ut"),
    "password_changed": _l("Byttet passord"),
    "token_added": _l("Laget en tilgangsnøkkel"),
    "token_revoked": _l("Trakk tilbake en tilgangsnøkkel"),
    "network_added": _l("Laget et nettverk"),
    "network_joined": _l("La til en medlemskommune"),
    "network_left": _l("Avsluttet et medlemskap"),
    "municipalities_loaded": _l("Oppdaterte kommunelisten"),
}


def register(app: Flask) -> None:
    """Register everything that the room adds."""
    app.register_blueprint(blueprint)
    # A session lasts as long as was set at sign-in; a cookie with every answer would buy nothing.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    load_sessions_with(queries.load_session)
    load_tokens_with(app, queries.load_token)
    app.extensions["actor_by_email"] = _actor_by_email
    panels_of(app).menu.extend(
        [
            MenuEntry(_l("Folk i kommunen"), "identity.own_municipality", "municipality", 60, _looks_after_people),
            MenuEntry(_l("Nettverk"), "identity.networks", "network", 70, _serves_a_network),
            MenuEntry(_l("Administrasjon"), "identity.administration", "settings", 90, _administers),
        ]
    )
    label_events(_EVENT_LABELS)
    name_things("person", _people)
    name_things("network", _networks)
    name_things("municipality", _municipalities, str)
    name_things("invitation", _invitations)


def _actor_by_email(email: str) -> Actor | None:
    """For commands that act as somebody (`--as EMAIL`); None when nobody active has the address."""
    person = queries.find_person(email)
    return queries.load_actor(person.id) if person else None


def _looks_after_people(actor: Actor, _thing: object) -> bool:
    return bool(actor.scopes("municipality", "contact"))


def _serves_a_network(actor: Actor, _thing: object) -> bool:
    return bool(actor.scopes("network", "lead", "secretariat"))


def _administers(actor: Actor, _thing: object) -> bool:
    return actor.is_admin


def _people(_actor: Actor, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Names of people are no secret to those who read a log in which they stand."""
    return {person_id: (name, "") for person_id, name in queries.names_of(ids).items()}


def _networks(_actor: Actor, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    found = [network for network in queries.list_networks() if network.id in ids]
    return {network.id: (network.name, url_for("identity.network", slug=network.slug)) for network in found}


def _municipalities(_actor: Actor, numbers: Collection[str]) -> dict[str, tuple[str, str]]:
    names = queries.municipality_names(numbers)
    found = {number: (name, url_for("identity.municipality", number=number)) for number, name in names.items()}
    return found | ({"alle": (str(_l("Alle kommuner")), "")} if "alle" in numbers else {})


def _invitations(_actor: Actor, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    return {invitation_id: (name, "") for invitation_id, name in queries.invited_names(ids).items()}
