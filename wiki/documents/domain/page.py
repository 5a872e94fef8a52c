"""A document as a page shows it: plain values, so that a page view opens no rows but its own."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wiki.spaces.domain import SpaceView


@dataclass(frozen=True)
class Page:
    """A document as it is shown: the published revision, or the head while there is none.

    ``has_newer_draft`` is whether editors have a text that readers do not see yet.
    """

    id: int
    slug: str
    kind: str
    purpose: str | None
    language: str
    parent_id: int | None
    owner: str
    ring: str | None
    review_on: date | None
    published_id: int | None
    head_id: int
    published_at: datetime | None
    has_newer_draft: bool
    revision_id: int
    number: int
    title: str
    html: str
    headings: list[list[Any]]
    author_name: str
    acting_for_name: str
    written_at: datetime
    space: SpaceView
    audience: frozenset[str]
    tags: tuple[str, ...]

    @property
    def key(self) -> Hashable:
        """Everything that is shown of the document, in short: a revision never changes, so its number stands for it."""
        return (
            self.id,
            self.revision_id,
            self.head_id,
            self.published_id,
            self.published_at,
            self.slug,
            self.kind,
            self.purpose,
            self.language,
            self.owner,
            self.review_on,
            self.tags,
            self.audience,
            self.space.id,
            self.space.slug,
            self.space.name,
        )

    @property
    def space_id(self) -> int:
        """The id of its space, as a document has it."""
        return self.space.id

    @property
    def is_draft(self) -> bool:
        """Whether it was never published."""
        return self.published_id is None
