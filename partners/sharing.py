"""What to know about a partner before something is shared with it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partners import permissions
from partners.models import Secrecy

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from partners.models import Partner

SILENT = _(
    "Deze partner werkt onder beroepsgeheim: verwacht of hij de vraag aanvaardt, geen nieuws over "
    "de persoon."
)
INVESTIGATION = _(
    "Deze partner is gebonden door het geheim van het onderzoek: verwacht geen antwoord over de zaak."
)
NOT_BOUND = _("Deze partner heeft geen geheimhoudingsplicht: schrijf niets over personen.")
WITHOUT_DATA = _("Schrijf je vraag zonder persoonsgegevens.")

TAKE_THEM_OUT = _(
    "Haal de persoonsgegevens uit de tekst en bel de partner, of vraag de coördinator om eerst een "
    "protocol af te sluiten."
)

CAUTIONS: dict[str, _StrPromise] = {
    Secrecy.PROFESSIONAL: SILENT,
    Secrecy.INVESTIGATION: INVESTIGATION,
    Secrecy.NONE: NOT_BOUND,
    "": NOT_BOUND,
}


def cautions(partner: Partner, *, on: dt.date) -> list[str]:
    """What the partner's duty of silence and the agreements with it ask of who writes to it."""
    found = [str(CAUTIONS[partner.secrecy])] if partner.secrecy in CAUTIONS else []
    verdict = permissions.may_receive_personal_data(partner, on=on)
    if not verdict:
        found.append(f"{verdict.reason} {WITHOUT_DATA}")
    return found


def looks_like(found: list[str]) -> str:
    """What was found in a text, such as "een naam, een adres en een telefoonnummer"."""
    *first, last = found or [""]
    return f"{', '.join(first)} {_('en')} {last}" if first else last


def no_personal_data(partner: Partner, *, on: dt.date) -> list[str]:
    """Why personal data may not go to this partner and what to do then; nothing when they may."""
    verdict = permissions.may_receive_personal_data(partner, on=on)
    return [] if verdict else [str(verdict.reason), str(TAKE_THEM_OUT)]
