"""Which language a page speaks, and that going back never leaves the site."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories import identity as make
from wiki.core.db import unit_of_work
from wiki.settings import Settings
from wiki.web.language import date_and_time, is_local, long_date, short_date

SITE = "https://wiki.example.no"


def spoken(client: FlaskClient, address: str = "/") -> str:
    return client.get(address).text.partition('<html lang="')[2][:2]


# --- which language --------------------------------------------------------------------------------------------------


def test_the_setting_speaks_to_those_who_have_said_nothing(client: FlaskClient) -> None:
    assert spoken(client) == "nb"


def test_the_setting_may_be_another(tmp_path: Path, make_settings: Callable[..., Settings], database_url: str) -> None:
    from wiki.app import create_app

    app = create_app(make_settings(tmp_path, database_url, default_language="nn"))
    app.testing = True
    assert spoken(app.test_client()) == "nn"


@pytest.mark.parametrize("address", ["/", "/invitasjon/ukjent", "/finnes-ikke", "/sok?q=x"])
def test_a_person_is_spoken_to_in_their_language(client: FlaskClient, db: object, address: str) -> None:
    kari = make.person("Kari")
    with unit_of_work():
        kari.language = "nn"
    make.sign_in(client, kari)
    assert spoken(client, address) == "nn"


def test_what_was_chosen_in_this_browser_goes_first(client: FlaskClient, db: object) -> None:
    kari = make.person("Kari")
    with unit_of_work():
        kari.language = "nn"
    make.sign_in(client, kari)
    client.get("/sprak/en")
    assert spoken(client) == "en"


def test_a_language_that_we_do_not_speak_is_passed_over(client: FlaskClient) -> None:
    client.set_cookie("sprak", "../../etc")
    assert spoken(client) == "nb"
    assert client.get("/sprak/sv").status_code == 404


def test_a_form_that_came_too_late_speaks_the_persons_language(app: Flask, client: FlaskClient, db: object) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    kari = make.person("Kari")
    with unit_of_work():
        kari.language = "en"
    make.sign_in(client, kari)
    answer = client.post("/logg-ut")
    assert answer.status_code == 400
    assert '<html lang="en"' in answer.text


def test_a_choice_is_remembered_for_a_year_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = client.get("/sprak/en").headers["Set-Cookie"]
    assert cookie.startswith("sprak=en;")
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Max-Age=31536000"))


# --- and back --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("referrer", "target"),
    [
        ("http://localhost/sok?q=a&side=2#treff", "/sok?q=a&side=2"),
        ("http://localhost/", "/"),
        ("", "/"),
        ("http://localhost", "/"),
        ("http://evil.example/sok", "/"),
        ("http://localhost.evil.example/", "/"),
        ("http://localhost@evil.example/", "/"),
        ("http://localhost:81/", "/"),
        ("http://localhost//evil.example/", "/"),
        ("http://localhost/\\evil.example/", "/\\evil.example/"),
        ("http://localhost\\@evil.example/", "/"),
        ("http://[::1", "/"),
        ("http://[localhost]/", "/"),
        ("//localhost/x", "/x"),
        ("javascript:alert(1)", "/"),
        ("\xe6\xf8\xe5", "/"),
    ],
)
def test_one_goes_back_to_where_one_came_from_if_that_is_here(client: FlaskClient, referrer: str, target: str) -> None:
    answer = client.get("/sprak/nn", headers={"Referer": referrer})
    assert answer.status_code == 302
    landed = in_a_browser(answer.location, "http://localhost")
    assert landed.netloc == "localhost"
    if target != "/\\evil.example/":
        assert answer.location == target


def in_a_browser(address: str, site: str = SITE) -> SplitResult:
    """Where a browser goes (WHATWG URL): it trims, drops tabs and line ends, and takes a backslash for a slash."""
    address = address.strip("".join(map(chr, range(33))))
    address = "".join(c for c in address if c not in "\t\n\r")
    head, mark, tail = address.partition("?")
    return urlsplit(urljoin(site + "/s/rom", head.replace("\\", "/") + mark + tail))


ODD = st.text(alphabet="/\\.:@?#%;[] \t\n\r\x00\x0b\u2028\u3002\uff0f\xa0evilabc0159", max_size=25)


@given(ODD | ODD.map(lambda text: "/" + text))
@example("//evil.example")
@example("/\\evil.example")
@example("/\t/evil.example")
@example("/\n\\evil.example")
@example(" //evil.example")
@example("/.//evil.example")
@example("/..//evil.example")
@example("https:evil.example")
@example("///evil.example")
@example("/%2f%2fevil.example")
@example("/%5cevil.example")
@example("/@evil.example")
def test_what_is_local_stays_here(target: str) -> None:
    if is_local(target):
        assert in_a_browser(target).netloc == "wiki.example.no"
        assert in_a_browser(target).scheme == "https"


@pytest.mark.parametrize("target", ["/", "/sok?q=a", "/s/rom/side#del", "/s/æøå", "/a//b", "/logg-inn?neste=//x"])
def test_our_own_addresses_are_local(target: str) -> None:
    assert is_local(target)


@pytest.mark.parametrize(
    "target", [None, "", "sok", "https://evil.example", "javascript:alert(1)", "//x", "/\\x", "/\tx"]
)
def test_anything_else_is_not(target: str | None) -> None:
    assert not is_local(target)


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ("21. november 2026", "21.11.2026", "21. november 2026 kl. 00.30")),
        ("nn", ("21. november 2026", "21.11.2026", "21. november 2026 kl. 00.30")),
        ("en", ("21 November 2026", "21/11/2026", "21 November 2026 at 00:30")),
    ],
)
def test_dates_are_written_as_people_write_them_and_in_norwegian_time(
    app: Flask, language: str, words: tuple[str, str, str]
) -> None:
    moment = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    with app.test_request_context(headers={"Cookie": f"sprak={language}"}):
        assert (long_date(moment), short_date(moment), date_and_time(moment)) == words
        assert (long_date(date(2026, 11, 21)), short_date(date(2026, 11, 21))) == words[:2]
