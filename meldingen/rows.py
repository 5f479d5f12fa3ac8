"""The rows of a list of meldingen, made ready in Python: on the page and in a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.days import in_figures
from meldingen.models import Urgency
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


# What a row of the list reads; named tuples cost half of what five joined objects do.
COLUMNS = (
    "pk", "number", "category__name", "text", "place", "neighbourhood__name", "assignee__name",
    "handler__name", "entered_at", "due", "status", "urgency",
)  # fmt: skip


def table_rows(rows: Iterable[Any], *, on: dt.date, query: str) -> Iterator[dict[str, Any]]:
    """What the table draws, from `values_list(*COLUMNS, named=True)`.

    The link carries the way back to this very list.
    """
    prefix, suffix = reverse("meldingen:melding", args=[0]).split("0")
    back = f"{suffix}?{urlencode({'terug': query})}"
    for row in rows:
        hood = row.neighbourhood__name or ""
        yield {
            "pk": row.pk,
            "number": row.number,
            "url": f"{prefix}{row.pk}{back}",
            "category": row.category__name,
            "text": _beginning(row.text),
            "place": row.place or hood or "–",
            "hood": hood if row.place not in {"", hood} else "",
            "who": row.assignee__name or row.handler__name or "",
            "entered": in_figures(timezone.localtime(row.entered_at)),
            "due": in_figures(row.due) if row.status in OPEN else "–",
            "late": row.status in OPEN - CLOCK_STOPS and row.due < on,
            "urgent": row.urgency == Urgency.URGENT,
            "badge": status_badge(row.status),
        }


def _beginning(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def _where(melding: Melding) -> str:
    return (
        f"{melding.place} ({_('berekend adres')})" if melding.place_is_reckoned else melding.place
    )


def export_row(melding: Melding, *, on: dt.date) -> list[Cell]:
    late = melding.status in OPEN - CLOCK_STOPS and melding.due < on
    return [
        melding.number, _day(melding.entered_at), _day(melding.happened_at),
        melding.get_status_display(), melding.get_kind_display(), melding.category.group.name,
        melding.category.name, melding.text, _where(melding), _name(melding.neighbourhood),
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
