"""Every answer carries the headers, and a request whose text is broken goes no further."""

from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from wiki.core.errors import Conflict
from wiki.web.auth import public
from wiki.web.security import CONTENT_SECURITY_POLICY

HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
)
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=grense"


@pytest.fixture
def seen(app: Flask) -> list[str]:
    """What reached the views."""
    reached: list[str] = []

    def echo(rest: str = "") -> str:
        reached.append(rest + "|".join(f"{k}={v}" for k, v in request.values.items(multi=True)))
        return "ok"

    def failing() -> str:
        raise RuntimeError

    def refusing() -> str:
        raise Conflict

    public(echo)
    app.add_url_rule("/ekko", "echo", echo, methods=["GET", "POST"])
    app.add_url_rule("/ekko/<path:rest>", "echo_path", echo, methods=["GET", "POST"])
    app.add_url_rule("/nummer/<int:number>", "number", public(lambda number: str(number)))
    app.add_url_rule("/feil", "failing", public(failing))
    app.add_url_rule("/avvist", "refusing", public(refusing))
    return reached


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/min-side", 302),
        ("/finnes-ikke", 404),
        ("/avvist", 409),
        ("/feil", 500),
        ("/ekko?q=%ff", 400),
        ("/static/finnes-ikke.css", 404),
        ("/healthz", 200),
        ("/api/v1/documents/x", 404),
        ("/api/v1/search?limit=x", 400),
    ],
)
@pytest.mark.usefixtures("seen")
def test_every_answer_has_the_headers_once(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert [len(answer.headers.getlist(name)) for name in HEADERS] == [1] * len(HEADERS)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.usefixtures("seen")
def test_a_wrong_method_has_them_too(client: FlaskClient) -> None:
    answer = client.delete("/ekko")
    assert answer.status_code == 405
    assert all(name in answer.headers for name in HEADERS)


def test_a_built_file_has_them_and_may_be_kept(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    app.static_folder = str(tmp_path)
    (tmp_path / "app-1.css").write_text("p{}", encoding="utf-8")
    with client.get("/static/app-1.css") as answer:
        assert answer.status_code == 200
        assert all(name in answer.headers for name in HEADERS)
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert "private" not in answer.headers["Cache-Control"]


def test_nothing_beside_the_built_files_is_served(client: FlaskClient) -> None:
    for path in ("../package.json", "..%2fpackage.json", "%2e%2e/package.json", "/etc/passwd", "..\\package.json"):
        assert client.get(f"/static/{path}").status_code in (404, 308, 400), path


def test_over_https_browsers_are_told_to_stay_there(client: FlaskClient) -> None:
    assert client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"].startswith("max-age=3153")


def test_the_policy_lets_no_foreign_and_no_inline_script_in() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert not any(word in CONTENT_SECURITY_POLICY for word in ("unsafe", "http", "*"))


# --- broken text -----------------------------------------------------------------------------------------------------

BROKEN = ["%ff", "%c3", "%c3%28", "%c0%af", "%ed%a0%80", "%f5%80%80%80", "a%e6b"]


@pytest.mark.parametrize("broken", [*BROKEN, "%00", "a%00b"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_broken_text_in_an_address_or_a_query_is_refused(
    client: FlaskClient, seen: list[str], broken: str, method: str
) -> None:
    for address in (f"/ekko/{broken}", f"/ekko?q={broken}", f"/ekko?{broken}=q", f"/ekko?q=a&q={broken}"):
        assert client.open(address, method=method).status_code == 400, address
    assert seen == []


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_text_in_a_form_is_refused(client: FlaskClient, seen: list[str], broken: str) -> None:
    for body in (f"a={broken}", f"{broken}=a", f"a=1&a={broken}"):
        assert client.post("/ekko", data=body, content_type=FORM).status_code == 400, body
    assert seen == []


@pytest.mark.parametrize("body", [b"a=\xff", b"\xe6=a", b"a=\xc3"])
def test_broken_bytes_in_a_form_are_refused(client: FlaskClient, seen: list[str], body: bytes) -> None:
    assert client.post("/ekko", data=body, content_type=FORM).status_code == 400
    assert client.get("/ekko", data=body, content_type=FORM).status_code == 400
    assert seen == []


def parts(*fields: tuple[bytes, bytes]) -> bytes:
    """A form in parts, with these names and values."""
    lines = [
        b'--grense\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name, value) for name, value in fields
    ]
    return b"".join(lines) + b"--grense--\r\n"


@pytest.mark.parametrize(
    "fields",
    [[(b"a", b"\xff")], [(b"a", b"ok"), (b"a", b"x\xe6y")], [(b"a", b"b"), (b"c", b"\xed\xa0\x80")]],
)
def test_broken_text_in_a_form_in_parts_is_refused(
    client: FlaskClient, seen: list[str], fields: list[tuple[bytes, bytes]]
) -> None:
    assert client.post("/ekko", data=parts(*fields), content_type=PARTS).status_code == 400
    assert seen == []


@pytest.mark.parametrize("word", ["æøå", "čáŋ", "日本", "👩‍💻", "a+b c%d", "\u2028", "á"])
def test_every_writing_gets_through(client: FlaskClient, seen: list[str], word: str) -> None:
    assert client.get("/ekko", query_string={"q": word}).status_code == 200
    assert client.post("/ekko", data={"q": word}).status_code == 200
    assert client.post("/ekko", data=parts((b"q", word.encode())), content_type=PARTS).status_code == 200
    assert client.get(f"/ekko/{word.replace('%', '%25')}").status_code == 200
    assert seen == [f"q={word}"] * 3 + [word]


@pytest.mark.parametrize("content_type", ["application/json", "", "text/plain", FORM, PARTS])
def test_a_body_that_is_nothing_of_the_kind_does_not_break_us(
    client: FlaskClient, seen: list[str], content_type: str
) -> None:
    for body in (b"", b"\x00", b"{", b"--grense", b"--grense\r\n\r\n", b"&&&===", b"%"):
        assert client.post("/ekko", data=body, content_type=content_type).status_code in (200, 400), body


@pytest.mark.usefixtures("seen")
def test_a_number_that_no_key_has_is_an_unknown_address(client: FlaskClient) -> None:
    assert client.get(f"/nummer/{2**31 - 1}").text == str(2**31 - 1)
    for number in (str(2**31), "9" * 4000, "-1", "1.5", "x"):
        assert client.get(f"/nummer/{number}").status_code == 404, number
