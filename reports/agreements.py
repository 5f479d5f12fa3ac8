"""The chapter about agreements: those of one partner with what it promised, or of one neighbourhood."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from partners.agreement_rows import status_words, term
from partners.models import Agreement, AgreementParty, Commitment
from partners.models.register import Territory
from partners.workflow import CommitmentStatus
from plans.models import ActionCommitment
from reports.models import Audience

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from partners.models import AgreementQuerySet
    from reports.models import Report
    from reports.periods import Period

Json = dict[str, Any]


def of_partner(report: Report, period: Period, *, on: dt.date) -> list[Json]:
    """Where the partner is a party, each with what it promised itself; never what others did."""
    assert report.partner is not None  # noqa: S101 - asked of reports about a partner
    given = report.audience == Audience.PARTNER
    rows = Agreement.objects.of_partner(report.partner)
    rows = rows.shown_to([report.partner.pk]) if given else rows
    found = _alive(rows, report, period, on)
    own = Commitment.objects.of_partner(report.partner).filter(party__agreement__in=found)
    late = set(own.late(on=on).values_list("pk", flat=True))
    promises: dict[int, list[Json]] = {row.pk: [] for row in found}
    for promise in own.select_related("party"):
        told = _promise(promise, is_late=promise.pk in late)
        extra = {} if given else {"remark": promise.remark, "measure": promise.measure}
        promises[promise.party.agreement_id].append(told | extra)
    inside = {} if given else _parties(found)
    return [
        _row(row) | {"promises": promises[row.pk], "parties": inside.get(row.pk, [])}
        for row in found
    ]


def of_neighbourhood(report: Report, period: Period, *, on: dt.date) -> list[Json]:
    """Those on which an action there rests, and those with a partner that works there and not
    everywhere."""
    resting = ActionCommitment.objects.filter(action__in=report.actions.values("pk"))
    parties = AgreementParty.objects.filter(
        Q(commitments__action_links__in=resting)
        | Q(partner__territory=Territory.NEIGHBOURHOODS,
            partner__neighbourhoods=report.neighbourhood_id)
    )  # fmt: skip
    rows = Agreement.objects.filter(pk__in=parties.values("agreement"))
    found = _alive(rows, report, period, on)
    names = _parties(found) if report.audience == Audience.CORE_GROUP else {}
    return [_row(row) | {"promises": [], "parties": names.get(row.pk, [])} for row in found]


def counted(rows: Iterable[Json]) -> Counter[str]:
    """How many agreements, and how many promises were kept, are late, or are still running."""
    found = Counter[str]()
    for row in rows:
        found["agreements"] += not row["is_over"]
        for promise in row["promises"]:
            found["late"] += promise["is_late"]
            found[promise["status"]] += 1
    found["judged"] = sum(
        found[status] for status in CommitmentStatus.values if status != CommitmentStatus.RUNNING
    )
    return found


def _alive(rows: AgreementQuerySet, report: Report, period: Period, on: dt.date) -> list[Agreement]:
    here = rows.filter(
        municipality=report.municipality_id, confidentiality__in=report.levels
    ).alive_in(start=period.start, end=period.end, on=on)
    found = list(here.select_related("type").order_by("code"))
    for row in found:
        row.is_over_now = row.is_over(on=on)  # type: ignore[attr-defined]
    return found


def _parties(found: list[Agreement]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {row.pk: [] for row in found}
    rows = AgreementParty.objects.filter(agreement__in=found).order_by("partner__name")
    for agreement, name in rows.values_list("agreement", "partner__name"):
        names[agreement].append(name)
    return names


def _row(row: Agreement) -> Json:
    return {
        "code": row.code,
        "title": row.title,
        "type": row.type.name,
        "status": status_words(row),
        "is_over": row.is_over_now,  # type: ignore[attr-defined]
        "term": term(row),
        "evaluation": row.next_evaluation.isoformat() if row.next_evaluation else "",
    }


def _promise(row: Commitment, *, is_late: bool) -> Json:
    return {
        "gives": row.gives,
        "gets": row.gets,
        "rhythm": row.rhythm,
        "due": row.due.isoformat() if row.due else "",
        "status": row.status,
        "status_label": str(row.get_status_display()),
        "is_late": is_late,
    }
