"""The two pictures of the README: `make screenshots` takes them anew."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_screenshots_for_the_readme(as_account: Callable[..., Page], screenshot: Callable[[Page, str], None]) -> None:
    page = as_account("Koordinator personvern")
    page.goto("/")
    expect(page.get_by_role("heading", name="Mine rom")).to_be_visible()
    screenshot(page, "start")
    page.goto("/s/bergen/dpia-digitalt-tilsyn-i-hjemmet")
    expect(page.locator(".frame-tree [aria-current=page]")).to_be_visible()
    expect(page.locator(".frame-facts")).to_contain_text("Laget fra")
    screenshot(page, "page")
