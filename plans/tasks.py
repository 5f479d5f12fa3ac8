"""Mail about what is shared with partners, and the hourly look at what ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.languages import speaking
from core.letters import Link
from core.mail import Mail, deliver
from mails.wording import letter
from partners.models import PartnerMember
from plans.mails import SHARED
from plans.models import Share
from plans.operations.shares import close_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.letters import Value
    from core.models import OutboxEntry


def send_mail(entry: OutboxEntry) -> None:
    deliver(entry, MAILS[entry.payload["mail"]](entry))


def _share(entry: OutboxEntry) -> Share | None:
    running = Share.objects.running(at=timezone.now()).filter(pk=entry.payload["share"])
    return running.select_related("partner__municipality", "given_by").first()


def _given(entry: OutboxEntry) -> None:
    """Tell each person of the partner, one mail each; none of it says what was shared."""
    share = _share(entry)
    if share is None:
        return
    today = timezone.localdate()
    for member in PartnerMember.objects.active(on=today).filter(partner=share.partner):
        key = f"{entry.key}:{member.user_id}"
        outbox.promise("share_mail", key=key, place=entry.municipality_id, mail="told",
                       share=share.pk, user=member.user_id)  # fmt: skip


def _told(entry: OutboxEntry) -> Mail | None:
    share = _share(entry)
    today = timezone.localdate()
    members = PartnerMember.objects.active(on=today).select_related("user")
    member = members.filter(user=entry.payload["user"], user__is_active=True)
    found = member.filter(partner=share.partner).first() if share else None
    if share is None or found is None:
        return None
    with speaking(found.user.language):
        link = Link(f"{settings.SITE_URL}{share.get_absolute_url()}", _("Open het"))
    values: dict[str, Value] = {"link": link, "partner": str(share.partner)}
    return letter(SHARED, share.partner.municipality, to=found.user, values=values)


MAILS: dict[str, Callable[[OutboxEntry], Mail | None]] = {
    "given": _given,
    "told": _told,
}


@shared_task
def look_after_shares() -> None:
    """Every hour: withdraw the grants of what ended."""
    close_over(Share.objects.all(), at=timezone.now())
