"""Reads of documents: lists that are filtered before they are cut, the tree, versions that readers may look back at."""

from datetime import timedelta

import pytest

from tests.factories import documents as make
from tests.factories.documents import World
from wiki.core import clock
from wiki.core.authz import ANONYMOUS, SYSTEM
from wiki.core.errors import NotFound
from wiki.documents import queries, service
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import SetAudience
from wiki.documents.models import Document
from wiki.documents.queries import tree as trees
from wiki.spaces.domain import UpdateSpace
from wiki.spaces.service import update_space

pytestmark = pytest.mark.usefixtures("db")


def test_what_is_new_is_filtered_before_it_is_cut(world: World) -> None:
    start = clock.now() + timedelta(hours=1)
    with clock.at(start):
        seen = make.document(world.group, "Synlig")
    for minute in range(5):
        with clock.at(start + timedelta(minutes=1 + minute)):
            make.document(world.group, f"Lukket {minute}", ring=Ring.EDITORS)
    (change,) = queries.changes_since(world.actor("reader"), start - timedelta(minutes=1), 1)
    assert (change.slug, change.author_name) == (seen.slug, SYSTEM.name)
    assert len(queries.changes_since(world.actor("editor"), start - timedelta(minutes=1), 100)) == 6


def test_the_newest_comes_first_and_says_what_was_published(world: World) -> None:
    document = make.document(world.group, "Gammel")
    with clock.at(clock.now() + timedelta(hours=1)):
        make.change(document, title="Ny", publish=True, note="Rettet")
    make.change(document, title="Kladd")
    first = queries.changes_since(world.actor("reader"), None, 3)[0]
    assert (first.title, first.note) == ("Ny", "Rettet")


def test_the_anonymous_see_what_is_open(world: World) -> None:
    make.document(world.group)
    document = make.document(world.group, "Åpen", ring=Ring.PUBLIC)
    assert [change.slug for change in queries.open_documents(ANONYMOUS, 10)] == [document.slug]


def test_my_drafts_are_mine(world: World) -> None:
    mine = make.document(world.group, actor=world.actor("editor"), publish=False)
    changed = make.document(world.group)
    make.change(changed, world.actor("editor"), body="Nyere.\n")
    make.document(world.group, actor=world.actor("coordinator"), publish=False)
    thrown = make.document(world.group, actor=world.actor("editor"), publish=False)
    service.trash(SYSTEM, thrown.id)
    assert {document.id for document in queries.my_drafts(world.actor("editor"))} == {mine.id, changed.id}
    assert queries.my_drafts(world.actor("member")) == []


def test_readers_look_back_at_what_was_published_alone(world: World) -> None:
    document = make.document(world.group)
    make.change(document, body="Kladd.\n")
    make.change(document, body="Publisert.\n", publish=True)
    make.change(document, body="Ny kladd.\n")
    assert [r.number for r in queries.revisions(document, with_drafts=False)] == [3, 1]
    assert [r.number for r in queries.revisions(document, with_drafts=True)] == [4, 3, 2, 1]
    with pytest.raises(NotFound):
        queries.get_revision(document, 2, with_drafts=False)
    assert queries.get_revision(document, 2, with_drafts=True).body == "Kladd.\n"


# --- the tree ----------------------------------------------------------------------------------------


def seen_by(world: World, role: str) -> trees.Seen:
    return queries.whole_tree(world.actor(role), world.group_id, world.group.tree_version)


def test_below_what_one_may_not_read_one_stands_at_its_place(world: World) -> None:
    top = make.document(world.group, "Topp")
    closed = make.document(world.group, "Lukket", parent_id=top.id, ring=Ring.EDITORS)
    below = make.document(world.group, "Under", parent_id=closed.id, ring=Ring.NETWORK)
    assert seen_by(world, "reader").parents[below.id] == top.id
    assert seen_by(world, "editor").parents[below.id] == closed.id
    assert [node.title for node in queries.trail(seen_by(world, "reader"), below.id)] == ["Topp"]
    assert [node.title for node in queries.trail(seen_by(world, "editor"), below.id)] == ["Topp", "Lukket"]


