"""The language of a page, its dates, and where the choice of one leads back to."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from wiki.web import language

MOMENT = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)  # 10:42 in Oslo


@pytest.mark.parametrize(
    ("code", "long", "short", "moment"),
    [
        ("nb", "20. november 2026", "20.11.2026", "20. november 2026 kl. 10.42"),
        ("nn", "20. november 2026", "20.11.2026", "20. november 2026 kl. 10.42"),
        ("en", "20 November 2026", "20/11/2026", "20 November 2026 at 10:42"),
    ],
)
def test_dates_are_in_the_language_of_the_page(app: Flask, code: str, long: str, short: str, moment: str) -> None:
    with app.test_request_context(headers={"Cookie": f"{language.COOKIE}={code}"}):
        assert language.long_date(date(2026, 11, 20)) == long
        assert language.short_date(date(2026, 11, 20)) == short
        assert language.date_and_time(MOMENT) == moment


def test_a_date_is_the_day_it_was_in_oslo(app: Flask) -> None:
    with app.test_request_context():
        assert language.long_date(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "21. november 2026"


@pytest.mark.parametrize("code", ["nb", "nn", "en"])
def test_the_page_says_which_language_it_is_in(client: FlaskClient, code: str) -> None:
    client.set_cookie(language.COOKIE, code)
    assert f'<html lang="{code}"' in client.get("/logg-inn").text


def test_a_language_that_is_not_ours_is_no_choice(client: FlaskClient) -> None:
    client.set_cookie(language.COOKIE, "sv")
    assert '<html lang="nb"' in client.get("/logg-inn").text


def test_choosing_a_language_leads_back_to_the_page(client: FlaskClient) -> None:
    answer = client.get("/sprak/nn", headers={"Referer": "http://localhost/sok?q=dpia"})
    assert answer.location == "/sok?q=dpia"
    assert '<html lang="nn"' in client.get("/logg-inn").text


@pytest.mark.parametrize("referrer", ["https://elsewhere.example/sok", "http://localhost//elsewhere.example", ""])
def test_choosing_a_language_leads_nowhere_else(client: FlaskClient, referrer: str) -> None:
    assert client.get("/sprak/nn", headers={"Referer": referrer}).location == "/"
