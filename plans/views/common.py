"""What the views of a plan and its parts share: loading in scope, and one way to save a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core import receipts
from core.forms import ClashError, form_status
from plans.models import Plan
from plans.models.plan import seen_plans
from plans.operations.plan import MovedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from core.http import AuthedRequest


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form: its title, where it came from and what its button says."""

    title: str | _StrPromise
    plan: Plan | None
    back: str
    submit: str | _StrPromise
    lead: str | _StrPromise = ""
    danger: bool = False
    draft: str = ""  # the key under which the browser keeps unsent text


def posted(request: AuthedRequest) -> Any:
    """What a form is bound to: an empty POST is an answer too."""
    return request.POST if request.method == "POST" else None


def get_plan(request: AuthedRequest, code: str) -> Plan:
    """A plan outside someone's view does not exist for them: 404, never 403."""
    if request.method in {"GET", "HEAD"}:  # the page will need to know the plans anyway
        for plan in seen_plans(request.user):
            if plan.code == code:
                return plan
        raise Http404
    return get_object_or_404(Plan.objects.visible_to(request.user).for_list(), code=code)


def try_save(make: Callable[[], Any], save: Callable[[Any], Any], plan: Plan) -> tuple[Any, Any]:
    """A form and what saving it made, or None where it has to be shown once more.

    `make` reads the row anew each time, so that whoever comes second sees both texts.
    """
    form = make()
    if not form.is_valid():
        return form, _made_before(form)
    try:
        return form, save(form)
    except ClashError:
        form = make()
        form.is_valid()
    except MovedError as moved:
        plan.refresh_from_db()
        form = make()
        form.add_error(None, str(moved.message))
    except IntegrityError:
        form = make()
        form.is_valid()
        form.add_error(None, _("Iemand anders bewaarde net iets gelijkaardigs. Kijk het na."))
    return form, None


def _made_before(form: Any) -> Any:
    """The row of a form that was sent twice: its code is "taken", by itself."""
    token = getattr(form, "cleaned_data", {}).get("form_token")
    return receipts.made(token, type(form.instance)) if token else None


def show_form(request: AuthedRequest, form: Any, page: FormPage) -> HttpResponse:
    """The page of a form: as asked for, as refused, or with both texts of a clash."""
    context = {"form": form, "page": page}
    return render(request, "plans/plan_form.html", context, status=form_status(form))