def test_a_kept_tree_is_not_shown_when_anything_has_changed(world: World) -> None:
    document = make.document(world.group, "Gammel")

    def titles(role: str) -> set[str]:
        return {node.title for node in seen_by(world, role).by_id.values()}

    assert "Gammel" in titles("reader")
    make.change(document, title="Ny", publish=True)
    assert titles("reader") >= {"Ny"}
    service.set_audience(SYSTEM, SetAudience(document_id=document.id, ring=Ring.SPACE))
    assert "Ny" not in titles("reader")
    assert "Ny" in titles("member")
    update_space(SYSTEM, UpdateSpace(space_id=world.group_id, default_ring="editors"))
    assert titles("member") == {"Ny"}


def test_a_small_tree_is_shown_whole_and_unfolded_to_where_one_is(world: World) -> None:
    top = make.document(world.group, "Topp")
    child = make.document(world.group, parent_id=top.id)
    make.document(world.group, parent_id=child.id)
    other = make.document(world.group, "Annen")
    make.document(world.group, parent_id=other.id)
    shown = {b.node.id: b for b in queries.branches(seen_by(world, "reader"), child.id)}
    assert shown[top.id].is_open
    assert shown[top.id].children[0].is_open
    assert not shown[other.id].is_open
    assert len(shown[other.id].children) == 1


def test_of_a_large_tree_the_open_part_is_shown() -> None:
    nodes = [node(1, None), *(node(number, 1) for number in range(2, 500)), *(node(1000 + n, 250) for n in range(3))]
    seen = trees._arrange("key", tuple(nodes), frozenset({"public"}))
    (top,) = queries.branches(seen, 250)
    assert len(top.children) == trees.MOST_SIBLINGS
    (here,) = [branch for branch in top.children if branch.node.id == 250]
    assert [branch.node.id for branch in here.children] == [1000, 1001, 1002]
    assert all(not branch.children for branch in top.children if branch is not here)


def node(id_: int, parent_id: int | None) -> trees.TreeNode:
    return trees.TreeNode(id_, parent_id, f"s{id_}", f"T{id_}", "page", "nb", False, frozenset({"public"}))


# --- who can read, in words --------------------------------------------------------------------------


def test_reasons_are_those_of_the_audience(world: World) -> None:
    top = make.document(world.group, ring=Ring.SPACE)
    document = make.document(world.group, parent_id=top.id)
    named = frozenset({"municipality:4602"})
    service.set_audience(SYSTEM, SetAudience(document_id=document.id, ring=None, tokens=named))
    page = queries.find_page(SYSTEM, world.group.slug, document.slug)
    assert page is not None
    assert {reason.token for reason in queries.reasons(document)} == page.audience
    assert queries.names_of(page.audience)["municipality:4602"] == "Kinn"


def test_the_log_names_what_its_reader_may_read(world: World) -> None:
    published = make.document(world.group, "Kjent")
    make.change(published, title="Hemmelig")
    draft = make.document(world.group, publish=False)
    ids = [published.id, draft.id]
    assert queries.names_for_log(world.actor("reader"), ids) == {published.id: ("Kjent", "/s/personvern/kjent")}
    assert set(queries.names_for_log(world.actor("lead"), ids)) == set(ids)


def test_people_to_share_with_are_those_of_the_network(world: World) -> None:
    document = make.document(world.group)
    names = {principal.name for principal in queries.people_to_name(document)}
    assert {"Leser", "Member", "Leder"} <= names
    assert "Fremmed" not in names


def test_an_administrator_can_ask_about_what_they_may_not_read(world: World) -> None:
    document: Document = make.document(world.room)
    with pytest.raises(NotFound):
        queries.get(world.actor("admin"), document.id)
    assert queries.get_for_access_review(world.room.slug, document.slug) == document
    with pytest.raises(NotFound):
        queries.get_for_access_review(world.room.slug, "finnes-ikke")
