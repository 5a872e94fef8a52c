"""Which rows with a first and a last day cover a day, as a condition of SQL."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_


def valid_on(model: Any, day: date) -> ColumnElement[bool]:
    """The condition that a row's period covers `day`; the same rule as `domain.active`.

    `model` is a table with `valid_from` and `valid_to`, or an alias of one.
    """
    return and_(
        or_(model.valid_from.is_(None), model.valid_from <= day),
        or_(model.valid_to.is_(None), model.valid_to >= day),
    )
