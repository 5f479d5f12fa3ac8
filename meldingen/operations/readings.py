"""Who read who reported: noted each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from meldingen import permissions
from meldingen.models import Melding, Reporter, ReporterReading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

EXPORT = "export"


@transaction.atomic
def read_for_export(meldingen: Iterable[Melding], *, by: User) -> dict[int, list[Reporter]]:
    """Who reported these meldingen, by melding; that it was read is written before it is given."""
    permissions.may_export_reporters(by).or_403()
    keys = [melding.pk for melding in meldingen]
    told: dict[int, list[Reporter]] = {}
    for row in Reporter.objects.visible_to(by).filter(melding__in=keys):
        told.setdefault(row.melding_id, []).append(row)
    ReporterReading.objects.bulk_create(
        ReporterReading(melding_id=pk, by=by, by_name=str(by), where=EXPORT) for pk in told
    )
    return told
