"""Reads of the log: only entries of the reader's networks, newest first, paged by id."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select

from wiki.audit.domain import NETWORK_READERS, PAGE, Selection
from wiki.audit.models import AuditEntry
from wiki.core.authz import Actor
from wiki.core.clock import OSLO
from wiki.core.db import db
from wiki.core.errors import Forbidden


def readable_networks(actor: Actor) -> list[int] | None:
    """The networks whose log the actor reads; None means all there is, an empty list nothing."""
    if actor.is_admin or actor.is_system:
        return None
    return sorted(int(scope) for scope in actor.scopes("network", *NETWORK_READERS))


def logged_networks() -> list[int]:
    """The networks that something has happened in."""
    # One look-up of the index for each network; a DISTINCT would walk the whole log.
    found: list[int] = []
    step = select(func.min(AuditEntry.network_id))
    network = db.session.scalar(step)
    while network is not None:
        found.append(network)
        network = db.session.scalar(step.where(AuditEntry.network_id > network))
    return found


def entries(actor: Actor, selection: Selection, limit: int = PAGE) -> Sequence[AuditEntry]:
    """The newest entries of a selection that the actor may read, at most `limit`.

    Raises:
        Forbidden: the actor reads no log, or not that of the chosen network.
    """
    query = select(AuditEntry).where(*_conditions(actor, selection)).order_by(AuditEntry.id.desc()).limit(limit)
    return db.session.scalars(query).all()


def all_entries(actor: Actor, selection: Selection, step: int = 500) -> Iterator[Sequence[AuditEntry]]:
    """Every entry of a selection in batches, so that a long log does not fill the memory."""
    while batch := entries(actor, selection, step):
        yield batch
        selection = Selection(**{**vars(selection), "before": batch[-1].id})
        db.session.expunge_all()


def _conditions(actor: Actor, selection: Selection) -> list[ColumnElement[bool]]:
    found = [_scope(actor, selection.network_id)]
    if selection.event:
        found.append(AuditEntry.event == selection.event)
    if selection.person:
        found.append(func.lower(AuditEntry.actor_name).contains(selection.person.lower(), autoescape=True))
    if selection.first_day:
        found.append(AuditEntry.at >= _midnight(selection.first_day))
    if selection.last_day:
        found.append(AuditEntry.at < _midnight(selection.last_day + timedelta(days=1)))
    if selection.before is not None:
        found.append(AuditEntry.id < selection.before)
    return found


def _scope(actor: Actor, network_id: int | None) -> ColumnElement[bool]:
    networks = readable_networks(actor)
    if networks is None:
        return AuditEntry.network_id == network_id if network_id is not None else AuditEntry.id > 0
    chosen = networks if network_id is None else [each for each in networks if each == network_id]
    if not chosen:
        raise Forbidden()
    return AuditEntry.network_id.in_(chosen)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OSLO).astimezone(UTC)
