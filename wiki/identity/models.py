"""Tables of networks, municipalities and people. Roles and memberships have from and to dates.

A period is open while ``valid_to`` is empty; both ends are counted in. Nothing is deleted when it
ends: minutes of 2023 must still show who sat for whom in 2023.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wiki.core.clock import now
from wiki.core.db import Base, UtcDateTime


class Network(Base):
    """A regional digitalisation network (digitaliseringsnettverk)."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    accent: Mapped[str] = mapped_column(String(20), default="fjord")


class Municipality(Base):
    """A municipality by its official number; merged ones stay, with the one that took over."""

    __tablename__ = "municipality"

    number: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    county_number: Mapped[str] = mapped_column(String(2))
    county: Mapped[str] = mapped_column(String(80))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    successor_number: Mapped[str | None] = mapped_column(ForeignKey("municipality.number"))

    memberships: Mapped[list["NetworkMembership"]] = relationship(back_populates="municipality")


class NetworkMembership(Base):
    """A municipality's membership of a network."""

    __tablename__ = "network_membership"
    __table_args__ = (UniqueConstraint("network_id", "municipality_number", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    municipality_number: Mapped[str] = mapped_column(ForeignKey("municipality.number"), index=True)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    network: Mapped[Network] = relationship()
    municipality: Mapped[Municipality] = relationship(back_populates="memberships")


class Person(Base):
    """Somebody who can sign in. ``email`` is kept in lower case.

    ``session_key`` is part of every session of the person: changing it ends them all.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_key: Mapped[str] = mapped_column(String(43))
    language: Mapped[str] = mapped_column(String(2), default="nb")
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    acting_for: Mapped[str | None] = mapped_column(String(80))
    demo_note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_visit_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    previous_visit_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    employments: Mapped[list["Employment"]] = relationship(back_populates="person")


class Employment(Base):
    """Where a person works: a municipality or another employer."""

    __tablename__ = "employment"
    __table_args__ = (CheckConstraint("(municipality_number IS NULL) <> (employer IS NULL)", name="one_employer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    municipality_number: Mapped[str | None] = mapped_column(ForeignKey("municipality.number"), index=True)
    employer: Mapped[str | None] = mapped_column(String(120))
    function: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    person: Mapped[Person] = relationship(back_populates="employments")
    municipality: Mapped[Municipality | None] = relationship()


class NetworkRole(Base):
    """A person's role in a network: ``lead``, ``secretariat``, or ``member``.

    People of member municipalities are members without a row; ``member`` is for other employers' people.
    """

    __tablename__ = "network_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    person: Mapped[Person] = relationship()
    network: Mapped[Network] = relationship()


class MunicipalityRole(Base):
    """A person's role in a municipality: ``contact``, ``editor`` or ``reader``."""

    __tablename__ = "municipality_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    municipality_number: Mapped[str] = mapped_column(ForeignKey("municipality.number"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)

    person: Mapped[Person] = relationship()
    municipality: Mapped[Municipality] = relationship()


class Invitation(Base):
    """A one-time link that makes a person; only the hash of the link's secret is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    municipality_number: Mapped[str | None] = mapped_column(ForeignKey("municipality.number"))
    employer: Mapped[str | None] = mapped_column(String(120))
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))
    role: Mapped[str | None] = mapped_column(String(20))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ApiToken(Base):
    """A personal access token; only its hash is kept, and its first characters to know it by."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInFailure(Base):
    """A failed sign-in, counted to slow down guessing; the address is kept as a hash."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_subject_at", "subject_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class RightsEpoch(Base):
    """One row, counted up whenever somebody's rights change: actors kept in memory end with it."""

    __tablename__ = "rights_epoch"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(default=0)
