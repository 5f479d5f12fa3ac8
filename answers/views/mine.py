"""The links that still open something in my name, each with a button to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answers import operations
from answers.models import AnswerLink
from core.http import AuthedRequest

if TYPE_CHECKING:
    from accounts.models import User
    from answers.models import AnswerLinkQuerySet

MOST = 200


@require_safe
def mine(request: AuthedRequest) -> HttpResponse:
    return render(request, "answers/mine.html", {"rows": _rows(request.user)})


def _open(user: User) -> AnswerLinkQuerySet:
    return AnswerLink.objects.visible_to(user).open(at=timezone.now())


def _rows(user: User) -> list[dict[str, Any]]:
    links = list(_open(user)[:MOST])
    names = _names(user, links)
    return [
        {"link": link, "what": link.kind.name, "names": names.get((link.purpose, link.subject_pk))}
        for link in links
    ]


def _names(
    user: User, links: list[AnswerLink]
) -> dict[tuple[str, int | None], tuple[str, str] | None]:
    """Code and title of what these are about, where this person may still read it."""
    wanted: dict[str, set[int]] = {}
    for link in links:
        if link.subject_pk:
            wanted.setdefault(link.purpose, set()).add(link.subject_pk)
    found: dict[tuple[str, int | None], tuple[str, str] | None] = {}
    kinds = {link.purpose: link.kind for link in links}
    for code, keys in wanted.items():
        for row in kinds[code].rows(user).filter(pk__in=keys):
            found[code, row.pk] = kinds[code].named(row)
    return found


@require_POST
def revoke(request: AuthedRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(AnswerLink.objects.visible_to(request.user), pk=pk)
    if operations.revoke(link, by=request.user):
        messages.success(request, _("Deze link werkt niet meer."))
    return redirect("answers:mine")


@require_POST
def revoke_all(request: AuthedRequest) -> HttpResponse:
    operations.revoke_all(request.user)
    messages.success(request, _("Geen enkele link in je mail werkt nog."))
    return redirect("answers:mine")
