"""Which chapters each kind of report holds in a municipality, and in which order."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Municipality
from accounts.roles import Right
from core.http import AuthedRequest
from reports import permissions
from reports.models import Chapter, ChapterChoice, Variant
from reports.models.chapters import usual
from reports.operations import chapters
from reports.views.common import get_variant


@require_safe
def chapter_list(request: AuthedRequest) -> HttpResponse:
    permissions.may_make(request.user).or_403()
    chosen = ChapterChoice.objects.visible_to(request.user).select_related("municipality")
    kept = {(row.municipality_id, row.variant): row for row in chosen}
    parts = []
    for place in _places(request):
        rows = []
        for variant in Variant:
            row = kept.get((place.pk, variant.value))
            slots = row.slots if row else usual(variant)
            rows.append(
                {
                    "variant": variant,
                    "url": reverse("reports:chapters-of", args=[place.code, variant]),
                    "is_own": row is not None,
                    "names": [slot.label for slot in slots if slot.is_on],
                }
            )
        parts.append({"place": place, "rows": rows})
    return render(request, "reports/chapter_list.html", {"parts": parts})


def _places(request: AuthedRequest) -> list[Municipality]:
    places = request.user.municipality_ids_with(Right.REPORT_MAKE)
    return list(Municipality.objects.filter(pk__in=places))


def _get(request: AuthedRequest, place: str, kind: str) -> tuple[Municipality, Variant]:
    """A municipality where this person makes no reports does not exist here."""
    permissions.may_make(request.user).or_403()
    places = request.user.municipality_ids_with(Right.REPORT_MAKE)
    return get_object_or_404(Municipality, pk__in=places, code=place), get_variant(kind)


@require_safe
def chapters_of(request: AuthedRequest, place: str, kind: str) -> HttpResponse:
    municipality, variant = _get(request, place, kind)
    row = ChapterChoice.objects.filter(municipality=municipality, variant=variant).first()
    slots = row.slots if row else usual(variant)
    movable = [slot.chapter for slot in slots if not slot.is_last]
    context = {
        "place": municipality,
        "variant": variant,
        "version": row.version if row else 0,
        "is_own": row is not None,
        "slots": slots,
        "first": movable[0],
        "last": movable[-1],
    }
    return render(request, "reports/chapters.html", context)


@require_POST
def chapters_keep(request: AuthedRequest, place: str, kind: str) -> HttpResponse:
    """One button of the page: up, down, in or out; or the order as it was dragged."""
    municipality, variant = _get(request, place, kind)
    version = request.POST.get("version", "")
    known = {"version": int(version) if version.isascii() and version.isdigit() else -1}
    code, _colon, what = _button(request).partition(":")
    try:
        if what in {"up", "down"}:
            chapter = _chapter(code, variant)
            chapters.move(municipality, variant, chapter, up=what == "up", by=request.user, **known)
        elif what in {"on", "off"}:
            chapter = _chapter(code, variant)
            chapters.switch(
                municipality, variant, chapter, on=what == "on", by=request.user, **known
            )
        else:
            order = request.POST.getlist("order")
            chapters.reorder(municipality, variant, order, by=request.user, **known)
    except chapters.MovedError as error:
        messages.warning(request, str(error.message))
    else:
        messages.success(request, _("Bewaard. Rapporten die bevroren zijn, veranderen niet."))
    address = reverse("reports:chapters-of", args=[municipality.code, variant])
    return redirect(f"{address}#{code}" if what else address)


def _button(request: AuthedRequest) -> str:
    return request.POST.get("move") or request.POST.get("switch") or ""


def _chapter(code: str, variant: Variant) -> Chapter:
    offered = {slot.chapter.value: slot.chapter for slot in usual(variant)}
    if code not in offered:
        raise Http404
    return offered[code]


@require_POST
def chapters_reset(request: AuthedRequest, place: str, kind: str) -> HttpResponse:
    municipality, variant = _get(request, place, kind)
    if chapters.reset(municipality, variant, by=request.user):
        messages.success(request, _("Dit soort rapport heeft weer de standaardhoofdstukken."))
    else:
        messages.info(request, _("Dit soort rapport had al de standaardhoofdstukken."))
    return redirect("reports:chapters-of", municipality.code, variant)
