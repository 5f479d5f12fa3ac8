"""How a partner keeps what it promised: each figure defined once, for the list and for its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Avg, Count, ExpressionWrapper, F, Q
from django.db.models.fields import DurationField
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from partners.models import Commitment, Referral
from partners.workflow import CommitmentStatus
from plans.models import Action, Share, ShareAnswer
from plans.models.actions import is_overdue, wants_news
from plans.workflow import ACTION_UNDERWAY, Light

if TYPE_CHECKING:
    from partners.models import Partner

HALF_YEAR = dt.timedelta(days=182)
YEAR = 2 * HALF_YEAR
GOOD, POOR = 0.8, 0.5  # from here on a share of promises is green, below that it is red
SLOW_DAYS = 14  # an answer that takes longer is slow: the norm of a referral
MANY_LATE = 3
FEW_MEETINGS = 2  # below that, staying away once is no pattern
MOVED = 0.1  # a smaller change of the share is no trend


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    met: float
    total: int

    @property
    def part(self) -> float:
        return self.met / self.total

    @property
    def percent(self) -> int:
        return round(self.part * 100)


@dataclass(slots=True)
class Engagement:
    """One partner on one day; what there is nothing of is None."""

    partner: Partner
    updates: Rate | None = None
    commitments: Rate | None = None
    before: Rate | None = None  # the commitments judged in the half year before the last
    meetings: Rate | None = None  # of the last year, to which it was asked
    answer_days: float | None = None
    open: int = 0
    late: int = 0
    declined: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def light(self) -> str:
        """Red and amber say why; without any promise there is no light."""
        rates = [rate.part for rate in (self.updates, self.commitments, self.telling) if rate]
        if not rates and self.answer_days is None and not self.open:
            return ""
        if any(part < POOR for part in rates) or self.late >= MANY_LATE:
            return Light.RED
        slow = self.answer_days is not None and self.answer_days > SLOW_DAYS
        if any(part < GOOD for part in rates) or self.late or slow:
            return Light.AMBER
        return Light.GREEN

    @property
    def telling(self) -> Rate | None:
        """The meetings, once there are enough of them to say something."""
        return self.meetings if self.meetings and self.meetings.total >= FEW_MEETINGS else None

    @property
    def trend(self) -> str:
        """Whether promises are kept better than in the half year before."""
        if not self.commitments or not self.before:
            return ""
        change = self.commitments.part - self.before.part
        if abs(change) < MOVED:
            return _("stabiel")
        return _("stijgend") if change > 0 else _("dalend")


def engagement_of(partners: Iterable[Partner], *, on: dt.date) -> list[Engagement]:
    """All of them in a fixed number of questions, however many partners there are."""
    found = {partner.pk: Engagement(partner) for partner in partners}
    keys = list(found)
    for row in _updates(keys, on):
        _note_updates(found[row["lead_partner"]], row)
    for row in _commitments(keys, on):
        _note_commitments(found[row["partner"]], row)
    for row in _answers(keys, on):
        _note_answers(found[row["partner"]], row)
    for row in _meetings(keys, on):
        found[row["partner"]].meetings = Rate(row["came"], row["total"])
    for one in found.values():
        one.reasons = _reasons(one)
    return list(found.values())


def _updates(partners: list[int], on: dt.date) -> Any:
    """Running actions that the partner leads: which of them ask no news."""
    rows = Action.objects.of_plans_in_force().current().filter(status__in=ACTION_UNDERWAY)
    late = wants_news(on=on) | is_overdue(on=on)
    return (
        rows.filter(lead_partner__in=partners)
        .values("lead_partner")
        .annotate(total=Count("pk"), behind=Count("pk", filter=late),
                  overdue=Count("pk", filter=is_overdue(on=on)))
        .order_by()
    )  # fmt: skip


def _note_updates(one: Engagement, row: dict[str, Any]) -> None:
    one.updates = Rate(row["total"] - row["behind"], row["total"])
    one.open += row["total"]
    one.late += row["overdue"]


def _commitments(partners: list[int], on: dt.date) -> Any:
    """Judged in the last half year and in the one before; and what runs or is late today."""
    now = Q(judged_on__gt=on - HALF_YEAR, judged_on__lte=on)
    before = Q(judged_on__gt=on - 2 * HALF_YEAR, judged_on__lte=on - HALF_YEAR)
    kept, partly = Q(status=CommitmentStatus.KEPT), Q(status=CommitmentStatus.PARTLY)
    judged = ~Q(status=CommitmentStatus.RUNNING)
    late = Commitment.objects.late(on=on).values("pk")
    return (
        Commitment.objects.current()
        .filter(party__partner__in=partners)
        .values(partner=F("party__partner"))
        .annotate(
            kept=Count("pk", filter=now & kept), partly=Count("pk", filter=now & partly),
            total=Count("pk", filter=now & judged),
            kept_before=Count("pk", filter=before & kept),
            partly_before=Count("pk", filter=before & partly),
            total_before=Count("pk", filter=before & judged),
            running=Count("pk", filter=~judged), late=Count("pk", filter=Q(pk__in=late)),
        )
        .order_by()
    )  # fmt: skip


def _note_commitments(one: Engagement, row: dict[str, Any]) -> None:
    """Half kept counts for half."""
    if row["total"]:
        one.commitments = Rate(row["kept"] + row["partly"] / 2, row["total"])
    if row["total_before"]:
        one.before = Rate(row["kept_before"] + row["partly_before"] / 2, row["total_before"])
    one.open += row["running"]
    one.late += row["late"]


def _answers(partners: list[int], on: dt.date) -> Iterable[Any]:
    """How long referrals and requests waited for an answer in the last year, and which still do."""
    since, now = on - YEAR, timezone.now()
    taken = ExpressionWrapper(F("answered_on") - F("sent_on"), output_field=DurationField())
    yield from (
        Referral.objects.filter(partner__in=partners, sent_on__gt=since)
        .values("partner")
        .annotate(mean=Avg(taken), answered=Count("answered_on"),
                  waiting=Count("pk", filter=Q(pk__in=Referral.objects.waiting().values("pk"))),
                  late=Count("pk", filter=Q(pk__in=Referral.objects.late(on=on).values("pk"))),
                  declined=Count("pk", filter=Q(pk__in=[])))
        .order_by()
    )  # fmt: skip
    waited = ExpressionWrapper(F("answered_at") - F("starts_at"), output_field=DurationField())
    slow = now - dt.timedelta(days=SLOW_DAYS)
    running = Q(closed_at=None, ends_at__gt=now)
    asked = running & Q(answer=ShareAnswer.ASKED)
    yield from (
        Share.objects.filter(partner__in=partners, starts_at__date__gt=since)
        .values("partner")
        .annotate(mean=Avg(waited), answered=Count("answered_at"),
                  waiting=Count("pk", filter=asked),
                  late=Count("pk", filter=asked & Q(starts_at__lt=slow)),
                  declined=Count("pk", filter=running & Q(answer=ShareAnswer.DECLINED)))
        .order_by()
    )  # fmt: skip


def _note_answers(one: Engagement, row: Any) -> None:
    """Referrals and requests come in two rows: the slower of the two means counts."""
    one.open += row["waiting"]
    one.late += row["late"]
    one.declined += row["declined"]
    if row["answered"] and row["mean"] is not None:
        days = row["mean"] / dt.timedelta(days=1)
        one.answer_days = max(days, one.answer_days or 0)


def _meetings(partners: list[int], on: dt.date) -> Any:
    """Meetings are a later app, which says itself who came."""
    return import_string(settings.MEETINGS_ATTENDED)(partners, on)


def _reasons(one: Engagement) -> list[str]:
    """Why the light is not green, in words with their numbers."""
    told = []
    if one.updates and one.updates.part < GOOD:
        told.append(_("%d%% van de acties is bij") % one.updates.percent)
    if one.commitments and one.commitments.part < GOOD:
        told.append(_("%d%% van de engagementen is nagekomen") % one.commitments.percent)
    if one.telling and one.telling.part < GOOD:
        told.append(_("was op %d%% van het overleg") % one.telling.percent)
    if one.late:
        told.append(_("%d te laat") % one.late)
    if one.answer_days is not None and one.answer_days > SLOW_DAYS:
        told.append(_("antwoordt na gemiddeld %d dagen") % round(one.answer_days))
    return told
