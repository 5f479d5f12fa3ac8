"""Everything that was done by a link, for who follows up how people answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from answers.models import AnswerUse
from answers.workflow import Outcome
from core.http import AuthedRequest
from core.paging import page_number
from core.templatetags.house import badge
from evaluations.models import Evaluation, Participant
from plans.models import Action, Share
from reminders.permissions import may_follow
from reminders.views.tabs import tabs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from answers.models import AnswerLink

    Names = dict[tuple[str, int], tuple[str, str]]

PER_PAGE = 50
TONES = {
    Outcome.OPENED: "info",
    Outcome.SAVED: "ok",
    Outcome.REFUSED: "warn",
    Outcome.REVOKED: "mute",
}


@require_safe
def uses(request: AuthedRequest) -> HttpResponse:
    may_follow(request.user).or_403()
    found = AnswerUse.objects.visible_to(request.user).select_related("link__person")
    page = Paginator(found, PER_PAGE).get_page(page_number(request.GET.get("page")))
    names = _names(request.user, [use.link for use in page])
    context = {
        "page": page,
        "rows": [_row(use, names) for use in page],
        "tabs": tabs(request.user, "answers:list"),
    }
    return render(request, "answers/list.html", context)


def _row(use: AnswerUse, names: Names) -> dict[str, Any]:
    link = use.link
    title, url = names.get((link.column, link.subject_pk or 0), ("", ""))
    return {
        "at": use.at,
        "who": link.person.name,
        "what": link.kind.name,
        "title": title,
        "url": url,
        "outcome": badge(use.get_outcome_display(), TONES[Outcome(use.outcome)]),
        "reason": use.get_reason_display(),
    }


def _names(user: User, links: Iterable[AnswerLink]) -> Names:
    """What these are about, by the door of each: three questions, whatever their number."""
    wanted: dict[str, dict[int, AnswerLink]] = {"action": {}, "share": {}, "participant": {}}
    for link in links:
        if link.subject_pk:
            wanted[link.column][link.subject_pk] = link
    seen = {
        "action": Action.objects.visible_to(user),
        "share": Share.objects.visible_to(user).select_related("action", "partner"),
        "participant": Participant.objects.filter(
            evaluation__in=Evaluation.objects.visible_to(user)
        ).select_related("evaluation"),
    }
    found: Names = {}
    for column, rows in wanted.items():
        for row in seen[column].filter(pk__in=rows) if rows else ():
            purpose = rows[row.pk].kind
            found[column, row.pk] = " ".join(purpose.named(row)).strip(), purpose.seen_at(row)
    return found
