"""From the sign-in page to the PDF on the college's table."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from demo import PASSWORD
from demo.loader.source import moved
from tests.browser.conftest import Open

MOST_CLICKS = 15
BUILD_SECONDS = 60


@dataclass
class Hand:
    """Counts what the person does with the mouse."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()


def pdf_behind(page: Page, link: Locator) -> PdfReader:
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.body()))


def check(pdf: PdfReader) -> None:
    """All domains, all actions, and the counts that the demo's own data give."""
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    data = moved()
    actions = [a for d in data["domains"] for s in d["sub_themes"] for a in s["actions"]]
    assert [d["title"] for d in data["domains"] if d["title"] not in text] == []
    assert [a["code"] for a in actions if a["code"] not in text] == []
    assert re.search(rf"Acties in het plan {len(actions)}\b", text)
    quick_wins = sum(bool(action.get("quick_win")) for action in actions)
    assert f"van {quick_wins}" in text


def built(page: Page) -> Locator:
    """The page follows the worker by itself."""
    link = page.get_by_role("link", name="PDF openen")
    expect(link).to_be_visible(timeout=BUILD_SECONDS * 1000)
    return link


def test_a_report_for_the_college_takes_few_clicks(visit: Open) -> None:
    page = visit(path="/aanmelden/")
    hand = Hand(page)
    page.get_by_label("E-mailadres").fill("coordinator@zandrode.example")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    hand.click(page.get_by_role("button", name="Aanmelden"))
    hand.click(page.get_by_role("link", name="Rapporten", exact=True).first)
    hand.click(page.get_by_role("link", name="Nieuw rapport").first)
    hand.click(page.get_by_role("link", name="College", exact=True))
    hand.click(page.get_by_role("button", name="Ontwerp maken"))
    hand.click(page.get_by_role("link", name="Bevriezen"))
    hand.click(page.get_by_role("button", name="Nu bevriezen"))
    link = built(page)
    hand.clicks += 1  # to open it; read below without a window
    assert hand.clicks <= MOST_CLICKS
    check(pdf_behind(page, link))


class Keys:
    """A person without a mouse: Tab until the thing has the focus, then a key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        wanted: Any = target.first.element_handle()
        for _step in range(150):
            if self.page.evaluate("wanted => document.activeElement === wanted", wanted):
                return
            self.page.keyboard.press("Tab")
        message = f"Tab never reaches {target}"
        raise AssertionError(message)

    def go(self, target: Locator) -> None:
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def test_the_same_by_keyboard_alone(visit: Open) -> None:
    page = visit(path="/aanmelden/")
    keys = Keys(page)
    for label, text in (("E-mailadres", "adjunct@zandrode.example"), ("Wachtwoord", PASSWORD)):
        keys.reach(page.get_by_label(label))
        page.keyboard.type(text)
    keys.go(page.get_by_role("button", name="Aanmelden"))
    keys.go(page.get_by_role("link", name="Rapporten", exact=True))
    keys.go(page.get_by_role("link", name="Nieuw rapport"))
    keys.go(page.get_by_role("link", name="College", exact=True))
    keys.go(page.get_by_role("button", name="Ontwerp maken"))
    keys.go(page.get_by_role("link", name="Bevriezen"))
    keys.go(page.get_by_role("button", name="Nu bevriezen"))
    link = built(page)
    keys.reach(link)
    check(pdf_behind(page, link))


def test_an_alderman_reads_remarks_and_takes_note(visit: Open) -> None:
    """The report that the demo sent to the college, and the coordinator who answers."""
    page = visit("schepen.iv", "/rapporten/")
    page.get_by_role("link", name="Eerste voortgangsrapport").click()
    page.get_by_role("button", name="Ik heb dit gelezen").click()
    expect(page.get_by_text("Genoteerd dat je dit rapport las.")).to_be_visible()
    page.get_by_text("In dit rapport", exact=True).click()
    page.get_by_role("link", name=re.compile(r"Opmerking\s*: Budget")).click()
    page.get_by_label("Opmerking", exact=True).fill("Wat kost het avondplan?")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Wat kost het avondplan?")).to_be_visible()
    page.get_by_role("link", name="Beslissing vastleggen").click()
    page.get_by_label("Datum").fill("2026-11-16")
    page.get_by_label("Nummer van het besluit").fill("CBS-77")
    page.get_by_role("button", name="Noteren").click()
    expect(page.get_by_text("Kennisname CBS-77")).to_be_visible()

    office = visit("coordinator", page.url)
    remark = office.get_by_role("listitem").filter(has_text="Wat kost het avondplan?")
    remark.get_by_role("link", name="Antwoorden").click()
    office.get_by_label("Antwoord", exact=True).fill("Twaalfduizend euro per jaar.")
    office.get_by_role("button", name="Bewaren").click()
    expect(remark.get_by_text("Twaalfduizend euro per jaar.")).to_be_visible()
