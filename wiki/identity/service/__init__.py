"""Use cases of people, networks, municipalities, roles, invitations and sign-in; the only writer of their tables."""

from wiki.identity.service.invitations import Invited, accept_invitation, invite, withdraw_invitation
from wiki.identity.service.municipalities import load_municipalities
from wiki.identity.service.networks import add_network, join_network, leave_network
from wiki.identity.service.people import (
    add_employment,
    add_person,
    choose_party,
    deactivate,
    end_employment,
    note_visit,
    reactivate,
    update_profile,
)
from wiki.identity.service.rights import bump_rights_epoch
from wiki.identity.service.roles import (
    end_municipality_role,
    end_network_role,
    grant_municipality_role,
    grant_network_role,
)
from wiki.identity.service.sessions import Session, change_password, set_password, sign_in, sign_in_demo, sign_out
from wiki.identity.service.tokens import add_token, revoke_token

__all__ = [
    "Invited",
    "Session",
    "accept_invitation",
    "add_employment",
    "add_network",
    "add_person",
    "add_token",
    "bump_rights_epoch",
    "change_password",
    "choose_party",
    "deactivate",
    "end_employment",
    "end_municipality_role",
    "end_network_role",
    "grant_municipality_role",
    "grant_network_role",
    "invite",
    "join_network",
    "leave_network",
    "load_municipalities",
    "note_visit",
    "reactivate",
    "revoke_token",
    "set_password",
    "sign_in",
    "sign_in_demo",
    "sign_out",
    "update_profile",
    "withdraw_invitation",
]
