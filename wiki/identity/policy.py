"""Who may do what to people, networks and municipalities.

| action | who |
|---|---|
| MANAGE_INSTANCE | administrators |
| VIEW_NETWORK | lead and secretariat of the network, administrators |
| MANAGE_NETWORK | lead of the network, administrators |
| INVITE to a network | lead and secretariat of the network, administrators |
| VIEW_PEOPLE of a municipality | its people, lead and secretariat of a network it is in, administrators |
| MANAGE_PEOPLE of a municipality | its contacts, the lead of a network it is in, administrators |
| INVITE to a municipality | as MANAGE_PEOPLE, and the secretariat of a network it is in |
| OWN_PROFILE | the person alone |
"""

from enum import StrEnum

from wiki.core.authz import Actor, declare, rule
from wiki.core.clock import today
from wiki.identity.domain import (
    Instance,
    current_networks,
    invites_people_of,
    leads_network,
    sees_people_of,
    serves_network,
)
from wiki.identity.models import Municipality, Network, Person


@declare
class IdentityAction(StrEnum):
    """What can be done to people and the scopes they have roles in."""

    MANAGE_INSTANCE = "identity.manage_instance"
    VIEW_NETWORK = "identity.view_network"
    MANAGE_NETWORK = "identity.manage_network"
    VIEW_PEOPLE = "identity.view_people"
    MANAGE_PEOPLE = "identity.manage_people"
    INVITE = "identity.invite"
    OWN_PROFILE = "identity.own_profile"


@rule(IdentityAction.MANAGE_INSTANCE, Instance)
def _manage_instance(actor: Actor, _instance: Instance) -> bool:
    return actor.is_admin


@rule(IdentityAction.VIEW_NETWORK, Network)
def _view_network(actor: Actor, network: Network) -> bool:
    return actor.is_admin or serves_network(actor, [network.id])


@rule(IdentityAction.MANAGE_NETWORK, Network)
def _manage_network(actor: Actor, network: Network) -> bool:
    return actor.is_admin or leads_network(actor, [network.id])


@rule(IdentityAction.INVITE, Network)
def _invite_to_network(actor: Actor, network: Network) -> bool:
    return actor.is_admin or serves_network(actor, [network.id])


@rule(IdentityAction.VIEW_PEOPLE, Municipality)
def _view_people(actor: Actor, municipality: Municipality) -> bool:
    return sees_people_of(actor, municipality.number, current_networks(municipality.memberships, today()))


@rule(IdentityAction.MANAGE_PEOPLE, Municipality)
def _manage_people(actor: Actor, municipality: Municipality) -> bool:
    if actor.is_admin or actor.has_role("municipality", municipality.number, "contact"):
        return True
    return leads_network(actor, current_networks(municipality.memberships, today()))


@rule(IdentityAction.INVITE, Municipality)
def _invite_to_municipality(actor: Actor, municipality: Municipality) -> bool:
    return invites_people_of(actor, municipality.number, current_networks(municipality.memberships, today()))


@rule(IdentityAction.OWN_PROFILE, Person)
def _own_profile(actor: Actor, person: Person) -> bool:
    return actor.person_id == person.id
