"""The map of the meldingen as people use it: the points of the list, by mouse, thumb and keyboard."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.test_accessibility import look

MAP = "/meldingen/kaart/"
# A cluster counts what lies under it; a mark alone is one.
COUNTED = """() => [...document.querySelectorAll(".map-cluster, .map .map-mark:not(.is-box)")]
  .reduce((sum, mark) => sum + (mark.matches(".map-cluster") ? parseInt(mark.textContent) : 1), 0)"""


def ready(page: Page) -> Page:
    page.wait_for_selector("[data-map][data-ready]")
    return page


@pytest.mark.parametrize("query", ["", "?lijst=zwevend", "?q=lamp&lijst=alle"])
def test_the_map_shows_what_the_list_holds(visit: Open, query: str) -> None:
    page = ready(visit("coordinator", f"{MAP}{query}"))
    placed = int(page.locator("[role=status] strong").first.inner_text())
    assert page.evaluate(COUNTED) == placed

    twin = page.locator("[data-map-twin]")
    told = int(re.findall(r"\d+", twin.inner_text())[0])
    twin.click()

    assert told >= placed
    expect(page.locator("[role=status] strong").first).to_have_text(str(told))


def test_a_cluster_opens_and_a_mark_leads_to_its_melding(visit: Open) -> None:
    page = ready(visit("coordinator", f"{MAP}?lijst=alle", viewport=DESK))
    before = page.locator(".map-cluster").all_inner_texts()

    page.locator(".map-cluster").first.click()
    page.wait_for_function("(old) => [...document.querySelectorAll('.map-cluster')]"
                           ".map((one) => one.innerText).join() !== old", arg=",".join(before))  # fmt: skip
    page.goto(f"{MAP}?lijst=zwevend")
    ready(page).locator(".map .map-mark").first.focus()
    page.keyboard.press("Enter")
    link = page.locator(".map-popup a").first
    expect(link).to_be_focused()
    number = link.inner_text().split()[0]
    page.keyboard.press("Enter")

    expect(page.locator(".page-head .eyebrow")).to_have_text(number)


def test_escape_closes_the_card_and_leaves_the_mark_in_focus(visit: Open) -> None:
    page = ready(visit("coordinator", f"{MAP}?lijst=zwevend"))
    mark = page.locator(".map .map-mark").first
    mark.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")

    expect(page.locator(".map-popup")).to_have_count(0)
    expect(mark).to_be_focused()


def test_filters_draw_the_map_anew(visit: Open) -> None:
    page = ready(visit("coordinator", MAP))
    page.fill("input[type=search]", "ZAN-2026-00911")
    page.press("input[type=search]", "Enter")

    expect(page.locator("[role=status] strong").first).to_have_text("1")
    assert ready(page).evaluate(COUNTED) == 1


def test_a_place_is_chosen_under_the_cross(visit: Open) -> None:
    page = visit("gw1", "/m/vaststelling/", viewport=PHONE)
    page.get_by_text("Kies op de kaart").click()
    page.locator(".map .leaflet-map-pane").wait_for(state="attached")
    page.locator(".map-hood").first.wait_for(state="attached")
    page.locator(".map").focus()
    page.keyboard.press("ArrowRight")

    expect(page.locator("[data-point-said]")).to_contain_text("Punt op de kaart gekozen")
    assert 50.9 < float(page.input_value("[name=latitude]")) < 51.0
    page.get_by_text("Punt wissen").click()
    assert page.input_value("[name=latitude]") == ""


def test_a_vague_place_is_to_be_looked_at(visit: Open) -> None:
    somewhere = {"latitude": 50.95, "longitude": 4.2, "accuracy": 250}
    page = visit("gw1", "/m/vaststelling/", viewport=PHONE, geolocation=somewhere,
                 permissions=["geolocation"])  # fmt: skip
    page.get_by_text("Mijn locatie").click()

    expect(page.locator("[data-point-said]")).to_contain_text("Controleer de plek")
    expect(page.locator("[data-point-said]")).to_contain_text("(250 m)")
    assert page.input_value("[name=latitude]") == "50.950000"


@pytest.mark.parametrize("path", [MAP, "/bussen/?route=1", "/meldingen/nieuw/"])
def test_no_map_has_a_fault(visit: Open, path: str) -> None:
    page = visit("coordinator", reduced_motion="reduce")
    page.add_init_script(AXE_SCRIPT)
    page.goto(path)
    if page.locator("[data-map-pick]").count():
        page.locator("[data-map-pick] summary").click()
        page.locator(".map-hood").first.wait_for(state="attached")
    else:
        ready(page)

    assert look(page) == []
