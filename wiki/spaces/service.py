"""Use cases of spaces and seats: the only writer of their tables."""

from datetime import date
from typing import Any

from sqlalchemy import select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import now, today
from wiki.core.db import db, unit_of_work
from wiki.core.errors import Invalid, NotFound
from wiki.core.events import publish
from wiki.core.text import normalise, slugify, unique_slug
from wiki.identity.models import Municipality, Network, Person
from wiki.identity.service import bump_rights_epoch
from wiki.spaces import queries
from wiki.spaces.domain import (
    NAME_LENGTH,
    ONE_DAY,
    SLUG_LENGTH,
    SUMMARY_LENGTH,
    AddMember,
    ChangeRole,
    CreateSpace,
    EndMembership,
    Ring,
    SeatPeriod,
    SpaceKind,
    SpaceRole,
    UpdateSpace,
    default_ring,
    last_day,
    leaves_no_coordinator,
    needs_municipality,
    overlap,
    rings_of,
)
from wiki.spaces.errors import AlreadyMember, LastCoordinator, SeatEnded, SpaceClosed
from wiki.spaces.events import (
    MemberAdded,
    MemberRoleChanged,
    MembershipEnded,
    SpaceArchived,
    SpaceCreated,
    SpaceReopened,
    SpaceUpdated,
)
from wiki.spaces.models import Space, SpaceMembership
from wiki.spaces.policy import SpaceAction

LANGUAGES = ("nb", "nn", "en")


# --- spaces --------------------------------------------------------------------------------------


def create_space(actor: Actor, command: CreateSpace) -> Space:
    """Make a space; higher rooms fill in its starting content when they hear of it.

    Raises:
        NotFound: there is no such network.
        Forbidden: the actor may not make spaces there.
        Invalid: on `name`, `slug`, `kind`, `summary`, `language`, `municipality_number` or `default_ring`.
    """
    with unit_of_work():
        network = db.session.get(Network, command.network_id)
        if network is None:
            raise NotFound()
        authorize(actor, SpaceAction.CREATE, network)
        kind = _kind(command.kind)
        space = Space(
            network=network,
            slug=_free_slug(command),
            name=_name(command.name),
            kind=kind.value,
            summary=_summary(command.summary),
            language=_language(command.language),
            municipality_number=_municipality(kind, command.municipality_number),
            default_ring=_ring(kind, command.default_ring).value,
        )
        db.session.add(space)
        db.session.flush()
        bump_rights_epoch()  # the staff of the network write in it from now on
        publish(SpaceCreated(**_event(actor, space), kind=space.kind, language=space.language))
    return space


def update_space(actor: Actor, command: UpdateSpace) -> Space:
    """Change name, summary, language or default ring; nothing is told when nothing changed.

    Raises:
        NotFound, Forbidden, SpaceClosed: there is none, not allowed, or it is closed.
        Invalid: on `name`, `summary`, `language` or `default_ring`.
    """
    with unit_of_work():
        space = _open_space(actor, command.space_id)
        before, ring_before = _settings(space), space.default_ring
        if command.name is not None:
            space.name = _name(command.name)
        if command.summary is not None:
            space.summary = _summary(command.summary)
        if command.language is not None:
            space.language = _language(command.language)
        if command.default_ring is not None:
            space.default_ring = _ring(SpaceKind(space.kind), command.default_ring).value
        if _settings(space) != before:
            db.session.flush()
            publish(SpaceUpdated(**_event(actor, space), ring_changed=space.default_ring != ring_before))
    return space


def archive_space(actor: Actor, space_id: int) -> Space:
    """Close a space: all of it stays readable as before, and nothing can be added or changed.

    Raises:
        NotFound, Forbidden, SpaceClosed: there is none, not allowed, or it is closed.
    """
    with unit_of_work():
        space = _open_space(actor, space_id)
        space.archived_at = now()
        db.session.flush()
        publish(SpaceArchived(**_event(actor, space)))
    return space


