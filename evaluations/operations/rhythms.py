"""What comes back by itself: each evaluation of a rhythm is planned once, in time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from accounts.roles import RIGHTS, Right, Role
from core import history
from evaluations import permissions
from evaluations.models import Evaluation, EvaluationRhythm
from evaluations.models.rhythms import WITH_RHYTHM
from evaluations.models.subjects import FIELDS
from partners.models import Agreement

if TYPE_CHECKING:
    from accounts.models import User
    from evaluations.forms.rhythms import RhythmForm

AHEAD = 60  # days before its day an evaluation is planned


@transaction.atomic
def begin(form: RhythmForm, *, by: User) -> EvaluationRhythm:
    """Say how often; the first evaluation is planned at once when its day is near."""
    permissions.may_make(by, form.subject).or_403()
    rhythm = form.save()
    history.record("evaluationrhythm.made", rhythm, by=by)
    _plan_in_time(rhythm, on=timezone.localdate())
    return rhythm


@transaction.atomic
def end(rhythm: EvaluationRhythm, *, by: User) -> None:
    """No more of them; what was planned stays, until somebody lets it go."""
    permissions.may_end_rhythm(by, rhythm).or_403()
    if EvaluationRhythm.objects.running().filter(pk=rhythm.pk).update(ended_at=timezone.now()):
        history.record("evaluationrhythm.ended", rhythm, by=by)


def plan_ahead(*, on: dt.date) -> int:
    """By night: plan what is near, of every rhythm and every agreement. Twice does no harm."""
    rhythms = EvaluationRhythm.objects.running().select_related("responsible")
    made = sum(_plan_in_time(rhythm, on=on) for rhythm in rhythms)
    return made + sum(_plan_of_agreement(row, on=on) for row in _agreements(on))


def plan_next(rhythm: EvaluationRhythm, *, on: dt.date) -> bool:
    """Plan the one after the last, however far away."""
    return rhythm.ended_at is None and _plan(rhythm, _next_term(rhythm, on))


def _plan_in_time(rhythm: EvaluationRhythm, *, on: dt.date) -> bool:
    term = _next_term(rhythm, on)
    return term <= on + dt.timedelta(days=AHEAD) and _plan(rhythm, term)


def _next_term(rhythm: EvaluationRhythm, on: dt.date) -> dt.date:
    """The day after the last that was planned. Of days that went by unplanned, the last counts."""
    terms = rhythm.evaluations.order_by("-term").values_list("term", flat=True)
    last, number = terms.first(), 0
    while (last and rhythm.term(number) <= last) or rhythm.term(number + 1) <= on:
        number += 1
    return rhythm.term(number)


def _plan(rhythm: EvaluationRhythm, term: dt.date) -> bool:
    keys = {f"{FIELDS[what]}_id": getattr(rhythm, f"{FIELDS[what]}_id") for what in WITH_RHYTHM}
    return _once(rhythm=rhythm, term=term, responsible=rhythm.responsible,
                 municipality_id=rhythm.municipality_id, **keys)  # fmt: skip


def _agreements(on: dt.date) -> Any:
    """Whose evaluation is near and that have none underway."""
    underway = Evaluation.objects.open().exclude(agreement=None)
    rows = Agreement.objects.to_evaluate(on=on).exclude(next_evaluation=None)
    return rows.exclude(pk__in=underway.values("agreement"))


def _plan_of_agreement(agreement: Agreement, *, on: dt.date) -> bool:
    return _once(
        agreement=agreement,
        term=agreement.next_evaluation,
        municipality_id=agreement.municipality_id,
        responsible=_keeper(agreement.municipality_id, on),
    )


def _keeper(municipality_id: int, on: dt.date) -> User | None:
    """Who keeps the evaluations of a municipality: the first of them, else nobody yet."""
    roles = [role for role in Role if Right.EVALUATION_EDIT in RIGHTS[role]]
    held = Membership.objects.active(on=on).filter(
        municipality=municipality_id, role__in=roles, user__is_active=True
    )
    first = held.select_related("user").order_by("pk").first()
    return first.user if first else None


def _once(**fields: Any) -> bool:
    """Of two that plan the same at once, the database keeps one."""
    evaluation = Evaluation(planned_on=fields["term"], **fields)
    evaluation.title = (_("Evaluatie van %s") % evaluation.subject)[:200]
    try:
        with transaction.atomic():
            evaluation.save()
            history.record("evaluation.made", evaluation, by=None)
    except IntegrityError:
        return False
    return True
