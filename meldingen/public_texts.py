"""What a municipality tells everybody, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meldingen.models import PublicText, Spot, terms_of

if TYPE_CHECKING:
    from accounts.models import Municipality
    from meldingen.models import Source

TERM = "{termijn}"
BOX = "box"  # the code of the source of the letterboxes
MONTHS = {"nl": "{} maanden", "fr": "{} mois"}


@dataclass(frozen=True, slots=True)
class PublicTexts:
    """All of one municipality."""

    rows: tuple[PublicText, ...]
    language: str

    def at(self, spot: Spot) -> str:
        return next((self._said(row) for row in self.rows if row.spot == spot), "")

    def privacy(self, source: str) -> str:
        """What becomes of the data of who reports this way, by the code of the source."""
        rows = (row for row in self.rows if row.source and row.source.code == source)
        return next((self._said(row) for row in rows), "")

    def _said(self, row: PublicText) -> str:
        text = row.french if self.language == "fr" and row.french else row.dutch
        return text.replace(TERM, term(row.municipality, self.language))


def of(place: Municipality, language: str | None = "nl") -> PublicTexts:
    rows: Any = PublicText._default_manager.filter(municipality=place)
    return PublicTexts(
        tuple(rows.select_related("source", "municipality__melding_terms")),
        "fr" if (language or "").startswith("fr") else "nl",
    )


def privacy_for(source: Source) -> str:
    """The same for one source, in Dutch: the desk tells it."""
    rows: Any = PublicText._default_manager.filter(source=source)
    row = rows.select_related("municipality__melding_terms").first()
    return row.dutch.replace(TERM, term(row.municipality, "nl")) if row else ""


def box_privacy(place: Municipality) -> str:
    """What holds for a note in a letterbox."""
    return of(place).privacy(BOX)


def term(place: Municipality, language: str) -> str:
    """How long contact data are kept here: said in each notice, set in one place."""
    return MONTHS[language].format(terms_of(place).reporter_months)
