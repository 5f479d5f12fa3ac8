"""The rows of a list of meldingen, made ready in Python: on the page and in a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from meldingen.tones import status_badge
from meldingen.workflow import CLOCK_STOPS, OPEN

if TYPE_CHECKING:
    from core.spreadsheet import Cell
    from meldingen.models import Melding, Reporter

SHOWN = 90  # characters of what was told

EXPORT_COLUMNS = (
    _("Nummer"), _("Ingevoerd op"), _("Gebeurd op"), _("Status"), _("Soort"), _("Hoofdcategorie"),
    _("Categorie"), _("Wat is er"), _("Waar"), _("Wijk"), _("Breedtegraad"), _("Lengtegraad"),
    _("Bron"), _("Dringendheid"), _("Vertrouwelijkheid"), _("Dienst of partner"), _("Behandelaar"),
    _("Norm"), _("Voorbij de norm"), _("Afgesloten op"), _("Reden van afsluiten"), _("Toelichting"),
)  # fmt: skip
REPORTER_COLUMNS = (_("Melder"), _("E-mailadres"), _("Telefoon"), _("Adres"), _("Antwoord via"))


def table_rows(
    meldingen: Iterable[Melding], *, on: dt.date, query: str
) -> Iterator[dict[str, Any]]:
    """What the table draws. The link carries the way back to this very list."""
    back = f"?{urlencode({'terug': query})}" if query else ""
    for melding in meldingen:
        hood = melding.neighbourhood.name if melding.neighbourhood else ""
        yield {
            "pk": melding.pk,
            "number": melding.number,
            "url": f"{melding.get_absolute_url()}{back}",
            "category": melding.category.name,
            "text": Truncator(melding.text).chars(SHOWN),
            "place": melding.place or hood or "–",
            "hood": hood if melding.place not in {"", hood} else "",
            "who": melding.assignee or melding.handler or "",
            "entered": timezone.localtime(melding.entered_at),
            "due": melding.due if melding.status in OPEN else None,
            "late": melding.status in OPEN - CLOCK_STOPS and melding.due < on,
            "urgent": melding.urgency == "dringend",
            "badge": status_badge(melding),
        }


def export_row(melding: Melding, *, on: dt.date) -> list[Cell]:
    late = melding.status in OPEN - CLOCK_STOPS and melding.due < on
    return [
        melding.number, _day(melding.entered_at), _day(melding.happened_at),
        melding.get_status_display(), melding.get_kind_display(), melding.category.group.name,
        melding.category.name, melding.text, melding.place, _name(melding.neighbourhood),
        _degrees(melding.latitude), _degrees(melding.longitude), melding.source.name,
        melding.get_urgency_display(), melding.get_confidentiality_display(),
        _name(melding.handler), _name(melding.assignee), melding.due, str(_("ja")) if late else "",
        _day(melding.closed_at), _name(melding.closure_reason), melding.closure_text,
    ]  # fmt: skip


def reporter_cells(reporters: Iterable[Reporter]) -> list[Cell]:
    """Who told it; several stand under each other in one cell."""
    told = list(reporters)
    fields = ("name", "email", "phone", "address")
    found: list[Cell] = [
        "\n".join(filter(None, (getattr(row, name) for row in told))) for name in fields
    ]
    return [*found, "\n".join(str(row.get_channel_display()) for row in told)]


def _day(at: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(at) if at else None


def _name(row: Any) -> str:
    return str(row) if row else ""


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"
