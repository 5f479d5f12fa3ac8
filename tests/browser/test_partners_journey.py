"""From who is competent to who keeps a promise: warden, coordinator and partner."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open

PHONE_OPTIONS = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
SECONDS = 10


def test_a_warden_finds_who_is_competent_in_ten_seconds(visit: Open) -> None:
    page = visit("gw1", "/", **PHONE_OPTIONS)
    began = time.monotonic()
    page.get_by_role("link", name="Bevoegd").first.tap()
    box = page.locator("[name=q]")
    box.fill("sluikstrot")  # thumbs make mistakes
    box.press("Enter")
    expect(page.get_by_role("heading", name="Wie ruimt sluikstort op?")).to_be_visible()
    expect(page.get_by_role("link", name="Mail").first).to_be_visible()
    assert time.monotonic() - began < SECONDS


def test_what_is_agreed_shared_declined_and_judged_shows_in_the_engagement(visit: Open) -> None:
    desk = visit("coordinator", "/afspraken/nieuw/")
    agreement = make_agreement(desk)
    share_an_action(desk)
    decline(visit("partner.wonen", "/ruimte/"))
    desk.goto("/")
    expect(desk.get_by_text("Avondplan station").first).to_be_visible()

    desk.goto("/partners/?q=Sociale woonmaatschappij")
    desk.locator("table").get_by_role("link", name="Sociale woonmaatschappij").click()
    desk.get_by_role("link", name="Engagement van deze partner").click()
    before = desk.locator(".tiles").inner_text()

    judge(desk, agreement)
    desk.goto("/partners/engagement/")
    desk.locator("table").get_by_role("link", name="Sociale woonmaatschappij").click()
    assert desk.locator(".tiles").inner_text() != before


def make_agreement(page: Page) -> str:
    """An agreement with two parties and a commitment of each."""
    page.locator("[name=type]").select_option(index=1)
    page.locator("[name=title]").fill("Leefbaar wonen in de Linde")
    page.locator("[name=object]").fill("Samen zorgen voor een nette wijk.")
    page.locator("[name=starts]").fill("2026-01-01")
    page.locator("form .is-primary").last.click()
    expect(page.get_by_role("heading", name="Leefbaar wonen in de Linde")).to_be_visible()
    address = page.url
    for partner in ("Sociale woonmaatschappij", "Dienst openbaar domein"):
        parties = page.locator("#partijen")
        parties.locator("[name=partner]").select_option(label=partner)
        parties.get_by_role("button", name="Toevoegen").click()
        page.locator("#engagementen").get_by_role("link", name="Toevoegen").click()
        page.locator("[name=party]").select_option(label=partner)
        page.locator("[name=gives]").fill(f"{partner} ruimt elke maandag op")
        page.locator("main form .is-primary").last.click()
        expect(page.get_by_text(f"{partner} ruimt elke maandag op").first).to_be_visible()
        page.goto(address)
    return address


def share_an_action(page: Page) -> None:
    page.goto("/acties/?q=Avondplan station")
    page.locator("table").get_by_role("link", name="Avondplan station").click()
    page.get_by_role("link", name="Delen", exact=True).click()
    page.locator("[name=partner]").select_option(label="Sociale woonmaatschappij")
    page.locator("[name=text]").fill("Kunnen jullie 's avonds mee toezien aan blok C?")
    page.locator("[name=purpose]").fill("Toezicht afspreken")
    page.locator("[name=ground]").select_option("geen persoonsgegevens")
    page.get_by_role("button", name="Toon wat de partner ziet").click()
    seen = page.get_by_role("region", name="Dit ziet Sociale woonmaatschappij")
    expect(seen.get_by_text("mee toezien aan blok C")).to_be_visible()
    page.get_by_role("button", name="Deel zo").click()
    expect(page.get_by_text("Gedeeld met Sociale woonmaatschappij")).to_be_visible()


def decline(page: Page) -> None:
    page.get_by_role("link", name="Avondplan station").click()
    page.get_by_text("Wij doen dit niet").click()
    page.get_by_label("Reden").fill("'s Avonds hebben wij niemand.")
    page.get_by_role("button", name="Weigeren met deze reden").click()
    expect(page.get_by_text("De gemeente krijgt je antwoord")).to_be_visible()
    expect(page.get_by_text("Geweigerd").first).to_be_visible()


def judge(page: Page, agreement: str) -> None:
    """Say that the partner did not keep its promise."""
    page.goto(agreement)
    promise = page.locator("#engagementen li").filter(has_text="Sociale woonmaatschappij ruimt")
    promise.get_by_role("link", name="Beoordelen").click()
    page.locator("[name=status][value='niet nagekomen']").check()
    page.locator("main form .is-primary").last.click()
    expect(page.get_by_text("Niet nagekomen").first).to_be_visible()
