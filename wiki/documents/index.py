"""Documents as search sees them: the published text, or the draft for its editors alone."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select

from wiki.core.db import db
from wiki.documents.domain.address import address
from wiki.documents.models import Document, DocumentAudience, DocumentTag, Revision
from wiki.identity.models import Municipality
from wiki.search.contracts import IndexDocument
from wiki.spaces.models import Space

SOURCE = "document"
_SHOWN = func.coalesce(Document.published_id, Document.head_id)


class DocumentSource:
    """The documents that are not in the trash; their readers are the materialised audience."""

    name = SOURCE

    def all_ids(self) -> Iterable[int]:
        """Every document outside the trash."""
        return db.session.scalars(select(Document.id).where(Document.trashed_at.is_(None)).order_by(Document.id)).all()

    def texts(self, ids: Sequence[int]) -> Mapping[int, str]:
        """The plain text of each, for snippets."""
        rows = db.session.execute(
            select(Document.id, Revision.plain).join(Revision, Revision.id == _SHOWN).where(Document.id.in_(ids))
        )
        return {row.id: row.plain for row in rows}

    def load(self, ids: Sequence[int]) -> Iterable[IndexDocument]:
        """The index entries of those that are there and not in the trash."""
        readers = _gather(DocumentAudience.document_id, DocumentAudience.token, ids)
        tags = _gather(DocumentTag.document_id, DocumentTag.name, ids)
        rows = db.session.execute(
            select(Document, Revision, Space, Municipality.name)
            .join(Revision, Revision.id == _SHOWN)
            .join(Space, Space.id == Document.space_id)
            .outerjoin(Municipality, Municipality.number == Space.municipality_number)
            .where(Document.id.in_(ids), Document.trashed_at.is_(None))
        )
        for document, revision, space, municipality_name in rows:
            yield _entry(
                document,
                revision,
                space,
                municipality_name or "",
                tokens=frozenset(readers.get(document.id, ())),
                tags=sorted(tags.get(document.id, ())),
            )


def _gather(id_column: object, value_column: object, ids: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    query = select(id_column, value_column).where(id_column.in_(ids))  # type: ignore[call-overload, attr-defined]
    for id_, value in db.session.execute(query):
        found.setdefault(id_, set()).add(value)
    return found


def _entry(
    document: Document,
    revision: Revision,
    space: Space,
    municipality_name: str,
    *,
    tokens: frozenset[str],
    tags: Sequence[str],
) -> IndexDocument:
    return IndexDocument(
        key=f"{SOURCE}:{document.id}",
        source=SOURCE,
        thing_id=document.id,
        kind=document.kind,
        title=revision.title,
        body=revision.plain,
        headings=[text for _level, _id, text in revision.headings],
        tags=tags,
        tokens=tokens,
        space_id=space.id,
        space_slug=space.slug,
        space_name=space.name,
        network_id=space.network_id,
        municipality=space.municipality_number or "",
        municipality_name=municipality_name,
        language=document.language,
        updated_at=revision.created_at,
        url=address(space.slug, document.slug),
        source_path=document.source_path or "",
        published=document.published_id is not None,
        owner=document.owner,
    )
