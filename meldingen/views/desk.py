"""The desk: taking in, and the page of one melding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from core.paging import page_number
from meldingen import permissions
from meldingen.forms.desk import NoteForm
from meldingen.forms.intake import IntakeForm
from meldingen.maps import small_map
from meldingen.models import CategoryQuestion, Melding, ReporterQuestion
from meldingen.operations.intake import take_in
from meldingen.operations.photos import add_photos
from meldingen.page_rows import norm, step_buttons, told
from meldingen.story import story
from meldingen.views.common import back_to_list, get_melding, status_badge

if TYPE_CHECKING:
    from accounts.models import User

LAST_SOURCE = "melding_source"  # of the session: the desk takes ten calls after each other
FURTHEST = 100  # pages of the timeline


@require_http_methods(["GET", "HEAD", "POST"])
def melding_create(request: AuthedRequest) -> HttpResponse:
    permissions.may_take_in(request.user).or_403()
    files = request.FILES if request.method == "POST" else None
    initial = {"source": request.session.get(LAST_SOURCE)}
    form, made = try_save(
        lambda: IntakeForm(sent(request), files, by=request.user, initial=initial),
        lambda form: form.once(_taken_in, by=request.user),
        by=request.user,
    )
    if made:
        request.session[LAST_SOURCE] = made.source_id
        messages.success(request, _("Genoteerd als %s.") % made)
        return redirect(made)
    back = reverse("meldingen:list")
    crumbs = ((_("Meldingen"), back),)
    page = FormPage(_("Nieuwe melding"), _("Bewaren"), back, crumbs=crumbs, upload=True)
    return show_form(request, form, page)


def _taken_in(form: IntakeForm, *, by: User) -> Melding:
    melding = take_in(form.save(commit=False), form.reporter(), by=by)
    if photos := form.cleaned_data["photos"]:
        add_photos(melding, photos, by=by)
    return melding


@require_safe
def questions(request: AuthedRequest) -> HttpResponse:
    """What the chosen category asks besides: a part of the form of a new melding."""
    permissions.may_take_in(request.user).or_403()
    form = IntakeForm(request.GET, by=request.user)
    context = {"category": form.category_chosen, "questions": form.questions, "is_new": True}
    return render(request, "meldingen/questions.html", context)


@require_safe
def privacy(request: AuthedRequest) -> HttpResponse:
    """What becomes of the data of who reports by the chosen way: a part of the form."""
    permissions.may_take_in(request.user).or_403()
    form = IntakeForm(request.GET, by=request.user)
    return render(request, "meldingen/privacy.html", {"notice": form.privacy})


@require_safe
def melding_page(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    number = page_number(request.GET.get("verloop"), furthest=FURTHEST)
    reads = permissions.may_read_reporter(request.user, melding)
    happened = story(melding, tells_answers=bool(reads), number=number)
    if request.htmx and "verloop" in request.GET:
        context = {"melding": melding, "story": happened}
        return render(request, "meldingen/story.html", context)
    context = {**_page(request, melding), "story": happened, "may_read_reporter": reads}
    return render(request, "meldingen/melding.html", context)


def _page(request: AuthedRequest, melding: Melding) -> dict[str, Any]:
    user = request.user
    may = permissions.may_handle(user, melding)
    questions = CategoryQuestion.objects.filter(category=melding.category_id)
    return {
        "melding": melding,
        "list_url": back_to_list(request, melding),
        "badge": status_badge(melding.status),
        "norm": norm(melding),
        "told": told(melding, list(questions)) if melding.answers else [],
        "place": small_map(melding),
        "photos": list(melding.photos.all()),
        "kin": _kin(user, melding),
        "buttons": step_buttons(melding) if may else [],
        "may_handle": may,
        "may_edit": permissions.may_edit(user, melding),
        "may_triage": permissions.may_triage(user, melding),
        "may_add_photo": permissions.may_add_photo(user, melding),
        "is_mine": melding.assignee_id == user.pk,
        "note_form": NoteForm() if may else None,
        "may_ask": permissions.may_ask(user, melding),
        "replies": list(ReporterQuestion.objects.visible_to(user).unread().filter(melding=melding)),
    }


def _kin(user: Any, melding: Melding) -> list[tuple[str, Melding]]:
    """Those joined to it, the one it was joined to, and what was split off, as far as seen."""
    above = [melding.joined_to_id, melding.split_from_id]
    rows = Melding.objects.visible_to(user).filter(
        Q(joined_to=melding) | Q(split_from=melding) | Q(pk__in=[pk for pk in above if pk])
    )
    return [(_how(melding, row), row) for row in rows.order_by("pk")]


def _how(melding: Melding, row: Melding) -> str:
    if row.pk == melding.joined_to_id:
        return _("Samengevoegd met")
    if row.joined_to_id == melding.pk:
        return _("Ook gemeld als")
    return _("Afgesplitst van") if row.pk == melding.split_from_id else _("Afgesplitst deel")
