"""What the readers of a frozen report do, and what the coordinator does with that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from meetings.forms import ResolutionForm
from meetings.models import Kind
from reports import permissions
from reports.document import Document
from reports.forms import AnswerForm, RemarkForm, SendForm
from reports.models import Audience, ReaderRemark, Report, Sending
from reports.operations import readers
from reports.views.common import FORM_METHODS, get_frozen, report_page


@FORM_METHODS
def report_send(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_frozen(request, pk)
    permissions.may_send(request.user, report).or_403()
    form, made = try_save(
        lambda: SendForm(sent(request), report=report),
        lambda form: form.once(readers.send, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _sent(made))
        return redirect(report)
    if report.audience == Audience.ZONE:
        outside = _(
            "Wie van buiten de gemeente in de raad zit, heeft hier geen account: geef de PDF."
        )
    else:
        outside = ""
    names = [user.name for user in readers.readers_of(report, on=timezone.localdate())]
    lead = (
        f"{_('Naar: %s.') % ', '.join(names)} {outside}".strip()
        if names
        else _("Vandaag heeft niemand de rol van lezer van dit rapport. Geef eerst iemand die rol.")
    )
    return show_form(
        request, form, report_page(report, _("Rapport versturen"), _("Versturen"), lead)
    )


def _sent(sending: Sending) -> str:
    if not sending.sent_at:
        return _("Het rapport vertrekt op %s.") % f"{sending.on:%d/%m/%Y}"
    told = ngettext("%d lezer krijgt een mail.", "%d lezers krijgen een mail.", sending.readers)
    return told % sending.readers


@require_POST
def report_keep_back(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_frozen(request, pk)
    if readers.cancel(report, by=request.user):
        messages.success(request, _("Het rapport wordt niet verstuurd."))
    else:
        messages.info(request, _("Er stond niets meer klaar om te vertrekken."))
    return redirect(report)


@require_POST
def report_give(request: AuthedRequest, pk: int) -> HttpResponse:
    """That the partner got it: it stands in the log of what was shared."""
    report = get_frozen(request, pk)
    if readers.give(report, by=request.user):
        messages.success(request, _("Genoteerd bij wat met deze partner gedeeld is."))
    else:
        messages.info(request, _("Het stond er al: de partner heeft dit rapport."))
    return redirect(report)


@require_POST
def report_take_note(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_frozen(request, pk)
    readers.take_note(report, by=request.user)
    messages.success(request, _("Genoteerd dat je dit rapport las."))
    return redirect(report)


@FORM_METHODS
def report_remark(request: AuthedRequest, pk: int) -> HttpResponse:
    report = get_frozen(request, pk)
    permissions.may_remark(request.user, report).or_403()
    sections = Document.of(report.content).sections
    asked = {"section": request.GET.get("deel", "")}
    form, made = try_save(
        lambda: RemarkForm(sent(request), report=report, sections=sections, initial=asked),
        lambda form: form.once(readers.remark, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Je opmerking staat bij het rapport."))
        return redirect(made)
    lead = _("Wie dit rapport leest, leest je opmerking ook, met je naam.")
    return show_form(request, form, report_page(report, _("Opmerking"), _("Bewaren"), lead))


def get_remark(request: AuthedRequest, pk: int) -> ReaderRemark:
    seen = ReaderRemark.objects.visible_to(request.user)
    found = seen.select_related("report__plan", "report__municipality", "by")
    return get_object_or_404(found, pk=pk)


@FORM_METHODS
def remark_answer(request: AuthedRequest, pk: int) -> HttpResponse:
    remark = get_remark(request, pk)
    permissions.may_answer(request.user, remark.report).or_403()
    form, saved = try_save(
        lambda: AnswerForm(sent(request), instance=get_remark(request, pk)),
        lambda form: readers.answer(form, by=request.user),
    )
    if saved:
        messages.success(request, _("Je antwoord staat bij de opmerking."))
        return redirect(saved)
    lead = f"{remark.by.name}: {remark.text}"
    page = report_page(remark.report, _("Antwoord op een opmerking"), _("Bewaren"), lead)
    return show_form(request, form, page)


@FORM_METHODS
def remark_task(request: AuthedRequest, pk: int) -> HttpResponse:
    """The remark becomes a task: who does what by when."""
    remark = get_remark(request, pk)
    permissions.may_answer(request.user, remark.report).or_403()
    known = readers.known_of(remark.report) | {"on": timezone.localdate(), "kind": Kind.TASK}
    title = _("Een actiepunt van deze opmerking")
    return _write_down(
        request, remark.report, known, report_page(remark.report, title, _("Noteren")),
        make=lambda form, by: readers.make_task(form, remark, by=by),
        initial={"text": remark.text[:1000]},
    )  # fmt: skip


@FORM_METHODS
def report_decide(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the body did with this report: took note, decided, remarked."""
    report = get_frozen(request, pk)
    permissions.may_decide(request.user, report).or_403()
    title = _("%s: besluit over dit rapport") % readers.known_of(report)["body"].label
    return _write_down(
        request, report, readers.known_of(report), report_page(report, title, _("Noteren")),
        make=lambda form, by: readers.decide(form, report, by=by),
        initial={"kind": Kind.NOTED, "text": _("Neemt kennis van het rapport.")},
    )  # fmt: skip


def _write_down(
    request: AuthedRequest,
    report: Report,
    known: dict[str, Any],
    page: FormPage,
    *,
    make: Any,
    initial: dict[str, Any],
) -> HttpResponse:
    form, made = try_save(
        lambda: ResolutionForm(sent(request), by=request.user, known=known, initial=initial),
        lambda form: form.once(make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("Genoteerd. Het staat ook bij de beslissingen."))
        return redirect(report)
    return show_form(request, form, page)
