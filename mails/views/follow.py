"""Which mails wait, went, or did not arrive, and what somebody does about these."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from core.http import AuthedRequest
from core.models import OutboxStatus
from mails import permissions
from mails.about import told
from mails.models import followed_by
from mails.operations import CHOICES, DOING, follow_up
from mails.views.tabs import tabs

PER_PAGE = 50
MOST_AT_ONCE = 200
WAITING = (OutboxStatus.QUEUED, OutboxStatus.SENDING)
# What one can look at: its name in the address, its word, and which states it holds.
SHOWN = {
    "te-bekijken": (gettext_lazy("Te bekijken"), (OutboxStatus.FAILED, OutboxStatus.UNSURE)),
    "wacht": (gettext_lazy("Wacht"), WAITING),
    "verstuurd": (gettext_lazy("Verstuurd"), (OutboxStatus.SENT,)),
    "geannuleerd": (gettext_lazy("Niet verstuurd"), (OutboxStatus.CANCELLED,)),
}
FIRST = "te-bekijken"


@require_safe
def mail_list(request: AuthedRequest) -> HttpResponse:
    """The newest first; what a person has to look at is what one sees first."""
    permissions.may_follow(request.user).or_403()
    shown = request.GET.get("toon", FIRST)
    shown = shown if shown in SHOWN else FIRST
    rows = followed_by(request.user)
    found = rows.filter(status__in=SHOWN[shown][1]).order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    about = told(page.object_list, request.user)
    context = {
        "page": page,
        "rows": [_row(entry, about[entry.pk]) for entry in page.object_list],
        "shown": shown,
        "choices": _choices(rows, shown),
        "tabs": tabs(request.user, "mails:list"),
        "doing": CHOICES,
        "troubled": shown == FIRST,
    }
    return render(request, "mails/list.html", context)


def _row(entry: Any, about: Any) -> dict[str, Any]:
    unsure = entry.status == OutboxStatus.UNSURE
    steps = ["opnieuw", "aangekomen", "annuleren"] if unsure else ["opnieuw", "annuleren"]
    failed = entry.status == OutboxStatus.FAILED
    return {
        "entry": entry,
        "about": about,
        "tone": "danger" if failed else "warn" if unsure else "mute",
        "steps": [(step, CHOICES[step]) for step in steps] if failed or unsure else [],
    }


def _choices(rows: Any, shown: str) -> list[dict[str, Any]]:
    """The states one can look at; how many stand in each that asks for attention."""
    counted = {
        name: Count("pk", filter=Q(status__in=states))
        for name, (_word, states) in SHOWN.items()
        if name in {FIRST, "wacht"}
    }
    numbers = rows.aggregate(**{name.replace("-", "_"): count for name, count in counted.items()})
    return [
        {
            "label": f"{word} ({number})"
            if (number := numbers.get(name.replace("-", "_")))
            else word,
            "url": f"{reverse('mails:list')}?toon={name}",
            "current": name == shown,
        }
        for name, (word, _states) in SHOWN.items()
    ]


@require_POST
def mail_act(request: AuthedRequest) -> HttpResponse:
    """Do one thing with the mails that were chosen, or with the one whose button was pressed."""
    permissions.may_follow(request.user).or_403()
    doing, _colon, one = request.POST.get("doen", "").partition(":")
    typed = [one] if one else request.POST.getlist("mail")[:MOST_AT_ONCE]
    keys = [int(text) for text in typed if text.isascii() and text.isdecimal() and len(text) < 19]  # noqa: PLR2004 - fits the column
    if doing not in DOING or not keys:
        messages.warning(request, _("Kies eerst welke mails je bedoelt."))
        return redirect("mails:list")
    done = follow_up(keys, doing, by=request.user)
    if missed := len(set(keys)) - done:
        said = ngettext(
            "%d mail is intussen al opgevolgd, of kan dit niet.",
            "%d mails zijn intussen al opgevolgd, of kunnen dit niet.",
            missed,
        )
        messages.warning(request, said % missed)
    if done:
        messages.success(request, f"{CHOICES[doing]}: {done}.")
    return redirect("mails:list")
