"""Many meldingen at once: choose them in the list, say what changes, read what came of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.forms import form_status
from core.http import AuthedRequest, sent
from core.models import LogEntry
from meldingen import permissions
from meldingen.filters import MeldingSearch, list_query
from meldingen.forms.bulk import BulkAssignForm, BulkCloseForm
from meldingen.models import Channel, Melding, Reporter
from meldingen.operations import bulk

if TYPE_CHECKING:
    from accounts.models import Municipality, User

ASSIGN, CLOSE = "toewijzen", "afsluiten"
FORMS: dict[str, Any] = {ASSIGN: BulkAssignForm, CLOSE: BulkCloseForm}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen in the list, and the one municipality it lies in."""

    meldingen: list[Melding]
    place: Municipality

    @property
    def seen(self) -> str:
        return ",".join(f"{row.pk}:{row.version}" for row in self.meldingen)


def _chosen(request: AuthedRequest) -> Choice | str:
    """The chosen meldingen, or the sentence that says what is wrong with the choice."""
    if request.GET.get("alle"):
        rows = MeldingSearch(request.user, QueryDict(_list(request))).rows
    else:
        keys = {key for key in request.GET.getlist("melding") if _is_key(key)}
        rows = Melding.objects.visible_to(request.user).filter(pk__in=keys)
    found = list(rows.select_related("municipality", "category")[: bulk.MOST + 1])
    if not found:
        return _("Kies eerst meldingen in de lijst.")
    if len(found) > bulk.MOST:
        return _("Kies hoogstens %d meldingen.") % bulk.MOST
    if len({row.municipality_id for row in found}) > 1:
        return _("Kies meldingen van één gemeente.")
    return Choice(found, found[0].municipality)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len(str(2**63))


def _list(request: AuthedRequest) -> str:
    return list_query(request.GET.get("zoek", ""))


@require_http_methods(["GET", "HEAD", "POST"])
def meldingen_bulk(request: AuthedRequest) -> HttpResponse:
    permissions.may_triage(request.user).or_403()
    back = f"{reverse('meldingen:list')}?{_list(request)}"
    chosen = _chosen(request)
    if isinstance(chosen, str):
        messages.warning(request, chosen)
        return redirect(back)
    permissions.may_triage_in(request.user, chosen.place.pk).or_403()
    what = CLOSE if request.GET.get("doen") == CLOSE else ASSIGN
    initial = {"form_token": uuid.uuid4(), "seen": chosen.seen}
    form = FORMS[what](sent(request), place=chosen.place, initial=initial)
    if form.is_valid():
        entry = _do(form, what, chosen.place, by=request.user)
        address = reverse("meldingen:bulk-result", args=[entry.pk])
        return redirect(f"{address}?{QueryDict(_list(request)).urlencode()}")
    context = {"form": form, "choice": chosen, "closes": what == CLOSE, "back": back,
               "answers": _answers(chosen) if what == CLOSE else []}  # fmt: skip
    return render(request, "meldingen/bulk.html", context, status=form_status(form))


def _do(form: Any, what: str, place: Municipality, *, by: User) -> LogEntry:
    data = form.cleaned_data
    seen, token = data["seen"], data["form_token"]
    if what == CLOSE:
        return bulk.close_many(seen, place, data["reason"], text=data["text"], token=token, by=by)
    return bulk.assign_many(
        seen, place, handler=data["handler"], assignee=data["assignee"], token=token, by=by
    )


def _answers(choice: Choice) -> list[tuple[str, int]]:
    """How many wait for an answer, by which way: numbers alone, nobody's name."""
    waiting = Reporter.objects.filter(melding__in=choice.meldingen).exclude(channel=Channel.NONE)
    counted = waiting.order_by().values_list("channel").annotate(Count("pk"))
    return [(str(Channel(channel).label), number) for channel, number in counted]


@require_safe
def bulk_result(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was done and what was refused, for the person who asked."""
    own = LogEntry.objects.filter(actor=request.user, verb__in=[bulk.ASSIGNED, bulk.CLOSED])
    entry = get_object_or_404(own, pk=pk)
    permissions.may_triage(request.user).or_403()
    context = {
        "done": [line for line in entry.changes if not line["old"]],
        "refused": [line for line in entry.changes if line["old"]],
        "back": f"{reverse('meldingen:list')}?{list_query(request.GET.urlencode())}",
    }
    return render(request, "meldingen/bulk_result.html", context)
