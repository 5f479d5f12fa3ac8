"""What meetings tell about how a partner keeps what it promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from meetings.models import Attendance, Presence
from plans.engagement import YEAR

if TYPE_CHECKING:
    import datetime as dt


def meetings_attended(partners: list[int], on: dt.date) -> Any:
    """Of the meetings of the last year to which a partner was asked: how many it came to.

    Who was excused counts for neither, and neither does a meeting of which nobody noted who came.
    """
    return (
        Attendance.objects.filter(
            partner__in=partners, meeting__on__gt=on - YEAR, meeting__on__lte=on,
            presence__in=(Presence.CAME, Presence.ABSENT),
        )
        .values("partner")
        .annotate(came=Count("pk", filter=Q(presence=Presence.CAME)), total=Count("pk"))
        .order_by()
    )  # fmt: skip
