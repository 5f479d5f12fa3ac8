"""The organisations of the demo and who works there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import Municipality, User
from partners.models import Competence, Partner, PartnerCompetence, PartnerMember

# The services that Meldebeke's first draft leans on; Zandrode's are in the data.
MELDEBEKE = {
    "civ": "Centrum voor Integrale Veiligheid Meldebeke",
    "bestuur": "Gemeentebestuur Meldebeke",
    "gw": "Gemeenschapswachten Meldebeke",
}
Partners = dict[tuple[str, str], Partner]


def load_partners(rows: list[dict[str, Any]], places: dict[str, Municipality]) -> Partners:
    kinds = {row["code"]: row["kind"] for row in rows}
    found = [
        Partner(
            municipality=places["ZAN"],
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            contact_name=row["contact"]["function"],
            contact_email=row["contact"]["reach"],
            description=row["may"],
            will_not=row["may_not"],
            secrecy=row["secrecy"].replace("_", " "),
        )
        for row in rows
    ]
    found += [
        Partner(municipality=places["MEL"], code=code, name=name, kind=kinds[code])
        for code, name in MELDEBEKE.items()
    ]
    made = Partner.objects.bulk_create(found)
    return {(partner.municipality.code, partner.code): partner for partner in made}


def load_competences(
    data: dict[str, Any], place: Municipality, partners: Partners
) -> dict[str, Competence]:
    """The questions of the street, and who answers each."""
    made = Competence.objects.bulk_create(
        Competence(municipality=place, **row) for row in data["competences"]
    )
    known = {competence.code: competence for competence in made}
    PartnerCompetence.objects.bulk_create(
        PartnerCompetence(partner=partners[place.code, row["code"]], competence=known[code])
        for row in data["partners"]
        for code in row["competences"]
    )
    return known


def load_members(
    rows: list[dict[str, Any]], users: dict[str, User], partners: Partners, starts: dt.date
) -> None:
    """Everyone works for an organisation of their own municipality."""
    PartnerMember.objects.bulk_create(
        PartnerMember(
            partner=partners[row["municipality"], row["organisation"]],
            user=users[row["username"]],
            starts=starts,
        )
        for row in rows
    )
