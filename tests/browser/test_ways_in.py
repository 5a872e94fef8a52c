"""The same wiki by keyboard alone, without JavaScript, and in three languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


def test_search_and_read_by_keyboard_alone(as_account: Callable[..., Page]) -> None:
    page = as_account("Leser Bergen")
    page.goto("/s/personvern")
    page.keyboard.press("/")
    expect(page.locator("#q-header")).to_be_focused()
    page.keyboard.type("klarspråk")
    page.keyboard.press("Enter")
    expect(page.locator("[data-result]").first).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-result]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-result]").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    title = page.locator("[data-result]").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_page_moves_in_the_tree_by_keyboard_and_keeps_the_focus(as_account: Callable[..., Page]) -> None:
    page = as_account("Redaktør Kinn")
    page.goto("/s/oppvekst/-/innhold")
    rows = page.locator(".contents-tree > li .contents-row > a")
    before = rows.all_inner_texts()
    page.locator(".contents-tree > li").nth(2).get_by_role("button", name="Ned").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#**")
    after = rows.all_inner_texts()
    assert after == [*before[:2], before[3], before[2], *before[4:]]
    moved = page.locator("[data-moved]")
    expect(moved).to_contain_text(before[2])
    assert moved.evaluate("row => row.contains(document.activeElement)")
    page.keyboard.press("Tab") if moved.evaluate("row => row === document.activeElement") else None
    moved.get_by_role("button", name="Opp").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_text(before)


def test_the_main_journey_without_javascript(as_account: Callable[..., Page]) -> None:
    page = as_account("Kontaktperson Alver", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("DPIA mal")
    page.get_by_role("button", name="Søk").click()
    page.get_by_role("link", name="Vurdering av personvernkonsekvenser (DPIA)", exact=True).first.click()
    page.get_by_role("link", name="Bruk malen").click()
    page.get_by_label("Hva skal det hete?").fill("DPIA: parkering med app")
    page.get_by_label("Hvor skal det ligge?").select_option(label="Alver kommune")
    page.get_by_role("button", name="Begynn å skrive").click()
    page.get_by_label("Tekst", exact=True).fill("Appen lagrer **parkeringsnummer**.")
    page.get_by_role("button", name="Lagre som kladd").click()
    expect(page.locator("article strong")).to_have_text("parkeringsnummer")
    page.locator(".page-actions").get_by_role("button", name="Publiser").click()
    expect(page.locator(".status-line")).to_contain_text("Publisert")
    expect(page.locator(".frame-tree")).to_be_visible()
    page.locator("header").get_by_role("searchbox").fill("parkeringsnummer")
    page.locator("header").get_by_role("button", name="Søk").click()
    expect(page.get_by_role("link", name="DPIA: parkering med app")).to_be_visible()


LANGUAGES = {"nn": ("Nynorsk", "Søk"), "en": ("English", "Search"), "nb": ("Bokmål", "Søk")}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_frame_changes_language_and_the_text_keeps_its_own(page: Page, code: str) -> None:
    name, word = LANGUAGES[code]
    page.goto("/s/kommunikasjon/nynorsk-og-bokmal")
    page.get_by_role("contentinfo").get_by_role("link", name=name).click()
    assert page.url.endswith("/s/kommunikasjon/nynorsk-og-bokmal")
    assert page.locator("html").get_attribute("lang") == code
    assert page.locator("article").get_attribute("lang") == "nn"
    assert page.locator("h1").get_attribute("lang") == "nn"
    expect(page.locator("header").get_by_role("button")).to_have_text(word)
