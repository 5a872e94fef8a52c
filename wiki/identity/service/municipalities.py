"""The list of municipalities, brought up to date: mergers close numbers and move what is open to the successor."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import Select, select

from wiki.core.authz import Actor, authorize
from wiki.core.clock import today
from wiki.core.db import db, unit_of_work
from wiki.core.events import publish
from wiki.identity.domain import INSTANCE, ListChange, MunicipalityFacts, compare_lists
from wiki.identity.events import MunicipalitiesLoaded
from wiki.identity.models import Employment, Municipality, MunicipalityRole, NetworkMembership
from wiki.identity.policy import IdentityAction
from wiki.identity.queries import bundled_municipalities
from wiki.identity.service.networks import open_membership
from wiki.identity.service.rights import bump_rights_epoch

_Row = TypeVar("_Row", Employment, MunicipalityRole, NetworkMembership)


def load_municipalities(
    actor: Actor,
    listed: Sequence[MunicipalityFacts] | None = None,
    *,
    since: date | None = None,
    successors: Mapping[str, str] | None = None,
) -> ListChange:
    """Bring the reference data to the list `listed` (the one that comes with the program), which holds from `since`.

    A number that is gone gets its last day, the day before `since`, and never vanishes. Employments, roles and
    memberships that are open there end with it and go on in the successor, where there is one.

    Raises:
        Invalid: the list cannot be the whole list, see `domain.compare_lists`.
    """
    authorize(actor, IdentityAction.MANAGE_INSTANCE, INSTANCE)
    listed = bundled_municipalities() if listed is None else listed
    successors = successors or {}
    start = since or today()
    with unit_of_work():
        rows = {row.number: row for row in db.session.scalars(select(Municipality))}
        known = {n: MunicipalityFacts(n, row.name, row.county_number, row.county) for n, row in rows.items()}
        ended = {number for number, row in rows.items() if row.valid_to is not None}
        change = compare_lists(known, ended, listed, successors)
        _write_list(change, rows, start)
        for number in change.ended:
            _close(rows[number], successors.get(number), start)
        if change.added or change.corrected or change.returned or change.ended:
            publish(MunicipalitiesLoaded(actor=actor, thing_id="alle"))
            bump_rights_epoch()
    return change


def _write_list(change: ListChange, rows: Mapping[str, Municipality], start: date) -> None:
    first_list = not rows
    for facts in change.added:
        db.session.add(
            Municipality(
                number=facts.number,
                name=facts.name,
                county_number=facts.county_number,
                county=facts.county,
                valid_from=None if first_list else start,
            )
        )
    for facts in change.corrected:
        row = rows[facts.number]
        row.name, row.county_number, row.county = facts.name, facts.county_number, facts.county
    for number in change.returned:
        rows[number].valid_to = rows[number].successor_number = None
    db.session.flush()


def _close(municipality: Municipality, successor: str | None, start: date) -> None:
    last = start - timedelta(days=1)
    municipality.valid_to, municipality.successor_number = last, successor
    _move_people(municipality.number, successor, start)
    for membership in db.session.scalars(_open(NetworkMembership, municipality.number)).all():
        membership.valid_to = last
        if successor is not None and open_membership(membership.network_id, successor) is None:
            db.session.add(
                NetworkMembership(network_id=membership.network_id, municipality_number=successor, valid_from=start)
            )
            db.session.flush()


def _move_people(number: str, successor: str | None, start: date) -> None:
    last = start - timedelta(days=1)
    for work in db.session.scalars(_open(Employment, number)).all():
        work.valid_to = last
        if successor is not None:
            db.session.add(
                Employment(
                    person_id=work.person_id,
                    municipality_number=successor,
                    function=work.function,
                    valid_from=start,
                )
            )
    for held in db.session.scalars(_open(MunicipalityRole, number)).all():
        held.valid_to = last
        if successor is not None:
            db.session.add(
                MunicipalityRole(
                    person_id=held.person_id, municipality_number=successor, role=held.role, valid_from=start
                )
            )


def _open(model: type[_Row], number: str) -> Select[_Row]:
    return select(model).where(model.municipality_number == number, model.valid_to.is_(None))
