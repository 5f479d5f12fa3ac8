"""Beheer › Herinneringen: per municipality when people hear of what, and when nobody is mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from reminders import operations, permissions
from reminders.forms import LinkRulesForm, MailTimesForm, RuleSettingForm
from reminders.models import (
    LinkRules,
    MailTimes,
    RuleSetting,
    link_rules,
    mail_times,
    settings_of,
    usual,
)
from reminders.rules import Rung, all_rules
from reminders.schedule import in_days
from reminders.views.tabs import tabs

if TYPE_CHECKING:
    from django.db.models import QuerySet

HERE = "reminders:settings"


def _places(request: AuthedRequest) -> QuerySet[Municipality]:
    permissions.may_edit(request.user).or_403()
    mine = request.user.municipality_ids_with(Right.REMINDER_EDIT)
    return Municipality.objects.filter(pk__in=mine).select_related("mail_times", "link_rules")


@require_safe
def settings_page(request: AuthedRequest) -> HttpResponse:
    context = {
        "places": [_place(place) for place in _places(request)],
        "tabs": tabs(request.user, HERE),
        "manages": request.user.has_right(Right.PEOPLE_MANAGE),
    }
    return render(request, "reminders/settings.html", context)


def _place(place: Municipality) -> dict[str, Any]:
    return {
        "place": place,
        "times": mail_times(place),
        "links": link_rules(place),
        "rows": [_row(row) for row in settings_of(place).values()],
    }


def _row(row: RuleSetting) -> dict[str, Any]:
    told = row.moments
    ladder = [
        ngettext("%(who)s na %(n)s dag", "%(who)s na %(n)s dagen", day)
        % {"who": Rung(rung).label, "n": day}
        for rung, day in told.escalation
    ]
    return {
        "code": row.rule,
        "name": str(row),
        "is_on": row.is_on,
        "before": in_days(told.before),
        "after": in_days(told.after),
        "every": told.every,
        "ladder": ladder,
        "may_mute": told.may_mute,
        "is_own": row.pk is not None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def rule_edit(request: AuthedRequest, code: str, rule: str) -> HttpResponse:
    place = get_object_or_404(_places(request), code=code)
    if rule not in all_rules():
        raise Http404
    form, saved = try_save(
        lambda: RuleSettingForm(sent(request), instance=_setting(place, rule)),
        lambda form: operations.edit_rule(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De herinnering is bewaard."))
        return redirect(HERE)
    lead = _("Dagen tellen vanaf de dag waartegen iets moet gebeuren.")
    page = _page(f"{all_rules()[rule].name} · {place}", lead)
    return show_form(request, form, page)


def _setting(place: Municipality, rule: str) -> RuleSetting:
    found = RuleSetting.objects.filter(municipality=place, rule=rule).first()
    return found or usual(all_rules()[rule], place)


def _page(title: str, lead: str) -> FormPage:
    back = reverse(HERE)
    return FormPage(title, _("Bewaren"), back, lead, ((_("Herinneringen"), back),))


@require_http_methods(["GET", "HEAD", "POST"])
def times_edit(request: AuthedRequest, code: str) -> HttpResponse:
    place = get_object_or_404(_places(request), code=code)
    form, saved = try_save(
        lambda: MailTimesForm(sent(request), instance=_times(place)),
        lambda form: operations.edit_times(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De mailuren zijn bewaard."))
        return redirect(HERE)
    lead = _("In de stille uren gaat er geen herinneringsmail uit. In IV-centrum staat alles wel.")
    return show_form(request, form, _page(_("Mailuren van %s") % place, lead))


def _times(place: Municipality) -> MailTimes:
    found = MailTimes.objects.filter(municipality=place).first()
    return found or MailTimes(municipality=place)


@require_http_methods(["GET", "HEAD", "POST"])
def links_edit(request: AuthedRequest, code: str) -> HttpResponse:
    place = get_object_or_404(_places(request), code=code)
    form, saved = try_save(
        lambda: LinkRulesForm(sent(request), instance=_links(place)),
        lambda form: operations.edit_links(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Bewaard. Het geldt ook voor links die al verstuurd zijn."))
        return redirect(HERE)
    lead = _(
        "Wie een actie trekt of een vraag krijgt, antwoordt dan uit de mail, zonder zich aan te "
        "melden. Elk gebruik staat onder Antwoorden via link."
    )
    return show_form(request, form, _page(_("Antwoorden via een link in %s") % place, lead))


def _links(place: Municipality) -> LinkRules:
    found = LinkRules.objects.filter(municipality=place).first()
    return found or LinkRules(municipality=place)
