"""One product and one browser for all tests in here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.browser.house import House, open_house

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
# A page lives too short for its scripts to be worth optimising; compiled at once they are quicker.
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--js-flags=--no-opt --no-maglev --always-sparkplug")
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="package")
def house() -> Iterator[House]:
    with open_house() as found:
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    if not path:
        pytest.fail("No Chromium: set CHROMIUM_PATH, or run script/setup.")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(house: House, browser: Browser) -> Iterator[Open]:
    """Open a page as somebody, on a desk or a phone; nothing is signed in twice."""
    opened: list[BrowserContext] = []

    def open_page(username: str = "", path: str = "/", **options: Any) -> Page:
        context = browser.new_context(
            base_url=house.address, locale="nl-BE", timezone_id="Europe/Brussels",
            **{"viewport": DESK, **options},
        )  # fmt: skip
        opened.append(context)
        if username:
            context.add_cookies(house.visitor(username).cookies())
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        context.close()
