"""Every page of documents as each sort of reader meets it, and what wrong input comes to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from werkzeug.test import TestResponse

from tests.factories import documents as make
from tests.factories import identity as people
from tests.factories.documents import World
from wiki.core.authz import SYSTEM
from wiki.core.db import db as database
from wiki.documents import queries, service
from wiki.documents.domain.audience import Ring
from wiki.documents.domain.commands import SetAudience
from wiki.documents.models import Document, KeptDraft, Revision
from wiki.documents.views import arranging

pytestmark = pytest.mark.usefixtures("db")

EVERYBODY = ("anonymous", *make.SIGNED_IN)
WRITERS = {"coordinator", "editor", "lead"}
READERS = WRITERS | {"member", "observer", "reader"}
BODY = "Første avsnitt.\n\nAndre avsnitt.\n"


@pytest.fixture
def open_as(app: Flask, world: World) -> Callable[[str], FlaskClient]:
    def client(role: str) -> FlaskClient:
        made = app.test_client()
        return people.sign_in(made, world.person(role)) if role in make.SIGNED_IN else made

    return client


@pytest.fixture
def document(world: World) -> Document:
    return make.document(world.group, "Veileder", body=BODY, tags=("dpia",))


@pytest.fixture
def at(world: World) -> str:
    return f"/s/{world.group.slug}"


def statuses(open_as: Callable[[str], FlaskClient], path: str, method: str = "GET") -> dict[str, int]:
    return {role: open_as(role).open(path, method=method).status_code for role in EVERYBODY}


def expected(
    readers: set[str], otherwise: int = 404, *, anonymous: int = 404, ok: int = 200, **others: int
) -> dict[str, int]:
    rest = {role: ok if role in readers else otherwise for role in make.SIGNED_IN}
    return {"anonymous": anonymous} | rest | others


# --- who meets what ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "/historikk", "/historikk/1", "/endringer", "/lesere"])
def test_pages_of_a_published_document(
    open_as: Callable[[str], FlaskClient], at: str, document: Document, page: str
) -> None:
    signed_in_only = {"anonymous": 302, "admin": 200} if page == "/lesere" else {}
    assert statuses(open_as, f"{at}/veileder{page}") == expected(READERS, **signed_in_only)


@pytest.mark.parametrize("page", ["/rediger", "/egenskaper", "/flytt"])
def test_forms_are_for_writers(open_as: Callable[[str], FlaskClient], at: str, document: Document, page: str) -> None:
    refused = dict.fromkeys(READERS - WRITERS, 403)
    assert statuses(open_as, f"{at}/veileder{page}") == expected(WRITERS, anonymous=302, **refused)


@pytest.mark.parametrize("page", ["/-/ny", "/-/papirkurv"])
def test_pages_of_a_space_for_writers(open_as: Callable[[str], FlaskClient], at: str, page: str) -> None:
    refused = dict.fromkeys((READERS - WRITERS) | {"admin"}, 403)
    assert statuses(open_as, f"{at}{page}") == expected(WRITERS, anonymous=302, **refused)


def test_a_draft_is_not_there_but_for_its_editors(open_as: Callable[[str], FlaskClient], world: World, at: str) -> None:
    make.document(world.group, "Kladd", publish=False)
    assert statuses(open_as, f"{at}/kladd") == expected(WRITERS)
    assert statuses(open_as, f"{at}/kladd/kladd") == expected(WRITERS, anonymous=302)


def test_an_open_page_is_there_for_everybody(open_as: Callable[[str], FlaskClient], world: World, at: str) -> None:
    make.document(world.group, "Åpen", ring=Ring.PUBLIC)
    assert set(statuses(open_as, f"{at}/apen").values()) == {200}


@pytest.mark.parametrize(
    "action",
    ["publiser", "trekk-tilbake", "kast", "gjenopprett/1", "flytt/up", "rediger", "flett", "egenskaper", "flytt"],
)
def test_changes_are_refused_to_others_and_change_nothing(
    open_as: Callable[[str], FlaskClient], at: str, document: Document, action: str
) -> None:
    before = state()
    for role in set(EVERYBODY) - WRITERS:
        wanted = 302 if role == "anonymous" else 403 if role in READERS else 404
        assert open_as(role).post(f"{at}/veileder/{action}", data={"title": "x"}).status_code == wanted
    assert state() == before


def state() -> tuple[object, ...]:
    """What no refused request may change."""
    database.session.rollback()
    documents = select(
        Document.id, Document.title, Document.head_id, Document.published_id, Document.trashed_at, Document.position
    )
    return (
        tuple(tuple(row) for row in database.session.execute(documents.order_by(Document.id))),
        database.session.scalar(select(func.count(Revision.id))),
        database.session.scalar(select(func.count(KeptDraft.id))),
    )


def test_the_front_page_and_the_way_round_it(open_as: Callable[[str], FlaskClient], at: str) -> None:
    assert open_as("reader").get(at).status_code == 200
    assert open_as("admin").get(at).location == f"{at}/-/om"
    assert open_as("stranger").get(at).status_code == 404


# --- addresses ---------------------------------------------------------------------------------------


def test_an_old_address_leads_on_and_is_not_remembered_for_ever(
    open_as: Callable[[str], FlaskClient], at: str, document: Document
) -> None:
    make.change(document, title="Håndbok", publish=True)
    answer = open_as("reader").get(f"{at}/veileder")
    assert (answer.status_code, answer.location) == (302, f"{at}/handbok")
    assert open_as("stranger").get(f"{at}/veileder").status_code == 404


def test_a_draft_title_shows_on_no_page_of_a_reader(
    open_as: Callable[[str], FlaskClient], at: str, document: Document
) -> None:
    make.change(document, title="Hemmelig plan")
    for page in ("", "/historikk", "/endringer", "/lesere"):
        text = open_as("member").get(f"{at}/veileder{page}").text
        assert "Veileder" in text
        assert "Hemmelig" not in text
    assert "Hemmelig" not in open_as("member").get(f"{at}/-/innhold").text
    assert "Hemmelig plan" in open_as("editor").get(f"{at}/veileder/kladd").text


# --- writing -----------------------------------------------------------------------------------------


def post(client: FlaskClient, path: str, **data: object) -> TestResponse:
    return client.post(path, data=data)


def test_a_new_page_is_saved_as_a_draft_or_published(open_as: Callable[[str], FlaskClient], at: str) -> None:
    fields = {"title": "Ny side", "body": "Tekst", "language": "nn", "parent_id": 0}
    assert post(open_as("editor"), f"{at}/-/ny", **fields).location == f"{at}/ny-side/kladd"
    assert open_as("member").get(f"{at}/ny-side").status_code == 404
    post(open_as("editor"), f"{at}/-/ny", **fields | {"title": "Neste", "publiser": 1})
    page = open_as("member").get(f"{at}/neste")
    assert page.status_code == 200
    assert '<article class="prose" lang="nn">' in page.text


def test_two_texts_that_meet_are_shown_side_by_side_and_settled(
    open_as: Callable[[str], FlaskClient], at: str, document: Document
) -> None:
    base_id = document.head_id
    make.change(document, body=BODY.replace("Andre", "Deres"), actor=SYSTEM)
    mine = {"base_id": base_id, "title": "Veileder", "body": BODY.replace("Andre", "Min").replace("\n", "\r\n")}
    client = open_as("editor")
    page = post(client, f"{at}/veileder/rediger", **mine)
    assert page.status_code == 409
    assert "Min avsnitt." in page.text
    assert "Deres avsnitt." in page.text
    assert "tatt vare på en tekst" in client.get(f"{at}/veileder/rediger").text
    head = queries.get(SYSTEM, document.id).head_id
    choices = {"head_id": head, "choice-0": "edited", "edited-0": "Vårt avsnitt.", "publiser": 1}
    assert post(client, f"{at}/veileder/flett", **mine | choices).status_code == 302
    text = open_as("member").get(f"{at}/veileder").text
    assert "Vårt avsnitt." in text
    assert "Første avsnitt." in text
    assert "tatt vare på en tekst" not in client.get(f"{at}/veileder/rediger").text


def test_a_kept_text_can_be_gone_on_with_or_thrown(
    open_as: Callable[[str], FlaskClient], at: str, document: Document
) -> None:
    base_id = document.head_id
    make.change(document, body=BODY.replace("Andre", "Deres"))
    client = open_as("editor")
    post(client, f"{at}/veileder/rediger", base_id=base_id, title="Veileder", body=BODY.replace("Andre", "Min"))
    kept = database.session.scalars(select(KeptDraft)).one()
    assert "Min avsnitt." in client.get(f"{at}/veileder/rediger?min-tekst={kept.id}").text
    assert post(client, f"{at}/veileder/forkast/{kept.id}").status_code == 302
    assert database.session.scalar(select(func.count(KeptDraft.id))) == 0


def test_moved_by_keyboard_the_same_button_keeps_the_focus(
    open_as: Callable[[str], FlaskClient], at: str, document: Document
) -> None:
    answer = post(open_as("editor"), f"{at}/veileder/flytt/up")
    anchor = answer.location.partition("#")[2]
    assert f'id="{anchor}"' in open_as("editor").get(answer.location).text


def test_thrown_away_it_can_be_undone_at_once(
    open_as: Callable[[str], FlaskClient], at: str, document: Document
) -> None:
    client = open_as("editor")
    after = client.post(f"{at}/veileder/kast", follow_redirects=True).text
    undo = f"{at}/-/papirkurv/{document.id}"
    assert f'action="{undo}"' in after
    assert "Angre" in after
    assert client.post(undo).location == f"{at}/veileder"
    assert client.get(f"{at}/veileder").status_code == 200


def test_the_contents_of_a_large_space_come_in_pages(
    open_as: Callable[[str], FlaskClient], at: str, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arranging, "ROWS", 3)
    client = open_as("editor")
    first = client.get(f"{at}/-/innhold").text
    assert f"dokument-{document.id}" not in first
    assert "?side=2" in first
    for page in ("2", "99", "-1", "abc", "9" * 50):
        assert client.get(f"{at}/-/innhold?side={page}").status_code == 200
    assert f"dokument-{document.id}" in client.get(f"{at}/-/innhold?flyttet={document.id}").text


# --- wrong input -------------------------------------------------------------------------------------

WRONG = [
    ({}, 422),
    ({"title": "", "body": "x"}, 422),
    ({"title": "x" * 500, "body": "x"}, 422),
    ({"title": "Ok", "base_id": "abc"}, 422),
    ({"title": "Ok", "base_id": "9" * 40}, 422),
    ({"title": "Ok", "base_id": "-1"}, 422),
    ({"title": "Ok", "base_id": "٣"}, 422),
]


@pytest.mark.parametrize(("data", "status"), WRONG)
@pytest.mark.parametrize("action", ["rediger", "flett"])
def test_a_wrong_text_form(
    open_as: Callable[[str], FlaskClient], at: str, document: Document, action: str, data: dict[str, str], status: int
) -> None:
    before = state()
    answer = open_as("editor").post(f"{at}/veileder/{action}", data=data)
    assert answer.status_code == status
    assert state() == before


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("-/ny", {"title": "Ok", "language": "sv", "parent_id": 0}),
        ("-/ny", {"title": "Ok", "language": "nb", "parent_id": 999999}),
        ("-/ny", {"title": "Ok", "language": "nb", "parent_id": "9" * 50}),
        ("veileder/egenskaper", {"language": "nb", "review_on": "i morgen"}),
        ("veileder/egenskaper", {"language": "nb", "tags": "x" * 100}),
        ("veileder/flytt", {"space_id": "abc", "parent_id": "abc"}),
        ("veileder/flytt", {"space_id": 99999, "parent_id": 12345}),
        ("veileder/lesere", {"ring": "everybody"}),
        ("veileder/lesere", {"ring": "public", "add": "user:abc"}),
        ("veileder/flytt/sideways", {}),
        ("veileder/gjenopprett/77", {}),
    ],
)
def test_other_wrong_forms(
    open_as: Callable[[str], FlaskClient], at: str, document: Document, path: str, data: dict[str, object]
) -> None:
    before = state()
    assert open_as("editor").post(f"{at}/{path}", data=data).status_code == 422
    assert state() == before


@pytest.mark.parametrize(
    "path",
    [
        "/s/nope/nope",
        "{at}/finnes-ikke",
        "{at}/%00",
        "{at}/%ff%fe",
        "{at}/" + "x" * 5000,
        "{at}/veileder/historikk/0",
        "{at}/veileder/historikk/999999999999999999999999",
        "{at}/veileder/historikk/abc",
        "{at}/veileder/endringer?fra=99&til=1",
        "{at}/veileder/endringer?til=%ff",
    ],
)
def test_addresses_of_nothing(open_as: Callable[[str], FlaskClient], at: str, document: Document, path: str) -> None:
    wanted = 400 if "%" in path else 404  # bytes that are no text are no address either
    assert open_as("editor").get(path.format(at=at)).status_code == wanted


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "abc"])
def test_ids_of_nothing_in_the_trash(open_as: Callable[[str], FlaskClient], at: str, number: str) -> None:
    assert open_as("editor").post(f"{at}/-/papirkurv/{number}").status_code == 404


def test_bytes_that_are_no_text(open_as: Callable[[str], FlaskClient], at: str, document: Document) -> None:
    before = state()
    answer = open_as("editor").post(
        f"{at}/veileder/rediger",
        data=f"base_id={document.head_id}&title=%ff%fe&body=%00%ed%a0%80tekst".encode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 400
    assert state() == before


@pytest.mark.parametrize("path", ["{at}/veileder/rediger", "{at}/-/ny", "/forhandsvis"])
def test_twenty_megabytes_are_too_much(
    open_as: Callable[[str], FlaskClient], at: str, document: Document, path: str
) -> None:
    before = state()
    answer = open_as("editor").post(path.format(at=at), data={"title": "Stor", "text": "x", "body": "x" * 20_000_000})
    assert answer.status_code == 413
    file = b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\n' + b"x" * 20_000_000 + b"\r\n--x--\r\n"
    answer = open_as("editor").post(path.format(at=at), data=file, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert state() == before


def test_the_preview_is_cleaned(open_as: Callable[[str], FlaskClient]) -> None:
    answer = open_as("reader").post("/forhandsvis", data={"text": "# Hei\n\n<script>alert(1)</script>"})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert open_as("anonymous").post("/forhandsvis", data={"text": "x"}).status_code == 302


# --- readers -----------------------------------------------------------------------------------------


def test_who_can_read_and_why(open_as: Callable[[str], FlaskClient], world: World, at: str, document: Document) -> None:
    stranger = world.person("stranger")
    service.set_audience(
        SYSTEM, SetAudience(document_id=document.id, ring=Ring.SPACE, tokens=frozenset({f"user:{stranger.id}"}))
    )
    make.document(world.group, "Under", parent_id=document.id)
    text = open_as("member").get(f"{at}/under/lesere").text
    for words in ("Redaktørene i Personvern", "Medlemmene i Personvern", "Fremmed", "Arvet fra siden over", "Veileder"):
        assert words in text
    assert "Endre hvem som kan lese" not in text
    member = world.person("member")
    answer = open_as("coordinator").get(f"{at}/under/lesere?person=user:{member.id}").text
    assert "Ja, Member kan lese dette" in answer


def test_an_administrator_may_ask_but_not_change(
    open_as: Callable[[str], FlaskClient], at: str, document: Document
) -> None:
    assert open_as("admin").get(f"{at}/veileder/lesere").status_code == 200
    assert open_as("admin").post(f"{at}/veileder/lesere", data={"ring": "public"}).status_code == 403


def test_changing_who_can_read(
    open_as: Callable[[str], FlaskClient], world: World, at: str, document: Document
) -> None:
    client, path = open_as("coordinator"), f"{at}/veileder/lesere"
    assert post(client, path, ring="space", add="municipality:4602").status_code == 302
    assert open_as("reader").get(f"{at}/veileder").status_code == 200
    assert post(client, path, ring="space", remove="municipality:4602").status_code == 302
    assert open_as("reader").get(f"{at}/veileder").status_code == 404


# --- speed -------------------------------------------------------------------------------------------


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile, the framing of transactions left out."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", ["anonymous", "reader", "coordinator"])
@pytest.mark.parametrize("page", ["", "/open"])
def test_a_page_view_is_at_most_six_queries_whatever_the_size(
    open_as: Callable[[str], FlaskClient], world: World, at: str, role: str, page: str
) -> None:
    if role == "anonymous" and not page:
        page = "/open"
    top = make.document(world.group, "Open", ring=Ring.PUBLIC, tags=("a", "b"))
    client = open_as(role)
    client.get("/sok")  # who acts is known by now: it is built once for a process until somebody's rights change
    counts = []
    for _ in range(2):
        for _ in range(15):
            make.document(world.group, parent_id=top.id)
        for _ in ("cold", "warm"):
            with counted() as sent:
                assert client.get(f"{at}{page}").status_code == 200
            assert len(sent) <= 6, sent
            counts.append(len(sent))
    assert counts[1] == counts[3]
