"""Who may read a document, as tokens; reading is the intersection with the tokens of the reader.

The rules, in one place:

* A published document is read by its own ring or, without one, by those of its parent; at the top
  of the tree by the ring of its space.
* Named principals (`extras`) are added, and are inherited as the ring is.
* An own ring breaks inheritance: it replaces the parent's ring and its named principals.
* The editors of the space read everything in it. A document that was never published is read by
  them alone, but hands its ring on to its children all the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wiki.spaces.domain import Ring as Ring  # the rings of documents are those of spaces

PUBLIC = "public"
NETWORKS = "networks"


class Why(StrEnum):
    """Why a token is in an audience."""

    EDITOR = "editor"
    OWN_RING = "own_ring"
    INHERITED_RING = "inherited_ring"
    SPACE_RING = "space_ring"
    NAMED = "named"
    INHERITED_NAMED = "inherited_named"


class RingUnavailable(ValueError):
    """The ring `municipality` in a space that belongs to no municipality."""


class BrokenTree(ValueError):
    """A document whose parent is missing, or which is its own ancestor."""


@dataclass(frozen=True)
class SpaceScope:
    """What an audience needs to know of a space; `municipality` is the four-digit number."""

    id: int
    ring: Ring
    network_id: int
    municipality: str | None = None

    @property
    def reader(self) -> str:
        """The token of those who may read the space."""
        return f"space:{self.id}:reader"

    @property
    def editor(self) -> str:
        """The token of those who may edit in the space."""
        return f"space:{self.id}:editor"


@dataclass(frozen=True)
class Node:
    """What an audience needs to know of a document.

    `ring` None means inherit; `extras` are tokens of named principals; `published` is whether the
    document was ever published.
    """

    id: int
    parent_id: int | None = None
    ring: Ring | None = None
    extras: frozenset[str] = frozenset()
    published: bool = True


@dataclass(frozen=True)
class Reason:
    """One reason why a token may read; `document_id` is where it comes from, None is the space."""

    token: str
    why: Why
    document_id: int | None = None
    ring: Ring | None = None


def ring_tokens(ring: Ring, space: SpaceScope) -> frozenset[str]:
    """The tokens that a ring stands for in a space, without the editors'.

    Narrower rings are contained, so that opening a document further takes it from nobody.
    `public` stands alone, because everybody holds that token.

    Raises:
        RingUnavailable: the municipality's ring in a space without a municipality.
    """
    if ring is Ring.MUNICIPALITY and not space.municipality:
        raise RingUnavailable(f"space {space.id} belongs to no municipality")
    if ring is Ring.EDITORS:
        return frozenset()
    if ring is Ring.PUBLIC:
        return frozenset({PUBLIC})
    widening = (
        (Ring.SPACE, space.reader),
        (Ring.MUNICIPALITY, f"municipality:{space.municipality}" if space.municipality else space.reader),
        (Ring.NETWORK, f"network:{space.network_id}"),
        (Ring.NETWORKS, NETWORKS),
    )
    order = list(Ring)
    return frozenset(token for each, token in widening if order.index(each) <= order.index(ring))


def available_rings(space: SpaceScope) -> tuple[Ring, ...]:
    """The rings that may be chosen in a space, narrowest first."""
    return tuple(ring for ring in Ring if ring is not Ring.MUNICIPALITY or space.municipality)


def audience_of(node: Node, parents: Mapping[int, Node], space: SpaceScope) -> frozenset[str]:
    """The tokens that may read `node`; `parents` holds at least its ancestors.

    Raises:
        RingUnavailable: see `ring_tokens`.
        BrokenTree: an ancestor is missing or comes twice.
    """
    return frozenset(reason.token for reason in explain(node, parents, space))


def explain(node: Node, parents: Mapping[int, Node], space: SpaceScope) -> tuple[Reason, ...]:
    """Every reason why somebody may read `node`, the editors first, then nearest first.

    Raises as `audience_of` does.
    """
    return tuple(_reasons(node, parents, space))


def _reasons(node: Node, parents: Mapping[int, Node], space: SpaceScope) -> Iterator[Reason]:
    yield Reason(space.editor, Why.EDITOR)
    if not node.published:
        return
    for step in _up_to_ring(node, parents):
        here = step.id == node.id
        for token in sorted(step.extras):
            yield Reason(token, Why.NAMED if here else Why.INHERITED_NAMED, step.id)
        if step.ring is not None:
            why = Why.OWN_RING if here else Why.INHERITED_RING
            for token in sorted(ring_tokens(step.ring, space)):
                yield Reason(token, why, step.id, step.ring)
            return
    for token in sorted(ring_tokens(space.ring, space)):
        yield Reason(token, Why.SPACE_RING, None, space.ring)


def _up_to_ring(node: Node, parents: Mapping[int, Node]) -> Iterator[Node]:
    """`node` and its ancestors, up to and including the first that has a ring of its own."""
    seen: set[int] = set()
    step = node
    while True:
        if step.id in seen:
            raise BrokenTree(f"document {step.id} is its own ancestor")
        seen.add(step.id)
        yield step
        if step.ring is not None or step.parent_id is None:
            return
        if step.parent_id not in parents:
            raise BrokenTree(f"document {step.parent_id}, parent of {step.id}, is missing")
        step = parents[step.parent_id]


def audiences(nodes: Iterable[Node], space: SpaceScope, ancestors: Iterable[Node] = ()) -> dict[int, frozenset[str]]:
    """The audience of every one of `nodes`, in any order, in one pass.

    `ancestors` are the documents above a subtree: they are inherited from but not answered.
    Raises as `audience_of` does.
    """
    asked = {node.id: node for node in nodes}
    known = {node.id: node for node in ancestors} | asked
    readers: dict[int, frozenset[str]] = {}
    only_editors = frozenset({space.editor})
    for node in asked.values():
        _settle(node, known, readers, space)
    return {id_: only_editors | readers[id_] if node.published else only_editors for id_, node in asked.items()}


def _settle(node: Node, known: Mapping[int, Node], readers: dict[int, frozenset[str]], space: SpaceScope) -> None:
    """Fill in `readers` for `node` and for whichever of its ancestors it inherits from."""
    open_nodes = []
    for step in _up_to_ring(node, known):
        if step.id in readers:
            break
        open_nodes.append(step)
    for step in reversed(open_nodes):
        if step.ring is not None:
            inherited = ring_tokens(step.ring, space)
        elif step.parent_id is None:
            inherited = ring_tokens(space.ring, space)
        else:
            inherited = readers[step.parent_id]
        readers[step.id] = inherited | step.extras
