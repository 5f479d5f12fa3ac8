"""How statuses, lights, dimensions and levels look: the same word and tone on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.confidentiality import Level
from core.templatetags.house import badge
from plans.models import Dimension
from plans.workflow import ActionStatus, Light, PlanStatus

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
ACTION_TONES = {
    ActionStatus.IDEA: "mute",
    ActionStatus.PROPOSED: "plum",
    ActionStatus.APPROVED: "accent",
    ActionStatus.PLANNED: "accent",
    ActionStatus.RUNNING: "info",
    ActionStatus.ON_HOLD: "warn",
    ActionStatus.DONE: "ok",
    ActionStatus.PARTLY_DONE: "ok",
    ActionStatus.STOPPED: "mute",
    ActionStatus.POSTPONED: "mute",
}
LIGHT_TONES = {Light.GREEN: "ok", Light.AMBER: "warn", Light.RED: "danger"}
LIGHT_ICONS = {
    Light.GREEN: "circle-check",
    Light.AMBER: "alert-triangle",
    Light.RED: "alert-octagon",
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


def action_badge(status: str) -> SafeString:
    known = ActionStatus(status)
    return badge(known.label, ACTION_TONES[known])


def light_badge(light: str) -> SafeString | str:
    """The traffic light with its icon; nothing where no light applies."""
    if not light:
        return ""
    known = Light(light)
    return badge(known.label, LIGHT_TONES[known], LIGHT_ICONS[known])


def dimension_badge(dimension: str) -> SafeString:
    known = Dimension(dimension)
    return badge(known.label, DIMENSION_TONES[known], css_class="is-line")


def level_badge(level: str) -> SafeString | str:
    """A lock beside what not everybody in the house reads."""
    if level not in MARKED_LEVELS:
        return ""
    return badge(Level(level).label, "mute", "lock")
