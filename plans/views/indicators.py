"""The indicators of one action and what they read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.form_page import show_form
from core.http import AuthedRequest, sent
from plans import permissions
from plans.forms.indicators import IndicatorForm, NewIndicatorForm, ValueForm
from plans.forms.revision import RevisionForm
from plans.models import Action, Indicator
from plans.operations.actions import archive_indicator, measure, save_indicator
from plans.views.action_edit import GET_OR_POST, about
from plans.views.actions import get_action
from plans.views.common import try_save


def _get_indicator(request: AuthedRequest, pk: int) -> tuple[Indicator, Action]:
    """An indicator is seen with its action."""
    actions = Action.objects.visible_to(request.user)
    rows = Indicator.objects.filter(archived_at=None, action__in=actions)
    indicator = get_object_or_404(rows.select_related("action__plan__municipality"), pk=pk)
    assert indicator.action is not None  # noqa: S101 - the query asked for one
    return indicator, indicator.action


@GET_OR_POST
def indicator_create(request: AuthedRequest, pk: int) -> HttpResponse:
    action = get_action(request.user, pk)
    permissions.may_rewrite(request.user, action).or_403()

    def make() -> NewIndicatorForm:
        row = Indicator(action=action)
        return NewIndicatorForm(sent(request), instance=row, plan=action.plan, by=request.user)

    def save(form: NewIndicatorForm) -> Indicator:
        return save_indicator(form, action, by=request.user)

    form, row = try_save(make, save, action.plan, by=request.user)
    if row:
        messages.success(request, _("De indicator is toegevoegd."))
        return redirect(f"{action.get_absolute_url()}#indicatoren")
    return show_form(request, form, about(action, _("Nieuwe indicator"), _("Toevoegen")))


@GET_OR_POST
def indicator_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    _row, action = _get_indicator(request, pk)
    permissions.may_rewrite(request.user, action).or_403()

    def make() -> IndicatorForm:
        row = _get_indicator(request, pk)[0]
        return IndicatorForm(sent(request), instance=row, plan=action.plan, by=request.user)

    form, row = try_save(make, lambda f: save_indicator(f, action, by=request.user), action.plan)
    if row:
        messages.success(request, _("De indicator is bewaard."))
        return redirect(f"{action.get_absolute_url()}#indicatoren")
    return show_form(request, form, about(action, _("Indicator wijzigen")))


@GET_OR_POST
def indicator_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    row, action = _get_indicator(request, pk)
    permissions.may_rewrite(request.user, action).or_403()
    form = RevisionForm(sent(request), plan=action.plan, by=request.user)
    if form.is_valid():
        archive_indicator(row, form.revision_data(), by=request.user)
        messages.success(request, _("De indicator is gearchiveerd."))
        return redirect(f"{action.get_absolute_url()}#indicatoren")
    return show_form(request, form, about(action, _("Archiveren"), _("Archiveren"), lead=row.title))


@GET_OR_POST
def indicator_value(request: AuthedRequest, pk: int) -> HttpResponse:
    row, action = _get_indicator(request, pk)
    permissions.may_update(request.user, action).or_403()
    form = ValueForm(sent(request), indicator=row, initial={"source": row.source})
    if form.is_valid():
        read = form.cleaned_data
        measure(row, read["value"], on=read["on"], source=read["source"], by=request.user)
        messages.success(request, _("De waarde is bewaard."))
        return redirect(f"{action.get_absolute_url()}#indicatoren")
    return show_form(request, form, about(action, _("Waarde invullen"), lead=row.title))
