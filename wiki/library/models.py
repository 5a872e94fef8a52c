"""Tables of the template library. A form template is a document; its releases are named here."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wiki.core.clock import now
from wiki.core.db import Base, UtcDateTime
from wiki.documents.models import Document, Revision


class FormTemplate(Base):
    """What makes a document a form template: its family, and what a document made from it becomes.

    ``family`` joins the language versions of one template; ``type`` is one of
    :class:`wiki.library.domain.TemplateType`.
    """

    __tablename__ = "form_template"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    family: Mapped[str] = mapped_column(String(60), index=True)
    type: Mapped[str] = mapped_column(String(20))
    summary: Mapped[str] = mapped_column(String(500), default="")

    document: Mapped[Document] = relationship()
    releases: Mapped[list["TemplateRelease"]] = relationship(
        back_populates="template", order_by="TemplateRelease.id.desc()"
    )


class TemplateRelease(Base):
    """A released version of a form template: one revision with a version number and what changed."""

    __tablename__ = "template_release"
    __table_args__ = (UniqueConstraint("template_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("form_template.document_id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    version: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(300), default="")
    released_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    template: Mapped[FormTemplate] = relationship(back_populates="releases")
    revision: Mapped[Revision] = relationship()


class Derivation(Base):
    """That a document was started from a release of a template."""

    __tablename__ = "derivation"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("form_template.document_id"), index=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("template_release.id"))

    document: Mapped[Document] = relationship()
    template: Mapped[FormTemplate] = relationship()
    release: Mapped[TemplateRelease] = relationship()
