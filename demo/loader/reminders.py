"""What waits on the first morning: the engine looks once, and mails nobody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.days import day_begins
from reminders import engine
from reminders.models import LinkRules

if TYPE_CHECKING:
    from demo.loader.cast import Cast


def load_reminders(cast: Cast, today: dt.date) -> None:
    """Written as on that day. The moments of the municipalities are those of the rules; in the
    first people may answer from the mail."""
    LinkRules.objects.create(municipality=cast.places["ZAN"], is_on=True)
    at = day_begins(today) + dt.timedelta(hours=6)
    for place in cast.places.values():
        engine.run_for(place, at)
