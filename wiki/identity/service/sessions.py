"""Sign-in, sign-out and passwords. Guessing is slowed down, and what fails says nothing about who exists."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.events import publish
from wiki.core.ids import new_secret
from wiki.identity.domain import FREE_TRIES, FREE_TRIES_FROM, INSTANCE, check_password, retry_at, subject_hash
from wiki.identity.errors import TooManyTries, WrongCredentials
from wiki.identity.events import PasswordChanged, SignedIn, SignedOut
from wiki.identity.models import Person, SignInFailure
from wiki.identity.policy import IdentityAction
from wiki.identity.queries import find_person, get_person, load_actor, session_key_of
from wiki.identity.service.passwords import hash_password, needs_rehash, verify_password
from wiki.identity.service.people import own

_FAILURES_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Session:
    """A new session: its key, for the cookie, and the actor behind it."""

    key: str
    actor: Actor


def sign_in(email: str, password: str, remote: str) -> Session:
    """Open a session for the person with that e-mail and password, from the network address `remote`.

    An unknown address takes the same time as a wrong password. A try is counted before it is looked at, so that
    many at once are no way around the throttle; success forgets them.

    Raises:
        TooManyTries: this address, or this part of the network, has failed too often of late.
        WrongCredentials: no active person has this e-mail and password.
    """
    counted = _count_try(email, remote)
    person = find_person(email)
    kept = person.password_hash if person is not None and person.is_active else None
    if not verify_password(kept, password) or person is None or kept is None:
        raise WrongCredentials()
    rehashed = hash_password(password) if needs_rehash(kept) else None
    with unit_of_work():
        person = get_person(person.id)
        if person.password_hash != kept or not person.is_active:  # changed since it was verified
            raise WrongCredentials()
        if rehashed is not None:
            person.password_hash = rehashed
        db.session.execute(delete(SignInFailure).where(SignInFailure.subject_hash == _by_email(email)))
        db.session.execute(delete(SignInFailure).where(SignInFailure.id.in_(counted)))
        return _open(person)


def sign_in_demo(person_id: int) -> Session:
    """Open a session for a demo account without a password; the edge offers it in demo mode only.

    Raises:
        NotFound: the person is no demo account.
    """
    with unit_of_work():
        person = get_person(person_id)
        if person.demo_note is None or not person.is_active:
            raise NotFound()
        return _open(person)


def open_session(person: Person) -> Session:
    """A session for somebody who has just proved who they are; inside a unit of work."""
    return _open(person)


def sign_out(actor: Actor) -> None:
    """Tell that the person closes this session."""
    if actor.person_id is None:
        return
    with unit_of_work():
        publish(SignedOut(actor=actor, thing_id=actor.person_id, title=actor.name))


def change_password(actor: Actor, current: str, new: str, remote: str) -> Session:
    """Change one's own password. Every session ends; the one that is given back is new.

    Raises:
        TooManyTries: the current password was wrong too often.
        Invalid: the current password is wrong (field `current`), or the new one breaks a rule (field `password`).
    """
    person = own(actor)
    counted = _count_try(person.email, remote)
    if not verify_password(person.password_hash, current):
        raise Invalid(fields={"current": "Dette er ikke passordet ditt nå."})
    check_password(new, person.email, person.name)
    hashed = hash_password(new)
    with unit_of_work():
        db.session.execute(delete(SignInFailure).where(SignInFailure.id.in_(counted)))
        person = own(actor)
        _replace_password(person, hashed)
        publish(PasswordChanged(actor=actor, thing_id=person.id, title=person.name))
    return Session(session_key_of(person), actor)


def set_password(actor: Actor, person_id: int, new: str) -> None:
    """Give somebody else a new password, as an administrator. Their sessions end.

    Raises:
        Invalid: the password breaks a rule.
    """
    authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    person = get_person(person_id)
    check_password(new, person.email, person.name)
    hashed = hash_password(new)
    with unit_of_work():
        person = get_person(person_id)
        _replace_password(person, hashed)
        publish(PasswordChanged(actor=actor, thing_id=person.id, title=person.name))


def _replace_password(person: Person, hashed: str) -> None:
    person.password_hash = hashed
    person.session_key = new_secret()[:43]


def _open(person: Person) -> Session:
    actor = load_actor(person.id)
    if actor is None:
        raise NotFound()
    publish(SignedIn(actor=actor, thing_id=person.id, title=person.name))
    return Session(session_key_of(person), actor)


def _by_email(email: str) -> str:
    return subject_hash("email", email)


def _count_try(email: str, remote: str) -> list[int]:
    """Count a try in advance; the ids of the rows that count it.

    Raises:
        TooManyTries: it is not let in yet; such a try is not counted.
    """
    subjects = {_by_email(email): FREE_TRIES, subject_hash("remote", remote): FREE_TRIES_FROM}
    with unit_of_work():
        db.session.execute(delete(SignInFailure).where(SignInFailure.at < now() - _FAILURES_KEPT))
        for subject, free in subjects.items():
            failures = db.session.scalars(select(SignInFailure.at).where(SignInFailure.subject_hash == subject)).all()
            until = retry_at(failures, now(), free)
            if until is not None:
                raise TooManyTries(until)
        rows = [SignInFailure(subject_hash=subject, at=now()) for subject in subjects]
        db.session.add_all(rows)
        db.session.flush()
        return [row.id for row in rows]