def reopen_space(actor: Actor, space_id: int) -> Space:
    """Take an archived space into use again; one in use stays as it is.

    Raises:
        NotFound, Forbidden: there is none, or not allowed.
    """
    with unit_of_work():
        space = _administered(actor, space_id)
        if space.archived_at is not None:
            space.archived_at = None
            db.session.flush()
            publish(SpaceReopened(**_event(actor, space)))
    return space


# --- seats ---------------------------------------------------------------------------------------


def add_member(actor: Actor, command: AddMember) -> SpaceMembership:
    """Give a person a seat.

    Raises:
        NotFound, Forbidden, SpaceClosed: there is no such space, not allowed, or it is closed.
        AlreadyMember: the person has a seat in the space in that period.
        Invalid: on `person_id`, `role`, `represents_number` or `valid_to`.
    """
    with unit_of_work():
        space = _open_space(actor, command.space_id)
        person = db.session.get(Person, command.person_id)
        if person is None or not person.is_active:
            raise Invalid(fields={"person_id": "Vi kjenner ikke denne personen."})
        begins = command.valid_from if command.valid_from is not None else today()
        _check_period(space.id, person.id, begins, command.valid_to)
        if command.represents_number is not None and not db.session.get(Municipality, command.represents_number):
            raise Invalid(fields={"represents_number": "Vi kjenner ikke denne kommunen."})
        seat = SpaceMembership(
            space_id=space.id,
            person_id=person.id,
            role=_role(command.role).value,
            represents_number=command.represents_number,
            valid_from=begins,
            valid_to=command.valid_to,
        )
        db.session.add(seat)
        db.session.flush()
        bump_rights_epoch()
        publish(MemberAdded(**_event(actor, space), person_id=person.id, role=seat.role))
    return seat


def change_role(actor: Actor, command: ChangeRole) -> SpaceMembership:
    """Give a member another role from today on; the seat they had ends, so that the past stays what it was.

    Raises:
        NotFound, Forbidden, SpaceClosed: there is no such seat, not allowed, or the space is closed.
        SeatEnded: the seat is over.
        LastCoordinator: nobody else would coordinate the space.
        Invalid: on `role`.
    """
    with unit_of_work():
        seat, space = _seat(actor, command.membership_id)
        role, former = _role(command.role), seat.role
        if role == former:
            return seat
        begins, ends = max(today(), seat.valid_from), seat.valid_to
        _check_coordinators(seat, begins - ONE_DAY)
        seat.valid_to = begins - ONE_DAY
        renewed = SpaceMembership(
            space_id=seat.space_id,
            person_id=seat.person_id,
            role=role.value,
            represents_number=seat.represents_number,
            valid_from=begins,
            valid_to=ends,
        )
        db.session.add(renewed)
        db.session.flush()
        bump_rights_epoch()
        told: dict[str, Any] = {"person_id": seat.person_id, "role": role.value, "former_role": former}
        publish(MemberRoleChanged(**_event(actor, space), **told))
    return renewed


def end_membership(actor: Actor, command: EndMembership) -> SpaceMembership:
    """End a seat after a day, or at once. The row stays: minutes of last year show who sat there then.

    Raises:
        NotFound, Forbidden, SpaceClosed: there is no such seat, not allowed, or the space is closed.
        SeatEnded: the seat is over.
        LastCoordinator: nobody else would coordinate the space.
    """
    with unit_of_work():
        seat, space = _seat(actor, command.membership_id)
        ends = last_day(seat.valid_from, command.last_day, today())
        _check_coordinators(seat, ends)
        seat.valid_to = ends
        db.session.flush()
        bump_rights_epoch()
        publish(MembershipEnded(**_event(actor, space), person_id=seat.person_id, role=seat.role))
    return seat


# --- what the use cases stand on -----------------------------------------------------------------


def _administered(actor: Actor, space_id: int) -> Space:
    space = db.session.get(Space, space_id)
    if space is None:
        raise NotFound()
    authorize(actor, SpaceAction.ADMINISTER, space)
    return space


def _open_space(actor: Actor, space_id: int) -> Space:
    space = _administered(actor, space_id)
    if space.archived_at is not None:
        raise SpaceClosed()
    return space


