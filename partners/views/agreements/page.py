"""One agreement with all that belongs to it; making it and changing its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.days import in_figures
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from core.paging import page_number
from partners import permissions
from partners.agreement_rows import commitment_badge, reason_badges, status_badge, term
from partners.forms.agreement_parties import PartyForm
from partners.forms.agreements import AgreementEditForm, AgreementForm, AnnexForm
from partners.models import Agreement, Commitment, DataAnnex, Partner
from partners.models.attention import needs
from partners.operations import agreements
from partners.timeline import timeline
from partners.views.agreements.common import GET_OR_POST, TOP, about, get_agreement
from partners.views.agreements.steps import step_buttons

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from accounts.models import User
    from core.permissions import Verdict

FURTHEST = 100  # pages of the timeline


@require_safe
def agreement_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request, pk)
    number = page_number(request.GET.get("verloop"), furthest=FURTHEST)
    if request.htmx and "verloop" in request.GET:
        context = {"timeline": timeline(agreement, number=number)}
        return render(request, "partners/agreement_timeline.html", context)
    return show_agreement(request, agreement, number=number)


def show_agreement(
    request: AuthedRequest,
    agreement: Agreement,
    *,
    party_form: PartyForm | None = None,
    number: int = 1,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    today = timezone.localdate()
    parties = list(agreement.parties.with_officers(on=today))
    successor = Agreement.objects.filter(predecessor=agreement).first()
    may_edit = permissions.may_edit_agreement(user, agreement)
    may_follow = permissions.may_follow_agreement(user, agreement)
    seen = _seen(user, agreement.predecessor, successor)
    context = {
        "agreement": agreement,
        "status": status_badge(agreement, on=today),
        "term": term(agreement),
        "notice_on": in_figures(agreement.notice_on) if agreement.notice_months else "",
        "parties": parties,
        "party_form": party_form or (PartyForm(agreement=agreement) if may_edit else None),
        "promises": _promises(agreement, with_reports=may_follow),
        "papers": agreement.documents.current().prefetch_related("versions"),
        "annex": DataAnnex.objects.filter(agreement=agreement).first(),
        "predecessor": seen.get(agreement.predecessor_id),
        "successor": seen.get(successor.pk if successor else None),
        "steps": step_buttons(user, agreement, parties),
        "may_edit": may_edit,
        "may_follow": may_follow,
        "may_evaluate": permissions.may_evaluate(user, agreement),
        "may_renew": permissions.may_renew(user, agreement, successor),
        "may_prolong": permissions.may_prolong(user, agreement, successor),
        "may_edit_partner": may_edit and permissions.may_make(user),
        "attention": _attention(agreement),
        "timeline": timeline(agreement, number=number),
    }
    return render(request, "partners/agreement_detail.html", context, status=status)


def _seen(user: User, *around: Agreement | None) -> dict[int | None, Agreement]:
    """What came before or after, as far as this person reads it."""
    keys = [row.pk for row in around if row]
    return {row.pk: row for row in Agreement.objects.visible_to(user).filter(pk__in=keys)}


def _promises(agreement: Agreement, *, with_reports: Verdict) -> list[dict[str, Any]]:
    """What partners report is for who follows the agreement alone: other parties read this page."""
    own = Commitment.objects.current().filter(party__agreement=agreement)
    rows: Any = own.for_page().with_lateness(on=timezone.localdate())
    if with_reports:
        rows = rows.with_reports()
    return [
        {
            "row": row,
            "badge": commitment_badge(row),
            "late": row.is_late,
            "reports": row.told if with_reports else [],
        }
        for row in rows
    ]


def _attention(agreement: Agreement) -> list[SafeString]:
    """What it needs, in words."""
    one = Agreement.objects.filter(pk=agreement.pk)
    found = needs(one, on=timezone.localdate())
    return reason_badges(agreement.status, [need.reason for need in found])


def of_partner(user: User, partner: Partner) -> list[dict[str, Any]]:
    """The agreements of a partner that this person reads, for the page of that partner."""
    if not permissions.may_read_agreements(user):
        return []
    today = timezone.localdate()
    rows = Agreement.objects.visible_to(user).of_partner(partner).not_over(on=today)
    return [
        {"row": row, "status": status_badge(row, on=today), "term": term(row)}
        for row in rows.select_related("type")
    ]


@GET_OR_POST
def agreement_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_make_agreement(request.user).or_403()
    form, made = try_save(
        lambda: AgreementForm(sent(request), by=request.user),
        lambda form: form.once(agreements.make, by=request.user),
        by=request.user,
    )
    if made:
        messages.success(request, _("De afspraak is een ontwerp. Voeg nu de partijen toe."))
        return redirect(made)
    lead = _("Eerst waarover het gaat; partijen, engagementen en documenten voeg je daarna toe.")
    page = FormPage(_("Nieuwe afspraak"), _("Toevoegen"), reverse("agreements:list"), lead, TOP)
    return show_form(request, form, page)


@GET_OR_POST
def agreement_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request, pk)
    permissions.may_edit_agreement(request.user, agreement).or_403()

    def make() -> AgreementEditForm:
        row = get_agreement(request, pk)
        return AgreementEditForm(sent(request), instance=row, by=request.user)

    form, done = try_save(make, lambda form: agreements.edit(form, by=request.user))
    if done:
        messages.success(request, _("De afspraak is bewaard."))
        return redirect(done)
    return show_form(request, form, about(agreement, _("Afspraak wijzigen"), _("Bewaren")))


@GET_OR_POST
def annex_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request, pk)
    permissions.may_edit_agreement(request.user, agreement).or_403()
    new = DataAnnex(agreement=agreement, starts=agreement.starts, ends=agreement.ends)

    def make() -> AnnexForm:
        annex = DataAnnex.objects.filter(agreement=agreement).first() or new
        return AnnexForm(sent(request), instance=annex)

    form, annex = try_save(make, lambda form: agreements.save_annex(form, by=request.user))
    if annex:
        messages.success(request, _("De gegevensbijlage is bewaard."))
        return redirect(f"{agreement.get_absolute_url()}#gegevens")
    page = about(agreement, _("Gegevensbijlage"), _("Bewaren"), anchor="#gegevens")
    return show_form(request, form, page)
