"""What a person may do with meetings and resolutions. Which ones they see stands in the QuerySets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Right
from core.permissions import ALLOWED, Verdict, denied
from meetings.models import BODY_RIGHTS, Body, Followed
from partners.models.register import own_partner_ids
from reminders.permissions import may_follow

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import Meeting, Resolution

NOT_YOUR_ROLE = _("Alleen wie het verslag maakt, legt overleg en beslissingen vast.")
NOT_YOURS = _("Alleen wie het moet doen en wie het verslag maakt, zeggen wat ervan kwam.")
NOT_CORE_GROUP = _("Deze punten zijn voor de kerngroep.")
NOT_FOLLOWED = _("Hier hoeft niets van te komen: het is een kennisname of een opmerking.")
IS_CLOSED = _("Dit is al afgesloten.")
IS_OPEN = _("Dit staat nog open.")
NO_MEETINGS = _("Overleg en beslissingen leest wie de rapporten ervan leest.")


def may_read_meetings(user: User) -> Verdict:
    """Open the list of meetings: who reads the reports of some body."""
    may = any(user.has_right(right) for right in BODY_RIGHTS.values())
    return ALLOWED if may else denied(NO_MEETINGS)


def may_read_resolutions(user: User) -> Verdict:
    """Open the list of decisions: who reads plans finds what was decided about them."""
    may = user.has_right(Right.PLAN_READ) or user.has_right(Right.REPORT_READ_COUNCIL)
    return ALLOWED if may else denied(NO_MEETINGS)


def may_record(user: User, municipality_id: int | None = None) -> Verdict:
    """Write down meetings and resolutions: here, or somewhere."""
    allowed = user.has_right(Right.MEETING_EDIT, municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_take_points(user: User, meeting: Meeting) -> Verdict:
    """Put points for the core group on an agenda: who keeps the record and follows those points."""
    if meeting.body != Body.CORE_GROUP:
        return denied(NOT_CORE_GROUP)
    may = may_record(user, meeting.municipality_id)
    return may_follow(user, meeting.municipality_id) if may else may


def may_read_history(user: User, resolution: Resolution) -> Verdict:
    """What it said before, under whatever level it had then: who keeps the record."""
    return may_record(user, resolution.municipality_id)


def may_answer_for(user: User, resolution: Resolution) -> Verdict:
    """Tell what came of it: who has to do it, and who keeps the record."""
    if not resolution.is_followed:
        return denied(NOT_FOLLOWED)
    if may_record(user, resolution.municipality_id):
        return ALLOWED
    acts = user.has_right(Right.ACTION_UPDATE, resolution.municipality_id)
    is_own = resolution.owner_id in own_partner_ids(user)
    return ALLOWED if acts and is_own else denied(NOT_YOURS)


def may_close(user: User, resolution: Resolution) -> Verdict:
    verdict = may_answer_for(user, resolution)
    return denied(IS_CLOSED) if verdict and resolution.status != Followed.OPEN else verdict


def may_reopen(user: User, resolution: Resolution) -> Verdict:
    if not resolution.is_followed:
        return denied(NOT_FOLLOWED)
    if resolution.status == Followed.OPEN:
        return denied(IS_OPEN)
    return may_record(user, resolution.municipality_id)
