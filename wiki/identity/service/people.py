"""People: added, employed, described, let in and shut out."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now, today
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.events import publish
from wiki.core.ids import new_secret
from wiki.core.text import normalise
from wiki.identity.domain import INSTANCE, VISIT_HOURS, AddPerson, active, check_password, last_day, normalise_email
from wiki.identity.errors import AlreadyKnown
from wiki.identity.events import EmploymentChanged, PersonAdded, PersonChanged, PersonDeactivated, PersonReactivated
from wiki.identity.models import Employment, MunicipalityRole, Person
from wiki.identity.policy import IdentityAction
from wiki.identity.queries import find_person, get_municipality, get_person, network_of
from wiki.identity.service.passwords import hash_password
from wiki.identity.service.rights import bump_rights_epoch

_LANGUAGES = ("nb", "nn", "en")


def add_person(actor: Actor, command: AddPerson) -> Person:
    """Make an account. Without a password the person signs in first by an invitation or a password set later.

    Raises:
        Invalid: a field breaks a rule.
        AlreadyKnown: the e-mail address has an account.
    """
    authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    email, name = normalise_email(command.email), clean_name(command.name)
    if command.password is not None:
        check_password(command.password, email, name)
    password_hash = hash_password(command.password) if command.password is not None else None
    with unit_of_work():
        person = new_person(email, name, password_hash, command.language)
        person.is_admin = command.is_admin
        person.demo_note = command.demo_note
        if command.municipality_number or command.employer:
            employ(person, command.municipality_number, command.employer, command.function, command.since)
        network = network_of(command.municipality_number)
        publish(PersonAdded(actor=actor, thing_id=person.id, title=person.name, network_id=network))
        bump_rights_epoch()
    return person


def new_person(email: str, name: str, password_hash: str | None, language: str) -> Person:
    """The row of a new person, flushed; the caller has authorised and tells what happened.

    Raises:
        AlreadyKnown: the e-mail address has an account.
        Invalid: we have no such language.
    """
    if language not in _LANGUAGES:
        raise Invalid(fields={"language": "Velg bokmål, nynorsk eller engelsk."})
    if find_person(email) is not None:
        raise AlreadyKnown("Det finnes alt en konto med denne e-postadressen.")
    person = Person(
        email=email, name=name, password_hash=password_hash, session_key=new_secret()[:43], language=language
    )
    db.session.add(person)
    db.session.flush()
    return person


def clean_name(name: str) -> str:
    """A person's name as it is kept.

    Raises:
        Invalid: it is empty or longer than 120 characters.
    """
    plain = " ".join(normalise(name).split())
    if not 1 <= len(plain) <= 120:
        raise Invalid(fields={"name": "Skriv et navn på høyst 120 tegn."})
    return plain


def add_employment(
    actor: Actor,
    person_id: int,
    *,
    municipality_number: str | None = None,
    employer: str | None = None,
    function: str = "",
    since: date | None = None,
) -> Employment:
    """Let somebody work in a municipality or for another employer, from `since` (today)."""
    with unit_of_work():
        if municipality_number is not None:
            authorize(actor, IdentityAction.MANAGE_PEOPLE, get_municipality(municipality_number))
        else:
            authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
        person = get_person(person_id)
        employment = employ(person, municipality_number, employer, function, since)
        _tell_employment(actor, person, municipality_number)
    return employment


def employ(
    person: Person, municipality_number: str | None, employer: str | None, function: str, since: date | None
) -> Employment:
    """The row of an employment, the open one when there is one; the caller has authorised and tells what happened.

    Raises:
        Invalid: neither or both of municipality and other employer are given, or the municipality is closed.
    """
    if (municipality_number is None) == (not employer):
        raise Invalid(fields={"employer": "Velg en kommune eller skriv en annen arbeidsgiver."})
    start = since or today()
    if municipality_number is not None:
        municipality = get_municipality(municipality_number)
        if not active(municipality.valid_from, municipality.valid_to, start):
            raise Invalid(fields={"municipality_number": "Kommunen finnes ikke lenger."})
    open_one = db.session.scalar(
        select(Employment).where(
            Employment.person_id == person.id,
            Employment.municipality_number == municipality_number,
            Employment.employer == (employer or None),
            Employment.valid_to.is_(None),
        )
    )
    if open_one is not None:
        open_one.function = function.strip()[:120] or open_one.function
        return open_one
    employment = Employment(
        person_id=person.id,
        municipality_number=municipality_number,
        employer=(employer or "").strip()[:120] or None,
        function=function.strip()[:120],
        valid_from=start,
    )
    db.session.add(employment)
    db.session.flush()
    return employment


def end_employment(actor: Actor, employment_id: int, ends: date | None = None) -> None:
    """Give an employment its last day; without one it ends at once. The row stays.

    Roles in the municipality end with it: who has left does not go on reading or managing there.
    """
    with unit_of_work():
        employment = db.session.get(Employment, employment_id)
        if employment is None:
            raise NotFound()
        if employment.municipality is not None:
            authorize(actor, IdentityAction.MANAGE_PEOPLE, employment.municipality)
        else:
            authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
        employment.valid_to = last_day(ends, today())
        _end_roles_of(employment)
        _tell_employment(actor, employment.person, employment.municipality_number)


def _end_roles_of(employment: Employment) -> None:
    """End what the person was in the municipality on the last day of the work there, unless it ended before."""
    held = db.session.scalars(
        select(MunicipalityRole).where(
            MunicipalityRole.person_id == employment.person_id,
            MunicipalityRole.municipality_number == employment.municipality_number,
            or_(MunicipalityRole.valid_to.is_(None), MunicipalityRole.valid_to > employment.valid_to),
        )
    )
    for role in held:
        role.valid_to = employment.valid_to


def _tell_employment(actor: Actor, person: Person, number: str | None) -> None:
    publish(EmploymentChanged(actor=actor, thing_id=person.id, title=person.name, network_id=network_of(number)))
    bump_rights_epoch()


def update_profile(actor: Actor, name: str, language: str) -> Person:
    """Change one's own name and language.

    Raises:
        Invalid: the name is empty or too long, or we have no such language.
    """
    name = clean_name(name)
    if language not in _LANGUAGES:
        raise Invalid(fields={"language": "Velg bokmål, nynorsk eller engelsk."})
    with unit_of_work():
        person = own(actor)
        person.name, person.language = name, language
        publish(PersonChanged(actor=actor, thing_id=person.id, title=person.name))
        bump_rights_epoch()
    return person


def choose_party(actor: Actor, key: str) -> None:
    """Choose whom one speaks for from now on.

    Raises:
        Invalid: the actor may not speak for that party.
    """
    if key not in {party.key for party in actor.parties}:
        raise Invalid(fields={"party": "Du kan ikke handle for denne."})
    with unit_of_work():
        person = own(actor)
        person.acting_for = key
        publish(PersonChanged(actor=actor, thing_id=person.id, title=person.name))
        bump_rights_epoch()


def own(actor: Actor) -> Person:
    """The row of the person who acts; a cookie of an anonymous reader or the system has none.

    Raises:
        SignInRequired, Forbidden: there is none.
    """
    person = db.session.get(Person, actor.person_id) if actor.person_id is not None else None
    authorize(actor, IdentityAction.OWN_PROFILE, person)
    if person is None:
        raise NotFound()
    return person


def deactivate(actor: Actor, person_id: int) -> None:
    """Shut somebody out: no sign-in, no session, no token. Roles and history stay.

    Raises:
        Invalid: administrators cannot shut themselves out.
    """
    _set_active(actor, person_id, False)


def reactivate(actor: Actor, person_id: int) -> None:
    """Let somebody in again who was shut out."""
    _set_active(actor, person_id, True)


def _set_active(actor: Actor, person_id: int, is_active: bool) -> None:
    authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    if person_id == actor.person_id:
        raise Invalid("Du kan ikke stenge din egen konto.")
    with unit_of_work():
        person = get_person(person_id)
        person.is_active = is_active
        person.session_key = new_secret()[:43]
        event = PersonReactivated if is_active else PersonDeactivated
        publish(event(actor=actor, thing_id=person.id, title=person.name))
        bump_rights_epoch()


def note_visit(actor: Actor) -> datetime | None:
    """Remember that the person is here, and say since when things are new to them; None on the first visit.

    A visit lasts until VISIT_HOURS have gone by since it began, so that what is new stays new for a while.
    """
    person = own(actor)
    if person.last_visit_at is not None and now() - person.last_visit_at < timedelta(hours=VISIT_HOURS):
        return person.previous_visit_at
    with unit_of_work():
        person = own(actor)
        person.previous_visit_at, person.last_visit_at = person.last_visit_at, now()
        return person.previous_visit_at
