"""What waits on the first morning: the engine looks once, and mails nobody. And two mails of the day
before that somebody has to look at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import outbox
from core.days import day_begins
from core.models import OutboxEntry, OutboxStatus
from mails.kinds import SIGNATURE
from mails.models import MailText
from reminders import engine
from reminders.models import LinkRules, Reminder

if TYPE_CHECKING:
    from demo.loader.cast import Cast


def load_reminders(cast: Cast, today: dt.date) -> None:
    """Written as on that day. The moments of the municipalities are those of the rules; in the
    first people may answer from the mail."""
    LinkRules.objects.create(municipality=cast.places["ZAN"], is_on=True)
    at = day_begins(today) + dt.timedelta(hours=6)
    for place in cast.places.values():
        engine.run_for(place, at)
    load_mails(cast, today - dt.timedelta(days=1))


def load_mails(cast: Cast, on: dt.date) -> None:
    """One that the mail server refused, one of which nobody knows; and a signature of one's own."""
    place = cast.places["ZAN"]
    at = day_begins(on) + dt.timedelta(hours=8)
    refused = _("De mailserver weigerde dit bericht (code %s).") % 550
    for name, status, why in (
        ("jeugd", OutboxStatus.FAILED, refused), ("tech", OutboxStatus.UNSURE, ""),
    ):  # fmt: skip
        person = cast.users[name]
        entry = outbox.promise("digest", key=f"digest:{person.pk}:{on}", place=place,
                               person=person.pk, on=str(on))  # fmt: skip
        Reminder.objects.visible_to(person).update(digest_on=on)  # what stood in it
        OutboxEntry.objects.filter(pk=entry.pk).update(
            status=status, attempts=1, last_error=why, created_at=at, finished_at=at,
            handed_over_at=at,
        )  # fmt: skip
    MailText.objects.create(
        municipality=place, kind=SIGNATURE.code,
        text=f"Met vriendelijke groet\nCentrum integrale veiligheid, {{gemeente}}\n{place.opening_hours}",
    )  # fmt: skip
