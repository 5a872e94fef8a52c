"""Where documents stand: steps, moves within and between spaces, old addresses, the trash."""

import pytest

from tests.factories import documents as make
from tests.factories.documents import World
from wiki.core.authz import SYSTEM
from wiki.core.errors import Forbidden, Invalid, NotFound
from wiki.documents import queries, service
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import MoveDocument, SetAudience
from wiki.documents.errors import WrongPlace
from wiki.documents.models import Document

pytestmark = pytest.mark.usefixtures("db")


def titles(world: World, role: str = "editor", parent: int | None = None) -> list[str]:
    """The titles below a parent as somebody sees them, the starting pages left out."""
    seen = queries.whole_tree(world.actor(role), world.group_id, world.group.tree_version)
    return [node.title for node in seen.children.get(parent, ()) if len(node.title) == 1]


@pytest.fixture
def abc(world: World) -> dict[str, Document]:
    """A, B and C at the top; D and E under B."""
    made = {title: make.document(world.group, title) for title in "ABC"}
    made |= {title: make.document(world.group, title, parent_id=made["B"].id) for title in "DE"}
    return made


def move(world: World, document: Document, **values: object) -> Document:
    command = MoveDocument(document_id=document.id, **{"space_id": world.group_id} | values)  # type: ignore[arg-type]
    return service.move(world.actor("editor"), command)


def test_steps_with_the_keyboard(world: World, abc: dict[str, Document]) -> None:
    actor = world.actor("editor")
    service.step(actor, abc["C"].id, "up")
    assert titles(world) == ["A", "C", "B"]
    service.step(actor, abc["C"].id, "in")
    assert titles(world) == ["A", "B"]
    assert titles(world, parent=abc["A"].id) == ["C"]
    service.step(actor, abc["C"].id, "out")
    service.step(actor, abc["C"].id, "down")
    assert titles(world) == ["A", "B", "C"]
    with pytest.raises(Invalid):
        service.step(actor, abc["C"].id, "sideways")


def test_a_move_within_the_space(world: World, abc: dict[str, Document]) -> None:
    move(world, abc["C"], before_id=abc["A"].id)
    assert titles(world) == ["C", "A", "B"]
    move(world, abc["A"], parent_id=abc["B"].id, before_id=abc["E"].id)
    assert titles(world, parent=abc["B"].id) == ["D", "A", "E"]
    assert abc["A"].slug == "a"


def test_nothing_goes_under_itself_or_beside_a_stranger(world: World, abc: dict[str, Document]) -> None:
    elsewhere = make.document(world.second)
    service.trash(SYSTEM, abc["C"].id)
    for values in (
        {"parent_id": abc["B"].id},
        {"parent_id": abc["D"].id},
        {"parent_id": elsewhere.id},
        {"before_id": elsewhere.id},
        {"parent_id": abc["C"].id},
        {"parent_id": 10**6},
        {"parent_id": abc["A"].id, "before_id": abc["E"].id},
    ):
        with pytest.raises(WrongPlace):
            move(world, abc["B"], **values)
    assert titles(world) == ["A", "B"]


def test_to_another_space_with_all_below(world: World, abc: dict[str, Document]) -> None:
    make.document(world.second, "D")
    move(world, abc["B"], space_id=world.second_id)
    assert [(abc[t].space_id == world.second_id, abc[t].slug) for t in "BDE"] == [
        (True, "b"),
        (True, "d-2"),
        (True, "e"),
    ]
    assert titles(world) == ["A", "C"]
    for old, now in (("b", "b"), ("d", "d-2"), ("e", "e")):
        found = queries.get_by_address(world.actor("reader"), world.group.slug, old)
        assert (found.space_id, found.slug) == (world.second_id, now)


def test_old_addresses_survive_any_number_of_moves_and_names(world: World, abc: dict[str, Document]) -> None:
    document = abc["A"]
    addresses = {(world.group.slug, "a")}
    for title, space_id in (("Ny", world.second_id), ("A", world.group_id), ("Nyere", world.room_id)):
        make.change(document, title=title, publish=True)
        addresses.add((document.space.slug, document.slug))
        move(world, document, space_id=space_id)
        addresses.add((document.space.slug, document.slug))
    for space, slug in addresses:
        assert queries.get_by_address(world.actor("editor"), space, slug) == document
    assert len(addresses) == 6


