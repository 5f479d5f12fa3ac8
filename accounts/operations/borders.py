"""A municipality gives the borders of its own neighbourhoods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Border, Neighbourhood

if TYPE_CHECKING:
    from accounts.models import Municipality


@transaction.atomic
def load_borders(place: Municipality, found: Any, *, code_field: str) -> list[str]:
    """Give each neighbourhood its border, by its code; all or nothing. Meldingen stay where they
    were counted. Gives the codes without a border afterwards."""
    hoods = {row.code: row for row in Neighbourhood.objects.filter(municipality=place)}
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise ValidationError(_("Dit is geen FeatureCollection van GeoJSON."))
    for feature in found["features"]:
        code = str((feature.get("properties") or {}).get(code_field, ""))
        if code not in hoods:
            raise ValidationError(_("Er is geen wijk met code “%s” in deze gemeente.") % code)
        border = Border(neighbourhood=hoods[code], shape=feature.get("geometry"))
        border.clean_fields()
        border.save()
    drawn = Border.objects.filter(neighbourhood__municipality=place)
    with_one = set(drawn.values_list("neighbourhood__code", flat=True))
    return sorted(set(hoods) - with_one)
