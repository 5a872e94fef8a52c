"""The tree of a space as one reader sees it.

Reading the whole tree costs as much as the space is large, so it is kept in this process under the
space's ``tree_version``, which every change of the tree counts up. What each kind of reader sees
of it is kept too, under the tokens that matter in that space. Children of what one may not read
stand where their nearest readable ancestor stands.
"""

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from wiki.core.authz import Actor
from wiki.core.db import db
from wiki.core.recent import Recent
from wiki.documents.models import Document, DocumentAudience, Revision

MOST_SIBLINGS = 100
WHOLE_UP_TO = 100  # documents; a smaller tree is shown whole, so that its branches unfold in the page


@dataclass(frozen=True)
class TreeNode:
    """A document in the tree."""

    id: int
    parent_id: int | None
    slug: str
    title: str
    kind: str
    language: str
    is_draft: bool
    tokens: frozenset[str]


@dataclass(frozen=True)
class Branch:
    """A node that is shown, with the children that are shown below it and whether they are unfolded."""

    node: TreeNode
    children: tuple["Branch", ...]
    is_open: bool


@dataclass(frozen=True)
class Everything:
    """All documents of a space, and all tokens that any of them is read by."""

    nodes: tuple[TreeNode, ...]
    tokens: frozenset[str]


@dataclass(frozen=True)
class Seen:
    """What one kind of reader sees: the children of each document (None is the top), and each by its id.

    ``key`` tells it from everything else that was ever seen, for what is kept of it.
    """

    key: Hashable
    children: Mapping[int | None, tuple[TreeNode, ...]]
    parents: Mapping[int, int | None]
    by_id: Mapping[int, TreeNode]


_spaces: Recent[Everything] = Recent(64)
_seen: Recent[Seen] = Recent(512)


def whole_tree(actor: Actor, space_id: int, version: int) -> Seen:
    """The documents of a space that this reader may read, in order."""
    where = (db.engine.url, space_id, version)
    everything = _spaces.get(where, lambda: _load(space_id))
    relevant = everything.tokens if actor.is_system else everything.tokens & actor.tokens
    key = (*where, relevant)
    return _seen.get(key, lambda: _arrange(key, everything.nodes, relevant))


def branches(seen: Seen, current_id: int | None) -> tuple[Branch, ...]:
    """The tree unfolded down to the current document and its children; of a large one the rest is left out."""
    opened = {node.id for node in trail(seen, current_id)}
    if current_id is not None:
        opened.add(current_id)
    shown = seen.by_id.keys() if len(seen.by_id) <= WHOLE_UP_TO else opened
    return _branches(None, seen, opened, shown)


def trail(seen: Seen, id_: int | None) -> list[TreeNode]:
    """The documents above one, from the top down."""
    above: list[TreeNode] = []
    step = seen.parents.get(id_) if id_ is not None else None
    while step is not None:
        above.append(seen.by_id[step])
        step = seen.parents[step]
    return above[::-1]


def _branches(parent: int | None, seen: Seen, opened: Set[int], shown: Set[int]) -> tuple[Branch, ...]:
    return tuple(
        Branch(
            node=node,
            children=_branches(node.id, seen, opened, shown) if node.id in shown else (),
            is_open=node.id in opened,
        )
        for node in _around(seen.children.get(parent, ()), opened)
    )


def _around(siblings: tuple[TreeNode, ...], opened: Set[int]) -> tuple[TreeNode, ...]:
    """At most ``MOST_SIBLINGS`` of them, those around the open one."""
    if len(siblings) <= MOST_SIBLINGS:
        return siblings
    at = next((i for i, node in enumerate(siblings) if node.id in opened), 0)
    first = max(0, min(at - MOST_SIBLINGS // 2, len(siblings) - MOST_SIBLINGS))
    return siblings[first : first + MOST_SIBLINGS]


def _load(space_id: int) -> Everything:
    """Every document of the space; one row for each of its tokens, so that one look-up gives all."""
    rows = db.session.execute(
        select(
            DocumentAudience.token,
            Document.id,
            Document.parent_id,
            Document.slug,
            func.coalesce(Revision.title, Document.title).label("title"),
            Document.kind,
            Document.language,
            Document.published_id.is_(None).label("is_draft"),
        )
        .outerjoin(Revision, Revision.id == Document.published_id)
        .join(DocumentAudience, DocumentAudience.document_id == Document.id)
        .where(Document.space_id == space_id, Document.trashed_at.is_(None))
        .order_by(Document.position, Document.id)
    )
    tokens: dict[int, set[str]] = {}
    found: dict[int, Row[*tuple[Any, ...]]] = {}
    for row in rows:
        tokens.setdefault(row.id, set()).add(row.token)
        found[row.id] = row
    nodes = tuple(
        TreeNode(
            id=row.id,
            parent_id=row.parent_id,
            slug=row.slug,
            title=row.title,
            kind=row.kind,
            language=row.language,
            is_draft=row.is_draft,
            tokens=frozenset(tokens[row.id]),
        )
        for row in found.values()
    )
    return Everything(nodes, frozenset().union(*tokens.values()))


def _arrange(key: Hashable, nodes: tuple[TreeNode, ...], tokens: frozenset[str]) -> Seen:
    by_id = {node.id: node for node in nodes}
    visible = {node.id: node for node in nodes if node.tokens & tokens}
    children: dict[int | None, list[TreeNode]] = {}
    parents: dict[int, int | None] = {}
    for node in nodes:
        if node.id not in visible:
            continue
        parent = node.parent_id
        while parent is not None and parent not in visible:
            parent = by_id[parent].parent_id if parent in by_id else None
        children.setdefault(parent, []).append(node)
        parents[node.id] = parent
    return Seen(key, {parent: tuple(found) for parent, found in children.items()}, parents, visible)
