"""The neighbourhoods of a municipality, made and changed by who manages it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts import permissions
from core import history
from core.forms import save_edit

if TYPE_CHECKING:
    from accounts.forms.neighbourhoods import NeighbourhoodEditForm, NeighbourhoodForm
    from accounts.models import Neighbourhood, User


@transaction.atomic
def make(form: NeighbourhoodForm, *, by: User) -> Neighbourhood:
    place = form.cleaned_data["municipality"]
    permissions.may_style(by, place).or_403()
    row: Neighbourhood = form.save()
    history.record("neighbourhood.created", row, by=by, context=place)
    return row


@transaction.atomic
def edit(form: NeighbourhoodEditForm, *, by: User) -> Neighbourhood:
    place = form.instance.municipality
    permissions.may_style(by, place).or_403()
    return save_edit(form, by=by, context=place)
