"""Key figures: found by function, reached one by one, and each reading of a name is noted."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.form_page import show_form, try_save
from core.forms import form_status
from core.http import AuthedRequest, sent
from core.models import LogEntry
from partners import permissions
from partners.forms.key_figures import (
    ConsentForm,
    ContactForm,
    FigureSearch,
    KeyFigureEditForm,
    KeyFigureForm,
)
from partners.models import KeyFigure
from partners.operations import key_figures
from partners.views.common import partner_page, tabs

PER_PAGE = 50
FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def figure_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_read_key_figures(request.user).or_403()
    seen = KeyFigure.objects.visible_to(request.user)
    form = FigureSearch(request.GET, seen=seen)
    asked = form.cleaned_data if form.is_valid() else {}
    state, today = asked.get("toestemming"), timezone.localdate()
    rows = seen.exclude(erased_at=None) if state == "gewist" else seen.current()
    rows = rows.to_renew(on=today) if state == "vernieuwen" else rows
    rows = rows.search(asked["q"]) if asked.get("q") else rows
    rows = rows.filter(neighbourhood=asked["wijk"]) if asked.get("wijk") else rows
    page = Paginator(rows.select_related("neighbourhood"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "active": bool(asked.get("wijk")) + bool(state),
        "page": page,
        "today": today,
        "to_renew": seen.to_renew(on=today).count(),
        "may_make": permissions.may_make_key_figures(request.user),
        "tabs": tabs(request.user, "partners:key-figures"),
    }
    return render(request, "partners/key_figure_list.html", context)


def get_figure(request: AuthedRequest, pk: int) -> KeyFigure:
    seen = KeyFigure.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("neighbourhood", "municipality"), pk=pk)


def show_figure(
    request: AuthedRequest,
    figure: KeyFigure,
    *,
    reach: bool = False,
    form: ContactForm | None = None,
    consent: ConsentForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    may_edit = permissions.may_edit_key_figure(request.user, figure)
    readings = LogEntry.objects.about(figure).filter(verb="keyfigure.read")
    context = {
        "figure": figure,
        "reach": reach,
        "is_over": figure.consent_until < today,
        "contacts": figure.contacts.all()[:PER_PAGE],
        "readings": readings[:10] if may_edit else [],
        "may_edit": may_edit,
        "may_log": permissions.may_log_contact(request.user, figure),
        "may_reach": permissions.may_read_reach(request.user, figure),
        "form": form or ContactForm(initial={"on": today}),
        "consent_form": consent or ConsentForm(initial={"consent_on": today}),
    }
    status = form_status(form or consent) if form or consent else 200
    return render(request, "partners/key_figure_detail.html", context, status=status)


@require_safe
def figure_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return show_figure(request, get_figure(request, pk))


@require_POST
@never_cache
def figure_reach(request: AuthedRequest, pk: int) -> HttpResponse:
    """Show the name and how to reach this person, and note who looked."""
    figure = get_figure(request, pk)
    permissions.may_read_reach(request.user, figure).or_403()
    key_figures.note_reading(figure, by=request.user)
    return show_figure(request, figure, reach=True)


@FORM_METHODS
def figure_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_make_key_figures(request.user).or_403()
    form, made = try_save(
        lambda: KeyFigureForm(sent(request), by=request.user),
        lambda form: form.once(key_figures.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("De sleutelfiguur is toegevoegd."))
        return redirect(made)
    back = reverse("partners:key-figures")
    lead = _("Alleen wie zelf ja zei. De toestemming geldt een jaar.")
    page = partner_page(
        _("Sleutelfiguur toevoegen"), back, _("Sleutelfiguren"), _("Toevoegen"), lead
    )
    return show_form(request, form, page)


@FORM_METHODS
@never_cache
def figure_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    """The form shows the personal data: opening it counts as reading them."""
    figure = get_figure(request, pk)
    permissions.may_edit_key_figure(request.user, figure).or_403()
    permissions.may_read_reach(request.user, figure).or_403()
    form, saved = try_save(
        lambda: KeyFigureEditForm(sent(request), instance=get_figure(request, pk)),
        lambda form: key_figures.edit(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De sleutelfiguur is bewaard."))
        return redirect(figure)
    key_figures.note_reading(figure, by=request.user)
    page = partner_page(
        _("Sleutelfiguur wijzigen"), figure.get_absolute_url(), figure.function, _("Bewaren")
    )
    return show_form(request, form, page)


@require_POST
def figure_renew(request: AuthedRequest, pk: int) -> HttpResponse:
    figure = get_figure(request, pk)
    permissions.may_edit_key_figure(request.user, figure).or_403()
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return show_figure(request, figure, consent=form)
    key_figures.renew(figure, form.cleaned_data["consent_on"], by=request.user)
    messages.success(request, _("De toestemming is vernieuwd."))
    return redirect(figure)


@require_POST
def figure_withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    figure = get_figure(request, pk)
    key_figures.withdraw(figure, by=request.user)
    messages.success(request, _("De toestemming is ingetrokken. Naam en contact zijn gewist."))
    return redirect(figure)


@require_POST
def contact_add(request: AuthedRequest, pk: int) -> HttpResponse:
    figure = get_figure(request, pk)
    permissions.may_log_contact(request.user, figure).or_403()
    form = ContactForm(request.POST)
    if not form.is_valid():
        return show_figure(request, figure, form=form)
    key_figures.add_contact(form, figure, by=request.user)
    messages.success(request, _("Het contact is genoteerd."))
    return redirect(figure)
