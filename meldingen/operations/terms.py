"""The terms of a municipality: set, with a line in its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.forms import save_edit
from meldingen import permissions

if TYPE_CHECKING:
    from accounts.models import User
    from meldingen.forms.terms import TermsForm
    from meldingen.models import Terms


def edit(form: TermsForm, *, by: User) -> Terms:
    place = form.instance.municipality
    permissions.may_manage_lists(by, place.pk).or_403()
    return save_edit(form, by=by, context=place)
