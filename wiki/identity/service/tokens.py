"""Personal access tokens: shown once, kept as a hash, with the rights of their person."""

from datetime import timedelta

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.events import publish
from wiki.core.ids import hash_secret, new_secret
from wiki.identity.domain import TOKEN_PREFIX
from wiki.identity.events import TokenAdded, TokenRevoked
from wiki.identity.models import ApiToken, Person
from wiki.identity.policy import IdentityAction
from wiki.identity.queries import get_person

MAX_DAYS = 3650


def add_token(actor: Actor, person_id: int, name: str, days: int | None = None) -> str:
    """Make a token for a person (oneself, or anybody by the command line) that works for `days`; the secret.

    Raises:
        Invalid: the name is empty or too long, or the days are out of bounds.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 80:
        raise Invalid(fields={"name": "Skriv et navn på høyst 80 tegn, så du kjenner nøkkelen igjen."})
    if days is not None and not 1 <= days <= MAX_DAYS:
        raise Invalid(fields={"days": "Velg et antall dager fra 1 til 3650."})
    secret = new_secret(TOKEN_PREFIX)
    with unit_of_work():
        person = get_person(person_id)
        authorize(actor, IdentityAction.OWN_PROFILE, person)
        db.session.add(
            ApiToken(
                person_id=person.id,
                name=name,
                secret_hash=hash_secret(secret),
                hint=secret[:8],
                expires_at=now() + timedelta(days=days) if days is not None else None,
            )
        )
        publish(TokenAdded(actor=actor, thing_id=person.id, title=name))
    return secret


def revoke_token(actor: Actor, token_id: int) -> None:
    """Take one of one's own tokens out of use.

    Raises:
        NotFound: there is no such token, or it is somebody else's.
    """
    with unit_of_work():
        token = db.session.get(ApiToken, token_id)
        if token is None or (token.person_id != actor.person_id and not actor.is_system):
            raise NotFound()
        authorize(actor, IdentityAction.OWN_PROFILE, db.session.get_one(Person, token.person_id))
        if token.revoked_at is None:
            token.revoked_at = now()
            publish(TokenRevoked(actor=actor, thing_id=token.person_id, title=token.name))
