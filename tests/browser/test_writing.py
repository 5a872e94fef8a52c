"""From a template found by search to a published assessment that search finds, as each demo account."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

WRITERS = {
    "Nettverksleder": "Digitaliseringsutvalget",
    "Rådgiver sekretariatet": "Sekretariatet",
    "Koordinator personvern": "Faggruppe personvern og informasjonssikkerhet",
    "Kontaktperson Alver": "Alver kommune",
    "Redaktør Kinn": "Kinn kommune",
}
READERS = ["Leser Bergen", "Medlem e-helse (Bergen)", "Leser DigiNord"]
TEMPLATE = "Vurdering av personvernkonsekvenser (DPIA)"


@pytest.mark.parametrize(("account", "room"), WRITERS.items())
def test_who_writes_takes_a_template_all_the_way_to_a_page_that_search_finds(
    as_account: Callable[..., Page], account: str, room: str
) -> None:
    page = as_account(account)
    title, word = f"DPIA: fjernlys i svømmehallen for {account}", "fjernlys"
    use_template(page, title, room)
    expect(page.get_by_label("Tekst")).to_have_value(re.compile("^## ", re.MULTILINE))

    page.get_by_label("Tekst").fill(f"## Kort om behandlingen\n\nLampene bruker **{word}** og ingen kamera.")
    page.get_by_role("button", name="Forhåndsvis").click()
    expect(page.locator(".preview strong")).to_have_text(word)
    page.get_by_role("button", name="Skriv videre").click()
    page.get_by_label("Hva har du endret?").fill("Skrev om behandlingen")
    page.get_by_role("button", name="Lagre som kladd").click()
    expect(page.locator(".status-line")).to_contain_text("Kladd")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".frame-facts")).to_contain_text(f"{TEMPLATE}, versjon 1.0")

    page.locator(".page-actions").get_by_role("button", name="Publiser").click()
    expect(page.locator(".status-line")).to_contain_text("Publisert")
    search(page, f"{word} {account}")
    expect(page.get_by_role("link", name=title)).to_have_count(1)


@pytest.mark.parametrize("account", READERS)
def test_who_only_reads_finds_the_template_and_is_told_who_can_help(
    as_account: Callable[..., Page], account: str
) -> None:
    page = as_account(account)
    find_template(page)
    expect(page.get_by_role("heading", name="Du kan ikke skrive i noe rom ennå")).to_be_visible()
    page.goto("/s/digivest/om-digivest")
    assert page.get_by_role("link", name="Rediger").count() == 0


def test_who_runs_the_house_reads_no_content_by_that(as_account: Callable[..., Page]) -> None:
    page = as_account("Systemadministrator")
    search(page, "DPIA mal")
    expect(page.get_by_role("link", name=TEMPLATE, exact=True)).to_have_count(0)
    refused = page.goto("/s/bergen/dpia-digitalt-tilsyn-i-hjemmet")
    assert refused is not None
    assert refused.status == 404


def test_an_edit_makes_a_version_that_can_be_compared_and_taken_back(as_account: Callable[..., Page]) -> None:
    page = as_account("Redaktør Kinn")
    write(page, "/s/kinn", "Vaktliste for kontoret", "Første utkast.\n\nSvar innen en time.")
    page.get_by_role("link", name="Rediger").first.click()
    page.get_by_label("Tekst").fill("Andre utkast.\n\nSvar innen en time.")
    page.locator("form.form").get_by_role("button", name="Publiser").click()
    open_more(page, "Historikk")
    page.get_by_role("button", name="Vis forskjellene").click()
    expect(page.locator(".diff")).to_contain_text("Andre")
    expect(page.locator(".diff")).to_contain_text("Første")
    page.go_back()
    page.get_by_role("button", name="Hent fram versjon 1").click()
    expect(page.locator("article")).to_contain_text("Første utkast.")


def test_what_is_thrown_away_comes_back_from_the_trash(as_account: Callable[..., Page]) -> None:
    page = as_account("Redaktør Kinn")
    write(page, "/s/kinn", "Gammel rutine for kopiering", "Kopier hver fredag.")
    address = page.url
    open_more(page, "Legg i papirkurven")
    gone = page.goto(address)
    assert gone is not None
    assert gone.status == 404
    page.goto("/s/kinn/-/papirkurv")
    page.get_by_role("listitem").filter(has_text="Gammel rutine for kopiering").get_by_role("button").click()
    expect(page.locator(".flashes")).to_contain_text("Gammel rutine for kopiering")
    back = page.goto(address)
    assert back is not None
    assert back.status == 200


def search(page: Page, words: str) -> None:
    """Search from the field in the header of the page one is on."""
    page.goto("/maler")
    field = page.locator("header input[name=q]")
    field.fill(words)
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Søk")


def find_template(page: Page) -> None:
    """From the search field to the form that starts an assessment."""
    search(page, "DPIA mal")
    page.get_by_role("link", name=TEMPLATE, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TEMPLATE)
    page.get_by_role("link", name="Bruk malen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bruk malen")


def use_template(page: Page, title: str, room: str) -> None:
    """Find the template and begin to write from it."""
    find_template(page)
    page.get_by_label("Hva skal det hete?").fill(title)
    page.get_by_label("Hvor skal det ligge?").select_option(label=room)
    page.get_by_role("button", name="Begynn å skrive").click()
    expect(page.get_by_label("Tittel")).to_have_value(title)


def write(page: Page, room: str, title: str, text: str) -> None:
    """A new published page in a room."""
    page.goto(f"{room}/-/ny")
    page.get_by_label("Tittel").fill(title)
    page.get_by_label("Tekst", exact=True).fill(text)
    page.locator("form.form").get_by_role("button", name="Publiser").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def open_more(page: Page, word: str) -> None:
    """Choose in the menu «Mer» of a page."""
    page.get_by_text("Mer", exact=True).click()
    page.locator(".page-actions .menu-list").get_by_text(word).click()
