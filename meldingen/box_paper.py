"""The codes of the letterboxes on paper: one QR each, to stick inside the door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality
from core import asked
from core.days import in_figures
from meldingen import permissions, public_texts
from meldingen.models import Mailbox, Spot

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import AskedPdf

Json = dict[str, Any]
NAME = "box_codes"


def ask(place: Municipality, boxes: Iterable[Mailbox], *, by: User) -> AskedPdf:
    permissions.may_edit_boxes(by, place.pk).or_403()
    title = _("Codes van de Pro?bleemboxen van %s") % place
    return asked.ask(NAME, place, title=title, snapshot=snapshot(place, boxes), by=by)


def snapshot(place: Municipality, boxes: Iterable[Mailbox]) -> Json:
    return {
        "owner": place.name,
        "colour": place.colour,
        "poster": _poster(place),
        "made_on": in_figures(timezone.localdate()),
        "boxes": [
            {"code": box.code, "name": box.name, "place": box.place, "address": address_of(box)}
            for box in boxes
        ],
    }


def _poster(place: Municipality) -> list[str]:
    """What hangs beside each box: what it is for and what becomes of a note, in each language."""
    languages = ("nl", "fr") if place.has_facilities else ("nl",)
    said = [public_texts.of(place, language) for language in languages]
    pairs = [(texts.at(Spot.BOX), texts.privacy(public_texts.BOX)) for texts in said]
    return [text for text in (" ".join(filter(None, pair)) for pair in pairs) if text]


def address_of(box: Mailbox) -> str:
    """Where the code leads: the box in the round of today."""
    return f"{settings.SITE_URL}{reverse('meldingen:phone-box', args=[box.code])}"


def context(data: Json) -> Json:
    boxes = [box | {"qr": segno.make(box["address"], error="m").svg_data_uri(border=2)}
             for box in data["boxes"]]  # fmt: skip
    return {"data": data, "boxes": boxes}


def origin(user: User, key: str) -> str | None:
    """The list of boxes, for who still looks after them there."""
    if not permissions.may_edit_boxes(user, int(key)):
        return None
    return reverse("meldingen:boxes")


KIND = asked.Kind("meldingen/paper/box_codes.html", "box-paper.css", context, origin)
