"""Reads demo.yaml, moved to today."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from demo.loader.dates import Shift

PATH = Path(__file__).resolve().parent.parent / "demo.yaml"


def raw() -> dict[str, Any]:
    """The data as written, around their reference date."""
    with PATH.open("rb") as file:
        data: dict[str, Any] = yaml.load(file, Loader=yaml.CSafeLoader)
    return data


def moved(today: dt.date | None = None) -> dict[str, Any]:
    """The data as if they had been written this week."""
    data = raw()
    shift = Shift.until(today or timezone.localdate(), reference=data["meta"]["reference_date"])
    result: dict[str, Any] = shift.value(data)
    return result
