"""What is kept no longer than the privacy notices say: who reported, and the whole of a mail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Municipality
from core import history
from core.days import add_months, day_begins
from meldingen.models import Channel, InboundMail, Melding, Reporter, terms_of
from meldingen.models.inbound import ASIDE_DAYS

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
    _forget_set_aside()
    places = Municipality.objects.select_related("melding_terms")
    return sum(_erase_in(place, on=on) for place in places)


def _erase_in(place: Municipality, *, on: dt.date) -> int:
    limit = day_begins(add_months(on, -terms_of(place).reporter_months))
    _erase_mails(place, limit)
    erased = 0
    while keys := _meldingen_with_old_reporters(place, limit):
        erased += _erase(place, keys, limit)
    return erased


def _old(place: Municipality, limit: dt.datetime) -> ReporterQuerySet:
    alone = Q(melding__joined_to=None, melding__closed_at__lt=limit)
    known = ~Q(name="", email="", phone="", address="")
    over = alone | Q(melding__joined_to__closed_at__lt=limit)
    return Reporter.objects.filter(over, known, melding__municipality=place)


def _meldingen_with_old_reporters(place: Municipality, limit: dt.datetime) -> list[int]:
    return list(_old(place, limit).order_by("melding").values_list("melding", flat=True)[:AT_ONCE])


@transaction.atomic
def _erase(place: Municipality, keys: list[int], limit: dt.datetime) -> int:
    count = _old(place, limit).filter(melding__in=keys).update(**EMPTY)
    for melding in Melding.objects.filter(pk__in=keys).select_related("municipality"):
        history.record("melding.reporter_erased", melding, by=None)
    return count


def _erase_mails(place: Municipality, limit: dt.datetime) -> None:
    """Of what became a melding when that is over so long; of the rest by its own age."""
    over = Q(melding__closed_at__lt=limit) | Q(melding=None, at__lt=limit)
    InboundMail.objects.exclude(text="").filter(over, mailbox__municipality=place).update(text="")


def _forget_set_aside() -> None:
    """What nobody wanted of mail that was set aside."""
    since = timezone.now() - dt.timedelta(days=ASIDE_DAYS)
    rows = InboundMail.objects.exclude(kept="").filter(at__lt=since)
    rows.update(kept="", sender_shown="")
