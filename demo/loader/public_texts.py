"""What the demo municipalities tell everybody: the welcome, the letterboxes, the privacy notices."""

from __future__ import annotations

from typing import Any

from accounts.models import Municipality
from meldingen.models import PublicText, Source, Spot
from meldingen.public_texts import TERM

Row = dict[str, Any]
SPOTS = {"home": Spot.START, "home_mel": Spot.START, "about_box": Spot.BOX}
YEAR = {"nl": "een jaar", "fr": "un an"}  # as written; shown as the setting says it


def load_public_texts(data: Row, places: dict[str, Municipality]) -> None:
    """In place of the usual texts, wherever the data have words of their own."""
    for place in (places["ZAN"], places["MEL"]):
        for row in data["privacy_notices"]:
            source = Source.objects.get(municipality=place, code=row["channel"])
            _tell(place, Spot.PRIVACY, row, source)
    for row in data["public_texts"]:
        _tell(places[row.get("municipality", "ZAN")], SPOTS[row["key"]], row)


def _tell(place: Municipality, spot: Spot, row: Row, source: Source | None = None) -> None:
    words = {name: row.get(code, "").replace(YEAR[code], TERM)
             for name, code in (("dutch", "nl"), ("french", "fr"))}  # fmt: skip
    PublicText.objects.update_or_create(
        municipality=place, spot=spot, source=source, defaults=words
    )