def test_both_spaces_must_be_ones_to_write_in(world: World, abc: dict[str, Document]) -> None:
    with pytest.raises(Forbidden):
        service.move(world.actor("coordinator"), MoveDocument(document_id=abc["A"].id, space_id=world.second_id))
    with pytest.raises(Forbidden):
        service.move(world.actor("member"), MoveDocument(document_id=abc["A"].id, space_id=world.group_id))


def test_what_is_inherited_is_inherited_from_the_new_place(world: World, abc: dict[str, Document]) -> None:
    service.set_audience(SYSTEM, SetAudience(document_id=abc["B"].id, ring=Ring.SPACE))
    move(world, abc["A"], parent_id=abc["B"].id)
    with pytest.raises(NotFound):
        queries.get(world.actor("reader"), abc["A"].id)
    move(world, abc["A"])
    assert queries.get(world.actor("reader"), abc["A"].id)


def test_a_ring_of_the_municipality_does_not_leave_its_room(world: World) -> None:
    parent = make.document(world.room)
    make.document(world.room, parent_id=parent.id, ring=Ring.MUNICIPALITY)
    with pytest.raises(Invalid):
        move(world, parent)
    assert parent.space_id == world.room_id


def test_the_front_page_stays(world: World) -> None:
    front = queries.find_front(SYSTEM, world.group.slug)
    assert front is not None
    document = queries.get(SYSTEM, front.id)
    holder = make.document(world.group)
    move(world, document, parent_id=holder.id)
    for thing in (document, holder):
        with pytest.raises(Invalid):
            move(world, thing, space_id=world.second_id)
        with pytest.raises(Invalid):
            service.trash(SYSTEM, thing.id)


# --- the trash ---------------------------------------------------------------------------------------


def test_a_thrown_branch_is_gone_for_everybody_and_comes_back_whole(world: World, abc: dict[str, Document]) -> None:
    service.trash(world.actor("editor"), abc["B"].id)
    assert titles(world) == ["A", "C"]
    for title in "BDE":
        with pytest.raises(NotFound):
            queries.get(world.actor("editor"), abc[title].id)
        with pytest.raises(NotFound):
            queries.get_by_address(SYSTEM, world.group.slug, title.lower())
    assert [d.title for d in queries.trashed(world.group_id)] == ["B"]
    service.untrash(world.actor("coordinator"), abc["B"].id)
    assert titles(world) == ["A", "B", "C"]
    assert titles(world, "reader", parent=abc["B"].id) == ["D", "E"]


def test_what_was_thrown_before_stays_thrown(world: World, abc: dict[str, Document]) -> None:
    service.trash(SYSTEM, abc["D"].id)
    service.trash(SYSTEM, abc["B"].id)
    service.untrash(SYSTEM, abc["B"].id)
    assert titles(world, parent=abc["B"].id) == ["E"]
    assert [d.title for d in queries.trashed(world.group_id)] == ["D"]
    service.untrash(SYSTEM, abc["D"].id)
    assert titles(world, parent=abc["B"].id) == ["D", "E"]


def test_without_its_parent_it_comes_back_to_the_top(world: World, abc: dict[str, Document]) -> None:
    service.trash(SYSTEM, abc["D"].id)
    service.trash(SYSTEM, abc["B"].id)
    service.untrash(SYSTEM, abc["D"].id)
    assert sorted(titles(world)) == ["A", "C", "D"]


def test_a_draft_comes_back_as_a_draft(world: World) -> None:
    draft = make.document(world.group, "F", publish=False)
    service.trash(SYSTEM, draft.id)
    service.untrash(SYSTEM, draft.id)
    assert titles(world) == ["F"]
    assert titles(world, "member") == []


def test_only_editors_throw_and_fetch(world: World, abc: dict[str, Document]) -> None:
    with pytest.raises(Forbidden):
        service.trash(world.actor("member"), abc["A"].id)
    service.trash(SYSTEM, abc["A"].id)
    for role in ("member", "stranger", "admin"):
        with pytest.raises(NotFound):
            service.untrash(world.actor(role), abc["A"].id)
    with pytest.raises(NotFound):
        service.untrash(world.actor("editor"), abc["B"].id)


def test_the_address_of_what_is_thrown_is_kept_for_it(world: World, abc: dict[str, Document]) -> None:
    service.trash(SYSTEM, abc["A"].id)
    assert make.document(world.group, "A").slug == "a-2"
    service.untrash(SYSTEM, abc["A"].id)
    assert abc["A"].slug == "a"
