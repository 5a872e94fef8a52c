"""Ids, addresses and forms that make no sense get a clear 4xx and change nothing."""

import pytest
from flask.testing import FlaskClient

from tests.factories import identity as make

HUGE = "9" * 30


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (f"/administrasjon/folk/{HUGE}/steng", {}),
        (f"/administrasjon/folk/{2**31}/steng", {}),
        (f"/min-side/nokler/{HUGE}/trekk-tilbake", {}),
        (f"/invitasjoner/{HUGE}/trekk-tilbake", {}),
        (f"/nettverk/x/roller/{HUGE}/avslutt", {}),
        (f"/kommune/4631/roller/{HUGE}/avslutt", {}),
        (f"/kommune/{HUGE}/roller", {}),
        ("/administrasjon/medlemmer/avslutt", {"network": HUGE, "municipality": "4631"}),
        ("/administrasjon/medlemmer/avslutt", {"network": "-1"}),
        ("/invitasjon/" + "x" * 2000, {}),
    ],
)
def test_an_id_that_nothing_has_is_not_found(
    client: FlaskClient, db: object, address: str, form: dict[str, str]
) -> None:
    make.sign_in(client, make.admin())
    assert client.post(address, data=form).status_code == 404


@pytest.mark.parametrize(
    "address", ["/min-side", "/administrasjon/folk", "/administrasjon/nettverk", "/administrasjon/medlemmer"]
)
@pytest.mark.parametrize("value", ["", "x" * 5000, "\x00\x01", "👩‍💻" * 50, "<script>alert(1)</script>"])
def test_a_form_that_makes_no_sense_is_shown_again(client: FlaskClient, db: object, address: str, value: str) -> None:
    make.sign_in(client, make.admin())
    names = ("name", "email", "municipality", "profil-name", "nettverk-name", "nettverk-slug", "medlem-network")
    answer = client.post(address, data=dict.fromkeys(names, value))
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_a_database_is_not_asked_with_a_pattern(client: FlaskClient, db: object) -> None:
    make.sign_in(client, make.admin())
    assert "Ingen passer" in client.get("/administrasjon/folk?q=%25").text
    assert client.get("/administrasjon/folk?q=%00").status_code == 400
