"""Photos of a melding: in through the checks, out through the melding's own door."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.files import as_download
from core.form_page import FormPage, show_form, try_save
from core.http import AuthedRequest, sent
from meldingen import permissions
from meldingen.forms.photos import PhotoForm
from meldingen.models import Photo
from meldingen.operations.photos import add_photos_once
from meldingen.views.common import GET_OR_POST, get_melding


def _get_photo(request: AuthedRequest, key: uuid.UUID) -> Photo:
    return get_object_or_404(Photo.objects.visible_to(request.user), key=key)


@GET_OR_POST
def photo_create(request: AuthedRequest, pk: int) -> HttpResponse:
    melding = get_melding(request, pk)
    permissions.may_add_photo(request.user, melding).or_403()
    files = request.FILES if request.method == "POST" else None
    form, added = try_save(
        lambda: PhotoForm(sent(request), files),
        lambda form: add_photos_once(
            melding,
            form.cleaned_data["photos"],
            token=form.cleaned_data["form_token"],
            by=request.user,
        ),
    )
    if added:
        messages.success(request, _("De foto's zijn toegevoegd."))
        return redirect(melding)
    back = melding.get_absolute_url()
    page = FormPage(
        _("Foto toevoegen"), _("Bewaren"), back, crumbs=((str(melding), back),), upload=True
    )
    return show_form(request, form, page)


@require_safe
def photo(request: AuthedRequest, key: uuid.UUID) -> HttpResponse:
    return as_download(_get_photo(request, key))


@require_safe
def photo_small(request: AuthedRequest, key: uuid.UUID) -> HttpResponse:
    """The small version, drawn by us as a JPEG."""
    found = _get_photo(request, key)
    try:
        with found.thumbnail.open("rb") as small:
            content = small.read()
    except (FileNotFoundError, ValueError) as error:  # a PDF has none
        raise Http404 from error
    headers = {
        "Cache-Control": "private, max-age=3600",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
