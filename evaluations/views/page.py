"""One evaluation with all that belongs to it; planning it, changing it, writing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.form_page import FormPage, show_form, try_save
from core.forms import form_status
from core.http import AuthedRequest, sent
from evaluations import permissions
from evaluations.figures import figures_of
from evaluations.forms.evaluations import EditForm, NewForm, WriteForm
from evaluations.models import Evaluation, What
from evaluations.models.subjects import address_of
from evaluations.operations import evaluations
from evaluations.rows import evaluation_row, judgement_badge, kept_figures, late_badge, status_badge
from evaluations.story import told
from evaluations.views.common import GET_OR_POST, TOP, about, get_evaluation, get_subject
from evaluations.views.outcomes import ways_on
from evaluations.views.steps import step_buttons
from evaluations.workflow import WRITABLE, EvaluationKind

if TYPE_CHECKING:
    from accounts.models import User

WRITTEN = ("agreed", "happened", "effect", "lessons")


@require_safe
def evaluation_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    user, evaluation = request.user, get_evaluation(request, pk)
    today = timezone.localdate()
    may_follow = permissions.may_follow(user, evaluation)
    participants = list(evaluation.participants.select_related("person", "partner"))
    context = {
        "evaluation": evaluation,
        "status": status_badge(evaluation.status),
        "late": late_badge(evaluation, on=today),
        "judgement": judgement_badge(evaluation.judgement),
        "texts": _texts(evaluation),
        "questions": evaluation.questions.all(),
        "figures": kept_figures(evaluation),
        "participants": participants,
        "mine": next((row for row in participants if row.person_id == user.pk), None),
        "is_writable": evaluation.status in WRITABLE,
        "steps": step_buttons(user, evaluation),
        "outcomes": evaluation.outcomes.select_related("revision", "commitment__party", "made_by"),
        "ways": ways_on(user, evaluation),
        "gathered": _gathered(user, evaluation),
        "story": told(evaluation) if may_follow else None,
        "may_follow": may_follow,
        "may_edit": permissions.may_edit(user, evaluation),
        "may_write": permissions.may_write(user, evaluation),
        "may_invite": permissions.may_invite(user, evaluation),
    }
    return render(request, "evaluations/detail.html", context)


def _texts(evaluation: Evaluation) -> list[tuple[str, str]]:
    fields = {name: evaluation._meta.get_field(name) for name in WRITTEN}
    return [
        (str(getattr(field, "verbose_name", name)), getattr(evaluation, name))
        for name, field in fields.items()
    ]


def _gathered(user: User, evaluation: Evaluation) -> list[dict[str, Any]] | None:
    """For a mid-term or final evaluation of a plan: what was established below it."""
    if evaluation.what != What.PLAN or evaluation.kind == EvaluationKind.INTERIM:
        return None
    below = Evaluation.objects.visible_to(user).within(evaluation.subject).established()
    rows = below.for_list().order_by("established_on", "pk")
    today = timezone.localdate()
    return [
        {**evaluation_row(row, on=today), "lessons": row.lessons, "why": row.judgement_reason}
        for row in rows
    ]


@GET_OR_POST
def evaluation_create(request: AuthedRequest, what: str, pk: int) -> HttpResponse:
    user, subject = request.user, get_subject(request, what, pk)
    permissions.may_make(user, subject).or_403()
    place = permissions.place_of(user, subject)
    initial = {"responsible": user.pk, "title": (_("Evaluatie van %s") % subject)[:200]}
    form, made = try_save(
        lambda: NewForm(sent(request), subject=subject, municipality_id=place, initial=initial),
        lambda form: form.once(evaluations.make, by=user),
        by=user,
    )
    if made:
        messages.success(request, _("De evaluatie is gepland."))
        return redirect(made)
    page = FormPage(_("Evaluatie plannen"), _("Plannen"), address_of(subject), str(subject), TOP)
    return show_form(request, form, page)


@GET_OR_POST
def evaluation_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    evaluation = get_evaluation(request, pk)
    permissions.may_edit(request.user, evaluation).or_403()
    form, saved = try_save(
        lambda: EditForm(sent(request), instance=get_evaluation(request, pk)),
        lambda form: evaluations.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De evaluatie is bewaard."))
        return redirect(saved)
    return show_form(request, form, about(evaluation, _("Evaluatie wijzigen"), _("Bewaren")))


@GET_OR_POST
def evaluation_write(request: AuthedRequest, pk: int) -> HttpResponse:
    evaluation = get_evaluation(request, pk)
    permissions.may_write(request.user, evaluation).or_403()
    form, saved = try_save(
        lambda: WriteForm(sent(request), instance=get_evaluation(request, pk)),
        lambda form: evaluations.write(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Het verslag is bewaard."))
        return redirect(saved)
    context = {
        "evaluation": evaluation,
        "form": form,
        "figures": figures_of(evaluation, on=timezone.localdate()),
    }
    return render(request, "evaluations/write.html", context, status=form_status(form))
