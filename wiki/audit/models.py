"""The append-only table of who did what; triggers in the migration refuse changes and deletions."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.core.db import Base, UtcDateTime


class AuditEntry(Base):
    """One event. Names what it happened to by type and id, and never repeats its content or title.

    There are no foreign keys: an entry outlives what it speaks of.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_network", "network_id", "id"),
        Index("ix_audit_entry_thing", "thing_type", "thing_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    event: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(120))
    acting_for: Mapped[str] = mapped_column(String(120), default="")
    thing_type: Mapped[str] = mapped_column(String(30))
    thing_id: Mapped[str] = mapped_column(String(40))
    space_id: Mapped[int | None]
    network_id: Mapped[int | None]
