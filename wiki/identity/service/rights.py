"""The rights epoch: counted up whenever somebody's roles, memberships or party change."""

from sqlalchemy import update

from wiki.core.db import db
from wiki.identity.models import RightsEpoch


def bump_rights_epoch() -> None:
    """End every actor that is kept in memory, in all processes, once this unit of work is committed."""
    counted = db.session.execute(
        update(RightsEpoch).where(RightsEpoch.id == 1).values(value=RightsEpoch.value + 1).returning(RightsEpoch.id)
    )
    if counted.first() is None:
        db.session.add(RightsEpoch(id=1, value=1))
        db.session.flush()
