"""Partners × domains on paper: what stood on the page for who asked it, kept as plain JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import asked
from core.days import in_figures
from plans import permissions
from plans.models import Plan
from plans.partner_map import partner_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Municipality, User
    from core.models import AskedPdf
    from plans.partner_map import Line, PartnerMap

Json = dict[str, Any]
NAME = "plan_partners"
BESIDE = 7  # so many domains fit beside each other on a page that lies down


def ask(plan: Plan, *, by: User) -> AskedPdf:
    """The PDF of what this person reads on the page now."""
    permissions.may_read_partners(by, plan).or_403()
    title = _("Partners per domein: %s") % plan
    return asked.ask(NAME, plan, title=title, snapshot=snapshot(plan, by), by=by)


def snapshot(plan: Plan, user: User) -> Json:
    """All that the paper says; what has an order is a list."""
    found = partner_map(plan, user)
    place: Municipality | None = plan.municipality
    return {
        "plan": {"title": plan.title, "code": plan.code, "version": plan.version_label},
        "owner": str(plan.owner),
        "colour": place.colour if place else "",
        "made_on": in_figures(timezone.localdate()),
        "made_by": user.name,
        "domains": [str(domain) for domain in found.domains],
        "lines": [_line(line) for line in found.lines],
        "missing": _missing(found),
        "contacts": list(_contacts(found)),
        "without_domain": [partner.name for partner in found.without_domain],
        "unanswered": [competence.question for competence in found.unanswered],
    }


def _line(line: Line) -> Json:
    return {
        "partner": line.partner.name,
        "kind": str(line.partner.get_kind_display()),
        "cells": [{"words": cell.words, "leads": bool(cell.leads)} for cell in line.cells],
    }


def _contacts(found: PartnerMap) -> Iterator[Json]:
    """Whom to turn to, one domain after the other."""
    for place, domain in enumerate(found.domains):
        for line in found.lines:
            if officer := line.cells[place].contact:
                yield {
                    "domain": str(domain),
                    "partner": line.partner.name,
                    "contact": str(officer),
                    "over": officer.is_over,
                    "email": officer.email,
                    "phone": officer.phone,
                }


def _missing(found: PartnerMap) -> list[list[str]]:
    gaps = {gap.domain.pk: gap.missing for gap in found.gaps}
    return [gaps.get(domain.pk, []) for domain in found.domains]


def context(data: Json) -> Json:
    """The snapshot cut in tables that fit on a page, each with the partners before it."""
    return {"data": data, "tables": list(_tables(data))}


def _tables(data: Json) -> Iterator[Json]:
    domains = data["domains"]
    for start in range(0, len(domains), BESIDE):
        part = slice(start, start + BESIDE)
        yield {
            "caption": _caption(start, len(domains)),
            "domains": domains[part],
            "lines": [line | {"cells": line["cells"][part]} for line in data["lines"]],
            "missing": data["missing"][part],
        }


def _caption(start: int, total: int) -> str:
    if total <= BESIDE:
        return _("Partners en domeinen")
    last = min(start + BESIDE, total)
    words = {"first": start + 1, "last": last, "total": total}
    return _("Partners en domeinen, %(first)d tot %(last)d van %(total)d") % words


def origin(user: User, key: str) -> str | None:
    """The page, for who may still read the plan and its partners."""
    plan = Plan.objects.visible_to(user).filter(pk=key).first()
    if plan is None or not permissions.may_read_partners(user, plan):
        return None
    return reverse("plans:partners", args=[plan.code])


KIND = asked.Kind("plans/partner_paper.html", "matrix-paper.css", context, origin)
