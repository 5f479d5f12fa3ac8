"""What a person does with his own account, and how he gets it."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import permissions
from accounts.forms.entrance import AcceptForm
from accounts.forms.people import LanguageForm
from accounts.models import Invitation
from accounts.operations import invitations
from accounts.roles import Right
from core.form_page import FormPage, show_form, try_save
from core.forms import form_status
from core.http import AuthedRequest, sent

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def account(request: AuthedRequest) -> HttpResponse:
    memberships = request.user.memberships.select_related("municipality")
    reads = (Right.PLAN_READ, Right.AGREEMENT_READ)
    context = {
        "reads_evaluations": any(request.user.has_right(right) for right in reads),
        "memberships": memberships.prefetch_related("neighbourhoods"),
        "has_second_factor": is_mfa_enabled(request.user, ["totp"]),
        "needs_second_factor": permissions.needs_second_factor(request.user),
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def language(request: AuthedRequest) -> HttpResponse:
    """Where there is nothing to choose there is no page."""
    if not request.user.may_choose_language:
        raise Http404
    form, saved = try_save(
        lambda: LanguageForm(sent(request), instance=request.user), lambda form: form.save()
    )
    if saved:
        messages.success(request, _("Je keuze is bewaard."))
        return redirect("accounts:account")
    back = reverse("accounts:account")
    page = FormPage(_("Taal van je mails"), _("Bewaren"), back, crumbs=((_("Mijn account"), back),))
    return show_form(request, form, page)


@require_POST
def session_end(request: AuthedRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    session.end()
    messages.success(request, _("Dat toestel is afgemeld."))
    return redirect("usersessions_list")


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """The invited person chooses a password and is in."""
    invitation = invitations.find(secret)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    form = AcceptForm(sent(request), person=invitation.user)
    if form.is_valid():
        return _let_in(request, invitation, form.cleaned_data["password1"])
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/accept.html", context, status=form_status(form))


def _let_in(request: HttpRequest, invitation: Invitation, password: str) -> HttpResponse:
    try:
        person = invitations.accept(invitation, password=password)
    except invitations.GoneError:
        return render(request, "accounts/invitation_gone.html", status=404)
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="password")  # not asked again at once
    request.session.set_expiry(0)  # the cookie goes when the browser closes, as after signing in
    UserSession.objects.create_from_request(request)
    messages.success(request, _("Welkom. Je account is klaar voor gebruik."))
    return redirect("/")
