"""The usual lists that a municipality starts with, or takes over later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.models import Municipality
from core import history
from meldingen import defaults, permissions
from meldingen.models import (
    Category,
    CategoryGroup,
    ClosureReason,
    PublicText,
    Source,
    StandardText,
)
from partners.models import Partner

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User

TAKEN = "melding.defaults_taken"


@transaction.atomic
def start_with(place: Municipality) -> None:
    """All lists, for a municipality that is new; it has no people yet to ask for them."""
    if fill_lists(place):
        history.record(TAKEN, place, by=None)


@transaction.atomic
def take_lists(place: Municipality, *, by: User) -> bool:
    """Take over each list that is empty still; False where all have lines already."""
    permissions.may_manage_lists(by, place.pk).or_403()
    done = fill_lists(place)
    if done:
        history.record(TAKEN, place, by=by)
    return done


@transaction.atomic
def fill_lists(place: Municipality) -> bool:
    """Fill what is empty; a list with one line or more is somebody's own and stays so."""
    Municipality.objects.select_for_update().get(pk=place.pk)
    filled = [model for model in FILL if not model.objects.filter(municipality=place).exists()]
    for model in filled:
        FILL[model](place)
    return bool(filled)


def bare_lists(places: frozenset[int]) -> list[Municipality]:
    """Those of these municipalities in which some list has no lines at all."""
    rows = Municipality.objects.filter(pk__in=places)
    kept = [set(model.objects.filter(municipality__in=places).values_list("municipality", flat=True))
            for model in FILL]  # fmt: skip
    return [place for place in rows if not all(place.pk in having for having in kept)]


def _sources(place: Municipality) -> None:
    Source.objects.bulk_create(
        Source(municipality=place, position=n, **row._asdict())
        for n, row in enumerate(defaults.SOURCES)
    )


def _groups(place: Municipality) -> None:
    CategoryGroup.objects.bulk_create(
        CategoryGroup(municipality=place, position=n, code=code, name=name)
        for n, (code, name) in enumerate(defaults.GROUPS)
    )


def _categories(place: Municipality) -> None:
    """A group that the municipality does not have is made with it: no category stands alone."""
    groups = {row.code: row for row in CategoryGroup.objects.filter(municipality=place)}
    names = dict(defaults.GROUPS)
    partners = {row.code: row for row in Partner.objects.filter(municipality=place).current()}
    rows = []
    for n, row in enumerate(defaults.CATEGORIES):
        if row.group not in groups:
            groups[row.group] = CategoryGroup.objects.create(
                municipality=place, code=row.group, name=names[row.group], position=len(groups)
            )
        found: dict[str, Any] = row._asdict() | {
            "group": groups[row.group],
            "handler": partners.get(row.handler),
            "french": defaults.FRENCH[row.code],
        }
        rows.append(Category(municipality=place, position=n, **found))
    Category.objects.bulk_create(rows)


def _reasons(place: Municipality) -> None:
    ClosureReason.objects.bulk_create(
        ClosureReason(
            municipality=place, position=n, french=defaults.FRENCH[row.code], **row._asdict()
        )
        for n, row in enumerate(defaults.REASONS)
    )


def _texts(place: Municipality) -> None:
    StandardText.objects.bulk_create(
        StandardText(municipality=place, **row._asdict()) for row in defaults.TEXTS
    )


def _public_texts(place: Municipality) -> None:
    """A privacy notice for each way that the municipality has."""
    current: Any = Source.objects.filter(municipality=place).current()
    sources = {row.code: row for row in current}
    PublicText.objects.bulk_create(
        PublicText(
            municipality=place,
            spot=row.spot,
            source=sources[row.source] if row.source else None,
            dutch=row.dutch,
            french=row.french,
        )
        for row in defaults.PUBLIC_TEXTS
        if not row.source or row.source in sources
    )


FILL: dict[type[Any], Callable[[Municipality], None]] = {
    Source: _sources,
    CategoryGroup: _groups,
    Category: _categories,
    ClosureReason: _reasons,
    StandardText: _texts,
    PublicText: _public_texts,
}
