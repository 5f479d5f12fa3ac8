"""Beheer: the people of a municipality, their roles and their accounts."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import permissions
from accounts.filters import PeopleFilter
from accounts.forms.people import EmailForm, EndForm, NameForm, ReasonForm, RoleForm
from accounts.log import Line, lines
from accounts.models import Invitation, Membership, Municipality, User
from accounts.operations import people as operations
from accounts.roles import Role
from accounts.views.fresh import fresh_sign_in
from core import history, receipts
from core.forms import form_status
from core.http import AuthedRequest, sent
from core.models import LogEntry, ref

PER_PAGE = 50
# The history of the organisations a person works for does not say of which municipality they are.
ORGANISATIONS = "partnermember:"


@require_safe
def people(request: AuthedRequest) -> HttpResponse:
    permissions.may_manage_people(request.user).or_403()
    found = PeopleFilter(request.GET, User.objects.manageable_by(request.user))
    rows = found.qs.for_people_list(on=timezone.localdate(), now=timezone.now())
    page = Paginator(rows.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "open_invitations": _count_open(request.user)}
    template = "accounts/people.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


def _count_open(user: User) -> int:
    people = User.objects.manageable_by(user)
    return Invitation.objects.open(now=timezone.now()).filter(user__in=people).count()


def get_person(request: AuthedRequest, pk: int) -> User:
    """Someone else's people do not exist for this person: 404."""
    permissions.may_manage_people(request.user).or_403()
    return get_object_or_404(User.objects.manageable_by(request.user), pk=pk)


def _get_membership(request: AuthedRequest, pk: int) -> Membership:
    permissions.may_manage_people(request.user).or_403()
    places = permissions.managed_ids(request.user)
    held = Membership.objects.in_places(places).select_related("user", "municipality")
    return get_object_or_404(held, pk=pk)


@require_safe
def person(request: AuthedRequest, pk: int) -> HttpResponse:
    return show(request, get_person(request, pk))


def show(
    request: AuthedRequest, person: User, *, role_form: RoleForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of one person, with the form that was wrong if one was."""
    places = permissions.managed_ids(request.user)
    held = list(
        person.memberships.select_related("municipality").prefetch_related("neighbourhoods")
    )
    invitation = Invitation.objects.filter(user=person).order_by("-pk").first()
    context = {
        "person": person,
        "memberships": [row for row in held if row.municipality_id in places],
        "role_form": role_form or RoleForm(by=request.user, person=person),
        "may_change": permissions.may_change(request.user, person),
        "may_decide_account": permissions.may_decide_account(request.user, person),
        "has_second_factor": is_mfa_enabled(person, ["totp"]),
        "invitation": invitation,
        "is_open": bool(invitation and invitation.is_open),
        "log": _log_of(person, [row for row in held if row.municipality_id not in places]),
    }
    return render(request, "accounts/person.html", context, status=status)


def _log_of(person: User, elsewhere: list[Membership]) -> list[Line]:
    """What happened to a person's access here: not his own work, and not his roles elsewhere."""
    about = LogEntry.objects.within(person)
    if elsewhere:
        about = about.exclude(subject__in=[ref(held) for held in elsewhere])
        about = about.exclude(subject__startswith=ORGANISATIONS)
    return lines(list(about[:30]))


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_person(request, pk)
    permissions.may_decide_account(request.user, person).or_403()
    form = NameForm(sent(request), instance=person)
    if form.is_valid():
        _rename(form, request.user)
        messages.success(request, _("De naam is gewijzigd."))
        return redirect("accounts:person", pk)
    context = {"form": form, "person": User.objects.get(pk=pk)}
    return render(request, "accounts/rename.html", context, status=form_status(form))


@transaction.atomic
def _rename(form: NameForm, by: User) -> None:
    changes = form.changes()
    history.record("user.renamed", form.save(), by=by, changes=changes)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def change_email(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_person(request, pk)
    permissions.may_decide_account(request.user, person).or_403()
    form = EmailForm(sent(request), instance=person)
    if form.is_valid() and _email_changed(form, person, request.user):
        messages.success(
            request, _("Het e-mailadres is gewijzigd. Beide adressen krijgen bericht.")
        )
        return redirect("accounts:person", pk)
    context = {"form": form, "person": User.objects.get(pk=pk)}
    return render(request, "accounts/change_email.html", context, status=form_status(form))


def _email_changed(form: EmailForm, person: User, by: User) -> bool:
    email, reason = form.cleaned_data["email"], form.cleaned_data["reason"]
    try:
        operations.change_email(person, email, by=by, reason=reason)
    except ValidationError as taken:
        form.add_error("email", taken)
        return False
    return True


@require_POST
@fresh_sign_in
def give_role(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_person(request, pk)
    permissions.may_change(request.user, person).or_403()
    if receipts.found(request.POST, Membership, by=request.user):
        return redirect("accounts:person", pk)
    form = RoleForm(request.POST, by=request.user, person=person)
    if not form.is_valid():
        return show(request, person, role_form=form, status=422)
    given = {**form.cleaned_data}
    receipts.once(
        given.pop("form_token"),
        Membership,
        lambda: _give(person, given, request.user),
        by=request.user,
    )
    messages.success(request, _("De rol is toegevoegd."))
    return redirect("accounts:person", pk)


def _give(person: User, given: dict, by: User) -> Membership:  # type: ignore[type-arg]
    place: Municipality = given.pop("municipality")
    return operations.give_role(person, place, Role(given.pop("role")), by=by, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def end_role(request: AuthedRequest, pk: int) -> HttpResponse:
    membership = _get_membership(request, pk)
    permissions.may_end_role(request.user, membership).or_403()
    form = EndForm(sent(request), membership=membership)
    if form.is_valid():
        operations.end_role(membership, ends=form.cleaned_data["ends"], by=request.user)
        messages.success(request, _("De rol stopt op de gekozen dag."))
        return redirect("accounts:person", membership.user_id)
    context = {"form": form, "membership": membership}
    return render(request, "accounts/role_end.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def stop(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_person(request, pk)
    permissions.may_decide_account(request.user, person).or_403()
    form = ReasonForm(sent(request))
    if form.is_valid():
        operations.stop(person, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Het account is stopgezet. Dat geldt meteen."))
        return redirect("accounts:person", pk)
    context = {"form": form, "person": person}
    return render(request, "accounts/stop.html", context, status=form_status(form))


@require_POST
@fresh_sign_in
def restart(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_person(request, pk)
    operations.restart(person, by=request.user)
    messages.success(request, _("Het account werkt weer."))
    return redirect("accounts:person", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
def reset_second_factor(request: AuthedRequest, pk: int) -> HttpResponse:
    person = get_person(request, pk)
    permissions.may_decide_account(request.user, person).or_403()
    form = ReasonForm(sent(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        operations.reset_second_factor(person, by=request.user, reason=reason)
        messages.success(request, _("De tweede stap is gewist en de persoon is overal afgemeld."))
        return redirect("accounts:person", pk)
    context = {"form": form, "person": person}
    template = "accounts/second_factor_reset.html"
    return render(request, template, context, status=form_status(form))
