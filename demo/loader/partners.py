"""The organisations of the demo and who works there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import Municipality, Neighbourhood, User
from partners.models import (
    Competence,
    ContactOfficer,
    GoodPractice,
    KeyFigure,
    Partner,
    PartnerCompetence,
    PartnerMember,
    Territory,
)
from partners.models.key_figures import consent_end
from partners.operations.defaults import fill_competences

# The services that Meldebeke's first draft leans on; Zandrode's are in the data.
MELDEBEKE = {
    "civ": "Centrum voor Integrale Veiligheid Meldebeke",
    "bestuur": "Gemeentebestuur Meldebeke",
    "gw": "Gemeenschapswachten Meldebeke",
}
# Who serves more than the municipality, by kind.
BEYOND = {"justitie", "politie", "hulpdienst", "hogere overheid", "openbaar vervoer"}
# Who works in some neighbourhoods alone.
PLACES = {
    "straathoek": ("W02", "W03"),
    "buurtwerk": ("W02", "W04"),
    "handel": ("W01",),
    "kanaal": ("W12",),
    "horeca": ("W01", "W02"),
}
# One contact officer leaves soon and nobody takes over yet: it shows how that is signalled.
LEAVES = ("jeugd", 20)  # days from today
# Consent of the key figures was given so many days ago, in turn: some ask to be renewed.
ASKED_DAYS_AGO = (60, 150, 240, 345)
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
            territory=Territory.ZONE if row["kind"] in BEYOND else Territory.MUNICIPALITY,
        )
        for row in rows
    ]
    found += [
        Partner(municipality=places["MEL"], code=code, name=name, kind=kinds[code])
        for code, name in MELDEBEKE.items()
    ]
    made = Partner.objects.bulk_create(found)
    return {(partner.municipality.code, partner.code): partner for partner in made}


def place_partners(partners: Partners, neighbourhoods: dict[str, Neighbourhood]) -> None:
    for code, names in PLACES.items():
        partner = partners["ZAN", code]
        partner.territory = Territory.NEIGHBOURHOODS
        partner.save(update_fields=["territory"])
        partner.neighbourhoods.set([neighbourhoods[name] for name in names])


def load_competences(
    data: dict[str, Any], place: Municipality, partners: Partners
) -> dict[str, Competence]:
    """The questions of the street, and who answers each."""
    fill_competences(place)
    known = {row.code: row for row in Competence.objects.filter(municipality=place)}
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


def load_officers(
    rows: list[dict[str, Any]], partners: Partners, starts: dt.date, today: dt.date
) -> None:
    """A contact officer by function for each partner, and who stands in."""
    found: list[ContactOfficer] = []
    for row in rows:
        contact, partner = row["contact"], partners["ZAN", row["code"]]
        ends = today + dt.timedelta(days=LEAVES[1]) if row["code"] == LEAVES[0] else None
        for key in ("function", "deputy"):
            is_deputy = key == "deputy"
            found.append(
                ContactOfficer(
                    partner=partner,
                    function=contact[key],
                    email=contact["reach"],
                    is_deputy=is_deputy,
                    starts=starts,
                    ends=None if is_deputy else ends,
                )
            )
    ContactOfficer.objects.bulk_create(found)


def load_practices(rows: list[dict[str, Any]], place: Municipality) -> dict[str, GoodPractice]:
    fields = ("title", "source", "context", "why", "adapt")
    made = GoodPractice.objects.bulk_create(
        GoodPractice(municipality=place, **{name: row[name] for name in fields}) for row in rows
    )
    return {practice.title: practice for practice in made}


def load_key_figures(
    rows: list[dict[str, Any]],
    place: Municipality,
    neighbourhoods: dict[str, Neighbourhood],
    today: dt.date,
) -> None:
    """Key figures by function; the names are plainly made up."""
    found: list[KeyFigure] = []
    for row in rows:
        for code in row["neighbourhoods"]:
            asked = today - dt.timedelta(days=ASKED_DAYS_AGO[len(found) % len(ASKED_DAYS_AGO)])
            number = len(found) + 1
            found.append(
                KeyFigure(
                    municipality=place,
                    neighbourhood=neighbourhoods[code],
                    function=row["type"],
                    value=row["role"],
                    name=f"Sleutelfiguur {number}",
                    email=f"sleutelfiguur{number}@zandrode.example",
                    consent_on=asked,
                    consent_until=consent_end(asked),
                )
            )
    KeyFigure.objects.bulk_create(found)
