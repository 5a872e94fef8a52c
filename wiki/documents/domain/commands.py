"""What the service can be asked to do, as plain values that forms, API, CLI and import all make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wiki.documents.domain.audience import Ring
from wiki.documents.domain.merge import Choice

MAX_TITLE = 200
MAX_NOTE = 300
MAX_TAG = 60
MAX_OWNER = 120
MAX_SOURCE_PATH = 500


@dataclass(frozen=True, kw_only=True)
class CreateDocument:
    """Write a new document. ``ring`` None means readable as its parent or space.

    ``publish`` lets readers see it at once. ``slug`` is made from the title when empty. ``source_path`` is where an
    imported text came from.
    """

    space_id: int
    title: str
    body: str = ""
    kind: str = "page"
    parent_id: int | None = None
    language: str = "nb"
    note: str = ""
    purpose: str | None = None
    owner: str = ""
    ring: Ring | None = None
    tags: tuple[str, ...] = ()
    review_on: date | None = None
    publish: bool = False
    slug: str | None = None
    source_path: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EditDocument:
    """Save a text that was written from the revision ``base_id``; ``data`` None leaves it as it is.

    ``imported`` is whether it comes from outside.
    """

    document_id: int
    base_id: int
    title: str
    body: str
    note: str = ""
    publish: bool = False
    data: Mapping[str, Any] | None = None
    imported: bool = False


@dataclass(frozen=True, kw_only=True)
class SettleConflict:
    """Save what was chosen where two texts met.

    ``title`` and ``body`` are one's own text, written from ``base_id``; ``choices`` answer its conflicts with
    the revision ``head_id``, in order: what to keep, or a text written instead.
    """

    document_id: int
    base_id: int
    head_id: int
    title: str
    body: str
    choices: tuple[Choice | str, ...]
    note: str = ""
    publish: bool = False


@dataclass(frozen=True, kw_only=True)
class MoveDocument:
    """Place a document, with all below it, under a parent of a space; last without ``before_id``."""

    document_id: int
    space_id: int
    parent_id: int | None = None
    before_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class SetAudience:
    """Say who may read: a ring, or None to inherit, and the tokens of named principals besides."""

    document_id: int
    ring: Ring | None
    tokens: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class DescribeDocument:
    """Set what is known about a document besides its text."""

    document_id: int
    language: str
    owner: str = ""
    review_on: date | None = None
    tags: tuple[str, ...] = ()
