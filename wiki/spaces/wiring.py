"""What spaces hang on to when an application is made."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from wiki.audit.domain import label_events, name_things
from wiki.core.authz import Actor, can
from wiki.identity.queries import contribute
from wiki.search.contracts import register_source
from wiki.spaces.index import SpaceSource
from wiki.spaces.models import Space
from wiki.spaces.policy import SpaceAction
from wiki.spaces.queries import name_spaces, part_of_actor
from wiki.spaces.views import blueprint, my_spaces_section, space_bar_key, space_frame, space_url
from wiki.web.panels import MenuEntry, Panels, Section, panels_of


def _sees_members(actor: Actor, space: Space) -> bool:
    return can(actor, SpaceAction.SEE_MEMBERS, space)


def _sees_it(actor: Actor, space: Space) -> bool:
    return can(actor, SpaceAction.READ, space)


def _administers(actor: Actor, space: Space) -> bool:
    return can(actor, SpaceAction.ADMINISTER, space)


def register(app: Flask) -> None:
    """Serve the pages, add the rights of seats to actors, and let spaces be found."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(space_bar_key=space_bar_key, space_frame=space_frame, space_url=space_url)
    contribute(part_of_actor)
    register_source(SpaceSource())
    name_things("space", name_spaces)
    label_events(
        {
            "space_created": _l("Laget et rom"),
            "space_updated": _l("Endret innstillingene for et rom"),
            "space_archived": _l("Arkiverte et rom"),
            "space_reopened": _l("Tok et rom i bruk igjen"),
            "member_added": _l("La til et medlem i et rom"),
            "member_role_changed": _l("Ga et medlem en annen rolle"),
            "membership_ended": _l("Avsluttet et medlemskap"),
        }
    )
    _fill_pages(panels_of(app))


def _fill_pages(panels: Panels) -> None:
    panels.menu.append(MenuEntry(_l("Rom"), "spaces.index", "space", 20))
    panels.start.append(Section("my_spaces", 15, my_spaces_section))
    panels.space_tabs += [
        MenuEntry(_l("Medlemmer"), "spaces.members", "group", 80, _sees_members),
        MenuEntry(_l("Om rommet"), "spaces.about", "info", 90, _sees_it),
        MenuEntry(_l("Innstillinger"), "spaces.settings", "settings", 95, _administers),
    ]
