"""What the product itself knows of a subject on a day: filled in for who evaluates, then frozen.

Each figure is asked of the method that lists and reports use. Over several actions only those of
a level that every reader of their plan reads are counted: the frozen figures are one for all.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.confidentiality import Level
from core.days import in_figures
from core.models import LogEntry
from evaluations.models.subjects import What
from partners.models import Commitment
from partners.workflow import CommitmentStatus
from plans.models import Action, Indicator
from plans.models.actions import is_overdue, is_without_news, wants_news
from plans.workflow import ActionStatus, Light

if TYPE_CHECKING:
    from evaluations.models import Evaluation
    from partners.models import Agreement
    from plans.models import Plan
    from plans.models.actions import ActionQuerySet

    Json = dict[str, Any]

# From what everybody reads to what few read.
ORDER = (Level.PUBLIC, Level.INTERNAL, Level.PARTNERS, Level.RESTRICTED, Level.CONFIDENTIAL)


def figures_of(evaluation: Evaluation, *, on: dt.date) -> Json:
    """Groups of lines, as words: `{"on": …, "groups": [{"title": …, "rows": [[label, value]]}]}`."""
    subject = evaluation.subject
    what = evaluation.what
    if what == What.ACTION:
        groups = [_of_action(subject, on), _phases(subject), _indicators(subject)]
    elif what == What.AGREEMENT:
        groups = [_of_agreement(subject, on)]
    elif what == What.GOAL:
        plan = subject.sub_theme.domain.plan
        groups = [_counted(_("Acties"), _actions(plan).filter(goal=subject), on)]
    elif what == What.DOMAIN:
        rows = _actions(subject.plan).filter(sub_theme__domain=subject)
        groups = [_counted(_("Acties"), rows, on)]
    else:
        groups = _per_domain(subject, on)
    return {"on": on.isoformat(), "groups": [group for group in groups if group["rows"]]}


def _group(title: str, rows: list[list[str]]) -> Json:
    return {"title": title, "rows": rows}


def _yes_or_no(value: bool) -> str:  # noqa: FBT001
    return _("ja") if value else _("nee")


def _of_action(action: Action, on: dt.date) -> Json:
    one = Action.objects.filter(pk=action.pk)
    late = one.filter(is_overdue(on=on)).exists()
    due = in_figures(action.due) or (_("doorlopend") if action.structural else "–")
    rows = [
        [_("Status"), str(action.get_status_display())],
        [_("Verkeerslicht"), str(Light(action.light).label) if action.light else "–"],
        [_("Voortgang"), f"{action.progress}%"],
        [_("Eindigt"), f"{due} ({_('te laat')})" if late else due],
        [_("Laatst bijgewerkt"), in_figures(action.last_update_on) or _("nog nooit")],
        [_("Bijgewerkt op tijd"), _yes_or_no(not one.filter(wants_news(on=on)).exists())],
    ]
    return _group(_("De actie"), rows)


def _phases(action: Action) -> Json:
    """Each status that it went through, with the days on which it got there."""
    days: dict[str, list[str]] = {}
    steps = LogEntry.objects.about(action).filter(verb="action.step").order_by("at", "pk")
    for line in steps:
        day = in_figures(line.happened_on or timezone.localdate(line.at))
        for change in line.changes:
            if change["field"] == "status":
                days.setdefault(change["new"], []).append(day)
    return _group(_("Fasen"), [[status, ", ".join(found)] for status, found in days.items()])


def _indicators(action: Action) -> Json:
    found = Indicator.objects.filter(action=action, archived_at=None).prefetch_related("values")
    return _group(_("Indicatoren"), [[row.title, _reads(row)] for row in found])


def _reads(row: Indicator) -> str:
    values = list(row.values.all())
    words = {
        "now": row.show(values[-1].value if values else None),
        "base": row.show(row.baseline),
        "target": row.show(row.target),
    }
    return _("%(now)s (nulmeting %(base)s, streefwaarde %(target)s)") % words


def _actions(plan: Plan) -> ActionQuerySet:
    levels = ORDER[: ORDER.index(Level(plan.confidentiality)) + 1]
    return Action.objects.filter(plan=plan, confidentiality__in=levels).current().decided()


def _counted(title: str, actions: ActionQuerySet, on: dt.date) -> Json:
    """How many of each status and light, in one question."""
    counts: dict[str, Count] = {f"s{n}": Count("pk", filter=Q(status=status))
                                for n, status in enumerate(ActionStatus)}  # fmt: skip
    counts |= {f"l{n}": Count("pk", filter=Q(light=light)) for n, light in enumerate(Light)}
    counts["late"] = Count("pk", filter=is_overdue(on=on))
    counts["silent"] = Count("pk", filter=is_without_news(on=on, days=90))
    found = actions.order_by().aggregate(total=Count("pk"), **counts)
    rows = [[_("Acties samen"), found["total"]]]
    rows += [[str(status.label), found[f"s{n}"]] for n, status in enumerate(ActionStatus)]
    rows += [[_("Verkeerslicht: %s") % light.label, found[f"l{n}"]]
             for n, light in enumerate(Light)]  # fmt: skip
    rows += [[_("Te laat"), found["late"]], [_("Zonder recent nieuws"), found["silent"]]]
    kept = [[label, str(number)] for label, number in rows[:1]]
    kept += [[label, str(number)] for label, number in rows[1:] if number]
    return _group(title, kept)


def _per_domain(plan: Plan, on: dt.date) -> list[Json]:
    domains = plan.domains.filter(archived_at=None)
    actions = _actions(plan)
    return [_counted(str(row), actions.filter(sub_theme__domain=row), on) for row in domains]


def _of_agreement(agreement: Agreement, on: dt.date) -> Json:
    promises = Commitment.objects.current().filter(party__agreement=agreement)
    by_status = dict(promises.order_by().values_list("status").annotate(number=Count("pk")))
    rows = [
        [_("Status"), str(agreement.get_status_display())],
        [_("Engagementen samen"), str(sum(by_status.values()))],
        *([str(status.label), str(by_status[status])]
          for status in CommitmentStatus if by_status.get(status)),
        [_("Te laat"), str(promises.late(on=on).count())],
    ]  # fmt: skip
    return _group(_("De afspraak"), rows)
