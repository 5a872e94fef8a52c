"""People come and go: an invitation by a one-time link, a new room with its coordinator, the way in and out."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

PASSWORD = "havørn over fjorden i dag"


def test_a_contact_invites_and_the_invited_comes_in_once(page: Page, as_account: Callable[..., Page]) -> None:
    contact = as_account("Kontaktperson Alver")
    contact.goto("/")
    contact.get_by_role("link", name="Folk i kommunen").click()
    contact.get_by_role("link", name="Inviter").click()
    contact.get_by_label("Navn").fill("Rådgiver arkiv")
    contact.get_by_label("E-postadresse").fill("arkiv.alver@demo.fagrom.example")
    contact.get_by_label("Rolle").select_option(value="reader")
    contact.get_by_role("button", name="Lag invitasjon").click()
    link = contact.locator(".callout a").get_attribute("href")
    assert link is not None

    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen, Rådgiver arkiv")
    page.get_by_label("Velg et passord").fill(PASSWORD)
    page.get_by_role("button", name="Lag konto og logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hei, Rådgiver arkiv")
    page.goto("/s/alver/plan-for-personvernarbeidet-2027")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plan for personvernarbeidet")

    again = page.goto(link)
    assert again is not None
    assert again.status == 404
    sign_out_and_in(page)

    contact.goto("/kommune/4631")
    row = contact.get_by_role("row", name="Rådgiver arkiv")
    row.get_by_role("button", name="Har sluttet").click()
    expect(contact.get_by_role("row", name="Rådgiver arkiv")).to_have_count(0)


def test_a_lead_makes_a_room_and_gives_it_a_coordinator(as_account: Callable[..., Page]) -> None:
    page = as_account("Nettverksleder")
    page.goto("/rom")
    page.get_by_role("link", name="Lag et rom").click()
    page.get_by_label("Navn").fill("Faggruppe arkiv")
    page.get_by_label("Faggruppe").check()
    page.get_by_label("Kort om rommet").fill("Arkiv og innsyn i kommunene.")
    page.get_by_role("button", name="Lag rommet").click()
    expect(page.locator(".space-name")).to_contain_text("Faggruppe arkiv")
    page.goto("/s/faggruppe-arkiv/-/innhold")
    for title in ("Mandat", "Møtemal", "Årshjul"):
        expect(page.locator("main")).to_contain_text(title)

    page.goto("/s/faggruppe-arkiv/-/medlemmer/nytt")
    page.get_by_label("E-postadressen til personen").fill("redaktor.kinn@demo.fagrom.example")
    page.get_by_label("Koordinator").check()
    page.get_by_role("button", name="Legg til").click()
    row = page.get_by_role("row", name="Redaktør Kinn")
    expect(row).to_contain_text("Koordinator")
    expect(row).to_contain_text("Kinn")

    editor = as_account("Redaktør Kinn")
    expect_on_start_page(editor, "Faggruppe arkiv")
    editor.goto("/s/faggruppe-arkiv/-/moter")
    expect(editor.get_by_role("link", name="Planlegg et møte")).to_be_visible()


def test_wrong_password_says_so_and_keeps_the_address(page: Page) -> None:
    page.goto("/s/personvern/-/moter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logg inn")
    page.get_by_label("E-postadresse").fill("leser.bergen@demo.fagrom.example")
    page.get_by_label("Passord").fill("feil passord helt sikkert")
    page.locator("form.form").get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("E-postadresse")).to_have_value("leser.bergen@demo.fagrom.example")
    page.get_by_label("Passord").fill("fagrom demo nettverk")
    page.locator("form.form").get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Møter")


def test_a_lead_reads_the_log_of_the_network(as_account: Callable[..., Page]) -> None:
    page = as_account("Nettverksleder")
    page.goto("/hendelser")
    expect(page.get_by_role("row")).not_to_have_count(1)
    page.get_by_label("Hvem").fill("Koordinator personvern")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.locator("tbody tr").first).to_contain_text("Koordinator personvern")


def sign_out_and_in(page: Page) -> None:
    """Out by the person menu, and in with the password that was chosen."""
    page.goto("/")
    page.locator("header details.menu summary").click()
    page.get_by_role("button", name="Logg ut").click()
    page.goto("/logg-inn")
    page.get_by_label("E-postadresse").fill("arkiv.alver@demo.fagrom.example")
    page.get_by_label("Passord").fill(PASSWORD)
    page.locator("form.form").get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hei, Rådgiver arkiv")


def expect_on_start_page(page: Page, room: str) -> None:
    """A room is one of «Mine rom»."""
    page.goto("/")
    expect(page.get_by_role("link", name=room, exact=True).first).to_be_visible()
