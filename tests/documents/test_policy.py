"""Who may do what to documents: roles, actions and states in one table."""

import pytest

from tests.factories import documents as make
from tests.factories.documents import World
from wiki.core.authz import ANONYMOUS, SYSTEM, Actor, can
from wiki.core.errors import NotFound
from wiki.documents import queries, service
from wiki.documents.models import Document
from wiki.documents.policy import DocumentAction
from wiki.spaces.service import archive_space

pytestmark = pytest.mark.usefixtures("db")

EVERYBODY = (*make.SIGNED_IN, "anonymous", "system")
WRITERS = {"coordinator", "editor", "lead", "system"}
READERS = WRITERS | {"member", "observer", "reader"}
WRITING = tuple(set(DocumentAction) - {DocumentAction.CREATE, DocumentAction.SEE_DRAFTS, DocumentAction.EXPLAIN_ACCESS})


def actor(world: World, role: str) -> Actor:
    return {"anonymous": ANONYMOUS, "system": SYSTEM}.get(role) or world.actor(role)


def allowed(world: World, action: DocumentAction, thing: object) -> set[str]:
    return {role for role in EVERYBODY if can(actor(world, role), action, thing)}


def readers(world: World, document: Document) -> set[str]:
    return {role for role in EVERYBODY if _finds(actor(world, role), document)}


def _finds(who: Actor, document: Document) -> bool:
    try:
        queries.get(who, document.id)
    except NotFound:
        return False
    return True


@pytest.fixture(params=["draft", "published", "changed", "archived"])
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def document(world: World, state: str) -> Document:
    made = make.document(world.group, publish=state != "draft")
    if state == "changed":
        make.change(made, body="Nyere kladd.\n")
    if state == "archived":
        archive_space(SYSTEM, world.group_id)
    return made


@pytest.mark.parametrize("action", sorted(WRITING))
def test_writing_is_for_the_editors_of_a_space_in_use(
    world: World, document: Document, state: str, action: DocumentAction
) -> None:
    assert allowed(world, action, document) == ({"system"} if state == "archived" else WRITERS)


def test_reading_is_for_the_audience(world: World, document: Document, state: str) -> None:
    assert readers(world, document) == (WRITERS if state == "draft" else READERS)


def test_drafts_and_questions_of_access(world: World, document: Document, state: str) -> None:
    assert allowed(world, DocumentAction.SEE_DRAFTS, document) == WRITERS
    assert allowed(world, DocumentAction.EXPLAIN_ACCESS, document) == WRITERS | {"admin"}


def test_the_page_says_the_same_as_the_document(world: World, document: Document) -> None:
    page = queries.find_page(SYSTEM, world.group.slug, document.slug)
    for action in set(DocumentAction) - {DocumentAction.CREATE}:
        assert allowed(world, action, page) == allowed(world, action, document)


def test_writing_a_new_one(world: World) -> None:
    assert allowed(world, DocumentAction.CREATE, world.group) == WRITERS
    assert allowed(world, DocumentAction.CREATE, world.room) == {"editor", "system"}
    archive_space(SYSTEM, world.room_id)
    assert allowed(world, DocumentAction.CREATE, world.room) == {"system"}


@pytest.mark.parametrize("state", ["draft", "published", "changed"])
def test_nothing_is_read_from_the_trash(world: World, document: Document) -> None:
    service.trash(SYSTEM, document.id)
    assert readers(world, document) == set()
