"""A citizen with a phone, in French: reports with a photo, follows, is asked, and says "not yet"."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from meldingen.links import SIGNER
from tests.browser.conftest import PHONE, Open
from tests.browser.house import House

PHONE_OPTIONS: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
PLAIN = {"java_script_enabled": False}


@pytest.fixture
def photo(tmp_path: Path) -> str:
    """As large as a phone takes them."""
    target = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(target, "JPEG", quality=95)
    path = tmp_path / "poubelle.jpg"
    path.write_bytes(target.getvalue())
    return str(path)


@pytest.mark.parametrize("scripts", [{}, PLAIN], ids=["with scripts", "without"])
def test_reported_in_french_with_a_photo_followed_and_not_solved(
    visit: Open, house: House, photo: str, scripts: dict[str, Any]
) -> None:
    page = visit("", "/melden/mel/", **PHONE_OPTIONS, **scripts)
    page.get_by_role("link", name="Français").tap()
    number = report(page, photo)
    assert page.context.cookies() == []

    page.get_by_role("link", name="Voir où cela en est").tap()
    expect(page.get_by_text("Nous avons reçu votre signalement")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")

    page.goto(f"{closed(house, number)}?taal=fr")
    page.get_by_label("Voulez-vous ajouter quelque chose ?").fill("Toujours là.")
    page.get_by_role("button", name="Non, pas encore").tap()
    expect(page.get_by_text("Nous examinons à nouveau votre signalement.")).to_be_visible()


def report(page: Page, photo: str) -> str:
    """The three steps; the number that came of it."""
    page.get_by_label("Dépôt clandestin").check()
    page.get_by_label("Que se passe-t-il ?").fill("Un matelas près de la bulle à verre.")
    page.locator("[name=photos]").set_input_files(photo)
    page.wait_for_function("() => !document.querySelector('[data-shrinking]')")
    page.get_by_role("button", name="Continuer").tap()
    expect(page.get_by_text("1 photo est jointe.")).to_be_visible()
    page.get_by_label("Où est-ce ?").fill("Bulle à verre, rue Haute")
    page.get_by_role("button", name="Continuer").tap()
    page.get_by_label("E-mail", exact=True).check()
    page.get_by_label("Adresse e-mail").fill("marie@exemple.example")
    page.wait_for_timeout(4500)  # nobody fills it in faster
    page.get_by_role("button", name="Envoyer").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci pour votre signalement")
    said = page.locator(".lead").inner_text()
    return said.removeprefix("Votre numéro est ").rstrip(".")


def closed(house: House, number: str) -> str:
    """Somebody closed it; the address that the mail about it would hold."""
    with psycopg.connect(house.env["DATABASE_URL"], autocommit=True) as server:
        row = server.execute(
            "UPDATE meldingen_melding SET status='afgehandeld', closed_at=now() WHERE number=%s"
            " RETURNING id, (SELECT count(*) FROM meldingen_photo WHERE melding_id="
            "meldingen_melding.id)",
            [number],
        ).fetchone()
        assert row
        assert row[1] == 1
        found = server.execute(
            "SELECT id, language FROM meldingen_reporter WHERE melding_id=%s", [row[0]]
        ).fetchone()
    assert found
    assert found[1] == "fr"
    return f"/opgelost/{SIGNER.sign(str(found[0]))}/"
