"""Who works in which neighbourhood: the map and the table say the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Neighbourhood
from core.place_map import Spot, place_map, small_map
from partners.models import Partner, Territory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.charts import Chart
    from partners.models import PartnerQuerySet


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood, who works there in particular, and how many work there in all."""

    neighbourhood: Neighbourhood
    partners: list[Partner]
    total: int
    url: str  # the list of all who work there

    @property
    def on_map(self) -> bool:
        return self.neighbourhood.map_x is not None

    @property
    def words(self) -> str:
        return ngettext("%d partner", "%d partners", self.total) % self.total


@dataclass(frozen=True, slots=True)
class TerritoryMap:
    """Which partners work where: per neighbourhood, and throughout."""

    places: list[Place]
    everywhere: list[Partner]
    beyond: list[Partner]

    @property
    def charts(self) -> list[Chart]:
        """A map per municipality: each has a square of its own."""
        shown = [place for place in self.places if place.on_map]
        groups = groupby(shown, key=lambda place: place.neighbourhood.municipality)
        return [_chart(str(municipality), rows) for municipality, rows in groups]

    @property
    def off_map(self) -> list[Place]:
        return [place for place in self.places if not place.on_map] if self.charts else []


def territory_map(
    seen: PartnerQuerySet, found: PartnerQuerySet, asked: Mapping[str, str]
) -> TerritoryMap:
    """The neighbourhoods of the partners one sees, with those partners that were asked for."""
    partners = list(found.prefetch_related("neighbourhoods").order_by("name"))
    named: dict[int, list[Partner]] = {}
    for partner in partners:
        if partner.territory == Territory.NEIGHBOURHOODS:
            for place in partner.neighbourhoods.all():
                named.setdefault(place.pk, []).append(partner)
    everywhere = [row for row in partners if row.territory == Territory.MUNICIPALITY]
    beyond = [row for row in partners if row.territory == Territory.ZONE]
    throughout = Counter(row.municipality_id for row in (*everywhere, *beyond))
    places = [
        _place(row, named.get(row.pk, []), throughout[row.municipality_id], asked)
        for row in _neighbourhoods(seen)
    ]
    return TerritoryMap(places, everywhere, beyond)


def _neighbourhoods(seen: PartnerQuerySet) -> Iterable[Neighbourhood]:
    rows = Neighbourhood.objects.filter(municipality__in=seen.values("municipality"))
    return rows.select_related("municipality").order_by("municipality", "code")


def _place(
    row: Neighbourhood, partners: list[Partner], throughout: int, asked: Mapping[str, str]
) -> Place:
    query = QueryDict(mutable=True)
    query.update({"wijk": str(row.pk), **asked})
    url = f"{reverse('partners:list')}?{query.urlencode()}"
    return Place(row, partners, len(partners) + throughout, url)


def _chart(municipality: str, places: Iterable[Place]) -> Chart:
    title = _("Partners per wijk in %s") % municipality
    spots = [_spot(place.neighbourhood, place.total, place.words, place.url) for place in places]
    return place_map(title, spots, marked=_("aandachtswijk"))


def _spot(row: Neighbourhood, value: int, words: str, url: str = "") -> Spot:
    return Spot(row.code, row.name, row.map_x or 0, row.map_y or 0, value, words, url, row.is_focus)


def territory_of(partner: Partner) -> Chart | None:
    """Where this partner works, on a small map of its municipality."""
    placed = Neighbourhood.objects.filter(municipality=partner.municipality_id)
    rows = list(placed.exclude(map_x=None).order_by("code"))
    if not rows:
        return None
    own = {place.pk for place in partner.neighbourhoods.all()}
    everywhere = partner.territory != Territory.NEIGHBOURHOODS
    spots = [_spot(row, int(everywhere or row.pk in own), "") for row in rows]
    return small_map(_("Werkgebied van %s") % partner.name, spots)
