"""Files of an action: in through the allow-list, out through a permission."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.files import as_download
from core.forms import form_status
from core.http import AuthedRequest
from plans import permissions
from plans.forms.attachments import AttachmentForm
from plans.models import Action, Attachment
from plans.operations.attachments import archive_attachment, attach
from plans.views.action_edit import GET_OR_POST
from plans.views.actions import get_action


def _get_attachment(request: AuthedRequest, pk: int) -> Attachment:
    """A file above someone's level does not exist for them, like the action it belongs to."""
    actions = Action.objects.visible_to(request.user)
    rows = Attachment.objects.filter(archived_at=None, action__in=actions)
    found = get_object_or_404(rows.select_related("action__plan"), pk=pk)
    if not permissions.may_read_attachment(request.user, found):
        raise Http404
    return found


@GET_OR_POST
def attachment_create(request: AuthedRequest, pk: int) -> HttpResponse:
    action = get_action(request.user, pk)
    permissions.may_attach(request.user, action).or_403()
    levels = permissions.attachment_levels(request.user, action)
    initial = {"form_token": uuid.uuid4(), "confidentiality": action.confidentiality}
    if request.method == "POST":
        form = AttachmentForm(request.POST, request.FILES, levels=levels, initial=initial)
    else:
        form = AttachmentForm(levels=levels, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        token, level = data["form_token"], data["confidentiality"]
        attach(action, data["file"], level, token=token, by=request.user)
        messages.success(request, _("De bijlage is toegevoegd."))
        return redirect(f"{action.get_absolute_url()}#bijlagen")
    context = {"form": form, "action": action}
    return render(request, "plans/action_upload.html", context, status=form_status(form))


@require_safe
def attachment_download(request: AuthedRequest, pk: int) -> HttpResponse:
    return as_download(_get_attachment(request, pk))


@require_POST
def attachment_archive(request: AuthedRequest, pk: int) -> HttpResponse:
    found = _get_attachment(request, pk)
    permissions.may_attach(request.user, found.action).or_403()
    archive_attachment(found, by=request.user)
    messages.success(request, _("De bijlage is gearchiveerd."))
    return redirect(f"{found.action.get_absolute_url()}#bijlagen")