def _seat(actor: Actor, membership_id: int) -> tuple[SpaceMembership, Space]:
    """A seat that is not over, and its space, for somebody who may change it."""
    seat = db.session.get(SpaceMembership, membership_id)
    if seat is None:
        raise NotFound()
    space = _open_space(actor, seat.space_id)
    if seat.valid_to is not None and (seat.valid_to < today() or seat.valid_to < seat.valid_from):
        raise SeatEnded()
    return seat, space


def _event(actor: Actor, space: Space) -> dict[str, Any]:
    """What every event about a space says."""
    return {
        "actor": actor,
        "thing_id": space.id,
        "title": space.name,
        "space_id": space.id,
        "network_id": space.network_id,
    }


def _settings(space: Space) -> tuple[str, ...]:
    return space.name, space.summary, space.language, space.default_ring


def _check_period(space_id: int, person_id: int, begins: date, ends: date | None) -> None:
    if ends is not None and ends < begins:
        raise Invalid(fields={"valid_to": "Siste dag kan ikke være før første dag."})
    asked = select(SpaceMembership.valid_from, SpaceMembership.valid_to).where(
        SpaceMembership.space_id == space_id, SpaceMembership.person_id == person_id
    )
    if any(overlap((begins, ends), (first, last)) for first, last in db.session.execute(asked)):
        raise AlreadyMember()


def _check_coordinators(seat: SpaceMembership, last: date) -> None:
    seats = [SeatPeriod(s.id, s.role, s.valid_from, s.valid_to) for s in queries.seats_of(seat.space_id)]
    if leaves_no_coordinator(seats, seat.id, last):
        raise LastCoordinator()


def _free_slug(command: CreateSpace) -> str:
    """The address asked for, or a free one made from the name."""
    taken = set(db.session.scalars(select(Space.slug)))
    if not command.slug:
        return unique_slug(slugify(command.name, SLUG_LENGTH), taken, SLUG_LENGTH)
    if slugify(command.slug, SLUG_LENGTH) != command.slug:
        raise Invalid(fields={"slug": "Bruk små bokstaver a–z, tall og bindestrek."})
    if command.slug in taken:
        raise Invalid(fields={"slug": "Et annet rom har denne adressen."})
    return command.slug


def _name(name: str) -> str:
    plain = " ".join(normalise(name).split())
    if not plain:
        raise Invalid(fields={"name": "Skriv hva rommet heter."})
    if len(plain) > NAME_LENGTH:
        raise Invalid(fields={"name": "Navnet kan ha høyst 120 tegn."})
    return plain


def _summary(summary: str) -> str:
    plain = " ".join(normalise(summary).split())
    if len(plain) > SUMMARY_LENGTH:
        raise Invalid(fields={"summary": "Beskrivelsen kan ha høyst 500 tegn."})
    return plain


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise Invalid(fields={"language": "Velg bokmål, nynorsk eller engelsk."})
    return language


def _kind(kind: str) -> SpaceKind:
    if kind not in list(SpaceKind):
        raise Invalid(fields={"kind": "Velg hva slags rom dette er."})
    return SpaceKind(kind)


def _role(role: str) -> SpaceRole:
    if role not in list(SpaceRole):
        raise Invalid(fields={"role": "Velg en rolle."})
    return SpaceRole(role)


def _ring(kind: SpaceKind, ring: str | None) -> Ring:
    """The ring asked for, or the kind's own."""
    if ring is None:
        return default_ring(kind)
    if ring not in rings_of(kind):
        raise Invalid(fields={"default_ring": "Velg hvem som kan lese innholdet."})
    return Ring(ring)


def _municipality(kind: SpaceKind, number: str | None) -> str | None:
    if not needs_municipality(kind):
        if number:
            raise Invalid(fields={"municipality_number": "Bare kommunerom hører til en kommune."})
        return None
    municipality = db.session.get(Municipality, number) if number else None
    if municipality is None:
        raise Invalid(fields={"municipality_number": "Velg kommunen rommet hører til."})
    return municipality.number
