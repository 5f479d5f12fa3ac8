"""Partners made ready for the spreadsheet: a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partners.models import Territory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from core.spreadsheet import Cell
    from partners.models import Partner


def _competences(partner: Partner) -> str:
    held = [row.competence for row in partner.held.all()]
    return "; ".join(row.title for row in held if row.archived_at is None)


def _for_agreements(partner: Partner) -> str:
    """Whom to turn to about one agreement; only of those that the reader may read."""
    mains = [officer for officer in partner.officers_now if not officer.is_deputy]
    told = ((officer.agreement, officer) for officer in mains if officer.agreement)
    return "; ".join(
        f"{agreement.code}: {officer}" + (f", {officer.email}" if officer.email else "")
        for agreement, officer in told
    )


def territory(partner: Partner) -> str:
    """Where a partner works, in words."""
    if partner.territory != Territory.NEIGHBOURHOODS:
        return str(partner.get_territory_display())
    return ", ".join(place.name for place in partner.neighbourhoods.all())


Column = tuple["str | _StrPromise", "Callable[[Partner], Cell]"]
COLUMNS: tuple[Column, ...] = (
    (_("Code"), lambda partner: partner.code),
    (_("Naam"), lambda partner: partner.name),
    (_("Gemeente"), lambda partner: partner.municipality.name),
    (_("Soort"), lambda partner: partner.get_kind_display()),
    (_("Ondernemingsnummer"), lambda partner: partner.enterprise_number_shown),
    (_("Aanspreekpunt"), lambda partner: str(partner.reach)),
    (_("E-mail"), lambda partner: partner.reach.email),
    (_("Telefoon"), lambda partner: partner.reach.phone),
    (_("Aanspreekpunt per afspraak"), _for_agreements),
    (_("Bereikbaar"), lambda partner: partner.reachability),
    (_("Geheimhouding"), lambda partner: partner.get_secrecy_display()),
    (_("Werkgebied"), territory),
    (_("Bevoegd voor"), _competences),
    (_("Wat doet deze partner"), lambda partner: partner.description),
    (_("Wat niet"), lambda partner: partner.will_not),
    (_("Opdracht"), lambda partner: partner.mission),
    (_("Referentiekader"), lambda partner: partner.reference_frame),
    (_("Sociale kaart"), lambda partner: partner.social_map_url),
)
EXPORT_COLUMNS = tuple(name for name, _make in COLUMNS)


def export_row(partner: Partner) -> list[Cell]:
    return [make(partner) for _name, make in COLUMNS]
