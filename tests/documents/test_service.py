"""Writing, publishing and describing documents through the service, on both databases where order and locks matter."""

from datetime import date

import pytest

from tests.factories import documents as make
from tests.factories import identity as people
from tests.factories.documents import World
from wiki.core.authz import ANONYMOUS, SYSTEM
from wiki.core.db import db as database
from wiki.core.errors import Conflict, Forbidden, Invalid, NotFound, SignInRequired
from wiki.documents import queries, service
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import CreateDocument, DescribeDocument, EditDocument, SetAudience, SettleConflict
from wiki.documents.domain.merge import Choice
from wiki.documents.errors import EditConflict, WrongBase, WrongPlace
from wiki.documents.models import Document, Revision
from wiki.identity.service import choose_party
from wiki.spaces.service import archive_space

pytestmark = pytest.mark.usefixtures("db")

BODY = "Første avsnitt.\n\nAndre avsnitt.\n\nTredje avsnitt.\n"


def reads(world: World, role: str, document: Document) -> bool:
    try:
        queries.get(world.actor(role), document.id)
    except NotFound:
        return False
    return True


# --- create ------------------------------------------------------------------------------------------


def test_a_new_document_is_a_draft_of_its_editors(world: World) -> None:
    document = make.document(world.group, "Blåbær", world.actor("coordinator"), publish=False)
    assert (document.slug, document.published_id, document.language) == ("blabaer", None, "nb")
    assert [r.number for r in queries.revisions(document, with_drafts=True)] == [1]
    assert [role for role in make.SIGNED_IN if reads(world, role, document)] == ["coordinator", "editor", "lead"]


def test_published_at_once_it_is_read_as_its_space_is(world: World) -> None:
    document = make.document(world.group, actor=world.actor("editor"))
    assert [role for role in make.SIGNED_IN if not reads(world, role, document)] == ["stranger", "admin"]


def test_it_stands_last_among_its_siblings(world: World) -> None:
    parent = make.document(world.group)
    children = [make.document(world.group, parent_id=parent.id) for _ in range(3)]
    assert [child.position for child in children] == [0, 1, 2]


def test_the_same_title_gets_an_address_of_its_own(world: World) -> None:
    slugs = [make.document(world.group, "Lik tittel").slug for _ in range(3)]
    assert slugs == ["lik-tittel", "lik-tittel-2", "lik-tittel-3"]


def test_the_note_and_the_party_are_kept(world: World) -> None:
    choose_party(world.actor("coordinator"), "municipality:4601")
    document = make.document(world.group, actor=world.actor("coordinator"), note="  Ny mal ")
    head = document.head
    assert head is not None
    assert (head.author_name, head.acting_for, head.acting_for_name) == ("Coordinator", "municipality:4601", "Bergen")
    assert head.note == "Ny mal"


@pytest.mark.parametrize("role", ["member", "observer", "reader", "stranger", "admin"])
def test_only_editors_write(world: World, role: str) -> None:
    with pytest.raises(Forbidden):
        make.document(world.group, actor=world.actor(role))


