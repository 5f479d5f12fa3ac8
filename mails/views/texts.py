"""Beheer › Mails: what each kind of mail says, per municipality, with how it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Municipality
from accounts.roles import Right
from core import letters
from core.form_page import try_save
from core.forms import form_status
from core.http import AuthedRequest, sent
from mails import operations, permissions
from mails.forms import MailTextForm
from mails.kinds import all_kinds
from mails.models import MailText, texts_of, usual_text
from mails.views.tabs import tabs
from mails.wording import example

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.mail import Mail
    from mails.kinds import MailKind


def _places(request: AuthedRequest) -> QuerySet[Municipality]:
    permissions.may_write(request.user).or_403()
    mine = request.user.municipality_ids_with(Right.MAIL_TEXTS)
    return Municipality.objects.filter(pk__in=mine)


def _asked(request: AuthedRequest, code: str, kind: str) -> tuple[Municipality, MailKind]:
    place = get_object_or_404(_places(request), code=code)
    if kind not in all_kinds():
        raise Http404
    return place, all_kinds()[kind]


@require_safe
def text_list(request: AuthedRequest) -> HttpResponse:
    places = list(_places(request))
    kinds = list(all_kinds().values())
    own = {(row.municipality_id, row.kind) for row in MailText.objects.visible_to(request.user)}
    context = {
        "places": [
            (place, [(kind, (place.pk, kind.code) in own) for kind in kinds]) for place in places
        ],
        "tabs": tabs(request.user, "mails:texts"),
        "manages": request.user.has_right(Right.PEOPLE_MANAGE),
    }
    return render(request, "mails/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def text_edit(request: AuthedRequest, code: str, kind: str) -> HttpResponse:
    """The text beside how it reads; asked for an example, what is typed is shown and not kept."""
    place, found = _asked(request, code, kind)
    if "voorbeeld" in request.POST:
        form = MailTextForm(request.POST, instance=_own(place, found))
        return _page(request, form, found, place, status=200 if form.is_valid() else 422)
    form, saved = try_save(
        lambda: MailTextForm(sent(request), instance=_own(place, found)),
        lambda form: operations.edit_text(form, by=request.user),
    )
    if saved:
        messages.success(request, _("De tekst is bewaard."))
        return redirect("mails:text-edit", place.code, found.code)
    return _page(request, form, found, place, status=form_status(form))


def _own(place: Municipality, kind: MailKind) -> MailText:
    [text] = texts_of(place, kind)
    return text


def _page(
    request: AuthedRequest, form: MailTextForm, kind: MailKind, place: Municipality, *, status: int
) -> HttpResponse:
    typed = form.instance if form.is_bound and form.is_valid() else _own(place, kind)
    context = {
        "form": form,
        "kind": kind,
        "place": place,
        "is_own": form.instance.pk is not None,
        "is_typed": form.is_bound and typed is form.instance,
        "usual": usual_text(kind, place),
        "reads": _reads(example(kind, typed, place, request.user, "nl")),
        "reads_french": _reads(example(kind, typed, place, request.user, "fr"))
        if kind.may_be_french(place)
        else None,
    }
    return render(request, "mails/text.html", context, status=status)


def _reads(mail: Mail) -> dict[str, Any]:
    """A mail as its reader sees it."""
    values: dict[str, Any] = {"naam": mail.name, **mail.values}
    return {
        "subject": f"{mail.house.name}: {mail.subject}",
        "text": letters.html(mail.text, values),
        "signature": letters.html(mail.signature, values),
    }


@require_POST
def text_example(request: AuthedRequest, code: str, kind: str) -> HttpResponse:
    place, found = _asked(request, code, kind)
    operations.send_example(found, place, by=request.user)
    messages.success(request, _("De proefmail is onderweg naar %s.") % request.user.email)
    return redirect("mails:text-edit", place.code, found.code)


@require_POST
def text_reset(request: AuthedRequest, code: str, kind: str) -> HttpResponse:
    place, found = _asked(request, code, kind)
    row = MailText.objects.visible_to(request.user).filter(municipality=place, kind=kind).first()
    if row:
        operations.reset_text(row, by=request.user)
    messages.success(request, _("De mail zegt weer wat ze vanzelf zegt."))
    return redirect("mails:text-edit", place.code, found.code)
