"""An update from the street: quick, and nothing lost when the network is."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open

SECONDS = 60
READING = 1.0  # seconds of looking before each tap
PHONE_OPTIONS = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
TEXT = "Twee pleinen opgeruimd en met de buren gesproken."


def open_update(page: Page) -> None:
    page.get_by_role("link", name="Bijwerken").first.tap()
    expect(page.get_by_label("Wat is er gebeurd?")).to_be_visible()


def own_update(visit: Open, username: str = "tech") -> Page:
    """The form to update the first action that this person leads."""
    page = visit(username, "/acties/?q=sluikstort", **PHONE_OPTIONS)
    page.get_by_role("link", name="Sluikstortaanpak op vaste plekken").first.tap()
    open_update(page)
    return page


def test_an_update_takes_less_than_a_minute(visit: Open) -> None:
    began, taps = time.monotonic(), 4
    page = own_update(visit)
    page.get_by_label("Wat is er gebeurd?").fill(TEXT)
    page.get_by_role("button", name="Bewaren").tap()
    expect(page.get_by_text(TEXT).first).to_be_visible()
    typing = len(TEXT) * 0.25  # seconds that thumbs need
    assert time.monotonic() - began + taps * READING + typing < SECONDS


def test_a_draft_survives_a_lost_network(visit: Open) -> None:
    page = own_update(visit)
    address = page.url
    page.get_by_label("Wat is er gebeurd?").fill("Dit typ ik in een kelder.")
    page.wait_for_timeout(1500)  # the draft is kept a moment after the last letter
    page.context.set_offline(True)
    page.get_by_role("button", name="Bewaren").tap()
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.goto(address)
    expect(page.get_by_label("Wat is er gebeurd?")).to_have_value("Dit typ ik in een kelder.")


def test_what_was_saved_leaves_no_draft(visit: Open) -> None:
    page = own_update(visit)
    address = page.url
    page.get_by_label("Wat is er gebeurd?").fill("Bewaard en klaar.")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Bewaren").tap()
    expect(page.get_by_text("Bewaard en klaar.").first).to_be_visible()
    page.goto(address)
    expect(page.get_by_label("Wat is er gebeurd?")).to_have_value("")