def test_the_anonymous_are_asked_to_sign_in(world: World) -> None:
    with pytest.raises(SignInRequired):
        make.document(world.group, actor=ANONYMOUS)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " \n "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"language": "sv"}, "language"),
        ({"kind": "novel"}, "kind"),
        ({"ring": Ring.MUNICIPALITY}, "ring"),
        ({"owner": "x" * 121}, "owner"),
        ({"tags": ("x" * 61,)}, "tags"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_made(world: World, values: dict[str, object], field: str) -> None:
    before = database.session.query(Document).count()
    with pytest.raises(Invalid) as refused:
        make.document(world.group, **values)
    assert list(refused.value.fields) == [field]
    assert database.session.query(Document).count() == before


def test_a_parent_elsewhere_is_refused(world: World) -> None:
    with pytest.raises(WrongPlace):
        make.document(world.group, parent_id=make.document(world.second).id)


def test_an_archived_space_takes_nothing(world: World) -> None:
    document = make.document(world.group)
    archive_space(SYSTEM, world.group.id)
    with pytest.raises(Forbidden):
        make.document(world.group, actor=world.actor("coordinator"))
    with pytest.raises(Forbidden):
        make.change(document, world.actor("coordinator"), body="Nytt")
    assert reads(world, "reader", document)


# --- edit and merge ----------------------------------------------------------------------------------


def edit(
    document: Document, base: Revision, body: str, world: World, role: str = "editor", **values: object
) -> service.Saved:
    defaults = {"title": base.title, "body": body}
    command = EditDocument(document_id=document.id, base_id=base.id, **defaults | values)  # type: ignore[arg-type]
    return service.edit(world.actor(role), command)


@pytest.fixture
def document(world: World) -> Document:
    return make.document(world.group, "Veileder", body=BODY)


@pytest.fixture
def base(document: Document) -> Revision:
    assert document.head is not None
    return document.head


def test_readers_keep_the_published_text_until_the_next_is_published(world: World, document: Document) -> None:
    make.change(document, world.actor("editor"), body="Nytt.\n")
    assert document.published is not None
    assert document.published.body == BODY
    service.publish(world.actor("editor"), document.id)
    assert document.published.body == "Nytt.\n"


def test_the_same_text_again_is_no_new_revision(world: World, document: Document) -> None:
    saved = make.change(document, world.actor("editor"))
    assert (saved.revision.number, saved.merged) == (1, False)


def test_two_who_change_different_paragraphs_are_both_in(world: World, document: Document, base: Revision) -> None:
    edit(document, base, BODY.replace("Første", "Endret første"), world)
    saved = edit(document, base, BODY.replace("Tredje", "Endret tredje"), world, "coordinator")
    assert saved.merged
    assert saved.revision.body == BODY.replace("Første", "Endret første").replace("Tredje", "Endret tredje")
    assert saved.revision.merged_from_id == base.id
    assert "Endret tredje" in saved.revision.html


def test_two_who_change_the_same_keep_both_texts(world: World, document: Document, base: Revision) -> None:
    edit(document, base, BODY.replace("Andre", "Min"), world)
    with pytest.raises(EditConflict) as met:
        edit(document, base, BODY.replace("Andre", "Din"), world, "coordinator")
    assert [(c.mine, c.theirs) for c in met.value.merged.conflicts] == [("Din avsnitt.", "Min avsnitt.")]
    assert document.head is not None
    assert "Min avsnitt." in document.head.body
    (kept,) = queries.kept_drafts(world.actor("coordinator"))
    assert (kept.base_id, kept.body) == (base.id, BODY.replace("Andre", "Din"))
    assert not queries.kept_drafts(world.actor("editor"))


def met(world: World, document: Document, base: Revision, mine: str = "Din") -> EditConflict:
    """A conflict over the second paragraph; the coordinator comes last."""
    edit(document, base, BODY.replace("Andre", "Min"), world)
    with pytest.raises(EditConflict) as conflict:
        edit(document, base, BODY.replace("Andre", mine), world, "coordinator")
    return conflict.value


def settle(world: World, document: Document, base: Revision, head_id: int, *choices: Choice | str) -> service.Saved:
    command = SettleConflict(
        document_id=document.id,
        base_id=base.id,
        head_id=head_id,
        title=base.title,
        body=BODY.replace("Andre", "Din").replace("\n", "\r\n"),
        choices=choices,
    )
    return service.settle(world.actor("coordinator"), command)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice.MINE, "Din avsnitt."),
        (Choice.THEIRS, "Min avsnitt."),
        (Choice.BOTH, "Din avsnitt.\n\nMin avsnitt."),
        ("Vårt\r\navsnitt.", "Vårt\navsnitt."),
    ],
)
def test_what_is_chosen_is_saved(
    world: World, document: Document, base: Revision, choice: Choice | str, expected: str
) -> None:
    conflict = met(world, document, base)
    saved = settle(world, document, base, conflict.head_id, choice)
    assert saved.revision.body == BODY.replace("Andre avsnitt.", expected)
    assert not queries.kept_drafts(world.actor("coordinator"))


def test_choices_made_before_a_third_save_are_asked_for_again(world: World, document: Document, base: Revision) -> None:
    conflict = met(world, document, base)
    make.change(document, world.actor("lead"), body=BODY.replace("Andre", "Tredje persons"))
    with pytest.raises(EditConflict) as again:
        settle(world, document, base, conflict.head_id, Choice.MINE)
    assert [c.theirs for c in again.value.merged.conflicts] == ["Tredje persons avsnitt."]
    assert len(queries.kept_drafts(world.actor("coordinator"))) == 1


def test_too_few_choices_save_nothing(world: World, document: Document, base: Revision) -> None:
    conflict = met(world, document, base)
    with pytest.raises(EditConflict):
        settle(world, document, base, conflict.head_id)


