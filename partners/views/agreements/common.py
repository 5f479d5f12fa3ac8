"""What the pages of an agreement share: loading in scope, and one way to show a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from core.forms import ClashError, form_status
from core.http import AuthedRequest
from partners.models import Agreement

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form: its title, where it came from and what its button says."""

    title: str | _StrPromise
    submit: str | _StrPromise
    back: str
    lead: str | _StrPromise = ""
    agreement: Agreement | None = None
    upload: bool = False
    danger: bool = False


def get_agreement(request: AuthedRequest, pk: int) -> Agreement:
    """An agreement outside someone's view does not exist for them: 404, never 403."""
    rows = Agreement.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("type", "municipality", "predecessor"), pk=pk)


def show_form(request: AuthedRequest, form: Any, page: FormPage) -> HttpResponse:
    """The page of a form: as asked for, as refused, or with both texts of a clash."""
    context = {"form": form, "page": page}
    return render(request, "partners/agreement_form.html", context, status=form_status(form))


def saved(form: Any, save: Callable[[Any], Any]) -> Any:
    """What saving made; None when the form has to be shown once more."""
    if not form.is_valid():
        return None
    try:
        return save(form)
    except ClashError:
        form.note_clash()
        return None


def about(agreement: Agreement, title: str, submit: str, **more: Any) -> FormPage:
    """A page about one agreement: back leads to that agreement."""
    back = agreement.get_absolute_url() + more.pop("anchor", "")
    return FormPage(title, submit, back, more.pop("lead", str(agreement)), agreement, **more)
