"""A slow reader resolver, written apart from the fast one, to hold every other answer against.

It answers for one document and one set of reader's tokens, by recursion and from the sentences of
the plan; it shares no code with `wiki.documents.domain.audience` but the shapes of the input.
"""

from collections.abc import Mapping

from hypothesis import strategies as st

from wiki.documents.domain.audience import Node, Ring, SpaceScope


def may_read(tokens: frozenset[str], node: Node, nodes: Mapping[int, Node], space: SpaceScope) -> bool:
    """Whether a reader with these tokens reads the document."""
    if f"space:{space.id}:editor" in tokens:
        return True
    return node.published and _is_let_in(tokens, node, nodes, space)


def _is_let_in(tokens: frozenset[str], node: Node, nodes: Mapping[int, Node], space: SpaceScope) -> bool:
    if any(extra in tokens for extra in node.extras):
        return True
    if node.ring is not None:
        return _inside(tokens, node.ring, space)
    if node.parent_id is None:
        return _inside(tokens, space.ring, space)
    return _is_let_in(tokens, nodes[node.parent_id], nodes, space)


def _inside(tokens: frozenset[str], ring: Ring, space: SpaceScope) -> bool:
    if ring == "editors":
        return False
    if ring == "space":
        return f"space:{space.id}:reader" in tokens
    if ring == "municipality":
        return f"municipality:{space.municipality}" in tokens or _inside(tokens, Ring.SPACE, space)
    if ring == "network":
        of_municipality = space.municipality is not None and f"municipality:{space.municipality}" in tokens
        return f"network:{space.network_id}" in tokens or of_municipality or _inside(tokens, Ring.SPACE, space)
    if ring == "networks":
        return "networks" in tokens or _inside(tokens, Ring.NETWORK, space)
    return "public" in tokens


@st.composite
def spaces(draw: st.DrawFn, space_id: int = 7) -> SpaceScope:
    """A space with or without a municipality, and a default ring that it can have."""
    municipality = draw(st.sampled_from([None, "4601"]))
    return SpaceScope(space_id, draw(rings(municipality)), network_id=3, municipality=municipality)


def rings(municipality: str | None) -> st.SearchStrategy[Ring]:
    """The rings that a space with that municipality can have."""
    return st.sampled_from([ring for ring in Ring if municipality or ring is not Ring.MUNICIPALITY])


EXTRAS = ("user:12", "user:13", "network:4", "municipality:4640", "space:8:reader")


@st.composite
def forests(draw: st.DrawFn, space: SpaceScope, max_size: int = 12) -> dict[int, Node]:
    """Documents of a space as any number of trees, ids and order unrelated to the shape."""
    ids = draw(st.lists(st.integers(1, 500), unique=True, max_size=max_size))
    nodes = {}
    for index, id_ in enumerate(ids):
        nodes[id_] = Node(
            id_,
            draw(st.sampled_from([None, *ids[:index]])),
            draw(st.none() | rings(space.municipality)),
            frozenset(draw(st.sets(st.sampled_from(EXTRAS), max_size=2))),
            draw(st.booleans()),
        )
    order = draw(st.permutations(ids))
    return {id_: nodes[id_] for id_ in order}


def readers() -> st.SearchStrategy[frozenset[str]]:
    """The tokens of a reader; everybody holds `public`."""
    tokens = ["networks", "network:3", "municipality:4601", "space:7:reader", "space:7:editor", *EXTRAS]
    return st.frozensets(st.sampled_from(tokens), max_size=4).map(lambda held: held | {"public"})
