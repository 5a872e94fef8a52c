"""The pages of the template library as each role meets them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import identity
from tests.factories import library as factory
from wiki.core.authz import SYSTEM
from wiki.documents import queries as documents_queries
from wiki.documents import service as documents
from wiki.documents.domain.commands import EditDocument
from wiki.library.domain import StartFromTemplate, TemplateType
from wiki.library.queries.templates import list_templates, newest_release, origin
from wiki.library.service import start_from_template

pytestmark = pytest.mark.usefixtures("db")


def client_of(app: Flask, small: factory.Small, role: str) -> FlaskClient:
    return identity.sign_in(app.test_client(), getattr(small, role))


def publish_anew(document_id: int) -> None:
    document = documents_queries.get(SYSTEM, document_id)
    command = EditDocument(
        document_id=document.id, base_id=document.head_id or 0, title=document.title, body="Nytt.", publish=True
    )
    documents.edit(SYSTEM, command)


def test_the_library_shows_each_template_once_in_the_chosen_language(app: Flask, small: factory.Small) -> None:
    client = client_of(app, small, "reader")
    page = client.get("/maler").text
    assert page.count("Vurdering av personvernkonsekvenser (DPIA)</a>") == 1
    assert "Vurdering av personvernkonsekvensar" not in page
    nynorsk = client.get("/maler?sprak=nn").text
    assert "personvernkonsekvensar" in nynorsk
    both = client.get("/maler?sprak=alle").text
    assert "Referat fra møte" in both
    assert "Referat frå møte" in both


def test_the_library_is_searched_by_words(app: Flask, small: factory.Small) -> None:
    client = client_of(app, small, "reader")
    assert "Mandat" not in client.get("/maler?q=dpia").text.split('class="frame')[1]
    assert "Ingen mal heter noe slikt" in client.get("/maler?q=finnes-ikke").text


def test_others_see_no_template_of_the_network(app: Flask, small: factory.Small, client: FlaskClient) -> None:
    template = list_templates(small.actor("reader"))[0]
    assert "DPIA</a>" not in client.get("/maler").text
    assert "Ingen maler er åpne for alle" in client.get("/maler").text
    assert client.get(f"/maler/{template.id}").status_code == 404
    assert client.get(f"/maler/{template.id}/bruk").location.startswith("/logg-inn")
    for page in ("", "/bruk", "/ny-versjon"):
        assert client_of(app, small, "stranger").get(f"/maler/{template.id}{page}").status_code == 404
    assert client.get("/maler/99999").status_code == 404


def test_a_template_says_what_it_is_and_offers_two_ways(app: Flask, small: factory.Small) -> None:
    template = list_templates(small.actor("reader"), type=TemplateType.DPIA, language="nb")[0]
    page = client_of(app, small, "reader").get(f"/maler/{template.id}").text
    for words in ("Bruk malen", "Se ferdige eksempler", "Versjon 1.0", "Nynorsk", template.summary, template.owner):
        assert words in page
    assert "Gi ut ny versjon" not in page


def test_using_a_template_makes_a_draft_and_opens_the_editor(app: Flask, small: factory.Small) -> None:
    template = list_templates(small.actor("coordinator"), type=TemplateType.ROS, language="nb")[0]
    client = client_of(app, small, "coordinator")
    form = client.get(f"/maler/{template.id}/bruk?rom={small.group.slug}").text
    assert f'<option selected value="{small.group.id}">' in form
    answer = client.post(f"/maler/{template.id}/bruk", data={"title": "ROS for Teams", "space": small.group.id})
    assert answer.location == f"/s/{small.group.slug}/ros-for-teams/rediger"
    assert client.get(answer.location).status_code == 200
    page = client.get(answer.location.removesuffix("/rediger")).text
    assert "Laget fra" in page
    assert f"/maler/{template.id}" in page
    assert client_of(app, small, "reader").get(f"/s/{small.group.slug}/ros-for-teams").status_code == 404


def test_who_cannot_write_anywhere_is_told_whom_to_ask(app: Flask, small: factory.Small) -> None:
    template = list_templates(small.actor("reader"))[0]
    client = client_of(app, small, "reader")
    assert "Du kan ikke skrive i noe rom ennå" in client.get(f"/maler/{template.id}/bruk").text
    assert client.post(f"/maler/{template.id}/bruk", data={"space": small.group.id}).status_code == 200
    assert newest_release(template.id) is not None


def test_a_space_one_may_not_write_in_is_refused(app: Flask, small: factory.Small) -> None:
    template = list_templates(small.actor("coordinator"))[0]
    client = client_of(app, small, "coordinator")
    answer = client.post(f"/maler/{template.id}/bruk", data={"title": "X", "space": small.room.id})
    assert answer.status_code == 422
    assert 'id="space-error"' in answer.text


def test_examples_and_newer_versions_are_shown(app: Flask, small: factory.Small) -> None:
    coordinator = small.actor("coordinator")
    template = factory.template(small.own, "Vår ROS")
    start = StartFromTemplate(template_id=template.document_id, space_id=small.group.id, title="ROS for skyen")
    document = start_from_template(coordinator, start)
    documents.publish(coordinator, document.id)
    publish_anew(template.document_id)
    lead = client_of(app, small, "lead")
    assert 'value="1.1"' in lead.get(f"/maler/{template.document_id}/ny-versjon").text
    released = lead.post(f"/maler/{template.document_id}/ny-versjon", data={"version": "1.1", "note": "Klarere"})
    assert released.status_code == 302
    page = client_of(app, small, "reader").get(f"/maler/{template.document_id}").text
    assert "ROS for skyen" in page
    assert "Klarere" in page
    assert "Tidligere versjoner" in page
    document_page = client_of(app, small, "reader").get(f"/s/{small.group.slug}/{document.slug}").text
    assert "Versjon 1.1 finnes nå." in document_page
    assert origin(coordinator, document.id) is not None


def test_a_wrong_version_is_told_on_its_field(app: Flask, small: factory.Small) -> None:
    template = factory.template(small.own)
    publish_anew(template.document_id)
    lead = client_of(app, small, "lead")
    for version in ("1.0", "ny", ""):
        answer = lead.post(f"/maler/{template.document_id}/ny-versjon", data={"version": version, "note": "x"})
        assert answer.status_code == 422
        assert 'id="version-error"' in answer.text
    assert client_of(app, small, "reader").get(f"/maler/{template.document_id}/ny-versjon").status_code == 403


def test_the_templates_of_a_space_stand_under_its_tab(app: Flask, small: factory.Small) -> None:
    factory.template(small.group, "Gruppens egen mal")
    page = client_of(app, small, "reader").get(f"/s/{small.group.slug}/-/maler").text
    assert "Maler som hører til rommet" in page
    assert "Gruppens egen mal" in page
    assert f"rom={small.group.slug}" in page
    assert client_of(app, small, "stranger").get(f"/s/{small.group.slug}/-/maler").status_code == 404


def test_the_page_of_a_template_offers_to_use_it(app: Flask, small: factory.Small) -> None:
    template = list_templates(small.actor("reader"), type=TemplateType.DPIA, language="nb")[0]
    page = client_of(app, small, "reader").get(f"/s/{template.space_slug}/{template.slug}").text
    assert f"/maler/{template.id}/bruk" in page
