"""Invitations: a one-time link makes an account with its first workplace and role."""

from dataclasses import dataclass
from datetime import timedelta

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.events import publish
from wiki.core.ids import hash_secret, new_secret
from wiki.identity.domain import (
    INSTANCE,
    INVITATION_DAYS,
    MUNICIPALITY_ROLES,
    NETWORK_ROLES,
    Invite,
    check_password,
    normalise_email,
)
from wiki.identity.errors import AccountExists
from wiki.identity.events import InvitationAccepted, InvitationWithdrawn, PersonInvited, RoleGranted
from wiki.identity.models import Invitation, Network, Person
from wiki.identity.policy import IdentityAction
from wiki.identity.queries import find_person, get_municipality, load_actor, network_of, usable_invitation
from wiki.identity.service.passwords import hash_password
from wiki.identity.service.people import clean_name, employ, new_person
from wiki.identity.service.rights import bump_rights_epoch
from wiki.identity.service.roles import hold_municipality_role, hold_network_role
from wiki.identity.service.sessions import Session, open_session


@dataclass(frozen=True)
class Invited:
    """What came of an invitation: the secret of a link, shown once, or the account that was there already."""

    secret: str | None
    person: Person | None


def invite(actor: Actor, command: Invite) -> Invited:
    """Invite somebody to a network, a municipality, or (as administrator) the installation.

    Who has an account already gets the workplace and the role at once, without a link.

    Raises:
        Forbidden: the actor may not invite there or not to that role.
        Invalid: a field breaks a rule.
    """
    email, name = normalise_email(command.email), clean_name(command.name)
    with unit_of_work():
        _authorize(actor, command)
        person = find_person(email)
        network = command.network_id or network_of(command.municipality_number)
        if person is not None:
            _install(person, command)
            publish(RoleGranted(actor=actor, thing_id=person.id, title=person.name, network_id=network))
            bump_rights_epoch()
            return Invited(None, person)
        secret = new_secret()
        invitation = Invitation(
            secret_hash=hash_secret(secret),
            email=email,
            name=name,
            municipality_number=command.municipality_number,
            employer=command.employer,
            network_id=command.network_id,
            role=command.role,
            invited_by_id=actor.person_id,
            expires_at=now() + timedelta(days=INVITATION_DAYS),
        )
        db.session.add(invitation)
        db.session.flush()
        publish(PersonInvited(actor=actor, thing_id=invitation.id, title=name, network_id=network))
    return Invited(secret, None)


def withdraw_invitation(actor: Actor, invitation_id: int) -> None:
    """Take an unused link out of use."""
    with unit_of_work():
        invitation = db.session.get(Invitation, invitation_id)
        if invitation is None or invitation.used_at is not None:
            raise NotFound()
        _authorize(actor, _command(invitation))
        invitation.expires_at = now()
        network = invitation.network_id or network_of(invitation.municipality_number)
        publish(InvitationWithdrawn(actor=actor, thing_id=invitation.id, title=invitation.name, network_id=network))


def accept_invitation(actor: Actor, secret: str, name: str, password: str, language: str = "nb") -> Session:
    """Use a one-time link: make the account, with its workplace and role, and open its first session.

    Whoever is signed in with the invited e-mail address gets workplace and role on that account; name and
    password are then left as they are.

    Raises:
        InvitationUnusable: the link is unknown, used, withdrawn or expired.
        AccountExists: the address has got an account since, and its owner is not the one signed in.
        Invalid: name or password breaks a rule.
    """
    invitation = usable_invitation(secret)
    existing = find_person(invitation.email)
    hashed = None
    if existing is None:
        name = clean_name(name)
        check_password(password, invitation.email, name)
        hashed = hash_password(password)
    with unit_of_work():
        invitation = usable_invitation(secret)
        person = find_person(invitation.email)
        if person is None:
            person = new_person(invitation.email, name, hashed, language)
        elif person.id != actor.person_id:
            raise AccountExists()
        _install(person, _command(invitation))
        invitation.used_at = now()
        bump_rights_epoch()
        network = invitation.network_id or network_of(invitation.municipality_number)
        owner = load_actor(person.id) or actor
        publish(InvitationAccepted(actor=owner, thing_id=person.id, title=person.name, network_id=network))
        return open_session(person)


def _command(invitation: Invitation) -> Invite:
    return Invite(
        email=invitation.email,
        name=invitation.name,
        network_id=invitation.network_id,
        municipality_number=invitation.municipality_number,
        employer=invitation.employer,
        role=invitation.role,
    )


def _authorize(actor: Actor, command: Invite) -> None:
    """Hold an invitation against the rights of who invites, and its role against its scope."""
    if command.network_id is not None:
        network = db.session.get(Network, command.network_id)
        if network is None:
            raise NotFound()
        leading = command.role in ("lead", "secretariat")
        authorize(actor, IdentityAction.MANAGE_NETWORK if leading else IdentityAction.INVITE, network)
    if command.municipality_number is not None:
        contact = command.role == "contact"
        action = IdentityAction.MANAGE_PEOPLE if contact else IdentityAction.INVITE
        authorize(actor, action, get_municipality(command.municipality_number))
    if command.network_id is None and command.municipality_number is None:
        authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    needs_network = command.role in NETWORK_ROLES and command.network_id is None
    needs_municipality = command.role in MUNICIPALITY_ROLES and command.municipality_number is None
    unknown = command.role not in (None, *NETWORK_ROLES, *MUNICIPALITY_ROLES)
    if needs_network or needs_municipality or unknown:
        raise Invalid(fields={"role": "Velg en rolle som passer til nettverket eller kommunen."})
    if command.municipality_number is not None and command.employer:
        raise Invalid(fields={"employer": "Velg en kommune eller skriv en annen arbeidsgiver, ikke begge."})


def _install(person: Person, command: Invite) -> None:
    if command.municipality_number is not None or command.employer:
        employ(person, command.municipality_number, command.employer, "", None)
    if command.role in NETWORK_ROLES and command.network_id is not None:
        hold_network_role(person, command.network_id, command.role, None)
    if command.role in MUNICIPALITY_ROLES and command.municipality_number is not None:
        hold_municipality_role(person, command.municipality_number, command.role, None)
