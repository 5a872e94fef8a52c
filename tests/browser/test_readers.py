"""Who sees what: another municipality, another network, somebody passing by, and the administrator who asks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

NETWORK = "/s/styringsgruppe/prosjektene-na"
MEMBERS = "/s/personvern/svakheter-vi-har-funnet"
MUNICIPALITY = "/s/alver/plan-for-personvernarbeidet-2027"
EDITORS = "/s/alver/dpia-kamera-i-symjehallen"
DRAFT = "/s/personvern/referat-2026-11-17"
NETWORKS = "/s/personvern/innforing-av-mfa"
OPEN = "/s/personvern/nar-trenger-vi-dpia"
ALL = (NETWORK, MEMBERS, MUNICIPALITY, EDITORS, DRAFT, NETWORKS, OPEN)

SEES = {
    "Koordinator personvern": {NETWORK, MEMBERS, DRAFT, NETWORKS, OPEN},
    "Kontaktperson Alver": {NETWORK, MEMBERS, MUNICIPALITY, EDITORS, NETWORKS, OPEN},
    "Nettverksleder": {NETWORK, MEMBERS, DRAFT, NETWORKS, OPEN},
    "Rådgiver sekretariatet": {NETWORK, MEMBERS, DRAFT, NETWORKS, OPEN},
    "Redaktør Kinn": {NETWORK, NETWORKS, OPEN},
    "Medlem e-helse (Bergen)": {NETWORK, NETWORKS, OPEN},
    "Leser Bergen": {NETWORK, NETWORKS, OPEN},
    "Observatør arkitektur": {OPEN},
    "Leser DigiNord": {NETWORKS, OPEN},
    "Systemadministrator": {OPEN},
    "": {OPEN},
}


@pytest.mark.parametrize("account", SEES)
def test_each_reader_sees_exactly_what_is_theirs(page: Page, as_account: Callable[..., Page], account: str) -> None:
    reader = as_account(account) if account else page
    seen = {address for address in ALL if opens(reader, address)}
    assert seen == SEES[account]
    reader.goto("/sok?q=symjehallen")
    found = reader.get_by_role("link", name="DPIA: kamera i symjehallen").count()
    assert bool(found) == (EDITORS in SEES[account])


def test_another_municipality_reads_the_shared_assessment_and_nothing_to_change(
    as_account: Callable[..., Page],
) -> None:
    page = as_account("Kontaktperson Alver")
    page.goto("/s/bergen/dpia-digitalt-tilsyn-i-hjemmet")
    expect(page.locator(".frame-facts")).to_contain_text("Alle kommuner i nettverket")
    assert page.get_by_role("link", name="Rediger").count() == 0
    tree = page.locator(".frame-tree")
    expect(tree.locator("[aria-current=page]")).to_have_text("DPIA: digitalt tilsyn i hjemmet")
    expect(tree).not_to_contain_text("Intern")


def test_an_administrator_asks_who_can_read(as_account: Callable[..., Page]) -> None:
    page = as_account("Systemadministrator")
    page.goto("/s/personvern/nar-trenger-vi-dpia/lesere")
    ask(page, "Leser Bergen")
    expect(page.locator(".callout")).to_contain_text("Ja, Leser Bergen kan lese dette")


def test_an_editor_asks_and_narrows_who_can_read(as_account: Callable[..., Page]) -> None:
    page = as_account("Redaktør Kinn")
    page.goto("/s/kinn/-/ny")
    page.get_by_label("Tittel").fill("Turnus for vakttelefonen")
    page.locator("form.form").get_by_role("button", name="Publiser").click()
    page.goto(f"{page.url}/lesere")
    page.get_by_label("Hvem kan lese?").select_option(label="Alle kommuner i nettverket")
    page.locator("form.form").get_by_role("button", name="Lagre").click()
    address = page.url.removesuffix("/lesere")
    reader = as_account("Leser Bergen")
    wide = reader.goto(address)
    page.goto(f"{address}/lesere")
    page.get_by_label("Hvem kan lese?").select_option(label="Bare redaktørene i rommet")
    page.locator("form.form").get_by_role("button", name="Lagre").click()
    narrow = reader.goto(address)
    assert (wide and wide.status, narrow and narrow.status) == (200, 404)


def ask(page: Page, name: str) -> None:
    """Ask whether somebody can read the document."""
    page.get_by_label("Person", exact=True).select_option(label=name)
    page.get_by_role("button", name="Spør").click()


def opens(page: Page, address: str) -> bool:
    """Whether the page at an address is shown, and not the sign-in page or that there is no such page."""
    answer = page.goto(address)
    return answer is not None and answer.status == 200 and page.url.endswith(address)
