"""The agenda as a file that calendar programs read; line ends, folding and escaping are
icalendar's work."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.agenda import Dated

PRODUCT = "-//IV-centrum//agenda//NL"


def calendar_of(things: Iterable[Dated]) -> bytes:
    """Each thing as a whole day. Of what stays inside, the kind alone leaves the house."""
    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("x-wr-calname", _("IV-centrum"))
    now = timezone.now()
    for one in things:
        book.add_component(_event(one, now))
    return bytes(book.to_ical())


def _event(one: Dated, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", now)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + dt.timedelta(days=1))
    event.add("summary", f"{one.kind}: {one.title}" if one.is_told_outside else one.kind)
    event.add("url", f"{settings.SITE_URL}{one.url}")
    event.add("transp", "TRANSPARENT")
    return event
