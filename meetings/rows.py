"""How a resolution stands in a row: words ready to draw, the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.days import in_figures
from core.templatetags.house import badge
from meetings.models import Followed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from django.utils.safestring import SafeString

    from meetings.models import Resolution

TONES = {
    Followed.OPEN: ("info", "clock"),
    Followed.DONE: ("ok", "circle-check"),
    Followed.DROPPED: ("mute", "circle-minus"),
}


def state_badge(resolution: Resolution, *, on: dt.date) -> SafeString | str:
    """How it stands; a remark, of which nothing has to come, has no badge."""
    if resolution.is_late(on=on):
        return badge(_("Te laat"), "danger", "alert-triangle")
    if not resolution.status:
        return ""
    return badge(resolution.get_status_display(), *TONES[Followed(resolution.status)])


def resolution_rows(
    found: Iterable[Resolution], *, on: dt.date, seen: Collection[int]
) -> list[dict[str, Any]]:
    """`seen` are the keys of the actions that the reader reads: no other is named."""
    return [
        {
            "resolution": row,
            "url": row.get_absolute_url(),
            "badge": state_badge(row, on=on),
            "on": in_figures(row.on),
            "due": in_figures(row.due),
            "actions": [one for one in row.actions.all() if one.pk in seen],
        }
        for row in found
    ]
