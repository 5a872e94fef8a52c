"""Tables of spaces and their members."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wiki.core.clock import now
from wiki.core.db import Base, UtcDateTime
from wiki.identity.models import Municipality, Network, Person


class Space(Base):
    """Where a group of people keep their content.

    ``default_ring`` is who may read what says nothing else. ``tree_version`` counts the changes of
    the tree, so that a rendered tree can be kept until it changes.
    """

    __tablename__ = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    summary: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(2), default="nb")
    municipality_number: Mapped[str | None] = mapped_column(ForeignKey("municipality.number"), index=True)
    default_ring: Mapped[str] = mapped_column(String(20), default="network")
    tree_version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    network: Mapped[Network] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    members: Mapped[list["SpaceMembership"]] = relationship(back_populates="space")


class SpaceMembership(Base):
    """A person's seat in a space: ``coordinator``, ``editor``, ``member`` or ``observer``.

    ``represents_number`` is the municipality the person sits there for, if any. Ended seats stay.
    """

    __tablename__ = "space_membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    represents_number: Mapped[str | None] = mapped_column(ForeignKey("municipality.number"))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    space: Mapped[Space] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()
    represents: Mapped[Municipality | None] = relationship()
