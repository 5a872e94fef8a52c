"""The append-only table of who did what; triggers in the migration refuse changes and deletions."""

from datetime import datetime

from sqlalchemy import DDL, Index, String, event
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


APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER audit_entry_is_not_changed BEFORE UPDATE ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
        "CREATE TRIGGER audit_entry_is_not_deleted BEFORE DELETE ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$",
        "CREATE TRIGGER audit_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only()",
    ),
}
"""The triggers that refuse changes and deletions, by database; the first migration makes the same."""

for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        trigger = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        event.listen(AuditEntry.__table__, "after_create", trigger.execute_if(dialect=_dialect))
