"""The start page: for the anonymous what is open, for a person what is theirs."""

from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from tests.factories import identity as make
from wiki.core.authz import Actor
from wiki.web.panels import Section, panels_of


def greeting(actor: Actor, _thing: object) -> Markup:
    return Markup("<section>for {}</section>").format(actor.name or "all")


def test_the_anonymous_are_met_with_search_and_what_is_open(app: Flask, client: FlaskClient) -> None:
    panels_of(app).start.append(Section("greeting", 1, greeting))
    page = client.get("/")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert "Kunnskap kommunene deler" in page.text
    assert "<section>for all</section>" in page.text
    assert 'action="/sok"' in page.text
    assert 'href="/logg-inn"' in page.text
    assert "Logg ut" not in page.text


def test_a_person_is_met_by_name_with_what_is_theirs(app: Flask, client: FlaskClient, db: object) -> None:
    panels_of(app).start.append(Section("greeting", 1, greeting))
    make.sign_in(client, make.person("Kari <Nordmann>"))
    page = client.get("/")
    assert "Hei, Kari &lt;Nordmann&gt;" in page.text
    assert "<section>for Kari &lt;Nordmann&gt;</section>" in page.text
    assert "Logg ut" in page.text
    assert page.text.count("<h1") == 1


def test_sections_stand_in_their_order(app: Flask, client: FlaskClient) -> None:
    panels_of(app).start += [
        Section("last", 99, lambda _actor, _thing: Markup("<p>sist</p>")),
        Section("first", 1, lambda _actor, _thing: Markup("<p>først</p>")),
        Section("nothing", 2, lambda _actor, _thing: None),
    ]
    text = client.get("/").text
    assert 0 < text.index("<p>først</p>") < text.index("<p>sist</p>")


def test_one_persons_page_is_not_shown_to_another(app: Flask, db: object) -> None:
    for name in ("Kari", "Ola", "Kari"):
        text = make.sign_in(app.test_client(), make.person(name)).get("/").text
        assert f"Hei, {name}" in text
        assert ("Ola" in text, "Kari" in text) == (name == "Ola", name == "Kari")
    assert "Ola" not in app.test_client().get("/").text
