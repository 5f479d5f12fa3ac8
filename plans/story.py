"""What happened to a plan and its parts, worded for people; only what the reader may know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import LogEntry
from plans import timeline, tree
from plans.models import Action, Indicator, Plan
from plans.operations import bulk

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from accounts.models import User
    from plans.models import PlanRevision

TITLES: dict[str, str | _StrPromise] = {
    "plan.made": gettext_lazy("Plan gemaakt"),
    "plan.edited": gettext_lazy("Gegevens van het plan gewijzigd"),
    "plan.step": gettext_lazy("Status van het plan gewijzigd"),
    "plan.revised": gettext_lazy("Bijsturing vastgelegd"),
    "plan.version_kept": gettext_lazy("Versie bewaard"),
    "plan.helper_granted": gettext_lazy("Iemand helpt mee"),
    "plan.helper_withdrawn": gettext_lazy("Iemand helpt niet meer mee"),
    "decision.made": gettext_lazy("Besluit vastgelegd"),
}
ACTS = {
    "made": gettext_lazy("toegevoegd"),
    "edited": gettext_lazy("gewijzigd"),
    "moved": gettext_lazy("verplaatst"),
    "archived": gettext_lazy("gearchiveerd"),
    "restored": gettext_lazy("hersteld"),
    "reordered": gettext_lazy("anders geordend"),
}
_NAMES = {str(kind.model._meta.model_name): kind.label for kind in tree.KINDS} | {
    "plan": gettext_lazy("plan")
}
# Lines on these are as public as the plan; those on actions and indicators are looked up.
_OPEN = sorted({*_NAMES, "decision"} - {"action", "indicator"})
# A decision on many actions, and a list of them that was put in another order.
_ABOUT_MANY = (bulk.LEAD_VERB, bulk.ADJUST_VERB, "subtheme.reordered")


def lines(plan: Plan, user: User) -> QuerySet[LogEntry]:
    """The history of a plan without what is about actions this person may not read."""
    known = Q(pk__in=[])
    for name in _OPEN:
        known |= Q(subject__startswith=f"{name}:")
    actions = Action.objects.visible_to(user).filter(plan=plan)
    measures = Indicator.objects.filter(Q(goal__domain__plan=plan) | Q(action__in=actions))
    known |= Q(subject__in=_refs("action:", actions))
    known |= Q(subject__in=_refs("indicator:", measures))
    # A line about many actions names each of them: it is there for who reads them all.
    hidden = Action.objects.filter(plan=plan).exclude(pk__in=actions.values("pk"))
    known &= ~Q(verb__in=_ABOUT_MANY) | Q(~Exists(hidden))
    return LogEntry.objects.within(plan).filter(known)


def _refs(prefix: str, rows: Any) -> Any:
    """The names by which the history calls these rows."""
    key = Concat(Value(prefix), Cast("pk", CharField()), output_field=CharField())
    return rows.order_by().annotate(ref=key).values("ref")


def event(line: LogEntry) -> timeline.Event:
    """A line of the history as the timeline shows it."""
    return timeline.Event(
        at=line.at,
        title=title(line.verb),
        who=line.who,
        subject="" if line.subject.startswith("plan:") else line.subject_label,
        reason=line.reason,
        happened_on=line.happened_on,
        changes=line.changes,
    )


def title(verb: str) -> str:
    """What was done to what, such as "Deelthema verplaatst"."""
    if verb in TITLES:
        return str(TITLES[verb])
    if verb in timeline.TITLES:
        return str(timeline.TITLES[verb])
    name, _dot, act = verb.partition(".")
    words = f"{_NAMES.get(name, '')} {ACTS.get(act, _('gewijzigd'))}".strip()
    return words.capitalize()


@dataclass(frozen=True, slots=True)
class RevisionText:
    """A bijsturing and what changed under it."""

    row: PlanRevision
    events: list[timeline.Event]


def revisions(plan: Plan, user: User) -> list[RevisionText]:
    """The bijsturingen of a plan, newest first, each with the lines that carry its name."""
    rows = list(plan.revisions.all())
    names = {str(row): row.pk for row in rows}
    told: dict[int, list[timeline.Event]] = {row.pk: [] for row in rows}
    for line in lines(plan, user).filter(reason__in=names).exclude(verb="plan.revised"):
        told[names[line.reason]].append(replace(event(line), reason=""))
    return [RevisionText(row, told[row.pk]) for row in rows]
