"""Where scripts do not run, everything still works."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open

PLAIN = {"java_script_enabled": False}


def test_an_action_is_found_and_updated(visit: Open) -> None:
    page = visit("omgeving", "/acties/", **PLAIN)
    page.get_by_role("searchbox").first.fill("4.7.1")
    page.get_by_role("searchbox").first.press("Enter")
    page.locator("main").get_by_role("link", name="verwaarlo").first.click()
    page.get_by_role("link", name="Bijwerken").first.click()
    page.get_by_label("Wat is er gebeurd?").fill("Zonder scripts bijgewerkt.")
    for label in ("Hoe komt dat?", "Wat betekent dat voor het doel?", "Wat stel je voor?"):
        page.get_by_label(label).fill("Kort gezegd.")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Zonder scripts bijgewerkt.").first).to_be_visible()


def test_a_warden_looks_up_who_is_competent(visit: Open) -> None:
    page = visit("gw1", "/partners/wie-is-bevoegd/", **PLAIN)
    page.locator("[name=q]").fill("sluikstort")
    page.locator("[name=q]").press("Enter")
    expect(page.get_by_role("heading", name="Wie ruimt sluikstort op?")).to_be_visible()
    assert page.get_by_role("link", name="Mail").first.get_attribute("href", timeout=5000)


def test_a_partner_says_how_it_stands_with_its_promise(visit: Open) -> None:
    page = visit("partner.wonen", "/ruimte/afspraken/", **PLAIN)
    page.get_by_role("link", name="Laat weten hoe het staat").first.click()
    page.get_by_label("Loopt", exact=True).check()
    page.get_by_label("Wat is er gedaan?").fill("De herstelploeg komt nu elke week.")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text("wacht op de gemeente")).to_be_visible()


def test_a_report_is_written_and_frozen(visit: Open) -> None:
    page = visit("coordinator", "/rapporten/nieuw/", **PLAIN)
    page.get_by_role("link", name="Kerngroep", exact=True).click()
    page.get_by_role("button", name="Ontwerp maken").click()
    page.get_by_label("Woord vooraf").fill("Geschreven zonder scripts.")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("#preview").get_by_text("Geschreven zonder scripts.")).to_be_visible()
    page.get_by_role("link", name="Bevriezen").click()
    page.get_by_role("button", name="Nu bevriezen").click()
    expect(page.get_by_text("Bevroren").first).to_be_visible()


def test_the_lead_answers(visit: Open) -> None:
    page = visit("burgemeester", "/acties/mijn/", **PLAIN)
    page.get_by_role("button", name="Ik aanvaard 2.2.3").click()
    expect(page.get_by_role("button", name="Ik aanvaard 2.2.3")).to_have_count(0)


def test_the_plan_is_read(visit: Open) -> None:
    page = visit("raadslid", "/", **PLAIN)
    page.get_by_role("link", name="Integraal Veiligheidsplan").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zandrode")
