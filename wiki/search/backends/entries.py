"""What every back end does alike with an index document: columns, what a hit shows, the words to learn from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC

from wiki.search.analysis.compounds import is_part
from wiki.search.analysis.tokens import pieces, words
from wiki.search.contracts import Hit, IndexDocument
from wiki.search.likeness import sketch

SHOWN = (
    "key",
    "source",
    "thing_id",
    "kind",
    "title",
    "space_slug",
    "space_name",
    "municipality",
    "municipality_name",
    "language",
    "updated_at",
    "url",
    "source_path",
    "published",
)
# The names of the columns, in the order of `facts`.
FACTS = (
    "key",
    "audience",
    "kind",
    "space",
    "municipality",
    "language",
    "updated",
    "title",
    "tags",
    "owner",
    "published",
    "sketch",
)


def facts(document: IndexDocument) -> tuple[str, ...]:
    """Give what the columns hold of the document."""
    return (
        document.key,
        audience(document),
        document.kind,
        document.space_slug,
        document.municipality,
        document.language,
        updated(document),
        document.title,
        "\n".join(document.tags),
        document.owner,
        "published" if document.published else "",
        sketch(words(document.body)),
    )


def audience(document: IndexDocument) -> str:
    """Give the audience tokens as one word list, the same for the same set."""
    return " ".join(sorted(document.tokens))


def updated(document: IndexDocument) -> str:
    """Give the time of change so that letters sort it; "" when unknown."""
    return document.updated_at.astimezone(UTC).isoformat() if document.updated_at else ""


def shown(document: IndexDocument) -> dict[str, object]:
    """Give what a hit shows of the document."""
    return {name: getattr(document, name) for name in SHOWN}


def to_hit(document: IndexDocument, score: float) -> Hit:
    """Give the hit of a document."""
    return Hit(score=score, **shown(document))  # type: ignore[arg-type]  # the names of SHOWN are those of Hit


def title_words(batch: Iterable[IndexDocument]) -> Iterator[str]:
    """Give the words of titles and tags, which are well chosen: a growing index learns parts of compounds from them."""
    for document in batch:
        yield from _pieces(" ".join((document.title, *document.tags)))


def learn(documents: Iterable[IndexDocument]) -> Sequence[str]:
    """Give the words fit to be parts of compounds that stand in at least two documents, or in a title or tag."""
    holding: Counter[str] = Counter()
    titles: set[str] = set()
    for document in documents:
        text = " ".join((*document.headings, document.body))
        holding.update({piece for piece in _pieces(text) if is_part(piece)})
        titles.update(title_words([document]))
    return [word for word, count in holding.items() if count > 1 or word in titles]


def _pieces(text: str) -> Iterator[str]:
    return (piece for word in words(text) for piece in pieces(word))
