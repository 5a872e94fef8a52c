"""The result page."""

from flask.testing import FlaskClient

from tests.factories import identity
from tests.search.notes import Notes
from wiki.search.service import SearchService


def _filled(service: SearchService, notes: Notes, count: int = 1) -> None:
    for number in range(1, count + 1):
        notes.write(number, f"Skole {number}", "Kart over skular.")
    notes.write(1000, "Hemmelig skole", tokens=["space:7:reader"])
    service.rebuild()


def test_anonymous_people_see_what_is_public(client: FlaskClient, service: SearchService, notes: Notes) -> None:
    _filled(service, notes)
    page = client.get("/sok?q=skole")
    assert page.status_code == 200
    assert "1 treff" in page.text
    assert "Kart over <mark>skular</mark>." in page.text
    assert "Hemmelig" not in page.text


def test_pages_go_on_and_back_with_the_query(client: FlaskClient, service: SearchService, notes: Notes) -> None:
    _filled(service, notes, 45)
    second = client.get("/sok?q=skole&side=2").text
    assert "21–40 av 45" in second
    assert 'href="/sok?q=skole&amp;side=3"' in second
    assert 'rel="prev"' in second
    assert "Det er ikke flere treff" in client.get("/sok?q=skole&side=9").text


def test_a_facet_narrows_and_lets_go(client: FlaskClient, service: SearchService, notes: Notes) -> None:
    _filled(service, notes, 2)
    narrowed = client.get("/sok?q=skole&rom=rom").text
    assert 'href="/sok?q=skole" aria-current="true"' in narrowed
    assert '<input type="hidden" name="rom" value="rom">' in narrowed
    assert "Søk i alt, uten å avgrense" in client.get("/sok?q=skole&rom=ukjent").text


def test_copies_stand_together_until_one_asks_for_each(
    client: FlaskClient, service: SearchService, notes: Notes
) -> None:
    text = " ".join(f"ord{number}" for number in range(100))
    for number in (1, 2, 3):
        notes.write(number, f"Skole {number}", text)
    service.rebuild()
    page = client.get("/sok?q=skole").text
    assert "3 treff" in page
    assert "2 tekster som er nesten like" in page
    assert page.count("data-result") < client.get("/sok?q=skole&hver=1").text.count("data-result")


def test_administrators_may_see_why(client: FlaskClient, service: SearchService, notes: Notes) -> None:
    _filled(service, notes)
    assert "Poeng" not in client.get("/sok?q=skole&forklar=1").text
    identity.sign_in(client, identity.admin())
    assert "Poeng" not in client.get("/sok?q=skole").text
    assert "(skole " in client.get("/sok?q=skole&forklar=1").text
    assert "Poeng 0.00: –" in client.get("/sok?q=type:side&forklar=1").text


def test_nothing_found_offers_a_way_on(client: FlaskClient, service: SearchService, notes: Notes) -> None:
    _filled(service, notes)
    page = client.get("/sok?q=<b>sykehus").text
    assert "Ingen treff på «&lt;b&gt;sykehus»" in page
    assert "Logg inn" in page


def test_a_misspelt_word_is_offered_right(client: FlaskClient, service: SearchService, notes: Notes) -> None:
    notes.write(1, "Maskinporten")
    service.rebuild()
    assert 'href="/sok?q=maskinporten">maskinporten</a>' in client.get("/sok?q=maskinprten").text


def test_nothing_asked_explains_the_search(client: FlaskClient, service: SearchService) -> None:
    assert "Skriv det du leter etter" in client.get("/sok").text


def test_odd_input_is_no_error(client: FlaskClient, service: SearchService, notes: Notes) -> None:
    _filled(service, notes)
    for address in ('/sok?q="', "/sok?q=skole&side=-1", "/sok?q=skole&side=x", "/sok?side=99999", "/sok?q=-"):
        assert client.get(address).status_code == 200
