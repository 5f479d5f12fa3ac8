"""The citizens' pages: no account, no script needed, and no cookie."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from core.forms import UNPROCESSABLE, form_status
from core.http import sent
from core.views import too_many
from meldingen.forms.citizen import ResponseForm, WhatForm, WhereForm, WhoForm, opened_now
from meldingen.models import Melding, Response, Source
from meldingen.operations import citizen as operations
from meldingen.workflow import MeldingStatus

STEPS = (("wat", WhatForm), ("waar", WhereForm), ("wie", WhoForm))
NAMES = [name for name, _form in STEPS]
FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])
S = MeldingStatus
# What a citizen reads for each status; never who or why.
SAID = {
    S.RECEIVED: _lazy("We hebben uw melding ontvangen en bekijken ze."),
    S.ASSIGNED: _lazy("Uw melding ligt bij de dienst die dit oplost."),
    S.IN_PROGRESS: _lazy("We zijn ermee bezig."),
    S.PLANNED: _lazy("Het staat op de planning."),
    S.WAITING: _lazy("We wachten op iemand anders om verder te kunnen."),
    S.REOPENED: _lazy("We bekijken uw melding opnieuw."),
    S.CLOSED: _lazy("Uw melding is afgehandeld."),
    S.REFERRED: _lazy("Uw melding is doorgegeven aan wie hiervoor bevoegd is."),
    S.NO_ACTION: _lazy("We bekeken uw melding en doen niets meer."),
}


def _places() -> Any:
    """The municipalities that take meldingen from the web: those keep a source for it."""
    rows = Source.objects.filter(code=operations.SOURCE, archived_at=None)
    return Municipality.objects.filter(pk__in=rows.values("municipality"))


def _place(request: HttpRequest, code: str) -> Municipality:
    found: Municipality = get_object_or_404(_places(), code__iexact=code)
    request.municipality = found  # type: ignore[attr-defined]  # the frame shows its name and colour
    return found


def _too_often(request: HttpRequest, action: str) -> bool:
    return ratelimit.consume(request, action=action) is False


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """For which municipality; where there is one, straight to its form."""
    places = list(_places())
    if len(places) == 1:
        return redirect("meldingen:report", places[0].code.lower())
    return render(request, "meldingen/public/choose.html", {"places": places})


@dataclass
class Visit:
    """Where somebody is in the three steps, and what they filled in so far."""

    place: Municipality
    data: Any  # what was sent, or nothing yet

    def form(self, index: int, *, judged: bool) -> Any:
        kind: Any = STEPS[index][1]
        if judged:
            return kind(self.data, municipality=self.place)
        begun = {name: self.data.get(name) for name in kind.base_fields if self.data.get(name)}
        return kind(initial=begun, municipality=self.place)

    def carried(self, index: int) -> list[tuple[str, str]]:
        """What the other steps hold, and what was there from the start."""
        shown: Any = STEPS[index][1].base_fields
        kinds: list[Any] = [kind for _name, kind in STEPS]
        names = [name for kind in kinds for name in kind.base_fields if name not in shown]
        return [(name, self.data[name]) for name in names if self.data.get(name)]


@csrf_exempt  # it acts for nobody, and asks no cookie
@login_not_required
@never_cache
@FORM_METHODS
def report(request: HttpRequest, code: str) -> HttpResponse:
    place = _place(request, code)
    if request.method != "POST":
        start = {"opened": opened_now(), "form_key": str(uuid.uuid4())}
        return _show(request, Visit(place, start), 0)
    if _too_often(request, "melden"):
        return too_many(request)
    visit = Visit(place, request.POST)
    name = request.POST.get("stap", "")
    at = NAMES.index(name) if name in NAMES else 0
    if "terug" in request.POST:
        return _show(request, visit, max(at - 1, 0))
    for index in range(at + 1):
        form = visit.form(index, judged=True)
        if not form.is_valid():
            return _show(request, visit, index, form)
    if at < len(STEPS) - 1:
        return _show(request, visit, at + 1)
    return _sent(visit)


def _show(request: HttpRequest, visit: Visit, index: int, form: Any = None) -> HttpResponse:
    context = {
        "form": form or visit.form(index, judged=False),
        "carried": visit.carried(index),
        "step": STEPS[index][0],
        "number": index + 1,
        "place": visit.place,
        "is_last": index == len(STEPS) - 1,
    }
    status = UNPROCESSABLE if form else 200
    return render(request, "meldingen/public/report.html", context, status=status)


def _sent(visit: Visit) -> HttpResponse:
    told, where, who = (visit.form(index, judged=True) for index in range(len(STEPS)))
    for form in (told, where, who):
        form.full_clean()
    melding = Melding(municipality=visit.place, **told.cleaned_data, **where.cleaned_data)
    key = who.cleaned_data["form_key"]
    made = operations.report(melding, who.reporter(), key=key)
    return redirect("meldingen:thanks", visit.place.code.lower(), made.follow_code)


@login_not_required
@never_cache
@require_safe
def thanks(request: HttpRequest, code: str, follow: str) -> HttpResponse:
    place = _place(request, code)
    melding = get_object_or_404(Melding, municipality=place, follow_code=follow)
    context = {"melding": melding, "place": place}
    return render(request, "meldingen/public/thanks.html", context)


@csrf_exempt  # it only looks something up
@login_not_required
@never_cache
@FORM_METHODS
def follow_form(request: HttpRequest) -> HttpResponse:
    """Type the code from the thanks, the mail or the letter."""
    asked = request.POST.get("code", "").replace(" ", "").upper()
    if request.method == "POST":
        if _too_often(request, "volgen"):
            return too_many(request)
        if Melding.objects.filter(follow_code=asked).exists():
            return redirect("meldingen:follow", asked)
    wrong = _("Deze code kennen we niet. Kijk ze na.") if request.method == "POST" else ""
    context = {"asked": asked, "wrong": wrong}
    status = UNPROCESSABLE if wrong else 200
    return render(request, "meldingen/public/follow_form.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def follow(request: HttpRequest, follow: str) -> HttpResponse:
    """How it goes, in words that tell nothing about a person."""
    rows = Melding.objects.select_related("category", "municipality")
    melding = get_object_or_404(rows, follow_code=follow.upper())
    request.municipality = melding.municipality  # type: ignore[attr-defined]
    context = {"melding": melding, "said": SAID[MeldingStatus(melding.status)]}
    return render(request, "meldingen/public/follow.html", context)


@csrf_exempt  # the signed link is what opens it, and what it does can be done once
@login_not_required
@never_cache
@FORM_METHODS
def solved(request: HttpRequest, token: str) -> HttpResponse:
    """ "Is het opgelost?": reading it answers nothing, since mail programs follow links."""
    reporter = operations.reporter_of(token)
    if reporter is None:
        raise Http404
    request.municipality = reporter.melding.municipality  # type: ignore[attr-defined]
    given = Response.objects.filter(reporter=reporter).first()
    form = ResponseForm(sent(request))
    if not given and form.is_valid():
        given = operations.respond(
            reporter, solved=form.cleaned_data["solved"], words=form.cleaned_data["words"]
        )
    context = {"melding": reporter.melding, "given": given, "form": form}
    status = 200 if given else form_status(form)
    return render(request, "meldingen/public/solved.html", context, status=status)
