"""What one writes survives a lost session and a closed window, and goes once it is saved."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

FORM = "/s/personvern/-/ny"
TEXT = "Dette må ikke gå tapt."
OFFER = "Du har en tekst her som ikke ble lagret"


def write(page: Page, title: str) -> None:
    page.goto(FORM)
    page.get_by_label("Tittel").fill(title)
    page.get_by_label("Tekst", exact=True).fill(TEXT)


def sign_in_again(page: Page) -> None:
    page.get_by_role("button", name="Logg inn som Koordinator personvern").click()


def test_a_session_lost_while_writing_costs_no_word(as_account: Callable[..., Page]) -> None:
    page = as_account("Koordinator personvern")
    write(page, "Skrevet uten økt")
    page.context.clear_cookies()
    page.get_by_role("button", name="Lagre som kladd").click()
    expect(page.get_by_text("Du var logget ut, så det ble ikke lagret.")).to_be_visible()
    sign_in_again(page)
    expect(page).to_have_url(re.compile(re.escape(FORM) + "$"))
    expect(page.get_by_text(OFFER)).to_be_visible()
    page.get_by_role("button", name="Hent den fram").click()
    expect(page.get_by_label("Tekst", exact=True)).to_have_value(TEXT)
    page.get_by_role("button", name="Lagre som kladd").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skrevet uten økt")
    page.goto(FORM)
    expect(page.get_by_text(OFFER)).to_have_count(0)  # saved: nothing waits any more


def test_a_closed_window_costs_no_word_and_can_be_let_go(
    as_account: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = as_account("Koordinator personvern")
    write(page, "Skrevet i et vindu som ble lukket")
    page.wait_for_timeout(800)  # the copy is written once the keys rest
    window = page.context.new_page()
    page.close()
    window.goto(FORM)
    expect(window.get_by_text(OFFER)).to_be_visible()
    axe(window)
    window.get_by_role("button", name="Forkast den").click()
    window.goto(FORM)
    expect(window.get_by_text(OFFER)).to_have_count(0)


def test_an_offer_that_nobody_answers_is_made_again(as_account: Callable[..., Page]) -> None:
    page = as_account("Koordinator personvern")
    write(page, "Den eldste teksten")
    page.wait_for_timeout(800)
    second = page.context.new_page()
    page.close()
    write(second, "En ny tekst, skrevet uten å svare")
    expect(second.get_by_text(OFFER)).to_have_count(1)
    second.get_by_role("button", name="Lagre som kladd").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("En ny tekst, skrevet uten å svare")
    second.goto(FORM)
    expect(second.get_by_text(OFFER)).to_have_count(1)  # what was saved is gone, what was not still waits
    second.get_by_label("Tittel").fill("Midt i noe annet")
    second.get_by_role("button", name="Hent den fram").click()
    expect(second.get_by_label("Tittel")).to_have_value("Den eldste teksten")
    second.wait_for_timeout(800)
    third = second.context.new_page()
    second.close()
    third.goto(FORM)
    expect(third.get_by_text(OFFER)).to_have_count(2)  # the text fetched, and the one it took the place of


def test_signing_out_leaves_nothing_in_the_browser(as_account: Callable[..., Page]) -> None:
    page = as_account("Koordinator personvern")
    write(page, "Skrevet på en delt maskin")
    page.wait_for_timeout(800)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("summary", has_text="Koordinator personvern").click()
    page.get_by_role("button", name="Logg ut").click()
    page.wait_for_load_state()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('fagrom-copy:'))") == []
