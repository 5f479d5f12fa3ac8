"""What a person may do with a report. Which reports they see stands in the QuerySet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.confidentiality import Level
from core.permissions import ALLOWED, Verdict, denied
from partners.permissions import may_send_text
from reports.models import AUDIENCE_LEVELS, AUDIENCE_RIGHTS, Audience

if TYPE_CHECKING:
    from accounts.models import User
    from plans.models import Plan
    from reports.models import Report

NOT_YOUR_ROLE = _("Alleen wie rapporten opmaakt, doet dit.")
IS_FROZEN = _("Dit rapport is bevroren: het wijzigt niet meer.")
NOT_YOUR_DRAFT = _("Alleen wie dit ontwerp maakte, gooit het weg.")
ABOVE_AUDIENCE = _(
    "Dit plan heeft het niveau ‘%s’. Niet alle lezers van dit rapport mogen dat lezen. "
    "Kies andere lezers, of wijzig eerst wie het plan mag lezen."
)
ONLY_CORE_GROUP = _("Alleen de kerngroep leest hoe partners nakomen wat ze beloofden.")
PERSONAL_DATA = _("In je tekst lijken persoonsgegevens te staan. %s Haal ze eerst uit de tekst.")
NOT_YOUR_REPORT = _("Alleen wie dit rapport krijgt, geeft er opmerkingen bij.")
NOT_YOUR_TABLE = _("Alleen het college zelf en wie het verslag maakt, leggen dit vast.")
GIVEN_BY_HAND = _("Dit rapport geef je zelf aan de partner: er vertrekt geen mail.")
NOT_TO_GIVE = _("Dit rapport is niet gemaakt om aan de partner te geven.")
IS_DRAFT = _("Dit rapport is nog een ontwerp. Bevries het eerst.")


def may_make(user: User, municipality_id: int | None = None) -> Verdict:
    """Make reports: in this municipality, or in any."""
    return ALLOWED if user.has_right(Right.REPORT_MAKE, municipality_id) else denied(NOT_YOUR_ROLE)


def may_write(user: User, report: Report) -> Verdict:
    """Write in a draft, and freeze it."""
    if report.is_frozen:
        return denied(IS_FROZEN)
    return may_make(user, report.municipality_id)


def may_be_shown(plan: Plan, audience: Audience) -> Verdict:
    """A report tells of its plan: its readers are people who may know that the plan is there."""
    level = Level(plan.confidentiality)
    return ALLOWED if level in AUDIENCE_LEVELS[audience] else denied(ABOVE_AUDIENCE % level.label)


def may_freeze(user: User, report: Report) -> Verdict:
    """The plan may have become more confidential since the draft was begun."""
    if not (written := may_write(user, report)):
        return written
    if report.audience == Audience.PARTNER and not (fit := may_go_out(report)):
        return fit
    return may_be_shown(report.plan, Audience(report.audience))


def may_go_out(report: Report) -> Verdict:
    """What was written beside the figures goes to a partner: no personal data without a protocol."""
    assert report.partner is not None  # noqa: S101 - what is given to a partner is about it
    text = f"{report.title}\n{report.foreword}\n{report.outlook}"
    today = timezone.localdate()
    fit = may_send_text(report.partner, text, on=today, owned_up=False)
    return fit or denied(PERSONAL_DATA % fit.reason)


def may_tell_engagement(user: User, report: Report) -> Verdict:
    """Tell how partners keep what they promised: to the core group, by who follows it."""
    if report.audience != Audience.CORE_GROUP or report.neighbourhood_id:
        return denied(ONLY_CORE_GROUP)
    may = user.has_right(Right.ENGAGEMENT_READ, report.municipality_id)
    return ALLOWED if may else denied(NOT_YOUR_ROLE)


def may_discard(user: User, report: Report) -> Verdict:
    """Throw a draft away: who made it, or a colleague once that person is gone."""
    allowed = may_write(user, report)
    if allowed and report.created_by_id != user.pk and report.created_by.is_active:
        return denied(NOT_YOUR_DRAFT)
    return allowed


def may_build(user: User, report: Report) -> Verdict:
    """Have the PDF of a frozen report built again after a failure."""
    return may_make(user, report.municipality_id) if report.is_frozen else denied(IS_DRAFT)


def may_remark(user: User, report: Report) -> Verdict:
    """Say something of it: who reads it, once it no longer changes."""
    if not report.is_frozen:
        return denied(IS_DRAFT)
    right = AUDIENCE_RIGHTS[Audience(report.audience)]
    return ALLOWED if user.has_right(right, report.municipality_id) else denied(NOT_YOUR_REPORT)


def may_answer(user: User, report: Report) -> Verdict:
    """Answer what readers say, and make a task of it."""
    return may_make(user, report.municipality_id)


def may_send(user: User, report: Report) -> Verdict:
    """By mail, to who holds the role of its readers; what a partner gets is given by hand."""
    if report.audience == Audience.PARTNER:
        return denied(GIVEN_BY_HAND)
    return may_make(user, report.municipality_id) if report.is_frozen else denied(IS_DRAFT)


def may_give(user: User, report: Report) -> Verdict:
    """Write down that the partner got it."""
    if report.audience != Audience.PARTNER:
        return denied(NOT_TO_GIVE)
    return may_make(user, report.municipality_id) if report.is_frozen else denied(IS_DRAFT)


def may_decide(user: User, report: Report) -> Verdict:
    """Write down what a body did with it: who keeps the record, and the college for itself."""
    if not report.is_frozen:
        return denied(IS_DRAFT)
    decides = user.has_right(Right.REPORT_DECIDE, report.municipality_id)
    records = user.has_right(Right.MEETING_EDIT, report.municipality_id)
    is_own = decides and report.audience == Audience.COLLEGE
    return ALLOWED if records or is_own else denied(NOT_YOUR_TABLE)
