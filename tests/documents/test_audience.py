"""The audience of a document: scenarios by name, then every tree against the reference."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import reference
from wiki.documents.domain.audience import (
    BrokenTree,
    Node,
    Reason,
    Ring,
    RingUnavailable,
    SpaceScope,
    Why,
    audience_of,
    audiences,
    available_rings,
    explain,
    ring_tokens,
)

SPACE = SpaceScope(7, Ring.NETWORK, network_id=3, municipality="4601")
EDITOR = "space:7:editor"


def audience(*chain: Node, space: SpaceScope = SPACE) -> frozenset[str]:
    """The audience of the last of a chain of documents, each under the one before."""
    return audience_of(chain[-1], {node.id: node for node in chain}, space)


def test_the_top_of_the_tree_has_the_ring_of_its_space() -> None:
    assert audience(Node(1)) == {EDITOR, "space:7:reader", "municipality:4601", "network:3"}


def test_a_document_inherits_from_its_parent() -> None:
    assert audience(Node(1, ring=Ring.PUBLIC), Node(2, 1)) == {EDITOR, "public"}


def test_a_ring_can_narrow_and_widen() -> None:
    narrow = Node(1, ring=Ring.EDITORS)
    assert audience(narrow) == {EDITOR}
    assert audience(narrow, Node(2, 1, Ring.SPACE)) == {EDITOR, "space:7:reader"}


def test_named_principals_are_inherited_until_a_ring_breaks_in() -> None:
    top = Node(1, ring=Ring.SPACE, extras=frozenset({"user:12"}))
    assert audience(top, Node(2, 1)) == {EDITOR, "space:7:reader", "user:12"}
    assert audience(top, Node(2, 1, Ring.SPACE)) == {EDITOR, "space:7:reader"}
    own = Node(2, 1, Ring.EDITORS, frozenset({"user:13"}))
    assert audience(top, own) == {EDITOR, "user:13"}


def test_what_was_never_published_is_for_editors_but_its_children_are_not() -> None:
    draft = Node(1, ring=Ring.PUBLIC, extras=frozenset({"user:12"}), published=False)
    assert audience(draft) == {EDITOR}
    assert audience(draft, Node(2, 1)) == {EDITOR, "public", "user:12"}


def test_the_municipality_ring_needs_a_municipality() -> None:
    space = SpaceScope(7, Ring.SPACE, network_id=3)
    with pytest.raises(RingUnavailable):
        audience(Node(1, ring=Ring.MUNICIPALITY), space=space)
    assert Ring.MUNICIPALITY not in available_rings(space)
    assert available_rings(SPACE) == tuple(Ring)


def test_each_ring_contains_the_narrower() -> None:
    wide = [ring_tokens(ring, SPACE) | ({"public"} if ring is Ring.PUBLIC else set()) for ring in list(Ring)[:-1]]
    assert all(narrow < wider for narrow, wider in itertools.pairwise(wide))


def test_explain_names_the_document_that_lets_in() -> None:
    top = Node(1, ring=Ring.SPACE, extras=frozenset({"user:12"}))
    child = Node(2, 1, extras=frozenset({"user:13"}))
    assert explain(child, {1: top}, SPACE) == (
        Reason(EDITOR, Why.EDITOR),
        Reason("user:13", Why.NAMED, 2),
        Reason("user:12", Why.INHERITED_NAMED, 1),
        Reason("space:7:reader", Why.INHERITED_RING, 1, Ring.SPACE),
    )
    assert explain(Node(3), {}, SPACE)[-1] == Reason("space:7:reader", Why.SPACE_RING, None, Ring.NETWORK)


@pytest.mark.parametrize("nodes", [{1: Node(1, 2), 2: Node(2, 1)}, {1: Node(1, 1)}, {1: Node(1, 9)}])
def test_a_broken_tree_is_refused_by_both(nodes: dict[int, Node]) -> None:
    with pytest.raises(BrokenTree):
        audience_of(nodes[1], nodes, SPACE)
    with pytest.raises(BrokenTree):
        audiences(nodes.values(), SPACE)


@given(st.data())
def test_all_three_answers_agree_for_every_reader(data: st.DataObject) -> None:
    space = data.draw(reference.spaces())
    nodes = data.draw(reference.forests(space))
    tokens = data.draw(reference.readers())
    fast = audiences(nodes.values(), space)
    assert set(fast) == set(nodes)
    for node in nodes.values():
        assert fast[node.id] == audience_of(node, nodes, space)
        assert bool(fast[node.id] & tokens) == reference.may_read(tokens, node, nodes, space)


@given(st.data())
def test_a_subtree_below_its_ancestors_gets_the_same_answers(data: st.DataObject) -> None:
    space = data.draw(reference.spaces())
    nodes = data.draw(reference.forests(space))
    asked = data.draw(st.sets(st.sampled_from(sorted(nodes)))) if nodes else set()
    everything = audiences(nodes.values(), space)
    some = audiences([nodes[id_] for id_ in asked], space, ancestors=nodes.values())
    assert some == {id_: everything[id_] for id_ in asked}


def test_a_deep_and_a_wide_tree_are_answered() -> None:
    deep = [Node(id_, id_ - 1 if id_ else None) for id_ in range(20_000)]
    assert len(set(audiences(reversed(deep), SPACE).values())) == 1
    assert len(audiences([Node(0), *(Node(id_, 0) for id_ in range(1, 20_000))], SPACE)) == 20_000
