"""The order of the documents of a space: siblings count 0, 1, 2 …, and nothing is its own ancestor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a document stands: under whom (None is the top) and as which child, from 0."""

    id: int
    parent_id: int | None
    position: int


class CycleError(ValueError):
    """A document was to be placed under itself or under one of its descendants."""


class Tree:
    """The places of one space, and the moves within it.

    Every move returns the places that changed, ready to be written; a move that is not possible
    (up from the first place, out from the top) changes nothing and returns nothing. Places read
    in may have gaps or doubles in their positions; `places` never has.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        """Sort the places. A document whose parent is not among them stands at the top.

        Raises:
            CycleError: the places go round in a ring.
        """
        ordered = sorted(places, key=lambda place: (place.position, place.id))
        ids = {place.id for place in ordered}
        self._parent = {place.id: place.parent_id if place.parent_id in ids else None for place in ordered}
        self._children: dict[int | None, list[int]] = {}
        for place in ordered:
            self._children.setdefault(self._parent[place.id], []).append(place.id)
        if sum(1 for _ in self.walk()) != len(self._parent):
            raise CycleError("the places go round in a ring")

    @property
    def places(self) -> frozenset[Place]:
        """All places, positions dense."""
        return frozenset(
            Place(child, parent, position)
            for parent, children in self._children.items()
            for position, child in enumerate(children)
        )

    def children(self, parent_id: int | None) -> tuple[int, ...]:
        """The children of a document, or of the top, in order."""
        return tuple(self._children.get(parent_id, ()))

    def ancestors(self, id_: int) -> tuple[int, ...]:
        """The documents above, nearest first."""
        found = []
        above = self._parent[id_]
        while above is not None:
            found.append(above)
            above = self._parent[above]
        return tuple(found)

    def walk(self, top: int | None = None) -> Iterator[tuple[int, int]]:
        """Every document below `top` in reading order, with its depth (0 right below `top`)."""
        waiting = [(child, 0) for child in reversed(self._children.get(top, ()))]
        while waiting:
            id_, depth = waiting.pop()
            yield id_, depth
            waiting.extend((child, depth + 1) for child in reversed(self._children.get(id_, ())))

    def descendants(self, id_: int) -> tuple[int, ...]:
        """Every document below, in reading order."""
        return tuple(child for child, _depth in self.walk(id_))

    def insert(self, id_: int, parent_id: int | None, position: int | None = None) -> frozenset[Place]:
        """Place a document, new or moved (with all below it), under a parent; last without `position`.

        Raises:
            CycleError: `parent_id` is the document itself or below it.
            KeyError: there is no such parent.
        """
        if parent_id is not None and (parent_id == id_ or id_ in self.ancestors(parent_id)):
            raise CycleError(f"document {id_} cannot stand under {parent_id}")
        touched = {parent_id, self._parent.get(id_)}
        before = self._places_under(touched)
        if id_ in self._parent:
            self._children[self._parent[id_]].remove(id_)
        siblings = self._children.setdefault(parent_id, [])
        siblings.insert(len(siblings) if position is None else max(position, 0), id_)
        self._parent[id_] = parent_id
        return self._places_under(touched) - before

    def up(self, id_: int) -> frozenset[Place]:
        """Change places with the sibling before."""
        return self._shift(id_, -1)

    def down(self, id_: int) -> frozenset[Place]:
        """Change places with the sibling after."""
        return self._shift(id_, 1)

    def indent(self, id_: int) -> frozenset[Place]:
        """Become the last child of the sibling before."""
        siblings, position = self._standing(id_)
        return self.insert(id_, siblings[position - 1]) if position else frozenset()

    def outdent(self, id_: int) -> frozenset[Place]:
        """Become the sibling right after the parent."""
        parent = self._parent[id_]
        if parent is None:
            return frozenset()
        return self.insert(id_, self._parent[parent], self._standing(parent)[1] + 1)

    def remove(self, id_: int) -> frozenset[Place]:
        """Take a document and all below it out; the places of the siblings that move up are returned."""
        parent = self._parent[id_]
        before = self._places_under({parent})
        gone = (id_, *self.descendants(id_))
        self._children[parent].remove(id_)
        for each in gone:
            self._children.pop(each, None)
            del self._parent[each]
        return self._places_under({parent}) - before

    def _shift(self, id_: int, by: int) -> frozenset[Place]:
        siblings, position = self._standing(id_)
        if not 0 <= position + by < len(siblings):
            return frozenset()
        return self.insert(id_, self._parent[id_], position + by)

    def _standing(self, id_: int) -> tuple[list[int], int]:
        siblings = self._children[self._parent[id_]]
        return siblings, siblings.index(id_)

    def _places_under(self, parents: Iterable[int | None]) -> frozenset[Place]:
        return frozenset(
            Place(child, parent, position)
            for parent in set(parents)
            for position, child in enumerate(self._children.get(parent, ()))
        )
