"""When too many reports come in, a phone does a sum for the next one and sends it by itself."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open
from tests.browser.house import House

# Two hundred like one that is there, of this minute.
MORE = """
    WITH same AS (
        SELECT m FROM meldingen_melding m JOIN accounts_municipality p ON p.id = m.municipality_id
        WHERE p.code = %(code)s LIMIT 1
    )
    INSERT INTO meldingen_melding ({columns}, source_id, number, follow_code, entered_at)
    SELECT {values}, s.id, 'DRUK-' || n, 'DRUK' || n, now()
    FROM same, generate_series(1, 200) n, meldingen_source s
    JOIN accounts_municipality p ON p.id = s.municipality_id
    WHERE s.code = 'web' AND p.code = %(code)s
"""
OWN = ("id", "search", "source_id", "number", "follow_code", "entered_at", "form_key")


@pytest.fixture
def busy(house: House) -> Iterator[None]:
    with psycopg.connect(house.env["DATABASE_URL"], autocommit=True) as server:
        found = server.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'meldingen_melding' AND NOT column_name = ANY(%s)",
            [list(OWN)],
        ).fetchall()
        names = [name for (name,) in found]
        values = ", ".join(f"(m).{name}" for name in names)
        server.execute(MORE.format(columns=", ".join(names), values=values), {"code": "ZAN"})
        yield
        server.execute("DELETE FROM meldingen_melding WHERE number LIKE 'DRUK-%'")


def fill(page: Page) -> None:
    page.get_by_label("Sluikstort").check()
    page.get_by_label("Wat is er aan de hand?").fill("Een matras bij de glasbol.")
    page.get_by_role("button", name="Verder").tap()
    page.get_by_label("Waar is het?").fill("Glasbol")
    page.get_by_role("button", name="Verder").tap()
    page.wait_for_timeout(4500)  # nobody fills it in faster


def test_the_phone_does_the_sum_while_one_types(busy: None, visit: Open) -> None:
    page = visit("", "/melden/zan/", viewport=PHONE, has_touch=True, is_mobile=True)
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    fill(page)

    page.get_by_role("button", name="Versturen").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw melding")
    assert not errors


def test_who_came_before_the_rush_is_sent_by_itself(busy: None, visit: Open) -> None:
    page = visit("", "/melden/zan/", viewport=PHONE, has_touch=True, is_mobile=True)
    fill(page)
    page.evaluate("document.querySelector('[name=sum]').value = 'too:old:1:0:x:y'")

    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('form'))")

    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt voor uw melding")


def test_without_scripts_one_hears_how_long_to_wait(busy: None, visit: Open) -> None:
    page = visit("", "/melden/zan/", viewport=PHONE, has_touch=True, is_mobile=True,
                 java_script_enabled=False)  # fmt: skip
    fill(page)

    page.get_by_role("button", name="Versturen").tap()

    expect(page.get_by_text("Er komen nu zeer veel meldingen binnen")).to_be_visible()
