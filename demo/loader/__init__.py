"""Loads the demo municipality, once, in one transaction, with dates around today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Municipality, User
from accounts.roles import INVOLVED_ROLES, Role
from demo.loader.agreements import load_agreements
from demo.loader.cast import Cast
from demo.loader.engagement import load_escalations
from demo.loader.evaluations import load_evaluations
from demo.loader.meetings import load_meetings
from demo.loader.meldingen import load_meldingen
from demo.loader.partners import (
    load_competences,
    load_key_figures,
    load_members,
    load_officers,
    load_partners,
    load_practices,
    place_partners,
)
from demo.loader.people import (
    load_memberships,
    load_municipalities,
    load_neighbourhoods,
    load_users,
)
from demo.loader.plan import base_actions, load_plan, name_partners
from demo.loader.reminders import load_reminders
from demo.loader.reports import load_variants
from demo.loader.rounds import load_rounds
from demo.loader.second_plan import load_second_plan
from demo.loader.shares import load_shares
from demo.loader.sharing import load_sharing
from demo.loader.source import moved
from meldingen.models import Melding
from partners.models import Agreement, Partner, PartnerMember
from plans.models import Action, Plan


def is_loaded() -> bool:
    return Municipality.objects.filter(code="ZAN").exists()


@transaction.atomic
def load(today: dt.date | None = None) -> dict[str, int]:
    """Load everything and say how many of what; nothing when the demo is there already."""
    if is_loaded():
        return {}
    data = moved(today)
    cast = _cast(data)
    plan = load_plan(data, cast)
    load_second_plan(data, plan, cast)
    load_shares(data, plan, cast, today=today or timezone.localdate())
    load_escalations(data["escalations"], cast)
    load_meetings(data["core_group_meetings"], plan, cast)
    cast.write_history()
    load_sharing(data, plan, cast)
    load_agreements(data, cast, today or timezone.localdate())
    load_evaluations(data, plan, cast, today or timezone.localdate())
    _load_around(data, plan, cast)
    load_meldingen(data, cast)
    load_rounds(data, cast, today or timezone.localdate())
    load_variants(plan, data["reports"]["variants"], cast)
    load_reminders(cast, today or timezone.localdate())
    return {
        "plannen": Plan.objects.count(),
        "acties": Action.objects.count(),
        "partners": Partner.objects.count(),
        "afspraken": Agreement.objects.count(),
        "meldingen": Melding.objects.count(),
        "personen": User.objects.count(),
    }


def _load_around(data: dict[str, Any], plan: Plan, cast: Cast) -> None:
    """What the plan leans on: partners by domain, good practices, key figures."""
    place, today = cast.places["ZAN"], data["meta"]["reference_date"]
    name_partners(plan, data["partners"], cast)
    base_actions(plan, data["good_practices"], load_practices(data["good_practices"], place))
    load_key_figures(data["key_figure_types"], place, cast.neighbourhoods, today)


def _cast(data: dict[str, Any]) -> Cast:
    since = data["plan"]["mandate"]["date"]
    places = load_municipalities(data)
    neighbourhoods = load_neighbourhoods(data["neighbourhoods"], places)
    users = load_users(data)
    load_memberships(data["users"], users, places, neighbourhoods, since)
    partners = load_partners(data["partners"], places)
    place_partners(partners, neighbourhoods)
    load_competences(data, places["ZAN"], partners)
    load_members(data["users"], users, partners, since)
    load_officers(data["partners"], partners, since, data["meta"]["reference_date"])
    return Cast(places, neighbourhoods, users, partners, _leads())


def _leads() -> dict[int, User]:
    """For each organisation the first of its people whose role brings actions up to date."""
    found: dict[int, User] = {}
    roles = INVOLVED_ROLES | {Role.PARTNER}
    rows = PartnerMember.objects.filter(user__memberships__role__in=roles)
    for row in rows.select_related("user").order_by("pk"):
        found.setdefault(row.partner_id, row.user)
    return found
