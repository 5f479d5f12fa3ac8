"""What a person may do with an evaluation. Which rows they see stands in the QuerySets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import INVOLVED_LEVELS, Right
from core.permissions import ALLOWED, Verdict, denied
from evaluations.models.subjects import plan_of
from evaluations.workflow import OPEN, WRITABLE, EvaluationStatus, Judgement
from partners.models import Agreement, space_partners
from partners.permissions import may_use_space

if TYPE_CHECKING:
    from accounts.models import User
    from evaluations.models import Evaluation, EvaluationRhythm, Participant
    from evaluations.models.subjects import Subject
    from evaluations.workflow import Step

NOT_YOUR_ROLE = _("Je rol laat dit niet toe in deze gemeente.")
NOT_YOURS = _("Alleen de verantwoordelijke, de plaatsvervanger of de coördinator doet dit.")
NOT_NOW = _("Dat kan alleen terwijl de evaluatie bezig is of ter bespreking ligt.")
IS_OVER = _("Deze evaluatie is vastgesteld of vervallen.")


def may_read_evaluations(user: User) -> Verdict:
    """Look through evaluations at all; which ones follows from what they are about."""
    reads = user.has_right(Right.PLAN_READ) or user.has_right(Right.AGREEMENT_READ)
    return ALLOWED if reads else denied(NOT_YOUR_ROLE)


def _keeps(user: User, subject: Subject) -> bool:
    """The right where the subject belongs; for a plan of the zone, anywhere in that zone."""
    place = _municipality_id(subject)
    if place:
        return user.has_right(Right.EVALUATION_EDIT, place)
    plan = plan_of(subject)
    return plan is not None and plan.zone_id in user.zone_ids_with(Right.EVALUATION_EDIT)


def _municipality_id(subject: Subject) -> int | None:
    if isinstance(subject, Agreement):
        return subject.municipality_id
    plan = plan_of(subject)
    return plan.municipality_id if plan else None


def place_of(user: User, subject: Subject) -> int:
    """Where an evaluation is kept: with a plan of the zone, where its maker works."""
    if place := _municipality_id(subject):
        return place
    plan = plan_of(subject)
    places = user.municipality_ids_with(Right.EVALUATION_EDIT)
    return next(
        held.municipality_id
        for held in user.memberships_now
        if plan and held.municipality.zone_id == plan.zone_id and held.municipality_id in places
    )


def may_make(user: User, subject: Subject) -> Verdict:
    """Plan an evaluation, or say how often there is one."""
    return ALLOWED if _keeps(user, subject) else denied(NOT_YOUR_ROLE)


def may_end_rhythm(user: User, rhythm: EvaluationRhythm) -> Verdict:
    allowed = user.has_right(Right.EVALUATION_EDIT, rhythm.municipality_id)
    return ALLOWED if allowed else denied(NOT_YOUR_ROLE)


def may_follow(user: User, evaluation: Evaluation) -> Verdict:
    """Bring it to an end: who is responsible, who stands in, and who keeps all of them."""
    own = user.pk in {evaluation.responsible_id, evaluation.deputy_id}
    works_here = any(
        held.municipality_id == evaluation.municipality_id for held in user.memberships_inside
    )
    if (own and works_here) or _keeps(user, evaluation.subject):
        return ALLOWED
    return denied(NOT_YOURS)


def may_edit(user: User, evaluation: Evaluation) -> Verdict:
    """Change when it is and who brings it to an end."""
    may = may_follow(user, evaluation)
    return denied(IS_OVER) if may and evaluation.status not in OPEN else may


def may_write(user: User, evaluation: Evaluation) -> Verdict:
    """Write what was found."""
    may = may_follow(user, evaluation)
    return denied(NOT_NOW) if may and evaluation.status not in WRITABLE else may


def may_take_step(user: User, evaluation: Evaluation, step: Step) -> Verdict:
    if step.keepers_only and not _keeps(user, evaluation.subject):
        return denied(_("Alleen de coördinator heropent wat vastgesteld is."))
    may = may_follow(user, evaluation)
    if may and step.needs_judgement and not evaluation.judgement:
        return denied(_("Vul eerst het oordeel in."))
    return may


def may_invite(user: User, evaluation: Evaluation) -> Verdict:
    """Say who is asked for an opinion."""
    return may_edit(user, evaluation)


def may_ask_partners(evaluation: Evaluation) -> Verdict:
    if evaluation.level in INVOLVED_LEVELS:
        return ALLOWED
    return denied(_("Wat beperkt of vertrouwelijk is, leg je niet aan een partner voor."))


def may_drop_participant(user: User, participant: Participant) -> Verdict:
    """An answer that was given stays."""
    if participant.answered_at:
        return denied(_("Wie al antwoordde, blijft bij de evaluatie staan."))
    return may_invite(user, participant.evaluation)


def may_answer(user: User, participant: Participant) -> Verdict:
    """Give one's own opinion, and change it until the evaluation is established."""
    if participant.evaluation.status not in WRITABLE:
        return denied(_("Je kunt nu niet antwoorden: de evaluatie is niet bezig."))
    if participant.partner_id:
        own = may_use_space(user) and participant.partner in space_partners(user)
    else:
        own = participant.person_id == user.pk
    return ALLOWED if own else denied(_("Deze vraag is aan iemand anders gesteld."))


def may_adjust(user: User, evaluation: Evaluation) -> Verdict:
    """Do at once what was judged; whether the change itself is allowed is asked of its own rule."""
    return _after(user, evaluation, Judgement.ADJUST)


def may_stop(user: User, evaluation: Evaluation) -> Verdict:
    return _after(user, evaluation, Judgement.STOP)


def _after(user: User, evaluation: Evaluation, judgement: str) -> Verdict:
    if evaluation.status != EvaluationStatus.ESTABLISHED or evaluation.judgement != judgement:
        return denied(_("Dat kan pas als de evaluatie zo is vastgesteld."))
    return may_follow(user, evaluation)
