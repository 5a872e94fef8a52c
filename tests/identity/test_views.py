"""Every page of the room as every kind of person."""

import pytest
from flask.testing import FlaskClient

from tests.factories import identity as make
from wiki.identity.models import Person

ROLES = ("admin", "lead", "secretariat", "contact", "colleague", "neighbour", "stranger", "anonymous")


@pytest.fixture
def people(db: object) -> dict[str, Person | None]:
    """One of each: Alver and Bergen are in the network, Oslo is not."""
    network = make.network("nettet", "4631", "4601")
    make.municipality("0301")
    return {
        "admin": make.admin("Administrator"),
        "lead": make.lead(network, "Nettverksleder"),
        "secretariat": make.lead(network, "Sekretær", role="secretariat"),
        "contact": make.contact("4631", "Kontakt Alver"),
        "colleague": make.person("Kollega Alver", municipality_number="4631", function="Rådgiver"),
        "neighbour": make.person("Nabo Bergen", municipality_number="4601"),
        "stranger": make.person("Fremmed Oslo", municipality_number="0301"),
        "anonymous": None,
    }


SIGN_IN = 302
PAGES = {
    # page: status for admin, lead, secretariat, contact, colleague, neighbour, stranger, anonymous
    "/min-side": (200, 200, 200, 200, 200, 200, 200, SIGN_IN),
    "/nettverk/nettet": (200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    "/nettverk/nettet/folk": (200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    "/nettverk/nettet/folk?q=alver&side=2": (200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    "/nettverk/nettet/inviter": (200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    "/nettverk/finnes-ikke": (404, 404, 404, 404, 404, 404, 404, SIGN_IN),
    "/kommune/4631": (200, 200, 200, 200, 200, 200, 404, SIGN_IN),
    "/kommune/4631/inviter": (200, 200, 200, 200, 403, 403, 403, SIGN_IN),
    "/kommune/9999": (404, 404, 404, 404, 404, 404, 404, SIGN_IN),
    "/administrasjon": (200, 403, 403, 403, 403, 403, 403, SIGN_IN),
    "/administrasjon/folk": (200, 403, 403, 403, 403, 403, 403, SIGN_IN),
    "/hendelser": (200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    "/hendelser.csv": (200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    "/invitasjon/ukjent": (404,) * 8,
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_its_pages(client: FlaskClient, people: dict[str, Person | None], role: str) -> None:
    who = people[role]
    if who is not None:
        make.sign_in(client, who)
    answers = {address: client.get(address).status_code for address in PAGES}
    assert answers == {address: statuses[ROLES.index(role)] for address, statuses in PAGES.items()}
