"""script/screenshots: the pictures of README.md and the manual, from the demo, always the same size."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import DESK, PHONE
from tests.browser.house import House, open_house
from tests.processes import wait_until

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
MOST_BYTES = 150_000
COLOURS = (256, 128, 64, 32)  # tried in this order until a picture is small enough


@dataclass(frozen=True)
class Shot:
    """One picture: who looks at what, on which screen."""

    name: str
    username: str
    path: str
    phone: bool = False
    link: str = ""  # to follow first


SHOTS = (
    Shot("start-coordinator", "coordinator", "/"),
    Shot("start-college", "schepen.iv", "/"),
    Shot("plan", "coordinator", "/plannen/IVP-ZAN-2/"),
    Shot("opbouw", "coordinator", "/plannen/IVP-ZAN-2/opbouw/"),
    Shot("acties", "coordinator", "/acties/"),
    Shot("rapport", "schepen.iv", "/rapporten/", link="Eerste voortgangsrapport"),
    Shot("mijn-acties-telefoon", "wijk.noord", "/acties/mijn/", phone=True),
    Shot("bijwerken-telefoon", "wijk.noord", "/acties/mijn/", phone=True, link="Bijwerken"),
    Shot("bevoegd-telefoon", "gw1", "/partners/wie-is-bevoegd/?q=sluikstort", phone=True),
    Shot("afspraken", "coordinator", "/afspraken/aandacht/"),
    Shot("engagement", "coordinator", "/partners/engagement/"),
    Shot("partnerruimte-telefoon", "partner.wonen", "/ruimte/", phone=True),
    Shot("meldingen", "coordinator", "/meldingen/"),
    Shot("melding", "coordinator", "/meldingen/", link="Onveilige plek of onveilig gevoel"),
    Shot("meldingen-kaart", "coordinator", "/meldingen/kaart/"),
    Shot("meldingen-cijfers", "coordinator", "/meldingen/cijfers/"),
    Shot("op-straat-telefoon", "gw1", "/m/", phone=True),
    Shot("melden-telefoon", "", "/melden/zan/", phone=True),
    Shot("personen", "beheer", "/beheer/personen/"),
    Shot("wie-mag-wat", "beheer", "/wie-mag-wat/"),
    Shot("toestand", "beheer", "/beheer/toestand/"),
)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    with open_house() as house, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        _wait_for_the_report(house)
        for shot in SHOTS:
            with _open(chromium, house, shot) as page:
                _keep(page.screenshot(), FOLDER / f"{shot.name}.png")
        chromium.close()


def _wait_for_the_report(house: House) -> None:
    """The worker makes the PDF of the first report; the pictures show it finished."""
    visitor = house.visitor("coordinator")
    wait_until(lambda: b"De PDF is klaar" in visitor.get("/rapporten/1/")[2], 120)


@contextmanager
def _open(chromium: Browser, house: House, shot: Shot) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=house.address, locale="nl-BE", timezone_id="Europe/Brussels",
        viewport=PHONE if shot.phone else DESK, reduced_motion="reduce",
        is_mobile=shot.phone, has_touch=shot.phone,
    )  # fmt: skip
    if shot.username:  # a citizen signs in nowhere
        context.add_cookies(house.visitor(shot.username).cookies())
    page = context.new_page()
    page.goto(shot.path)
    if shot.link:
        page.get_by_role("link", name=shot.link).first.click()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    yield page
    context.close()


def _keep(png: bytes, target: Path) -> None:
    """Store a picture with as few colours as its size asks."""
    with Image.open(io.BytesIO(png)) as picture:
        plain = picture.convert("RGB")
    for colours in COLOURS:
        small = plain.quantize(colours, dither=Image.Dither.NONE)
        small.save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
