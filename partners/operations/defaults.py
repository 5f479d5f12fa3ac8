"""The usual lists that a municipality starts with, or takes over later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.models import Municipality
from core import history
from partners import permissions
from partners.defaults import AGREEMENT_TYPES, COMPETENCES
from partners.models import AgreementType, Competence

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User


TYPES, COMPETENCES_TAKEN = "agreementtype.defaults_taken", "competence.defaults_taken"


@transaction.atomic
def start_with(place: Municipality) -> None:
    """All lists, for a municipality that is new; it has no people yet to ask for them."""
    for fill, verb in ((fill_types, TYPES), (fill_competences, COMPETENCES_TAKEN)):
        _fill(place, fill, verb, by=None)


def places_without(kind: str, places: frozenset[int]) -> list[Municipality]:
    """Those of these municipalities that have no rows of that kind at all."""
    return list(Municipality.objects.filter(pk__in=places, **{kind: None}))


def take_types(place: Municipality, *, by: User) -> bool:
    """Take over the kinds of agreement; False where there are some already."""
    permissions.may_take_types(by, place).or_403()
    return _fill(place, fill_types, TYPES, by=by)


def take_competences(place: Municipality, *, by: User) -> bool:
    """Take over the questions of the street; False where there are some already."""
    permissions.may_take_competences(by, place).or_403()
    return _fill(place, fill_competences, COMPETENCES_TAKEN, by=by)


@transaction.atomic
def _fill(
    place: Municipality, fill: Callable[[Municipality], bool], verb: str, *, by: User | None
) -> bool:
    done = fill(place)
    if done:
        history.record(verb, place, by=by)
    return done


@transaction.atomic
def fill_types(place: Municipality) -> bool:
    Municipality.objects.select_for_update().get(pk=place.pk)
    if AgreementType.objects.filter(municipality=place).exists():
        return False
    rows = [AgreementType(municipality=place, **row._asdict()) for row in AGREEMENT_TYPES]
    AgreementType.objects.bulk_create(rows)
    return True


@transaction.atomic
def fill_competences(place: Municipality) -> bool:
    Municipality.objects.select_for_update().get(pk=place.pk)
    if Competence.objects.filter(municipality=place).exists():
        return False
    rows = [Competence(municipality=place, **row._asdict()) for row in COMPETENCES]
    Competence.objects.bulk_create(rows)
    return True