def test_a_kept_text_outlives_other_saves_and_other_meetings(world: World, document: Document, base: Revision) -> None:
    met(world, document, base)
    second = document.head
    assert second is not None
    make.change(document, world.actor("coordinator"), body=second.body + "\nSlutt.\n")
    assert len(queries.kept_drafts(world.actor("coordinator"))) == 1
    with pytest.raises(EditConflict):
        edit(document, second, BODY.replace("Andre", "Enda en") + "\nAnnen slutt.\n", world, "coordinator")
    bodies = {kept.body for kept in queries.kept_drafts(world.actor("coordinator"))}
    assert bodies == {BODY.replace("Andre", "Din"), BODY.replace("Andre", "Enda en") + "\nAnnen slutt.\n"}


def test_a_kept_text_can_be_thrown_away_by_its_author_alone(world: World, document: Document, base: Revision) -> None:
    met(world, document, base)
    (kept,) = queries.kept_drafts(world.actor("coordinator"))
    service.discard_kept_draft(world.actor("editor"), kept.id)
    assert len(queries.kept_drafts(world.actor("coordinator"))) == 1
    service.discard_kept_draft(world.actor("coordinator"), kept.id)
    assert not queries.kept_drafts(world.actor("coordinator"))


def test_two_titles_meet_too(world: World, document: Document, base: Revision) -> None:
    edit(document, base, BODY, world, title="Ny veileder")
    with pytest.raises(EditConflict) as conflict:
        edit(document, base, BODY, world, title="Rettleiar")
    assert conflict.value.titles == ("Veileder", "Rettleiar", "Ny veileder")


def test_fields_of_a_structured_document_are_joined_one_by_one(world: World) -> None:
    document = make.document(world.group, data={"formål": "a", "hjemmel": "b"})
    base = document.head
    assert base is not None
    edit(document, base, base.body, world, data={"formål": "ny", "hjemmel": "b"})
    saved = edit(document, base, base.body, world, data={"formål": "a", "hjemmel": "ny", "mottaker": "c"})
    assert saved.revision.data == {"formål": "ny", "hjemmel": "ny", "mottaker": "c"}
    with pytest.raises(Conflict):
        edit(document, base, base.body, world, data={"formål": "noe annet", "hjemmel": "b"})


def test_a_base_of_another_document_is_refused(world: World, document: Document) -> None:
    other = make.document(world.group)
    for wrong in (other.head_id, 0, 10**9):
        with pytest.raises(WrongBase):
            service.edit(
                world.actor("editor"), EditDocument(document_id=document.id, base_id=wrong or 0, title="x", body="y")
            )


@pytest.mark.parametrize("role", ["member", "observer", "reader"])
def test_readers_do_not_edit(world: World, document: Document, base: Revision, role: str) -> None:
    with pytest.raises(Forbidden):
        edit(document, base, "Endret", world, role)


def test_whoever_may_not_read_does_not_find_it(world: World, document: Document, base: Revision) -> None:
    for role in ("stranger", "admin"):
        with pytest.raises(NotFound):
            edit(document, base, "Endret", world, role)


# --- publish, withdraw, restore ----------------------------------------------------------------------


def test_withdrawn_it_is_a_draft_again(world: World, document: Document) -> None:
    service.withdraw(world.actor("editor"), document.id)
    assert not reads(world, "member", document)
    assert reads(world, "coordinator", document)
    service.publish(world.actor("editor"), document.id)
    assert reads(world, "member", document)


def test_restoring_makes_a_new_draft_of_the_old_text(world: World, document: Document, base: Revision) -> None:
    make.change(document, world.actor("editor"), title="Ny tittel", body="Nytt.\n", publish=True)
    revision = service.restore(world.actor("editor"), document.id, 1, "Tilbake")
    assert (revision.number, revision.body, revision.html, revision.note) == (3, base.body, base.html, "Tilbake")
    assert document.title == "Veileder"
    assert document.published is not None
    assert document.published.number == 2


def test_restoring_what_readers_read_leaves_no_draft(world: World, document: Document) -> None:
    make.change(document, world.actor("editor"), body="Kladd.\n")
    assert queries.my_drafts(world.actor("editor")) == [document]
    service.restore(world.actor("editor"), document.id, 1)
    assert queries.my_drafts(world.actor("editor")) == []
    page = queries.find_page(world.actor("editor"), world.group.slug, document.slug)
    assert page is not None
    assert not page.has_newer_draft


def test_restoring_the_head_changes_nothing(world: World, document: Document) -> None:
    assert service.restore(world.actor("editor"), document.id, 1).number == 1


def test_a_revision_that_never_was_is_refused(world: World, document: Document) -> None:
    with pytest.raises(Invalid):
        service.restore(world.actor("editor"), document.id, 7)


# --- the address follows the title that is read ------------------------------------------------------


