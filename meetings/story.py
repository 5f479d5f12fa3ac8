"""What happened to a resolution, worded for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.models import LogEntry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from meetings.models import Resolution

TITLES: dict[str, str | _StrPromise] = {
    "resolution.made": _("Genoteerd"),
    "resolution.edited": _("Gewijzigd"),
    "resolution.reopened": _("Heropend"),
}
MOST = 50


def told(resolution: Resolution) -> list[LogEntry]:
    """The newest lines, each with its `title`."""
    lines = list(LogEntry.objects.about(resolution).filter(verb__in=TITLES)[:MOST])
    for line in lines:
        line.title = TITLES[line.verb]  # type: ignore[attr-defined]
    return lines
