"""The chapters of a report about one neighbourhood: what happens there, who works there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from partners.models import Partner
from partners.models.register import Territory
from plans.models import Action, ActionPartner
from plans.workflow import ACTION_OPEN, ACTION_REALISED
from reports import agreements
from reports.about_partner import tile
from reports.models import Audience, Chapter

if TYPE_CHECKING:
    import datetime as dt

    from reports.models import Report
    from reports.periods import Period

Json = dict[str, Any]


def chapters(report: Report, period: Period, actions: list[Any], *, on: dt.date) -> Json:
    """What a report about a neighbourhood holds beside its actions and meldingen."""
    return {
        Chapter.AGREEMENTS.value: agreements.of_neighbourhood(report, period, on=on),
        Chapter.PARTNERS.value: _partners(report, actions),
        "everywhere": _everywhere(report),
    }


def tiles(found: Json, meldingen: Json | None, actions: list[Any]) -> list[Json]:
    realised = sum(action.status in ACTION_REALISED for action in actions)
    now = sum(bool(action.is_realised_now) for action in actions)
    late = sum(bool(action.is_late) for action in actions)
    return [
        tile("actions", _("Acties in deze wijk"), len(actions)),
        tile("realised", _("Gerealiseerd"), realised, _("waarvan %d in de periode") % now, "ok"),
        tile("late", _("Over tijd"), late, "", "danger"),
        tile("partners", _("Partners aan het werk"), len(found[Chapter.PARTNERS]["rows"])),
        *_about_meldingen(meldingen),
    ]


def _about_meldingen(found: Json | None) -> list[Json]:
    if found is None:
        return []
    if "tiles" in found:  # for residents: what is too small is no number
        names = (_("Meldingen binnen"), _("Meldingen afgesloten"), _("Meldingen nu open"))
        return [
            tile(f"meldingen_{at}", name, one["value"] if one["number"] is None else one["number"])
            for at, (name, one) in enumerate(zip(names, found["tiles"], strict=True))
        ]
    return [
        tile("meldingen_0", _("Meldingen binnen"), found["entered"]),
        tile("meldingen_1", _("Meldingen afgesloten"), found["closed"]),
        tile("meldingen_2", _("Meldingen nu open"), found["open"]),
    ]


def _everywhere(report: Report) -> int:
    """How many running actions are for the whole municipality, so for this neighbourhood too."""
    rows = Action.objects.filter(
        plan=report.plan, confidentiality__in=report.levels, whole_territory=True,
        status__in=ACTION_OPEN,
    )  # fmt: skip
    return rows.current().exclude(neighbourhoods=report.neighbourhood_id).count()


def _partners(report: Report, actions: list[Any]) -> Json:
    """Who leads there and, inside, who takes part or works there and not everywhere."""
    leads = Counter(action.lead_partner_id for action in actions if action.lead_partner_id)
    parts = Counter[int]()
    known = Q(pk__in=list(leads))
    if report.audience == Audience.CORE_GROUP:
        rows = ActionPartner.objects.filter(action__in=[action.pk for action in actions])
        parts.update(rows.order_by().values_list("partner", flat=True))
        known |= Q(pk__in=list(parts))
        known |= Q(territory=Territory.NEIGHBOURHOODS, neighbourhoods=report.neighbourhood_id)
    here = Partner.objects.filter(municipality=report.municipality_id).current()
    found = here.filter(known).distinct().order_by("name")
    return {
        "rows": [
            {
                "name": row.name,
                "kind": str(row.get_kind_display()),
                "leads": leads[row.pk],
                "takes_part": parts[row.pk],
            }
            for row in found
        ]
    }
