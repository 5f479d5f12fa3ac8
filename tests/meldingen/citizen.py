"""How a citizen fills in the form, for the tests that are about it."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import Municipality
from meldingen.forms.citizen import opened_now
from meldingen.models import Category, Channel

KEY = "1b3bde52-8d8c-4b0c-8f9e-0a8d5d7d2a77"


def filled(kind: Category, **more: Any) -> dict[str, Any]:
    """All three steps as they are sent at the end, opened a minute ago."""
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=1)):
        opened = opened_now(more.get("form_key", KEY))
    return {
        "stap": "wie", "category": kind.pk, "text": "Een matras naast de glasbol.",
        "place": "Glasbol De Linde", "channel": Channel.NONE, "opened": opened, "form_key": KEY,
        **more,
    }  # fmt: skip


def address(place: Municipality) -> str:
    return reverse("meldingen:report", args=[place.code.lower()])


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "stap"}


def picture(name: str = "foto.jpg", colour: str = "red") -> SimpleUploadedFile:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Cameramerk"
    Image.new("RGB", (1200, 900), colour).save(target, "JPEG", exif=exif)
    return SimpleUploadedFile(name, target.getvalue())
