"""What is kept no longer than the privacy notices say: who reported, and the whole of a mail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from core import history
from core.days import add_months, day_begins
from meldingen.models import Channel, InboundMail, Melding, Reporter

if TYPE_CHECKING:
    from meldingen.models.reporter import ReporterQuerySet

AT_ONCE = 500  # meldingen per transaction
EMPTY = {"name": "", "email": "", "phone": "", "address": "", "channel": Channel.NONE,
         "consents": False}  # fmt: skip


def erase_old(*, on: dt.date) -> int:
    """Take away the contact data of what is over for so long; how many reporters comes back.

    A melding that was joined to another is over when that other is. Its history tells that the data
    went, not whose they were.
    """
    limit = day_begins(add_months(on, -settings.REPORTER_MONTHS))
    _erase_mails(limit)
    erased = 0
    while keys := _meldingen_with_old_reporters(limit):
        erased += _erase(keys, limit)
    return erased


def _old(limit: dt.datetime) -> ReporterQuerySet:
    alone = Q(melding__joined_to=None, melding__closed_at__lt=limit)
    known = ~Q(name="", email="", phone="", address="")
    return Reporter.objects.filter(alone | Q(melding__joined_to__closed_at__lt=limit), known)


def _meldingen_with_old_reporters(limit: dt.datetime) -> list[int]:
    return list(_old(limit).order_by("melding").values_list("melding", flat=True)[:AT_ONCE])


@transaction.atomic
def _erase(keys: list[int], limit: dt.datetime) -> int:
    count = _old(limit).filter(melding__in=keys).update(**EMPTY)
    for melding in Melding.objects.filter(pk__in=keys).select_related("municipality"):
        history.record("melding.reporter_erased", melding, by=None)
    return count


def _erase_mails(limit: dt.datetime) -> None:
    """Of what became a melding when that is over so long; of the rest by its own age."""
    over = Q(melding__closed_at__lt=limit) | Q(melding=None, at__lt=limit)
    InboundMail.objects.exclude(text="").filter(over).update(text="")
