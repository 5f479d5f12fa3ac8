"""A warden with a phone: a route walked, something found, and one melding closed on the spot."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Open

PHONE_OPTIONS = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
TARGET = 48  # pixels


def tap(target: Locator) -> int:
    """One tap, on something a thumb can hit."""
    box = target.bounding_box()
    assert box
    assert box["height"] >= TARGET
    target.tap()
    return 1


def test_a_route_is_walked_with_one_tap_for_each_empty_box(visit: Open) -> None:
    page = visit("gw1", "/m/bus/PB01/", **PHONE_OPTIONS)  # as the code in the box leads
    tap(page.get_by_role("button", name="Begin ronde Noord"))
    expect(page.get_by_role("button", name="Leeg")).to_be_visible()
    boxes = page.locator("ol.card-rows > li").count()

    taps = 0
    for done in range(1, boxes):
        taps += tap(page.get_by_role("button", name="Leeg"))
        expect(page.get_by_text(f"{done}/{boxes}")).to_be_visible()
    tap(page.get_by_role("button", name="Ongedaan"))
    expect(page.get_by_text(f"{boxes - 2}/{boxes}")).to_be_visible()
    tap(page.get_by_role("button", name="Leeg"))
    expect(page.get_by_text(f"{boxes - 1}/{boxes}")).to_be_visible()
    tap(page.get_by_role("link", name="Briefjes of iets stuk"))
    tap(page.get_by_role("button", name="Eén meer"))
    page.get_by_role("button", name="Bewaar").tap()
    expect(page.get_by_text("2 briefjes genoteerd.")).to_be_visible()
    page.get_by_role("link", name="Ronde afsluiten").tap()
    page.get_by_role("button", name="Klaar").tap()

    expect(page.get_by_text("De ronde is klaar")).to_be_visible()
    assert taps == boxes - 1


def test_found_in_five_taps_and_closed_in_four(visit: Open) -> None:
    page = visit("gw3", "/m/", **PHONE_OPTIONS)
    taps = tap(page.get_by_role("link", name="Eigen vaststelling"))
    page.locator("[name=neighbourhood]").select_option(index=1)
    taps += 2  # the list and the neighbourhood
    taps += tap(page.locator(".tiles-pick label").first)
    taps += tap(page.locator(".action-bar .is-primary"))
    expect(page.get_by_text("Genoteerd als")).to_be_visible()
    assert taps == 5

    assert close(page, newest(page)) == 4
    tap(page.get_by_role("button", name="Ongedaan"))
    expect(page.get_by_text("staat weer open")).to_be_visible()


def newest(page: Page) -> str:
    """The number in the address of what was just found."""
    said = re.search(r"ZAN-\d+-\d+", page.get_by_text("Genoteerd als").inner_text())
    assert said
    page.goto("/meldingen/")
    row = page.locator("tr").filter(has_text=said.group())
    return str(row.get_by_role("link").first.get_attribute("href"))


def close(page: Page, address: str) -> int:
    page.goto(f"/m{address.replace('meldingen', 'melding')}")
    taps = 1  # opened from the list
    taps += tap(page.get_by_role("link", name="Afsluiten"))
    taps += tap(page.locator("label").filter(has_text="Niet te controleren").first)
    taps += tap(page.get_by_role("button", name="Bewaar"))
    expect(page.get_by_role("button", name="Ongedaan")).to_be_visible()
    return taps
