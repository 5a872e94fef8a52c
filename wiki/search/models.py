"""The outbox: what has changed in the database and not yet in the index. Written in the transaction of the change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.core.clock import now
from wiki.core.db import Base, UtcDateTime


class OutboxRow(Base):
    """One thing to be indexed anew. Taken in the order of the ids, deleted when the index holds the change."""

    __tablename__ = "search_outbox"
    __table_args__ = (Index("ix_search_outbox_source_thing_id", "source", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
