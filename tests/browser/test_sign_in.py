"""The first thing anybody does here."""

from __future__ import annotations

from demo import PASSWORD
from tests.browser.conftest import Open


def test_a_coordinator_signs_in_and_sees_today(visit: Open) -> None:
    page = visit(path="/")
    page.get_by_label("E-mailadres").fill("coordinator@zandrode.example")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Vandaag"
