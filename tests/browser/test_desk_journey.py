"""The desk takes a phone call in under a minute by keyboard; the coordinator closes twelve at once."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

MINUTE = 60  # seconds
KEYS_APART = 25  # milliseconds between two keys: quicker than a person, so the rest is ours
HERE = "document.activeElement.name || document.activeElement.textContent.trim()"


def tab_to(page: Page, name: str) -> None:
    """As somebody without a mouse: on to the next field until it is this one."""
    for _step in range(25):
        if page.evaluate(HERE) == name:
            return
        page.keyboard.press("Tab")
    message = f"{name} is not reached with the tab key"
    raise AssertionError(message)


def write(page: Page, name: str, words: str) -> None:
    tab_to(page, name)
    page.keyboard.type(words, delay=KEYS_APART)


def test_a_phone_call_is_taken_in_under_a_minute_by_keyboard(visit: Open) -> None:
    page = visit("civ", "/meldingen/")
    began = time.monotonic()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Nieuwe melding")).to_be_visible()
    expect(page.locator("[name=category]")).to_be_focused()

    write(page, "category", "Sluikstort")
    write(page, "text", "Drie zakken en een zetel naast de glasbol.")
    write(page, "place", "Glasbol Lindestraat")
    tab_to(page, "source")
    page.keyboard.type("Tel")
    write(page, "reporter_name", "Mia Peeters")
    tab_to(page, "channel")
    page.keyboard.type("Tel")
    write(page, "reporter_phone", "0470 11 22 33")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Genoteerd als")).to_be_visible()
    assert time.monotonic() - began < MINUTE
    expect(page.get_by_role("heading", name="Sluikstort")).to_be_visible()
    assert "Mia Peeters" not in page.content()  # who told it stands behind a click that is noted


def test_twelve_are_closed_with_one_reason(visit: Open) -> None:
    page = visit("coordinator", "/meldingen/?sort=binnen")
    before = open_ones(page)
    chosen = page.locator("[data-bulk-item]")
    for number in range(12):
        chosen.nth(number).check()
    expect(page.locator("[data-bulk-count]")).to_have_text("12")
    page.get_by_role("button", name="Afsluiten").click()

    expect(page.get_by_text("12 meldingen", exact=True)).to_be_visible()
    page.get_by_label("Reden van afsluiten").select_option(label="Opgelost")
    page.get_by_role("button", name="12 meldingen afsluiten").click()

    expect(page.get_by_text("12 gewijzigd, 0 niet gewijzigd.")).to_be_visible()
    page.get_by_role("link", name="Terug naar de meldingen").click()
    expect(page.get_by_role("heading", name="Meldingen")).to_be_visible()
    assert open_ones(page) == before - 12


def open_ones(page: Page) -> int:
    return int(page.get_by_role("status").first.locator("strong").inner_text())
