"""The rows that belong to one action and are edited together: partners and budget lines."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.forms import CLASH, UNPROCESSABLE, ClashError
from core.http import AuthedRequest, sent
from plans import permissions
from plans.models import Action
from plans.operations.actions import row_texts, save_rows
from plans.views.actions import get_action


def edit_rows(
    request: AuthedRequest, pk: int, formset_class: Any, *, verb: str, title: str
) -> HttpResponse:
    """Show and save a formset of one action; on a clash both lists of rows stand on the page."""
    action = get_action(request.user, pk)
    permissions.may_edit(request.user, action.plan).or_403()
    rows = formset_class(sent(request), instance=action)
    if request.method != "POST":
        return _show(request, action, rows, title)
    if not rows.is_valid():
        return _show(request, action, rows, title, status=UNPROCESSABLE)
    try:
        save_rows(rows, verb, title, version=_version(request), by=request.user)
    except ClashError:
        mine = "; ".join(_typed(form) for form in rows.forms if form.cleaned_data)
        fresh = formset_class(instance=get_action(request.user, pk))
        return _show(request, fresh.instance, fresh, title, status=CLASH, mine=mine)
    messages.success(request, _("Bewaard."))
    return redirect(action)


def _version(request: AuthedRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len("2" * 10) else 0


def _typed(form: Any) -> str:
    """One row as this person typed it, so that nothing is lost."""
    values = [value for name, value in form.cleaned_data.items() if name in form._meta.fields]
    gone = _("(weg)") if form.cleaned_data.get("DELETE") else ""
    return " ".join(str(value) for value in [*values, gone] if value not in {None, ""})


def _show(
    request: AuthedRequest,
    action: Action,
    rows: Any,
    title: str,
    *,
    status: int = 200,
    mine: str = "",
) -> HttpResponse:
    context = {
        "action": action,
        "rows": rows,
        "title": title,
        "mine": mine,
        "theirs": row_texts(rows) if mine else "",
    }
    return render(request, "plans/action_rows.html", context, status=status)
