"""A space as something that can be found."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from wiki.core.db import db
from wiki.search.contracts import IndexDocument
from wiki.spaces.domain import address, visible_to
from wiki.spaces.models import Space

SOURCE = "space"


class SpaceSource:
    """Spaces by name and summary, for whoever may know of them. Archived ones are not found."""

    name = SOURCE

    def load(self, ids: Sequence[int]) -> Iterable[IndexDocument]:
        """The entries of these spaces."""
        found = db.session.scalars(select(Space).where(Space.id.in_(ids), Space.archived_at.is_(None)))
        return [_entry(space) for space in found]

    def all_ids(self) -> Iterable[int]:
        """Every space that can be found."""
        return db.session.scalars(select(Space.id).where(Space.archived_at.is_(None)).order_by(Space.id))

    def texts(self, ids: Sequence[int]) -> Mapping[int, str]:
        """The summaries of these spaces."""
        rows = db.session.execute(select(Space.id, Space.summary).where(Space.id.in_(ids)))
        return {row.id: row.summary for row in rows}


def _entry(space: Space) -> IndexDocument:
    return IndexDocument(
        key=f"{SOURCE}:{space.id}",
        source=SOURCE,
        thing_id=space.id,
        kind=SOURCE,
        title=space.name,
        tokens=visible_to(space),
        body=space.summary,
        space_id=space.id,
        space_slug=space.slug,
        space_name=space.name,
        network_id=space.network_id,
        municipality=space.municipality_number or "",
        language=space.language,
        updated_at=space.created_at,
        url=address(space.slug),
    )
