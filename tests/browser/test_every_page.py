"""Every address that can be read, in the demo network: axe finds nothing, nothing is wider than a phone, one language.

The list is held against the map of addresses, so a new page that nobody looks at fails.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.conftest import PHONE

LEAD, COORDINATOR, CONTACT, ADMIN, NOBODY = (
    "Nettverksleder",
    "Koordinator personvern",
    "Kontaktperson Alver",
    "Systemadministrator",
    "",
)
PAGE = "/s/personvern/innforing-av-mfa"


@dataclass(frozen=True)
class Visit:
    """An address and who goes there; what stands in braces is found first."""

    account: str
    address: str


VISITS = {
    "web.start": Visit(COORDINATOR, "/"),
    "search.results": Visit(COORDINATOR, "/sok?q=personvern"),
    "audit.log": Visit(LEAD, "/hendelser"),
    "identity.sign_in": Visit(NOBODY, "/logg-inn"),
    "identity.accept_invitation": Visit(NOBODY, "{invitation}"),
    "identity.administration": Visit(ADMIN, "/administrasjon"),
    "identity.all_people": Visit(ADMIN, "/administrasjon/folk"),
    "identity.municipality": Visit(CONTACT, "/kommune/4631"),
    "identity.invite_to_municipality": Visit(CONTACT, "/kommune/4631/inviter"),
    "identity.profile": Visit(COORDINATOR, "/min-side"),
    "identity.networks": Visit(LEAD, "/nettverk"),
    "identity.network": Visit(LEAD, "/nettverk/digivest"),
    "identity.network_people": Visit(LEAD, "/nettverk/digivest/folk"),
    "identity.invite_to_network": Visit(LEAD, "/nettverk/digivest/inviter"),
    "library.templates": Visit(COORDINATOR, "/maler"),
    "library.template": Visit(COORDINATOR, "{template}"),
    "library.start": Visit(COORDINATOR, "{template}/bruk"),
    "library.release": Visit(LEAD, "{template}/ny-versjon"),
    "library.space_templates": Visit(COORDINATOR, "/s/personvern/-/maler"),
    "spaces.index": Visit(COORDINATOR, "/rom"),
    "spaces.create": Visit(LEAD, "/rom/nytt"),
    "spaces.about": Visit(COORDINATOR, "/s/personvern/-/om"),
    "spaces.settings": Visit(COORDINATOR, "/s/personvern/-/innstillinger"),
    "spaces.members": Visit(COORDINATOR, "/s/personvern/-/medlemmer"),
    "spaces.add_member": Visit(COORDINATOR, "/s/personvern/-/medlemmer/nytt"),
    "spaces.seat": Visit(COORDINATOR, "{seat}"),
    "documents.front": Visit(COORDINATOR, "/s/personvern"),
    "documents.contents": Visit(COORDINATOR, "/s/personvern/-/innhold"),
    "documents.new": Visit(COORDINATOR, "/s/personvern/-/ny"),
    "documents.trash_can": Visit(COORDINATOR, "/s/personvern/-/papirkurv"),
    "documents.show": Visit(COORDINATOR, "/s/bergen/dpia-digitalt-tilsyn-i-hjemmet"),
    "documents.draft": Visit(COORDINATOR, "/s/personvern/referat-2026-11-17/kladd"),
    "documents.edit": Visit(COORDINATOR, f"{PAGE}/rediger"),
    "documents.history": Visit(COORDINATOR, f"{PAGE}/historikk"),
    "documents.revision": Visit(COORDINATOR, f"{PAGE}/historikk/1"),
    "documents.changes": Visit(COORDINATOR, f"{PAGE}/endringer?fra=1&til=3"),
    "documents.move": Visit(COORDINATOR, f"{PAGE}/flytt"),
    "documents.properties": Visit(COORDINATOR, f"{PAGE}/egenskaper"),
    "documents.readers": Visit(COORDINATOR, f"{PAGE}/lesere"),
    "meetings.in_space": Visit(COORDINATOR, "/s/personvern/-/moter"),
    "meetings.plan": Visit(COORDINATOR, "/s/personvern/-/moter/nytt"),
    "meetings.show": Visit(COORDINATOR, "{meeting}"),
    "meetings.change": Visit(COORDINATOR, "{meeting}/endre"),
    "meetings.agenda": Visit(COORDINATOR, "{meeting}/saksliste"),
    "meetings.case": Visit(COORDINATOR, "{case}"),
    "meetings.attendance": Visit(COORDINATOR, "{meeting}/oppmote"),
    "meetings.publish_minutes": Visit(COORDINATOR, "{written}/referat/publiser"),
}
NOT_PAGES = {
    "static",
    "audit.download",
    "health.healthz",
    "health.readyz",
    "identity.own_municipality",
    "identity.sign_in_as",
    "meetings.calendar",
    "web.choose_language",
}
DARK = ["web.start", "search.results", "documents.show", "documents.changes", "library.template", "meetings.show"]


@pytest.fixture(scope="module")
def found(browser: Browser, server: str, sessions: Callable[[str], StorageState]) -> dict[str, str]:
    """Addresses that hold a number or a secret, found as a person finds them."""
    places = {}
    with browser.new_context(base_url=server, storage_state=sessions(COORDINATOR)) as context:
        page = context.new_page()
        page.goto("/s/personvern/-/moter")
        for name, day in (("meeting", "3. desember 2026"), ("written", "17. november 2026")):
            places[name] = page.locator("h3 a").filter(has_text=day).get_attribute("href")
        page.goto(f"{places['meeting']}/saksliste")
        places["case"] = page.get_by_role("link", name="Endre").first.get_attribute("href")
        page.goto("/s/personvern/-/medlemmer")
        places["seat"] = page.get_by_role("link", name="Endre").first.get_attribute("href")
        page.goto("/maler")
        places["template"] = page.get_by_role("link", name="(DPIA)").first.get_attribute("href")
    with browser.new_context(base_url=server, storage_state=sessions(CONTACT)) as context:
        page = context.new_page()
        page.goto("/kommune/4631/inviter")
        page.get_by_label("Navn").fill("Rådgiver byggesak")
        page.get_by_label("E-postadresse").fill("byggesak.alver@demo.fagrom.example")
        page.get_by_role("button", name="Lag invitasjon").click()
        places["invitation"] = page.locator(".callout a").get_attribute("href")
    return {name: place or "" for name, place in places.items()}


def test_every_address_that_answers_get_is_visited(app: Flask) -> None:
    readable = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    pages = {endpoint for endpoint in readable - NOT_PAGES if not endpoint.startswith("api_")}
    assert pages == set(VISITS)


@pytest.mark.parametrize("endpoint", VISITS)
def test_the_page_can_be_read_by_all(
    as_account: Callable[..., Page], axe: Callable[[Page], None], found: dict[str, str], endpoint: str
) -> None:
    page = as_account(VISITS[endpoint].account)
    answer = page.goto(VISITS[endpoint].address.format(**found))
    assert answer is not None
    assert answer.status == 200
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == "nb"
    axe(page)
    page.set_viewport_size(PHONE)
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


@pytest.mark.parametrize("endpoint", DARK)
def test_the_page_can_be_read_in_the_dark(
    as_account: Callable[..., Page], axe: Callable[[Page], None], found: dict[str, str], endpoint: str
) -> None:
    page = as_account(VISITS[endpoint].account, color_scheme="dark")
    page.goto(VISITS[endpoint].address.format(**found))
    axe(page)
