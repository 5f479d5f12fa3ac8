"""The chapters of a report about one partner: what stands inside, and what may be given to it.

What is given holds nothing but what the partner sees in its space already: its shares, its own
agreements and promises, the evaluations in which it is asked, and counts of its referrals. No
light, no engagement, no action that was not shared, and nothing that others promised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.days import in_figures
from evaluations.models import Evaluation, Participant
from partners.models import Agreement, Referral
from partners.workflow import REFERRAL_ANSWERED, CommitmentStatus, ReferralStatus
from plans.models import ActionPartner, Contribution, Share, ShareAnswer
from plans.shared import shared_item
from reports import agreements
from reports.models import Audience, Chapter

if TYPE_CHECKING:
    import datetime as dt
    from collections import Counter

    from partners.models import Partner
    from reports.models import Report
    from reports.periods import Period

Json = dict[str, Any]
MOST = 40  # evaluations


def chapters(report: Report, period: Period, *, on: dt.date) -> Json:
    """What a report about a partner holds beside its actions, by the name of each chapter."""
    given = report.audience == Audience.PARTNER
    promised = agreements.of_partner(report, period, on=on)
    found: Json = {
        Chapter.AGREEMENTS.value: promised,
        Chapter.REFERRALS.value: _referrals(report, period, on),
        Chapter.EVALUATIONS.value: _asked(report) if given else _evaluations(report, period),
    }
    if given:
        found[Chapter.SHARED.value] = _shares(report, period)
    return found


def tiles(report: Report, found: Json, actions: list[Any]) -> list[Json]:
    """The key figures; each has a key, so that two reports can be laid side by side."""
    counted = agreements.counted(found[Chapter.AGREEMENTS])
    own = _about_shares(found) if Chapter.SHARED in found else _about_actions(report, actions)
    return own + _about_promises(counted) + _about_referrals(found[Chapter.REFERRALS])


def tile(key: str, label: str, value: int | str, note: str = "", tone: str = "") -> Json:
    return {"key": key, "label": label, "value": value, "note": note, "tone": tone if value else ""}


def _about_actions(report: Report, actions: list[Any]) -> list[Json]:
    leads = sum(action.lead_partner_id == report.partner_id for action in actions)
    late = sum(bool(action.is_late) for action in actions)
    return [
        tile("leads", _("Acties als trekker"), leads),
        tile("takes_part", _("Acties waaraan hij meewerkt"), len(actions) - leads),
        tile("late", _("Acties over tijd"), late, "", "danger"),
    ]


def _about_shares(found: Json) -> list[Json]:
    rows = found[Chapter.SHARED]
    waits = sum(row["waits"] for row in rows)
    return [
        tile("shared", _("Gedeelde acties"), len(rows)),
        tile("waits", _("Wacht op jullie antwoord"), waits, "", "warn"),
        tile("contributions", _("Bijdragen van jullie"), sum(row["given"] for row in rows)),
    ]


def _about_promises(counted: Counter[str]) -> list[Json]:
    of_all = _("van %d beoordeeld") % counted["judged"]
    return [
        tile("agreements", _("Afspraken"), counted["agreements"]),
        tile("kept", _("Engagementen nagekomen"), counted[CommitmentStatus.KEPT], of_all, "ok"),
        tile("promises_late", _("Engagementen te laat"), counted["late"], "", "danger"),
    ]


def _about_referrals(found: Json) -> list[Json]:
    mean = found["mean_days"]
    note = "" if mean is None else _("gemiddeld na %d dagen") % mean
    return [
        tile("referrals", _("Doorverwijzingen"), found["sent"]),
        tile("answered", _("Waarvan beantwoord"), found["answered"], note, "ok"),
    ]


def _referrals(report: Report, period: Period, on: dt.date) -> Json:
    """Counts alone: what was written in a referral stays with who reads it."""
    assert report.partner is not None  # noqa: S101 - asked of reports about a partner
    rows = Referral.objects.of_partner(report.partner).filter(municipality=report.municipality_id)
    during = rows.filter(sent_on__range=(period.start, period.end))
    during = during.exclude(status=ReferralStatus.WITHDRAWN)
    mean = during.mean_answer_time()
    counts = during.aggregate(
        sent=Count("pk"), answered=Count("pk", filter=Q(status__in=REFERRAL_ANSWERED))
    )
    about = during.order_by().values_list("competence__title").annotate(n=Count("pk"))
    return {
        **counts,
        "waiting": rows.waiting().count(),
        "late": rows.late(on=on).count(),
        "mean_days": None if mean is None else round(mean.total_seconds() / 86_400),
        "about": [
            {"title": title, "sent": n} for title, n in about.order_by("-n", "competence__title")
        ],
    }


def _evaluations(report: Report, period: Period) -> list[Json]:
    """Of its agreements and its actions: planned or established in the period, or still open."""
    assert report.partner is not None  # noqa: S101 - asked of reports about a partner
    bound = Agreement.objects.of_partner(report.partner).filter(
        confidentiality__in=report.levels, municipality=report.municipality_id
    )
    days = (period.start, period.end)
    during = Q(planned_on__range=days) | Q(established_on__range=days)
    rows = Evaluation.objects.filter(
        Q(agreement__in=bound.values("pk")) | Q(action__in=report.actions.values("pk"))
    )
    rows = rows.filter(during | Q(pk__in=rows.open().values("pk")))
    loaded = rows.select_related("agreement", "action").order_by("-planned_on", "-pk")
    return [_evaluation(row) for row in loaded[:MOST]]


def _evaluation(row: Evaluation) -> Json:
    return {
        "title": row.title,
        "about": str(row.agreement or row.action),
        "on": (row.established_on or row.planned_on).isoformat(),
        "status": str(row.get_status_display()),
        "judgement": str(row.get_judgement_display()) if row.established_on else "",
        "reason": row.judgement_reason if row.established_on else "",
    }


def _asked(report: Report) -> list[Json]:
    """What the partner was asked, and whether it answered: no word of anybody else."""
    assert report.partner is not None  # noqa: S101 - asked of reports about a partner
    rows = Participant.objects.shown_to([report.partner.pk])
    here = rows.filter(evaluation__municipality=report.municipality_id)
    found = here.select_related("evaluation").order_by("-evaluation__planned_on", "pk")
    return [
        {
            "title": row.evaluation.title,
            "about": "",
            "on": row.evaluation.planned_on.isoformat(),
            "status": _("Beantwoord") if row.answered_at else _("Niet beantwoord"),
            "judgement": str(row.get_satisfaction_display()) if row.answered_at else "",
            "reason": "",
        }
        for row in found[:MOST]
    ]


def _shares(report: Report, period: Period) -> list[Json]:
    """What the partner sees today, as its space shows it."""
    assert report.partner is not None  # noqa: S101 - asked of reports about a partner
    running = Share.objects.shown_to([report.partner.pk], at=timezone.now())
    rows = running.filter(action__plan=report.plan).select_related("action__lead_partner")
    days = (period.start, period.end)
    given = Contribution.objects.filter(share__in=rows.values("pk"), at__date__range=days)
    counts = dict(given.order_by().values_list("share").annotate(n=Count("pk")))
    loaded = rows.prefetch_related("action__neighbourhoods").order_by("action__title", "pk")
    return [_share(row, counts.get(row.pk, 0)) for row in loaded]


def _share(row: Share, given: int) -> Json:
    item = shared_item(row)
    return {
        "key": str(row.pk),
        "title": item.title,
        "text": item.text,
        "facts": [{"label": fact.label, "text": fact.text} for fact in item.facts],
        "answer": str(row.get_answer_display()),
        "waits": row.answer == ShareAnswer.ASKED,
        "until": in_figures(row.last_day),
        "given": given,
    }


def roles_of(partner: Partner) -> dict[int, str]:
    """What it does in each action where it takes part, in words."""
    rows = ActionPartner.objects.filter(partner=partner)
    return {row.action_id: str(row.get_role_display()) for row in rows}
