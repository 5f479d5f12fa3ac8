"""The page of one form: what stands around it, how it is shown, and how it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import receipts
from core.forms import ClashError, OvertakenError, form_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from accounts.models import User
    from core.http import AuthedRequest

    Words = str | _StrPromise
    Crumbs = tuple[tuple[Words, Words], ...]  # what to read, and the address it leads to


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form: its title, what its button says and where it came from."""

    title: Words
    submit: Words
    back: str
    lead: Words = ""
    crumbs: Crumbs = ()
    danger: bool = False
    upload: bool = False
    draft: str = ""  # the key under which the browser keeps unsent text


def show_form(request: AuthedRequest, form: Any, page: FormPage) -> HttpResponse:
    """The page of a form: as asked for, as refused, or with both texts of a clash."""
    context = {"form": form, "page": page}
    return render(request, "core/form_page.html", context, status=form_status(form))


def try_save(
    make: Callable[[], Any],
    save: Callable[[Any], Any],
    *,
    by: User | None = None,
    anew: Callable[[], Any] | None = None,
) -> tuple[Any, Any]:
    """A form and what saving it made, or None where it has to be shown once more.

    `make` reads the row anew each time, so that whoever comes second sees both texts; `anew`
    when more than the row has to be read again. With `by`, what this person made with this very
    form before is what comes back: a form sent twice is no mistake.
    """
    form = make()
    if not form.is_valid():
        return form, _made_before(form, by)
    try:
        return form, save(form)
    except (ClashError, IntegrityError, OvertakenError) as error:
        form = (anew or make)()
        form.is_valid()  # a clash shows itself
        _say(form, error)
    return form, None


def _made_before(form: Any, by: User | None) -> Any:
    """The row of a form that was sent twice: its code is "taken", by itself."""
    return receipts.found(form.data, form._meta.model, by=by) if by and form.is_bound else None


def _say(form: Any, error: Exception) -> None:
    if isinstance(error, OvertakenError):
        form.add_error(error.field, str(error.message))
    elif isinstance(error, IntegrityError) and not form.errors:
        form.add_error(None, _("Iemand anders bewaarde net iets gelijkaardigs. Kijk het na."))
