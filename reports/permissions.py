"""What a person may do with a report. Which reports they see stands in the QuerySet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from accounts.models import User
    from reports.models import Report

NOT_YOUR_ROLE = _("Alleen wie rapporten opmaakt, doet dit.")
IS_FROZEN = _("Dit rapport is bevroren: het wijzigt niet meer.")
NOT_YOUR_DRAFT = _("Alleen wie dit ontwerp maakte, gooit het weg.")
IS_DRAFT = _("Dit rapport is nog een ontwerp. Bevries het eerst.")


def may_make(user: User, municipality_id: int | None = None) -> Verdict:
    """Make reports: in this municipality, or in any."""
    return ALLOWED if user.has_right(Right.REPORT_MAKE, municipality_id) else denied(NOT_YOUR_ROLE)


def may_write(user: User, report: Report) -> Verdict:
    """Write in a draft, and freeze it."""
    if report.is_frozen:
        return denied(IS_FROZEN)
    return may_make(user, report.municipality_id)


def may_discard(user: User, report: Report) -> Verdict:
    """Throw a draft away: who made it, or a colleague once that person is gone."""
    allowed = may_write(user, report)
    if allowed and report.created_by_id != user.pk and report.created_by.is_active:
        return denied(NOT_YOUR_DRAFT)
    return allowed


def may_build(user: User, report: Report) -> Verdict:
    """Have the PDF of a frozen report built again after a failure."""
    return may_make(user, report.municipality_id) if report.is_frozen else denied(IS_DRAFT)
