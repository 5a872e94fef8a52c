"""Reads of invitations: those not yet used, and the one behind a link."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select

from wiki.core.authz import Actor
from wiki.core.clock import now, today
from wiki.core.db import db
from wiki.core.ids import hash_secret
from wiki.identity.domain import current_networks, invites_people_of, serves_network
from wiki.identity.errors import InvitationUnusable
from wiki.identity.models import Invitation, Municipality, Network


def open_invitations(
    actor: Actor, network: Network | None = None, municipality: Municipality | None = None
) -> Sequence[Invitation]:
    """The unused invitations to a network or a municipality, for those who may invite there; else none."""
    condition: ColumnElement[bool]
    if network is not None and (actor.is_admin or serves_network(actor, [network.id])):
        condition = Invitation.network_id == network.id
    elif municipality is not None and invites_people_of(
        actor, municipality.number, current_networks(municipality.memberships, today())
    ):
        condition = Invitation.municipality_number == municipality.number
    else:
        return ()
    return db.session.scalars(
        select(Invitation)
        .where(condition, Invitation.used_at.is_(None), Invitation.expires_at > now())
        .order_by(Invitation.id.desc())
    ).all()


def invited_names(invitation_ids: Collection[int]) -> dict[int, str]:
    """The names of the invited, by the invitation's id."""
    rows = db.session.execute(select(Invitation.id, Invitation.name).where(Invitation.id.in_(invitation_ids)))
    return {row.id: row.name for row in rows}


def usable_invitation(secret: str) -> Invitation:
    """The invitation behind a link; inside a unit of work it is locked, so that it is used once.

    Raises:
        InvitationUnusable: it is unknown, used, withdrawn or expired.
    """
    invitation = db.session.scalar(
        select(Invitation).where(Invitation.secret_hash == hash_secret(secret)).with_for_update()
    )
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= now():
        raise InvitationUnusable()
    return invitation
