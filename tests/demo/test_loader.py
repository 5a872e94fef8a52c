"""The demo network as it is loaded: once, completely, the same each time, each person as themselves.

Loading takes seconds, so the tests read one loaded network and change nothing in it.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from wiki.app import create_app
from wiki.core.authz import ANONYMOUS, Actor
from wiki.core.clock import at
from wiki.core.db import db
from wiki.core.errors import Conflict
from wiki.demo import source
from wiki.demo.cast import PASSWORD
from wiki.demo.cli import demo, print_accounts
from wiki.demo.loader import is_empty, load
from wiki.documents.models import Document, Revision
from wiki.documents.queries import get_by_address
from wiki.identity.models import Municipality, Person
from wiki.identity.queries import find_person, load_actor
from wiki.identity.service.passwords import verify_password
from wiki.library.models import Derivation, FormTemplate
from wiki.library.queries.templates import list_templates
from wiki.meetings.models import AgendaItem, FollowUp, Meeting
from wiki.meetings.queries import case_number, my_follow_ups
from wiki.settings import Settings
from wiki.spaces.models import Space

LOADED_AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, make_settings: Callable[..., Settings]
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("demo")
    shutil.copyfile(sqlite_template, folder / "fagrom.sqlite3")
    app = create_app(make_settings(folder, f"sqlite:///{folder / 'fagrom.sqlite3'}"))
    with app.app_context(), at(LOADED_AT):
        load(lambda _text: None, with_password=True)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def network(loaded: Flask) -> Iterator[Flask]:
    with loaded.app_context():
        yield loaded
        db.session.remove()


def actor(key: str) -> Actor:
    person = next(each for each in source.people() if each.key == key)
    found = find_person(person.email)
    assert found is not None
    loaded = load_actor(found.id)
    assert loaded is not None
    return loaded


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_everything_in_the_files_is_there(network: Flask) -> None:
    spaces = [space for each in source.networks() for space in each.spaces]
    assert {space.slug for space in spaces} == set(db.session.scalars(select(Space.slug)))
    assert {person.email for person in source.people()} == set(db.session.scalars(select(Person.email)))
    titles = set(db.session.scalars(select(Document.title)))
    assert {document.title for space in spaces for document in source.documents(space.key)} <= titles
    assert count(Meeting) == len(source.meetings())
    assert count(FollowUp) == sum(len(meeting.follow_ups) for meeting in source.meetings())
    assert count(Municipality) >= 357


def test_each_version_is_by_its_author_on_its_day(network: Flask) -> None:
    names = {person.key: person.name for person in source.people()}
    for document in source.documents("personvern"):
        stored = db.session.scalars(select(Document).join(Space).where(Space.slug == "personvern")).all()
        found = next(each for each in stored if each.title == document.title)
        written = db.session.scalars(
            select(Revision).where(Revision.document_id == found.id).order_by(Revision.number)
        ).all()[-len(document.versions) :]
        assert [names[v.author] for v in document.versions] == [revision.author_name for revision in written]
        ages = [(LOADED_AT.date() - revision.created_at.date()).days for revision in written]
        assert [v.days_ago for v in document.versions] == ages


def test_links_between_documents_lead_somewhere(network: Flask) -> None:
    for document in db.session.scalars(select(Document).where(Document.published_id.is_not(None))):
        assert document.published is not None
        for link in document.published.body.split("](/s/")[1:]:
            space, _slash, slug = link.split(")")[0].split("#")[0].partition("/")
            if slug and not slug.startswith("-"):
                exists = select(Document.id).join(Space).where(Space.slug == space, Document.slug == slug)
                assert db.session.scalar(exists) is not None, f"{document.title}: /s/{space}/{slug}"


def test_meetings_came_as_far_as_the_files_say(network: Flask) -> None:
    stored = {meeting.title: meeting for meeting in db.session.scalars(select(Meeting))}
    for demo_meeting in source.meetings():
        meeting = stored[demo_meeting.title]
        is_held = demo_meeting.minutes is not None and demo_meeting.minutes.published
        assert meeting.state == (
            "held" if is_held else "called" if demo_meeting.state == "held" else demo_meeting.state
        )
        items = db.session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id))
        numbers = {str(case_number(item)) for item in items}
        assert numbers == {case.number for case in demo_meeting.cases}
        assert (meeting.minutes is not None) == (demo_meeting.minutes is not None)


def test_somebody_has_something_to_do(network: Flask) -> None:
    assert any(my_follow_ups(actor(person.key)) for person in source.people() if person.note)


def test_assessments_remember_their_template(network: Flask) -> None:
    asked = [d for n in source.networks() for s in n.spaces for d in source.documents(s.key) if d.template]
    written = sum(meeting.minutes is not None for meeting in source.meetings())
    assert count(Derivation) == len(asked) + written
    assert count(FormTemplate) == 10 * len(source.networks())


def test_readers_see_what_the_plan_says(network: Flask) -> None:
    neighbour, insider = actor("kontaktperson-alver"), actor("nettverksleder")
    networks = {space.network_id for space in db.session.scalars(select(Space)) if space.slug == "diginord"}
    assert {entry.space_slug for entry in list_templates(neighbour)} == {"digivest"}
    assert list_templates(ANONYMOUS) == []
    minutes = db.session.scalars(select(Document).where(Document.kind == "minutes")).all()
    open_minutes = [d for d in minutes if d.published_id and d.ring == "network" and d.space.network_id not in networks]
    for document in open_minutes:
        assert get_by_address(neighbour, document.space.slug, document.slug).id == document.id
    drafts = [d for d in minutes if d.published_id is None]
    for draft in drafts:
        assert get_by_address(insider, draft.space.slug, draft.slug).id == draft.id


def test_everybody_has_the_one_password(network: Flask) -> None:
    kept = set(db.session.scalars(select(Person.password_hash)))
    assert len(kept) == 1
    assert verify_password(kept.pop(), PASSWORD)


def test_an_installation_in_use_is_left_alone(network: Flask) -> None:
    before = count(Document)
    assert not is_empty()
    with pytest.raises(Conflict):
        load(lambda _text: None, with_password=True)
    answer = CliRunner().invoke(demo, ["load"], obj=network)
    assert answer.exit_code == 1
    assert "i bruk" in answer.output
    answer = CliRunner().invoke(demo, ["load", "--if-empty"], obj=network)
    assert (answer.exit_code, answer.output) == (0, "The installation is in use; nothing was loaded.\n")
    assert count(Document) == before


def test_a_second_load_makes_the_same_and_prints_its_sum(app: Flask, network: Flask) -> None:
    before = _print_of_everything()
    with app.app_context(), at(LOADED_AT):
        answer = CliRunner().invoke(demo, ["load", "--json"], obj=app)
        assert answer.exit_code == 0, answer.output
        assert json.loads(answer.output)["people"] == len(source.people())
        assert _print_of_everything() == before
        assert set(db.session.scalars(select(Person.password_hash))) == {None}, "no demo mode, no password"


def _print_of_everything() -> list[tuple[object, ...]]:
    rows = db.session.execute(
        select(Space.slug, Document.slug, Revision.number, Revision.content_hash, Revision.created_at)
        .join(Document, Document.id == Revision.document_id)
        .join(Space, Space.id == Document.space_id)
        .order_by(Revision.id)
    )
    return [tuple(row) for row in rows]


def test_the_accounts_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    print_accounts()
    printed = capsys.readouterr().out
    for person in source.people():
        assert (person.email in printed) == (person.note is not None)
    assert PASSWORD in printed
    print_accounts(with_password=False)
    assert PASSWORD not in capsys.readouterr().out
