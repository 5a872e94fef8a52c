"""The frame that every page stands in: reachable by keyboard, readable by all, wide and narrow, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE

OPEN_PAGES = ["/", "/logg-inn", "/sok?q=personvern", "/finnes-ikke"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_open_pages(
    new_page: Callable[..., Page], axe: Callable[[Page], None], size: dict[str, int], scheme: str
) -> None:
    page = new_page(viewport=size, color_scheme=scheme)
    for address in OPEN_PAGES:
        page.goto(address)
        axe(page)


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_nothing_is_wider_than_a_phone(phone: Page, address: str) -> None:
    phone.goto(address)
    overflow = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_the_first_stop_of_the_keyboard_leads_past_the_frame(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    target = focused.get_attribute("href")
    assert target is not None
    assert target.startswith("#")
    page.keyboard.press("Enter")
    expect(page.locator(target)).to_be_in_viewport()


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_a_page_has_one_heading_of_the_first_level_and_a_language(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("lang") in {"nb", "nn", "en"}
