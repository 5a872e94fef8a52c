"""Two people change the same sentence in two browsers: both texts are kept, and the last one chooses."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

START = "Vakten begynner klokken åtte.\n\nNøkkelen ligger i skapet."


def test_texts_that_meet_stand_side_by_side_until_somebody_chooses(
    as_account: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    first, second = as_account("Nettverksleder"), as_account("Rådgiver sekretariatet")
    address = write(first, "Vaktordning ved flytting")
    for page in (first, second):
        page.goto(f"{address}/rediger")
    change(first, "klokken sju")
    change(second, "klokken ni")

    expect(second.get_by_role("heading", level=1)).to_have_text("Dere har endret det samme")
    axe(second)
    expect(second.locator(".side.is-mine")).to_contain_text("klokken ni")
    expect(second.locator(".side.is-theirs")).to_contain_text("klokken sju")
    second.get_by_label("Bruk begge").check()
    second.get_by_label("Begge tekstene").fill("Vakten begynner klokken sju, i helgene klokken ni.")
    second.get_by_role("button", name="Publiser valgene").click()
    expect(second.locator("article")).to_contain_text("klokken sju, i helgene klokken ni")
    expect(second.locator("article")).to_contain_text("Nøkkelen ligger i skapet.")


def test_changes_in_different_places_are_both_kept_without_asking(as_account: Callable[..., Page]) -> None:
    first, second = as_account("Nettverksleder"), as_account("Rådgiver sekretariatet")
    address = write(first, "Nøkler ved flytting")
    for page in (first, second):
        page.goto(f"{address}/rediger")
    change(first, "klokken sju")
    text = second.get_by_label("Tekst", exact=True)
    text.fill(text.input_value().replace("i skapet", "hos vakten"))
    second.locator("form.form").get_by_role("button", name="Publiser").click()
    expect(second.locator(".flashes")).to_contain_text("Begge endringene er med")
    expect(second.locator("article")).to_contain_text("klokken sju")
    expect(second.locator("article")).to_contain_text("hos vakten")


def write(page: Page, title: str) -> str:
    """A new page in a room where both write; its address."""
    page.goto("/s/digitaliseringsutvalg/-/ny")
    page.get_by_label("Tittel").fill(title)
    page.get_by_label("Tekst", exact=True).fill(START)
    page.locator("form.form").get_by_role("button", name="Publiser").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def change(page: Page, hour: str) -> None:
    """Change the hour in the text and publish."""
    text = page.get_by_label("Tekst", exact=True)
    text.fill(text.input_value().replace("klokken åtte", hour))
    page.locator("form.form").get_by_role("button", name="Publiser").click()
