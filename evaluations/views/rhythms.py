"""How often something is evaluated: begun and ended from the page of that thing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from evaluations import permissions
from evaluations.forms.rhythms import RhythmForm
from evaluations.models import EvaluationRhythm
from evaluations.models.rhythms import WITH_RHYTHM
from evaluations.models.subjects import FIELDS, address_of
from evaluations.operations import rhythms
from evaluations.views.common import GET_OR_POST, TOP, get_subject


@GET_OR_POST
def rhythm_begin(request: AuthedRequest, what: str, pk: int) -> HttpResponse:
    user, subject = request.user, get_subject(request, what, pk)
    if what not in WITH_RHYTHM:
        raise Http404
    permissions.may_make(user, subject).or_403()
    place, initial = permissions.place_of(user, subject), {"responsible": user.pk}
    form, made = try_save(
        lambda: RhythmForm(sent(request), subject=subject, municipality_id=place, initial=initial),
        lambda form: form.once(rhythms.begin, by=user),
        by=user,
    )
    if made:
        messages.success(request, _("Het ritme staat. Elke evaluatie wordt op tijd gepland."))
        return redirect(address_of(subject))
    lead = _("%s. De eerste komt op de dag die je kiest, de volgende telkens zoveel maanden later.")
    page = FormPage(_("Vast ritme"), _("Bewaren"), address_of(subject), lead % subject, TOP)
    return show_form(request, form, page)


@require_POST
def rhythm_end(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = EvaluationRhythm.objects.visible_to(request.user)
    rhythm = get_object_or_404(rows.select_related("action", "goal", "domain", "plan"), pk=pk)
    rhythms.end(rhythm, by=request.user)
    messages.success(request, _("Er worden geen evaluaties meer bij gepland."))
    subject = next(
        found for what in WITH_RHYTHM if (found := getattr(rhythm, FIELDS[what])) is not None
    )
    return redirect(address_of(subject))
