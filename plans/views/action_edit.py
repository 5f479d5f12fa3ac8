"""Making and changing one action: its text, its level, its partners, its steps, its place in time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.form_page import FormPage, show_form
from core.forms import save_edit
from core.http import AuthedRequest, sent
from plans import permissions, workflow
from plans.forms.actions import ActionForm, LevelForm, NewActionForm, ReasonForm
from plans.forms.revision import RevisionForm
from plans.models import Action, Plan, Share, SubTheme
from plans.operations import structure
from plans.operations.actions import has_quality, take_action_step
from plans.operations.plan import MovedError, save_text
from plans.tree import kind_of
from plans.views.actions import get_action
from plans.views.common import get_plan, plan_page, try_save

if TYPE_CHECKING:
    from accounts.models import User

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def action_create(request: AuthedRequest, code: str) -> HttpResponse:
    plan = get_plan(request, code)
    permissions.may_edit(request.user, plan).or_403()
    permissions.may_revise(request.user, plan).or_403()
    place = _place(plan, request.GET.get("deelthema", ""))

    def make() -> NewActionForm:
        return NewActionForm(sent(request), plan=plan, by=request.user, sub_theme=place)

    def save(form: NewActionForm) -> Any:
        return save_text(form, plan, by=request.user)

    form, action = try_save(make, save, plan, by=request.user)
    if action:
        messages.success(request, _("De actie is toegevoegd. Vraag nu een trekker."))
        return redirect(action)
    page = plan_page(_("Nieuwe actie"), plan, plan.get_absolute_url(), _("Toevoegen"))
    return show_form(request, form, page)


def _place(plan: Plan, pk: str) -> SubTheme | None:
    if not (pk.isascii() and pk.isdecimal() and len(pk) < len(str(2**63))):
        return None
    return SubTheme.objects.filter(domain__plan=plan, pk=int(pk)).current().first()


@GET_OR_POST
def action_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_action(request.user, pk).plan
    permissions.may_rewrite(request.user, get_action(request.user, pk)).or_403()

    def make() -> ActionForm:
        row = get_action(request.user, pk)
        return ActionForm(sent(request), instance=row, plan=plan, by=request.user)

    form, action = try_save(make, lambda form: save_text(form, plan, by=request.user), plan)
    if action:
        messages.success(request, _("De actie is bewaard."))
        return redirect(action)
    page = about(
        form.instance, _("Tekst wijzigen"), draft=f"actie-{pk}",
        lead=_seen_by(request.user, form.instance),
    )  # fmt: skip
    return show_form(request, form, page)


def _seen_by(user: User, action: Action) -> str:
    """The action; and which partners see its title, for who may know that."""
    if not permissions.may_read_sharing(user, action):
        return str(action)
    running = Share.objects.running(at=timezone.now()).filter(action=action)
    if not (names := running.partner_names()):
        return str(action)
    said = _("%(action)s. Gedeeld met %(names)s: wie dat is, ziet een nieuwe titel meteen.")
    return said % {"action": action, "names": ", ".join(names)}


def about(action: Action, title: str, submit: str = "", **more: Any) -> FormPage:
    """A page about one action: back leads to that action."""
    back = action.get_absolute_url()
    page = plan_page(title, None, back, submit or _("Bewaren"), **more)
    return replace(page, crumbs=(*page.crumbs, (str(action), back)))


@GET_OR_POST
def action_level(request: AuthedRequest, pk: int) -> HttpResponse:
    plan = get_action(request.user, pk).plan
    permissions.may_edit(request.user, plan).or_403()

    def make() -> LevelForm:
        return LevelForm(sent(request), instance=get_action(request.user, pk))

    form, action = try_save(make, lambda f: save_edit(f, by=request.user, context=plan), plan)
    if action:
        messages.success(request, _("De vertrouwelijkheid is bewaard."))
        return redirect(action)
    return show_form(request, form, about(form.instance, _("Vertrouwelijkheid")))


@GET_OR_POST
def action_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    return _set_archived(request, pk, archived=True)


@GET_OR_POST
def action_restore(request: AuthedRequest, pk: int) -> HttpResponse:
    return _set_archived(request, pk, archived=False)


def _set_archived(request: AuthedRequest, pk: int, *, archived: bool) -> HttpResponse:
    action = get_action(request.user, pk)
    plan = action.plan
    permissions.may_edit(request.user, plan).or_403()
    permissions.may_revise(request.user, plan).or_403()
    form = RevisionForm(sent(request), plan=plan, by=request.user)
    if form.is_valid():
        structure.set_archived(
            kind_of(Action),
            action,
            form.revision_data(),
            archived=archived,
            plan=plan,
            by=request.user,
        )
        done = (
            _("De actie is gearchiveerd.") if archived else _("De actie staat terug in het plan.")
        )
        messages.success(request, done)
        return redirect(action)
    title = _("Archiveren") if archived else _("Terugzetten")
    return show_form(request, form, about(action, title, title))


@GET_OR_POST
def action_step(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    action = get_action(request.user, pk)
    step = workflow.find(workflow.action_steps_from(action.status), name)
    if step is None:
        return _stepped_already(request, action, name)
    permissions.may_take_action_step(request.user, action, step).or_403()
    quality = has_quality(action) if step.needs_quality else None
    asks = step.needs_reason or (quality is not None and not quality)
    form = ReasonForm(sent(request))
    if request.method == "POST" and (not asks or form.is_valid()):
        return _take(request, action, step, form.cleaned_data["reason"] if asks else "")
    if not asks:
        form.fields.clear()
    reason = quality.reason if quality is not None and not quality else ""
    lead = f"{action}. {reason}" if reason else str(action)
    return show_form(request, form, about(action, str(step.label), str(step.label), lead=lead))


def _stepped_already(request: AuthedRequest, action: Action, name: str) -> HttpResponse:
    """A name that exists but does not start here: somebody took a step meanwhile."""
    if request.method != "POST" or name not in {step.name for step in workflow.ACTION_STEPS}:
        raise Http404
    messages.warning(request, str(MovedError.message))
    return redirect(action)


def _take(request: AuthedRequest, action: Action, step: workflow.Step, reason: str) -> HttpResponse:
    try:
        take_action_step(action, step, by=request.user, reason=reason)
    except MovedError as moved:
        messages.warning(request, str(moved.message))
    else:
        status = action.get_status_display()
        messages.success(request, _("De status is nu: %s.") % status)
    return redirect(action)
