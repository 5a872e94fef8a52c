"""GET /api/v1/search."""

import pytest
from flask.testing import FlaskClient

from tests.search.notes import Notes
from wiki.search.service import SearchService


@pytest.fixture(autouse=True)
def _filled(service: SearchService, notes: Notes) -> None:
    notes.write(1, "Skole", "Kart over skular.")
    notes.write(2, "Skole i dag", "Noe.")
    notes.write(3, "Hemmelig skole", tokens=["space:7:reader"])
    service.rebuild()


def test_the_answer_has_what_was_promised(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=skole&limit=1").get_json()
    assert answer["query"] == "skole"
    assert answer["total"] == 2
    assert answer["suggestion"] is None
    assert answer["facets"]["space"] == [{"value": "rom", "label": "Rommet", "count": 2}]
    (hit,) = answer["hits"]
    assert set(hit) == {*("id", "source", "kind", "title", "space", "url", "snippet", "source_path", "score")}
    assert hit["id"] == 1
    assert hit["snippet"] == "Kart over <mark>skular</mark>."


def test_pages_follow_each_other(client: FlaskClient) -> None:
    pages = [client.get(f"/api/v1/search?q=skole&limit=1&offset={offset}").get_json() for offset in (0, 1, 2)]
    assert [[hit["id"] for hit in page["hits"]] for page in pages] == [[1], [2], []]


def test_narrowed_by_kind_and_space(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=skole&kind=page&space=rom").get_json()["total"] == 2
    assert client.get("/api/v1/search?q=skole&space=annet").get_json()["total"] == 0


@pytest.mark.parametrize("wrong", ["limit=101", "limit=-1", "limit=x", "offset=-1", "offset=1.5", "limit=", "offset=²"])
def test_a_wrong_number_is_a_problem(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"/api/v1/search?q=skole&{wrong}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_copies_stand_together_when_asked_for(client: FlaskClient, service: SearchService, notes: Notes) -> None:
    text = " ".join(f"ord{number}" for number in range(100))
    notes.write(1, "Skole", text)
    notes.write(2, "Skole i dag", text)
    service.rebuild()
    answer = client.get("/api/v1/search?q=skole&grouped=1").get_json()
    assert (answer["total"], answer["rows"], [len(hit["similar"]) for hit in answer["hits"]]) == (2, 1, [1])
    assert "rows" not in client.get("/api/v1/search?q=skole").get_json()


def test_no_query_is_no_hits(client: FlaskClient) -> None:
    assert client.get("/api/v1/search").get_json()["total"] == 0


def test_suggestions_are_titles_the_caller_may_read(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest?q=sko").get_json()
    assert answer["query"] == "sko"
    assert [hit["title"] for hit in answer["titles"]] == ["Skole", "Skole i dag"]
    assert set(answer["titles"][0]) == {"title", "url", "kind", "space", "space_name"}
    assert answer["tags"] == []
    assert len(client.get("/api/v1/suggest?q=sko&limit=1").get_json()["titles"]) == 1
    assert client.get("/api/v1/suggest").get_json() == {"query": "", "titles": [], "tags": []}
    assert client.get("/api/v1/suggest?q=sko&limit=0").status_code == 400


def test_nothing_is_suggested_while_there_is_no_index(client: FlaskClient, service: SearchService) -> None:
    service.recover = lambda: False
    assert client.get("/api/v1/suggest?q=finnes%20ikke").get_json()["titles"] == []
