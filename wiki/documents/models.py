"""Tables of the document engine: documents, their revisions, readers, addresses and tags.

The revision is the truth and never changes. What the document repeats of it (title, state) is
there so that lists need not open revisions. ``document_audience`` is the materialised answer to
"who may read this", written in the transaction that changes it.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wiki.core.clock import now
from wiki.core.db import Base, UtcDateTime
from wiki.identity.models import Person
from wiki.spaces.models import Space


class Document(Base):
    """Anything people write.

    Attributes:
        purpose: ``front``, ``mandate``, ``meeting_template``, ``year_wheel``: what it is for its space.
        ring: who may read it; empty means as its parent, at the top as its space.
        title: that of the head; readers of the published revision see the revision's own.
        head_id: the revision that editors work on.
        published_id: the revision that readers see; empty until the first publishing.
        source_path: where an imported document came from, relative to the imported folder.
        version: counts changes of the row, so that two writers cannot both win.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("space_id", "slug"),
        UniqueConstraint("space_id", "purpose"),
        UniqueConstraint("space_id", "source_path"),
        Index("ix_document_tree", "space_id", "parent_id", "position"),
        Index("ix_document_published_at", "published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    slug: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20), default="page")
    purpose: Mapped[str | None] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2), default="nb")
    title: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(120), default="")
    ring: Mapped[str | None] = mapped_column(String(20))
    review_on: Mapped[date | None] = mapped_column(Date)
    source_path: Mapped[str | None] = mapped_column(String(500))
    head_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True, name="fk_document_head_id"))
    published_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True, name="fk_document_published_id")
    )
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    trashed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    trashed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    space: Mapped[Space] = relationship()
    parent: Mapped["Document | None"] = relationship(remote_side=[id])
    head: Mapped["Revision | None"] = relationship(foreign_keys=[head_id], post_update=True)
    published: Mapped["Revision | None"] = relationship(foreign_keys=[published_id], post_update=True)
    grants: Mapped[list["DocumentGrant"]] = relationship(cascade="all, delete-orphan")
    tags: Mapped[list["DocumentTag"]] = relationship(cascade="all, delete-orphan", order_by="DocumentTag.name")


class Revision(Base):
    """One saved text of a document; never changed.

    ``imported`` is whether the text came from outside, so that a new import knows what it brought before.
    ``html`` and ``plain`` are rendered from ``body`` on saving. ``author_name`` and
    ``acting_for_name`` are what they were called then. ``merged_from_id`` is the other parent when
    the save was merged with somebody else's.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    headings: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    author_name: Mapped[str] = mapped_column(String(120))
    acting_for: Mapped[str] = mapped_column(String(80), default="")
    acting_for_name: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    content_hash: Mapped[str] = mapped_column(String(64))
    merged_from_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    imported: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    document: Mapped[Document] = relationship(foreign_keys=[document_id])


class Publication(Base):
    """That a revision was what readers saw from then on; what readers may look back at."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class KeptDraft(Base):
    """A text that could not be saved as it was, kept for its author until they have dealt with it.

    A person has one for each revision they wrote from, so that a second meeting does not take the first text.
    """

    __tablename__ = "kept_draft"
    __table_args__ = (UniqueConstraint("document_id", "person_id", "base_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    document: Mapped[Document] = relationship()
    person: Mapped[Person] = relationship()


class DocumentGrant(Base):
    """A named principal who may read the document besides its ring; ``token`` as in the audience."""

    __tablename__ = "document_grant"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(60), primary_key=True)


class DocumentAudience(Base):
    """One audience token of a document, materialised."""

    __tablename__ = "document_audience"
    __table_args__ = (Index("ix_document_audience_token", "token", "document_id"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(60), primary_key=True)


class OldAddress(Base):
    """An address that a document had before; it leads there for ever."""

    __tablename__ = "old_address"
    __table_args__ = (UniqueConstraint("space_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    slug: Mapped[str] = mapped_column(String(120))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)


class DocumentTag(Base):
    """A word that a document is filed under."""

    __tablename__ = "document_tag"
    __table_args__ = (Index("ix_document_tag_name", "name"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
