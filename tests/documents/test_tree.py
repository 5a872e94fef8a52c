"""The tree of a space: its moves by name, and any row of moves."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from wiki.documents.domain.tree import CycleError, Place, Tree


def family() -> Tree:
    """1 (with 2, 3 (with 4), 5) and 6 at the top."""
    return Tree([Place(1, None, 0), Place(2, 1, 0), Place(3, 1, 1), Place(4, 3, 0), Place(5, 1, 2), Place(6, None, 1)])


def test_reading_order_and_kin() -> None:
    tree = family()
    assert list(tree.walk()) == [(1, 0), (2, 1), (3, 1), (4, 2), (5, 1), (6, 0)]
    assert tree.ancestors(4) == (3, 1)
    assert tree.descendants(1) == (2, 3, 4, 5)
    assert tree.children(None) == (1, 6)


def test_up_and_down_change_two_places() -> None:
    tree = family()
    assert tree.up(5) == {Place(5, 1, 1), Place(3, 1, 2)}
    assert tree.down(2) == {Place(2, 1, 1), Place(5, 1, 0)}
    assert tree.up(1) == frozenset()
    assert tree.down(6) == frozenset()


def test_indent_goes_under_the_sibling_before_and_outdent_back() -> None:
    tree = family()
    assert tree.indent(5) == {Place(5, 3, 1)}
    assert tree.outdent(5) == {Place(5, 1, 2)}
    assert tree.indent(2) == frozenset()
    assert tree.outdent(6) == frozenset()
    assert tree.outdent(3) == {Place(3, None, 1), Place(6, None, 2), Place(5, 1, 1)}


def test_insert_takes_new_documents_and_a_place() -> None:
    tree = family()
    assert tree.insert(7, 1, 0) == {Place(7, 1, 0), Place(2, 1, 1), Place(3, 1, 2), Place(5, 1, 3)}
    assert tree.insert(8, None) == {Place(8, None, 2)}
    with pytest.raises(KeyError):
        tree.insert(9, 99)


def test_nothing_goes_under_itself() -> None:
    tree = family()
    before = tree.places
    for target in (1, 4):
        with pytest.raises(CycleError):
            tree.insert(1, target)
    assert tree.places == before


def test_remove_takes_all_below_and_closes_the_gap() -> None:
    tree = family()
    assert tree.remove(3) == {Place(5, 1, 1)}
    assert [id_ for id_, _ in tree.walk()] == [1, 2, 5, 6]


def test_places_read_in_are_put_right() -> None:
    tree = Tree([Place(3, None, 5), Place(1, None, 5), Place(2, 42, 0)])
    assert tree.places == {Place(2, None, 0), Place(1, None, 1), Place(3, None, 2)}
    with pytest.raises(CycleError):
        Tree([Place(1, 2, 0), Place(2, 1, 0)])


class AnyMoves(RuleBasedStateMachine):
    """Random moves, with the reported changes written to a table as the service writes them."""

    @initialize()
    def plant(self) -> None:
        self.tree = family()
        self.table = {place.id: place for place in self.tree.places}

    def write(self, changes: frozenset[Place]) -> None:
        self.table.update({place.id: place for place in changes})

    @rule(data=st.data(), move=st.sampled_from(["up", "down", "indent", "outdent"]))
    def move(self, data: st.DataObject, move: str) -> None:
        if self.table:
            self.write(getattr(self.tree, move)(data.draw(st.sampled_from(sorted(self.table)))))

    @rule(data=st.data(), id_=st.integers(1, 12), position=st.none() | st.integers(-1, 4))
    def insert(self, data: st.DataObject, id_: int, position: int | None) -> None:
        parent = data.draw(st.sampled_from([None, *sorted(self.table)]))
        if parent is not None and (parent == id_ or (id_ in self.table and parent in self.tree.descendants(id_))):
            with pytest.raises(CycleError):
                self.tree.insert(id_, parent, position)
        else:
            self.write(self.tree.insert(id_, parent, position))

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if self.table:
            id_ = data.draw(st.sampled_from(sorted(self.table)))
            gone = {id_, *self.tree.descendants(id_)}
            changes = self.tree.remove(id_)
            self.table = {key: place for key, place in self.table.items() if key not in gone}
            self.write(changes)

    @invariant()
    def the_table_is_the_tree(self) -> None:
        if not hasattr(self, "tree"):
            return
        assert set(self.table.values()) == self.tree.places
        assert sorted(id_ for id_, _ in self.tree.walk()) == sorted(self.table)


TestAnyMoves = AnyMoves.TestCase
