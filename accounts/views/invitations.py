"""Inviting people, inviting again, and taking an invitation back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import permissions
from accounts.forms.people import InviteForm
from accounts.models import User
from accounts.operations import invitations
from accounts.operations import people as operations
from accounts.roles import Role
from accounts.views.fresh import fresh_sign_in
from accounts.views.people import get_person
from core import receipts
from core.forms import form_status
from core.http import AuthedRequest, sent
from core.languages import Language


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def invite(request: AuthedRequest) -> HttpResponse:
    permissions.may_manage_people(request.user).or_403()
    if person := receipts.found(request.POST, User, by=request.user):
        return redirect("accounts:person", person.pk)
    form = InviteForm(sent(request), by=request.user)
    if form.is_valid():
        asked = {**form.cleaned_data}
        token = asked.pop("form_token")
        person = receipts.once(token, User, lambda: _invite(asked, request.user), by=request.user)
        messages.success(request, _told(person))
        return redirect("accounts:person", person.pk)
    return render(
        request, "accounts/invite.html", {"form": form}, status=form_status(form)
    )  # fmt: skip


def _invite(asked: dict[str, Any], by: User) -> User:
    language = asked.pop("language", Language.DUTCH)
    person = operations.invite(**{**asked, "role": Role(asked["role"])}, by=by)
    operations.write_in(language, to=person)  # the mail goes after this, in that language
    return person


def _told(person: User) -> str:
    if not person.is_active:
        return (
            _("%s kreeg de rol, maar dit account is stopgezet. Heractiveer het als dat mag.")
            % person
        )
    if person.has_usable_password():
        return _("%s had al een account en kreeg de rol erbij.") % person
    return _("De uitnodiging voor %s vertrekt zo meteen per mail.") % person


@require_POST
@fresh_sign_in
def resend(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_person(request, pk)
    if person.is_active and not person.has_usable_password():
        invitations.send(person, by=request.user)
        messages.success(request, _("Er vertrekt een nieuwe uitnodiging. De oude werkt niet meer."))
    return redirect("accounts:person", pk)


@require_POST
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_person(request, pk)
    invitations.withdraw(person, by=request.user)
    messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("accounts:person", pk)
