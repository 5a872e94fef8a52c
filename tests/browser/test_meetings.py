"""A coordinator from a planned meeting to minutes that the network reads and a promise that is kept."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

TITLE = "Møte om nøkkelkort"
CASE = "Felles rutine for nøkkelkort"


def test_a_meeting_from_plan_to_published_minutes(as_account: Callable[..., Page]) -> None:
    page = as_account("Koordinator personvern")
    plan(page)
    expect_hidden_from_others(as_account, page.url.removesuffix("/saksliste"))
    add_case(page, "Godkjenning av innkalling", "Godkjenning")
    add_case(page, CASE, "Vedtak")
    page.locator(".page-actions").get_by_role("button", name="Kall inn").click()
    expect(page.locator(".status-line")).to_contain_text("Kalt inn")
    expect(page.locator("#saker ~ ol")).to_contain_text(CASE)

    page.get_by_role("link", name="Før oppmøte").click()
    page.get_by_label("Koordinator personvern").select_option(label="Til stede")
    page.get_by_label("Kontaktperson Alver").select_option(label="Forfall")
    page.get_by_role("button", name="Lagre oppmøtet").click()
    expect(page.locator("main")).to_contain_text("Forfall (1)")

    meeting = page.url
    page.get_by_role("button", name="Skriv referat").click()
    text = page.get_by_label("Tekst", exact=True)
    text.fill(f"{text.input_value()}\n\nDøren til **arkivrommet** får ny lås.")
    page.get_by_role("button", name="Lagre som kladd").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Referat")
    expect(page.locator("article")).to_contain_text(CASE)

    page.goto(meeting)
    page.get_by_role("link", name="Publiser referat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Publiser referat")
    page.get_by_label("Alle kommuner i nettverket").check()
    page.locator("form.form").get_by_role("button", name="Publiser referat").click()
    page.goto(meeting)
    expect(page.locator(".status-line")).to_contain_text("Holdt")
    add_promise(page)

    reader = as_account("Leser Bergen")
    reader.goto(meeting)
    reader.get_by_role("link", name="Les referatet").click()
    expect(reader.locator("article")).to_contain_text("arkivrommet")
    expect(reader.locator(".frame-head .audience")).to_contain_text("nettverket")


def plan(page: Page) -> None:
    """Put the meeting in the calendar."""
    page.goto("/s/personvern/-/moter")
    page.get_by_role("link", name="Planlegg et møte").click()
    page.get_by_label("Hva heter møtet?").fill(TITLE)
    page.get_by_label("Dato").fill("2027-02-03")
    page.get_by_label("Begynner").fill("09:00")
    page.get_by_label("Slutter").fill("10:30")
    page.get_by_label("Sted").fill("Teams")
    page.get_by_role("button", name="Planlegg møtet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saksliste")
    expect(page.locator(".status-line")).to_contain_text(TITLE)
    expect(page.locator(".status-line")).to_contain_text("Planlagt")


def expect_hidden_from_others(as_account: Callable[..., Page], meeting: str) -> None:
    """Nobody outside the room sees the meeting before the call."""
    refused = as_account("Leser Bergen").goto(meeting)
    assert refused is not None
    assert refused.status == 404


def add_case(page: Page, title: str, kind: str) -> None:
    """Put a case on the agenda."""
    page.get_by_label("Hva gjelder saken?").fill(title)
    page.get_by_label("Hva skal møtet gjøre?").select_option(label=kind)
    page.get_by_role("button", name="Sett på sakslisten").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def add_promise(page: Page) -> None:
    """Give a task to oneself, find it on the start page, and finish it there."""
    task = "Skriv rutinen for nøkkelkort"
    page.get_by_text("Legg til et oppfølgingspunkt").click()
    page.get_by_label("Hva skal gjøres?").fill(task)
    page.get_by_label("Hvem gjør det?").select_option(label="Koordinator personvern")
    page.get_by_label("Frist").fill("2027-03-01")
    page.get_by_role("button", name="Legg til", exact=True).click()
    expect(page.get_by_role("row", name=task)).to_contain_text("Åpen")
    page.goto("/")
    row = page.get_by_role("listitem").filter(has_text=task)
    row.get_by_role("button", name="Ferdig").click()
    expect(row).to_have_count(0)
