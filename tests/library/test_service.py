"""Templates through their services, on a real database."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import identity
from tests.factories import library as factory
from wiki.core.authz import ANONYMOUS, SYSTEM
from wiki.core.errors import Forbidden, Invalid, NotFound, SignInRequired
from wiki.core.events import Event, subscribe
from wiki.documents import service as documents
from wiki.documents.domain.commands import EditDocument
from wiki.documents.models import Document
from wiki.library import service
from wiki.library.domain import StartFromTemplate, TemplateType
from wiki.library.events import DocumentStarted, TemplateReleased
from wiki.library.models import Derivation, FormTemplate
from wiki.library.queries.starter import starter_templates, starting_content
from wiki.library.queries.templates import (
    examples,
    find_template,
    get_template,
    language_versions,
    list_templates,
    newest_release,
    origin,
)
from wiki.spaces.domain import SpaceKind

pytestmark = pytest.mark.usefixtures("db")


def edit_and_publish(document_id: int, body: str) -> None:
    document = documents.publish(SYSTEM, document_id)
    command = EditDocument(
        document_id=document.id, base_id=document.head_id or 0, title=document.title, body=body, publish=True
    )
    documents.edit(SYSTEM, command)


def heard(kind: type[Event]) -> list[Any]:
    events: list[Any] = []
    subscribe(kind, events.append)
    return events


# --- a new space -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in SpaceKind if kind is not SpaceKind.MUNICIPALITY])
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_new_space_has_its_first_pages(kind: SpaceKind, language: str, db: Any) -> None:
    space = factory.space(identity.network(), kind, language=language)
    wanted = starting_content(kind, language, space.name)
    query = select(Document).where(Document.space_id == space.id, Document.kind == "page", Document.parent_id.is_(None))
    pages = {page.slug: page for page in db.session.scalars(query)}
    assert {page.slug for page in wanted} <= set(pages)
    assert all(pages[page.slug].published_id and pages[page.slug].purpose == page.purpose for page in wanted)
    assert any(page.purpose == "front" and page.title == space.name for page in wanted)


def test_the_maker_of_a_space_writes_its_first_pages_in_their_own_name(db: Any, small: factory.Small) -> None:
    made = factory.create_space(
        small.actor("lead"), factory.CreateSpace(network_id=small.network.id, name="Ny gruppe", kind="expert_group")
    )
    authors = {d.head.author_name for d in db.session.scalars(select(Document).where(Document.space_id == made.id))}
    assert authors == {"Nettverksleder"}


def test_the_space_of_a_network_gets_the_shipped_templates_once(small: factory.Small) -> None:
    there = list_templates(small.actor("reader"))
    assert {(e.type, e.language, e.version) for e in there} == {
        (t.type, t.language, str(t.version)) for t in starter_templates()
    }
    assert service.install_starter(small.actor("lead"), small.own.id) == 0
    with pytest.raises(Invalid):
        service.install_starter(small.actor("lead"), small.group.id)


# --- who sees a template ---------------------------------------------------------------------------------------------


def test_templates_are_for_the_network(small: factory.Small) -> None:
    template = list_templates(small.actor("reader"))[0]
    assert list_templates(small.actor("stranger")) == []
    assert list_templates(ANONYMOUS) == []
    with pytest.raises(NotFound):
        get_template(small.actor("stranger"), template.id)


def test_a_template_of_a_municipality_room_stays_there(small: factory.Small) -> None:
    mine = factory.template(small.room, "Vår egen mal")
    assert mine.document_id in {e.id for e in list_templates(small.actor("reader"))}
    assert mine.document_id not in {e.id for e in list_templates(small.actor("coordinator"))}


@pytest.mark.both_databases
def test_templates_are_chosen_by_type_language_words_and_space(small: factory.Small) -> None:
    reader = small.actor("reader")
    assert {e.type for e in list_templates(reader, type=TemplateType.DPIA)} == {TemplateType.DPIA}
    assert {e.language for e in list_templates(reader, language="nn")} == {"nn"}
    assert {e.type for e in list_templates(reader, q="PERSONVERNKONSEKVENSER")} == {TemplateType.DPIA}
    assert list_templates(reader, space_id=small.group.id) == []
    assert list_templates(reader, q="finnes-ikke") == []


def test_the_language_versions_of_a_template_know_each_other(small: factory.Small) -> None:
    reader = small.actor("reader")
    entry = list_templates(reader, type=TemplateType.ROS, language="nb")[0]
    assert [(e.type, e.language) for e in language_versions(reader, entry)] == [(TemplateType.ROS, "nn")]


# --- releases --------------------------------------------------------------------------------------------------------


def test_a_release_names_the_published_text(small: factory.Small) -> None:
    lead = small.actor("lead")
    template = factory.template(small.own)
    events = heard(TemplateReleased)
    edit_and_publish(template.document_id, "## Punkt 1\n\nNytt.\n")
    assert get_template(lead, template.document_id).version == "1.0"
    service.release(lead, template.document_id, "1.1", "Punkt 1 er klarere.")
    release = newest_release(template.document_id)
    assert release is not None
    assert (release.version, release.revision.body) == ("1.1", "## Punkt 1\n\nNytt.\n")
    assert [(e.thing_id, e.version) for e in events] == [(template.document_id, "1.1")]


@pytest.mark.parametrize("version", ["1.0", "0.9", "1", "", "ny"])
def test_a_version_must_rise(version: str, small: factory.Small) -> None:
    template = factory.template(small.own)
    edit_and_publish(template.document_id, "Nytt.")
    with pytest.raises(Invalid) as refused:
        service.release(small.actor("lead"), template.document_id, version, "Nytt")
    assert "version" in refused.value.fields


def test_a_release_needs_something_new_and_a_note(small: factory.Small) -> None:
    template = factory.template(small.own)
    with pytest.raises(Invalid):
        service.release(small.actor("lead"), template.document_id, "1.1", "Ingenting nytt")
    edit_and_publish(template.document_id, "Nytt.")
    with pytest.raises(Invalid) as refused:
        service.release(small.actor("lead"), template.document_id, "1.1", "  ")
    assert "note" in refused.value.fields


def test_only_those_who_publish_the_template_release_it(small: factory.Small) -> None:
    template = factory.template(small.own)
    edit_and_publish(template.document_id, "Nytt.")
    with pytest.raises(Forbidden):
        service.release(small.actor("reader"), template.document_id, "1.1", "Nytt")
    with pytest.raises(NotFound):
        service.release(small.actor("stranger"), template.document_id, "1.1", "Nytt")
    with pytest.raises(NotFound):
        service.release(ANONYMOUS, template.document_id, "1.1", "Nytt")


# --- starting a document ---------------------------------------------------------------------------------------------


def test_a_document_started_from_a_template_remembers_it(db: Any, small: factory.Small) -> None:
    coordinator = small.actor("coordinator")
    template = list_templates(coordinator, type=TemplateType.DPIA, language="nn")[0]
    events = heard(DocumentStarted)
    document = service.start_from_template(
        coordinator, StartFromTemplate(template_id=template.id, space_id=small.group.id, title="DPIA for Teams")
    )
    release = newest_release(template.id)
    assert release is not None
    assert document.head is not None
    assert (document.kind, document.language, document.title) == ("assessment", "nn", "DPIA for Teams")
    assert document.head.body == release.revision.body
    assert document.published_id is None
    assert db.session.get(Derivation, document.id).release_id == release.id
    assert [(e.thing_id, e.template_id, e.version) for e in events] == [(document.id, template.id, "1.0")]


def test_one_starts_only_where_one_writes_and_from_what_one_reads(small: factory.Small) -> None:
    template = list_templates(small.actor("reader"))[0]
    start = StartFromTemplate(template_id=template.id, space_id=small.group.id)
    with pytest.raises(Forbidden):
        service.start_from_template(small.actor("member"), start)
    with pytest.raises(NotFound):
        service.start_from_template(small.actor("stranger"), start)
    with pytest.raises((NotFound, SignInRequired)):
        service.start_from_template(ANONYMOUS, start)


@pytest.mark.both_databases
def test_a_started_document_knows_of_a_newer_version(small: factory.Small) -> None:
    template = factory.template(small.own, "ROS")
    document = service.start_from_template(
        small.actor("coordinator"), StartFromTemplate(template_id=template.document_id, space_id=small.group.id)
    )
    edit_and_publish(template.document_id, "Nytt.")
    service.release(SYSTEM, template.document_id, "2.0", "Nytt skjema")
    found = origin(small.actor("coordinator"), document.id)
    assert found is not None
    assert (found.title, found.version, found.newest, found.readable) == ("ROS", "1.0", "2.0", True)
    hidden = origin(small.actor("stranger"), document.id)
    assert hidden is not None
    assert not hidden.readable


@pytest.mark.both_databases
def test_use_is_counted_over_everything_but_examples_are_what_one_may_read(db: Any, small: factory.Small) -> None:
    template = factory.template(small.own)
    editor = identity.contact("4602", "Redaktør", role="editor")
    starts = (
        (small.actor("coordinator"), small.group.id),
        (identity.actor_of(editor), small.room.id),
        (identity.actor_of(editor), small.room.id),
    )
    for actor, space_id in starts:
        document = service.start_from_template(
            actor, StartFromTemplate(template_id=template.document_id, space_id=space_id, title=f"I {space_id}")
        )
        documents.publish(actor, document.id)
    draft = StartFromTemplate(template_id=template.document_id, space_id=small.group.id, title="Kladd")
    service.start_from_template(small.actor("coordinator"), draft)
    usage = get_template(small.actor("lead"), template.document_id).usage
    assert usage.documents == 4
    assert usage.municipalities == 1 + (1 if small.actor("coordinator").acting_for else 0)
    assert len(examples(small.actor("lead"), template.document_id)) == 1
    assert len(examples(identity.actor_of(editor), template.document_id)) == 3
    assert db.session.get(FormTemplate, template.document_id).family == "egen"


def test_the_template_for_a_purpose_is_in_the_right_language_and_network(small: factory.Small) -> None:
    reader = small.actor("reader")
    found = find_template(reader, small.network.id, TemplateType.MINUTES, "nn")
    assert found is not None
    assert (found.type, found.language) == (TemplateType.MINUTES, "nn")
    fallback = find_template(reader, small.network.id, TemplateType.MINUTES, "en")
    assert fallback is not None
    assert find_template(small.actor("stranger"), small.network.id, TemplateType.MINUTES, "nb") is None
