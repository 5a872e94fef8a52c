"""Who may do what to spaces.

- READ, know of it, its summary and who leads it: see `domain.visible_to`; administrators.
- SEE_MEMBERS, names and functions: whoever may READ and is signed in.
- COORDINATE, call meetings and publish minutes: its coordinators; in a municipality's room also its contacts,
  elsewhere also lead and secretariat of the network.
- ADMINISTER, members, settings and archive: who may COORDINATE; administrators too, so that a room without a
  coordinator can get one.
- CREATE in a network: its lead and secretariat; administrators.

Writing in a space is a matter of documents: it follows the editors' token. Administrators hold no tokens of content:
they see that a space is there, not what is in it.
"""

from enum import StrEnum

from wiki.core.authz import Actor, declare, rule
from wiki.identity.models import Network
from wiki.spaces.domain import NETWORK_STAFF, SpaceKind, SpaceRole, SpaceView, visible_to
from wiki.spaces.models import Space


@declare
class SpaceAction(StrEnum):
    """What can be done to a space, or with spaces in a network."""

    READ = "space.read"
    SEE_MEMBERS = "space.see_members"
    COORDINATE = "space.coordinate"
    ADMINISTER = "space.administer"
    CREATE = "space.create"


@rule(SpaceAction.READ, Space)
@rule(SpaceAction.READ, SpaceView)
def _read(actor: Actor, space: Space | SpaceView) -> bool:
    return actor.is_admin or not visible_to(space).isdisjoint(actor.tokens)


@rule(SpaceAction.SEE_MEMBERS, Space)
@rule(SpaceAction.SEE_MEMBERS, SpaceView)
def _see_members(actor: Actor, space: Space | SpaceView) -> bool:
    return not actor.is_anonymous and _read(actor, space)


@rule(SpaceAction.COORDINATE, Space)
@rule(SpaceAction.COORDINATE, SpaceView)
def _coordinate(actor: Actor, space: Space | SpaceView) -> bool:
    if actor.has_role("space", space.id, SpaceRole.COORDINATOR):
        return True
    if space.kind == SpaceKind.MUNICIPALITY:
        return actor.has_role("municipality", space.municipality_number or "", "contact")
    return actor.has_role("network", space.network_id, *NETWORK_STAFF)


@rule(SpaceAction.ADMINISTER, Space)
@rule(SpaceAction.ADMINISTER, SpaceView)
def _administer(actor: Actor, space: Space | SpaceView) -> bool:
    return actor.is_admin or _coordinate(actor, space)


@rule(SpaceAction.CREATE, Network)
def _create(actor: Actor, network: Network) -> bool:
    return actor.is_admin or actor.has_role("network", network.id, *NETWORK_STAFF)
