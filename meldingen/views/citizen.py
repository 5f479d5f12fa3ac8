"""The citizens' form: no account, no script needed, and no cookie."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from core.forms import UNPROCESSABLE, OvertakenError
from core.views import too_many
from meldingen import public_texts, rush
from meldingen.forms.citizen import (
    Alike,
    WhatForm,
    WhereForm,
    WhoForm,
    alike,
    form_key_of,
    fresh_form,
)
from meldingen.forms.photos import clean_photo
from meldingen.models import Melding, Spot
from meldingen.network import network_of
from meldingen.operations import citizen as operations
from meldingen.operations import waiting_photos
from meldingen.views.public import in_this_language, places, public, speak, too_often

STEPS = (("wat", WhatForm), ("waar", WhereForm), ("wie", WhoForm))
NAMES = [name for name, _form in STEPS]
FORM_METHODS = require_http_methods(["GET", "HEAD", "POST"])
TOO_MANY = 429
MOST_FILES = 10  # looked at in one go; a person sends three


@require_safe
@public
def choose(request: HttpRequest) -> HttpResponse:
    """For which municipality; where there is one, straight to its form."""
    languages = speak(request, None)
    found = list(places())
    if len(found) == 1:
        return redirect("meldingen:report", found[0].code.lower())
    rows = [(place, _address(place)) for place in found]
    context = {"places": rows, "languages": languages}
    return render(request, "meldingen/public/choose.html", context)


def _address(place: Municipality) -> str:
    """Its form, in French only where that place has it."""
    address = reverse("meldingen:report", args=[place.code.lower()])
    return in_this_language(address) if place.has_facilities else address


@dataclass
class Visit:
    """Where somebody is in the three steps, and what they filled in so far."""

    place: Municipality
    data: Any  # what was sent, or nothing yet
    form_key: uuid.UUID
    languages: Any
    refused: list[tuple[str, str]] = field(default_factory=list)  # photos, each with why

    def form(self, index: int, *, judged: bool) -> Any:
        kind: Any = STEPS[index][1]
        known = {"alike": self.alike} if kind is WhoForm else {}
        if judged:
            return kind(self.data, municipality=self.place, **known)
        begun = {name: self.data.get(name) for name in kind.base_fields if self.data.get(name)}
        return kind(initial=begun, municipality=self.place, **known)

    @cached_property
    def alike(self) -> list[Alike]:
        """What others reported there, once it is known what it is about and where."""
        told, where = (self.form(index, judged=True) for index in (0, 1))
        if not (told.is_valid() and where.is_valid()):
            return []
        at = {name: where.cleaned_data[name] for name in ("latitude", "longitude")}
        category = told.cleaned_data["category"]
        return alike(Melding(municipality=self.place, category=category, **at), self.form_key)

    @property
    def effort(self) -> rush.Effort:
        return rush.Effort(self.place, self.form_key, self.data)

    def carried(self, index: int) -> list[tuple[str, str]]:
        """What the other steps hold, and what was there from the start."""
        shown: Any = STEPS[index][1].base_fields
        kinds: list[Any] = [kind for _name, kind in STEPS]
        names = [name for kind in kinds for name in kind.base_fields if name not in shown]
        names += ["ticket"] if index < len(STEPS) - 1 else []  # the last step gives it by itself
        return [(name, self.data[name]) for name in names if self.data.get(name)]


@csrf_exempt  # it acts for nobody, and asks no cookie
@FORM_METHODS
@public
def report(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(places(), code__iexact=code)
    languages = speak(request, place)
    if request.method != "POST":
        start = fresh_form()
        return _show(request, Visit(place, start, uuid.UUID(start["form_key"]), languages), 0)
    if too_often(request, "melden"):
        return too_many(request)
    visit = _begun(request, place, languages)
    name = request.POST.get("stap", "")
    return _next(request, visit, NAMES.index(name) if name in NAMES else 0)


def _begun(request: HttpRequest, place: Municipality, languages: Any) -> Visit:
    """What was sent, with its photos kept. A form that is too old, or never was one of ours,
    goes on as a new one: nothing typed is lost, and the last step says so."""
    data = request.POST.copy()
    key = form_key_of(data)
    if key is None:
        start = fresh_form()
        data["form_key"], key = start["form_key"], uuid.UUID(start["form_key"])
        if data.get("stap") != NAMES[-1]:
            data["opened"] = start["opened"]
    visit = Visit(place, data, key, languages)
    waiting_photos.take_away(key, data.get("weg", ""))
    visit.refused = _keep_photos(request, key)
    return visit


def _keep_photos(request: HttpRequest, key: uuid.UUID) -> list[tuple[str, str]]:
    """Each by itself: what is wrong with one leaves the others be. Those refused come back."""
    refused = []
    for upload in request.FILES.getlist("photos")[:MOST_FILES]:
        try:
            waiting_photos.keep(key, clean_photo(upload), network=network_of(request))
        except ValidationError as error:
            refused.append((str(upload.name), " ".join(error.messages)))
        except OvertakenError as error:
            refused.append((str(upload.name), str(error.message)))
    return refused


def _next(request: HttpRequest, visit: Visit, at: int) -> HttpResponse:
    """Back, on, or sent; the first step that is not in order is shown again."""
    if "terug" in request.POST:
        return _show(request, visit, max(at - 1, 0))
    if visit.refused or "weg" in request.POST or "foto" in request.POST:
        return _show(request, visit, 0)
    for index in range(at + 1):
        form = visit.form(index, judged=True)
        if not form.is_valid():
            return _show(request, visit, index, form)
    if at < len(STEPS) - 1:
        return _show(request, visit, at + 1)
    return _send(request, visit)


def _send(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Held up where too many come, from one address or in all; nothing that was typed is lost."""
    if before := operations.made(visit.form_key):
        return _thank(visit.place, before)
    is_rushed = rush.is_on(visit.place)
    if is_rushed and not visit.effort.is_made():
        return _show(request, visit, len(STEPS) - 1, held=_held_by_rush(visit))
    if too_often(request, "melden_versturen"):
        return _show(request, visit, len(STEPS) - 1, held=_held_by_address())
    if is_rushed and not visit.effort.spend():
        return _show(request, visit, len(STEPS) - 1, held=_held_by_rush(visit))
    return _sent(visit)


