"""The search field with its suggestions, by keyboard and for a screen reader."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_suggestions_are_chosen_by_keyboard(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/sok")
    field = page.get_by_role("combobox")
    field.press_sequentially("digi")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    axe(page)
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "q-suggestions-0")
    expect(field).to_be_focused()
    axe(page)
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile(".+"))
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("digi")
    field.press_sequentially("v")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/s/"))


def test_enter_searches_as_long_as_nothing_is_chosen(page: Page) -> None:
    page.goto("/")
    field = page.get_by_role("combobox")
    field.press_sequentially("digi")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/sok\?q=digi"))


def test_a_click_opens_what_is_suggested_and_leaving_closes(page: Page) -> None:
    page.goto("/sok")
    field = page.get_by_role("combobox")
    field.press_sequentially("digi")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Tab")
    expect(page.get_by_role("option")).to_have_count(0)
    field.fill("digiv")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile("/s/"))
