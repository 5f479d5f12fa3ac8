"""No page of any role has an accessibility fault, on a desk or a phone, light or dark."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.crawl import Found, crawl
from tests.browser.house import House

# One demo user for each of the eleven roles.
PEOPLE = (
    "coordinator", "beheer", "civ", "gw3", "gw1", "wijk.noord", "korpschef", "schepen.iv",
    "tech", "partner.wonen", "raadslid",
)  # fmt: skip
OPEN_PAGES = ("/aanmelden/", "/wachtwoord-vergeten/", "/bestaat-niet/")
# What an address has shown already, whoever saw it; the frame around it is looked at once per role.
SEEN: defaultdict[str, set[str]] = defaultdict(set)
FAULTS_ONLY = {"resultTypes": ["violations"]}
# Light and dark differ in nothing but colours.
COLOURS = FAULTS_ONLY | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Of rows, cards and paragraphs of one make beside each other the first six tell.
SHORTEN = """() => document.querySelectorAll("main *").forEach((parent) => {
  const seen = {};
  for (const child of [...parent.children]) {
    const make = child.tagName + child.className;
    seen[make] = (seen[make] || 0) + 1;
    const alike = child.matches("tr, li, p, article, section, details, :not(form *) > div");
    if (alike && seen[make] > 6) child.remove();
  }
})"""
# What lies in a closed part of the page keeps its transition waiting, and nobody sees it.
STILL = """() => !document.getAnimations().some(
  (one) => one instanceof CSSTransition && one.effect.target.checkVisibility())"""


@pytest.fixture(scope="module", autouse=True)
def nothing_seen_yet() -> None:
    SEEN.clear()


def faults(page: Page, options: dict[str, Any]) -> list[str]:
    if not page.evaluate(STILL):  # a colour that is still changing is no fault
        page.wait_for_function(STILL, polling=50)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [f"{fault['id']}: {json.dumps(fault['nodes'][0]['html'])[:300]}" for fault in found]


@pytest.fixture
def look_at(visit: Open) -> Open:
    """Open a page that carries axe with it wherever it goes."""

    def open_page(username: str = "") -> Page:
        page = visit(username, reduced_motion="reduce")
        page.add_init_script(AXE_SCRIPT)
        return page

    return open_page


def look(page: Page) -> list[str]:
    """Look at the open page in its four appearances."""
    page.evaluate(SHORTEN)
    wrong = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for scheme, options in (("light", FAULTS_ONLY), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wrong += [f"{size['width']} {scheme} {fault}" for fault in faults(page, options)]
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
        wrong.append(f"the page is {wide} wide on a phone")
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    return wrong


def fresh(found: Found) -> bool:
    new = found.looks - SEEN[found.name]
    SEEN[found.name] |= found.looks
    return bool(new) or found.name == "home"


@pytest.mark.parametrize("username", PEOPLE)
def test_no_page_has_a_fault_for(username: str, house: House, look_at: Open) -> None:
    pages = [found for found in crawl(house, username) if fresh(found)]
    page, wrong = look_at(username), {}
    for found in pages:
        page.goto(found.path)
        if seen := look(page):
            wrong[f"{found.name} {found.path}"] = seen
    assert wrong == {}


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_no_open_page_has_a_fault(path: str, look_at: Open) -> None:
    page = look_at()
    page.goto(path)
    assert look(page) == []