@dataclass(frozen=True)
class Held:
    """Why a form was not sent yet, and what to do."""

    title: str
    text: str
    sends_itself: bool = False  # once the sum is made


def _held_by_rush(visit: Visit) -> Held:
    text = _(
        "Uw melding is nog niet verstuurd. Uw toestel maakt nu een rekensom, en verstuurt daarna "
        "vanzelf. Gebeurt dat niet? Klik dan na %(time)s op Versturen: wat u schreef, blijft hier staan."
    )
    ready = timezone.localtime(visit.effort.ready_at + dt.timedelta(seconds=59))
    told = text % {"time": ready.strftime("%H.%M")}
    return Held(_("Er komen nu zeer veel meldingen binnen"), told, sends_itself=True)


def _held_by_address() -> Held:
    text = _(
        "Uw melding is nog niet verstuurd. Verstuur ze over een uur: wat u schreef, blijft hier "
        "staan als u deze bladzijde open laat."
    )
    return Held(_("Van uw internetverbinding kwamen al veel meldingen"), text)


def _show(
    request: HttpRequest, visit: Visit, index: int, form: Any = None, *, held: Held | None = None
) -> HttpResponse:
    step = STEPS[index][0]
    is_last = index == len(STEPS) - 1
    said = public_texts.of(visit.place, get_language())
    photos = waiting_photos.of(visit.form_key)
    context = {
        "languages": visit.languages,
        "form": form or visit.form(index, judged=False),
        "carried": visit.carried(index),
        "step": step,
        "number": index + 1,
        "place": visit.place,
        "is_last": is_last,
        "held": held,
        "effort": visit.effort.again() if is_last and rush.is_on(visit.place) else None,
        "welcome": said.at(Spot.START) if index == 0 else "",
        "privacy": said.privacy(rush.SOURCE) if step == "wie" else "",
        "photos": photos,
        "refused": visit.refused,
        "has_room": len(photos) < waiting_photos.MOST,
    }
    status = UNPROCESSABLE if form or visit.refused else TOO_MANY if held else 200
    return render(request, "meldingen/public/report.html", context, status=status)


def _sent(visit: Visit) -> HttpResponse:
    told, where, who = (visit.form(index, judged=True) for index in range(len(STEPS)))
    for form in (told, where, who):
        form.full_clean()
    melding = Melding(municipality=visit.place, **told.cleaned_data, **where.cleaned_data)
    key = who.cleaned_data["form_key"]
    made = operations.report(melding, who.reporter(), key=key, same_as=who.same_as)
    return _thank(visit.place, made)


def _thank(place: Municipality, melding: Melding) -> HttpResponse:
    address = reverse("meldingen:thanks", args=[place.code.lower(), melding.follow_code])
    return redirect(in_this_language(address))


@require_safe
@public
def thanks(request: HttpRequest, code: str, follow: str) -> HttpResponse:
    place = get_object_or_404(places(), code__iexact=code)
    languages = speak(request, place)
    melding = get_object_or_404(Melding, municipality=place, follow_code=follow)
    address = in_this_language(reverse("meldingen:follow", args=[melding.follow_code]))
    context = {"melding": melding, "place": place, "languages": languages, "follow": address}
    return render(request, "meldingen/public/thanks.html", context)