def test_a_draft_title_does_not_show_in_the_address(world: World, document: Document) -> None:
    make.change(document, world.actor("editor"), title="Hemmelig plan")
    assert document.slug == "veileder"
    with pytest.raises(NotFound):
        queries.get_by_address(world.actor("member"), world.group.slug, "hemmelig-plan")
    for node in queries.whole_tree(world.actor("member"), world.group.id, world.group.tree_version).by_id.values():
        assert node.title != "Hemmelig plan"


def test_published_the_new_title_gives_the_new_address_and_the_old_leads_on(world: World, document: Document) -> None:
    make.change(document, world.actor("editor"), title="Håndbok", publish=True)
    assert document.slug == "handbok"
    assert queries.get_by_address(world.actor("member"), world.group.slug, "veileder") == document


def test_an_address_can_come_back_and_nobody_else_gets_it(world: World, document: Document) -> None:
    for title in ("Håndbok", "Veileder", "Håndbok"):
        make.change(document, world.actor("editor"), title=title, publish=True)
    assert document.slug == "handbok"
    assert make.document(world.group, "Veileder").slug == "veileder-2"
    assert queries.get_by_address(world.actor("member"), world.group.slug, "veileder") == document


def test_withdrawing_lets_the_address_follow_the_draft(world: World, document: Document) -> None:
    make.change(document, world.actor("editor"), title="Håndbok")
    service.withdraw(world.actor("editor"), document.id)
    assert document.slug == "handbok"
    service.publish(world.actor("editor"), document.id)
    assert queries.get_by_address(world.actor("member"), world.group.slug, "veileder") == document


def test_a_page_that_serves_its_space_keeps_its_address(world: World) -> None:
    front = make.document(world.second, "Arkiv", purpose="annual", slug="plan")
    make.change(front, title="Noe annet", publish=True)
    assert front.slug == "plan"


# --- sharing and describing --------------------------------------------------------------------------


def test_a_named_reader_and_a_ring(world: World, document: Document) -> None:
    stranger = world.person("stranger")
    command = SetAudience(document_id=document.id, ring=Ring.SPACE, tokens=frozenset({f"user:{stranger.id}"}))
    service.set_audience(world.actor("coordinator"), command)
    readers = [role for role in make.SIGNED_IN if reads(world, role, document)]
    assert readers == ["coordinator", "editor", "member", "observer", "lead", "stranger"]


@pytest.mark.parametrize("token", ["public", "space:1", "user:", "municipality:46011", "admin", "user:1 "])
def test_a_token_that_names_nobody_is_refused(world: World, document: Document, token: str) -> None:
    with pytest.raises(Invalid):
        service.set_audience(SYSTEM, SetAudience(document_id=document.id, ring=None, tokens=frozenset({token})))


def test_language_owner_review_and_tags(world: World, document: Document) -> None:
    command = DescribeDocument(
        document_id=document.id,
        language="nn",
        owner="  Koordinator   personvern ",
        review_on=date(2027, 1, 31),
        tags=("DPIA", " dpia ", "", "Sky  tjenester"),
    )
    service.describe(world.actor("editor"), command)
    assert (document.language, document.owner) == ("nn", "Koordinator personvern")
    assert [tag.name for tag in document.tags] == ["dpia", "sky tjenester"]
    service.describe(
        world.actor("editor"), DescribeDocument(document_id=document.id, language="nb", tags=("ros", "dpia"))
    )
    assert [tag.name for tag in document.tags] == ["dpia", "ros"]


def test_nobody_but_editors_describes_or_shares(world: World, document: Document) -> None:
    with pytest.raises(Forbidden):
        service.describe(world.actor("member"), DescribeDocument(document_id=document.id, language="nn"))
    with pytest.raises(Forbidden):
        service.set_audience(world.actor("member"), SetAudience(document_id=document.id, ring=Ring.PUBLIC))


def test_a_person_who_loses_the_seat_loses_the_drafts(world: World) -> None:
    draft = make.document(world.group, publish=False)
    outsider = people.person("Uten plass", municipality_number="4601")
    with pytest.raises(NotFound):
        queries.get(people.actor_of(outsider), draft.id)


def test_create_takes_everything_it_is_told(world: World) -> None:
    command = CreateDocument(
        space_id=world.group.id,
        title="  Mal   for  ROS ",
        kind="form_template",
        owner="Redaktør",
        tags=("ros",),
        slug="Ros Mal",
        source_path="maler/ros.md",
        data={"a": 1},
    )
    document = service.create(SYSTEM, command)
    assert (document.title, document.slug, document.kind, document.source_path) == (
        "Mal for ROS",
        "ros-mal",
        "form_template",
        "maler/ros.md",
    )
    assert document.head is not None
    assert document.head.data == {"a": 1}
