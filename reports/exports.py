"""The action table of a frozen report as a spreadsheet, from its snapshot alone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheet import Cell, xlsx


def columns() -> list[str]:
    return [
        _("Code"), _("Domein"), _("Deelthema"), _("Actie"), _("Trekker"), _("Status"),
        _("Verkeerslicht"), _("Voortgang (%)"), _("Dimensie"), _("Begint"), _("Eindigt"),
        _("Doorlopend"), _("Over tijd"), _("Laatst bijgewerkt"),
    ]  # fmt: skip


def action_table(snapshot: dict[str, Any]) -> io.BytesIO:
    return xlsx(_("Acties"), columns(), _rows(snapshot))


def _rows(snapshot: dict[str, Any]) -> Iterator[list[Cell]]:
    labels = snapshot["labels"]
    domains = {row["number"]: row["title"] for row in snapshot["domains"]}
    for row in snapshot["actions"]:
        yield [
            row["code"],
            domains.get(row["domain"], ""),
            row["sub_theme"],
            row["title"],
            row["lead"],
            labels["status"].get(row["status"], row["status"]),
            labels["light"].get(row["light"], ""),
            row["progress"],
            labels["dimension"].get(row["dimension"], ""),
            _day(row["start"]),
            _day(row["due"]),
            _("ja") if row["structural"] else "",
            _("ja") if row["late"] else "",
            _day(row["last_update_on"]),
        ]


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
