"""Mail about referrals, and what happens by itself."""

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
from partners.mails import ANSWERED, REFERRED
from partners.mails import WITHDRAWN as CALLED_OFF
from partners.models import PartnerMember, Referral
from partners.operations import agreements, key_figures
from partners.workflow import ReferralStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from core.letters import Value
    from core.models import OutboxEntry
    from mails.kinds import MailKind


def send_mail(entry: OutboxEntry) -> None:
    deliver(entry, MAILS[entry.payload["mail"]](entry))


def _referral(entry: OutboxEntry) -> Referral:
    rows = Referral.objects.select_related("partner__municipality", "made_by")
    return rows.get(pk=entry.payload["referral"])


def _people(referral: Referral) -> list[User]:
    """Who of the partner reads this referral today; never who sent it."""
    members = PartnerMember.objects.active(on=timezone.localdate())
    rows = members.filter(partner=referral.partner, user__is_active=True).select_related("user")
    one = Referral.objects.filter(pk=referral.pk)
    people = (row.user for row in rows.exclude(user=referral.made_by))
    return [user for user in people if one.visible_to(user).exists()]


def _to_each(mail: str) -> Callable[[OutboxEntry], None]:
    """One mail for each person of the partner."""

    def promise(entry: OutboxEntry) -> None:
        referral = _referral(entry)
        for user in _people(referral):
            key = f"{entry.key}:{user.pk}"
            outbox.promise("referral_mail", key=key, place=entry.municipality_id, mail=mail,
                           referral=referral.pk, user=user.pk)  # fmt: skip

    return promise


def _to_partner(kind: MailKind, status: ReferralStatus) -> Callable[..., Mail | None]:
    """A mail to one of them, as long as the referral stands as it did."""

    def mail(entry: OutboxEntry) -> Mail | None:
        referral = _referral(entry)
        people = {user.pk: user for user in _people(referral)}
        user = people.get(entry.payload["user"])
        if user is None or referral.status != status:
            return None
        return _mail(user, kind, referral)

    return mail


def _answered(entry: OutboxEntry) -> Mail | None:
    """To who sent it, if that person may still read it."""
    referral = _referral(entry)
    user = referral.made_by
    seen = Referral.objects.visible_to(user).filter(pk=referral.pk)
    if not user.is_active or not seen.exists():
        return None
    return _mail(user, ANSWERED, referral)


def _mail(to: User, kind: MailKind, referral: Referral) -> Mail:
    url = f"{settings.SITE_URL}{referral.get_absolute_url()}"
    with speaking(to.language):
        link = Link(url, _("Lees de doorverwijzing"))
    values: dict[str, Value] = {"link": link, "partner": str(referral.partner)}
    return letter(kind, referral.partner.municipality, to=to, values=values)


SENT, WITHDRAWN = ReferralStatus.SENT, ReferralStatus.WITHDRAWN
MAILS: dict[str, Callable[[OutboxEntry], Mail | None]] = {
    "sent": _to_each("told"),
    "told": _to_partner(REFERRED, SENT),
    "withdrawn": _to_each("told-withdrawn"),
    "told-withdrawn": _to_partner(CALLED_OFF, WITHDRAWN),
    "answered": _answered,
}


@shared_task
def erase_expired() -> None:
    """By night: personal data of key figures whose consent ended are not kept."""
    key_figures.erase_expired(on=timezone.localdate())


@shared_task
def look_after_agreements() -> None:
    """Every hour, so that it is soon done after midnight: what goes on by itself is written down."""
    agreements.renew_tacitly(on=timezone.localdate())
