"""How plans, dimensions and levels look on every page; statuses and lights stand in `rows`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.confidentiality import Level
from core.templatetags.house import badge
from plans.models import Dimension
from plans.workflow import PlanStatus

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

PLAN_TONES = {
    PlanStatus.CONCEPT: "mute",
    PlanStatus.DRAFT: "mute",
    PlanStatus.DISCUSSION: "plum",
    PlanStatus.EDITING: "plum",
    PlanStatus.ADOPTED: "accent",
    PlanStatus.RUNNING: "info",
    PlanStatus.CLOSED: "ok",
    PlanStatus.ARCHIVED: "mute",
}
DIMENSION_TONES = {
    Dimension.PROACTIVE: "plum",
    Dimension.PREVENTIVE: "info",
    Dimension.REACTIVE: "warn",
}
# Only what is read by fewer people than usual is marked.
MARKED_LEVELS = frozenset({Level.PARTNERS, Level.RESTRICTED, Level.CONFIDENTIAL})


def plan_badge(status: str) -> SafeString:
    known = PlanStatus(status)
    return badge(known.label, PLAN_TONES[known])


def dimension_badge(dimension: str) -> SafeString:
    known = Dimension(dimension)
    return badge(known.label, DIMENSION_TONES[known], css_class="is-line")


def level_badge(level: str) -> SafeString | str:
    """A lock beside what not everybody in the house reads."""
    if level not in MARKED_LEVELS:
        return ""
    return badge(Level(level).label, "mute", "lock")
