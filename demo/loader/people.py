"""The zone, its municipalities and the people of the demo, each with a role and an organisation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Municipality, Neighbourhood, User, Zone
from accounts.roles import Role
from demo import PASSWORD
from demo.loader.square import load_borders

# The third municipality of the zone does not use the product.
SILENT = ("LIN", "Lindevoorde")
# The mayor sits in the college and chairs the core group.
SECOND_ROLES = {"burgemeester": Role.CORE_GROUP}


def load_municipalities(data: dict[str, Any]) -> dict[str, Municipality]:
    zone = Zone.objects.create(code=data["police_zone"]["code"], name=data["police_zone"]["name"])
    found = [
        Municipality(
            zone=zone,
            code=row["code"],
            name=row["name"],
            nis_code=row["nis_code"],
            motto=row["motto"],
            colour=row["colours"]["primary"],
            has_facilities=bool(row["facility_languages"]),
            about_civ=row["about_civ"],
            opening_hours=row["opening_hours"],
        )
        for row in data["municipalities"]
    ]
    code, name = SILENT
    found.append(Municipality(zone=zone, code=code, name=name))
    return {place.code: place for place in Municipality.objects.bulk_create(found)}


def load_neighbourhoods(
    rows: list[dict[str, Any]], places: dict[str, Municipality]
) -> dict[str, Neighbourhood]:
    found = Neighbourhood.objects.bulk_create(
        Neighbourhood(
            municipality=places[row.get("municipality", "ZAN")],
            code=row["code"],
            name=row["name"],
            sub_municipality=row["sub_municipality"],
            kind=row["type"],
            inhabitants=row["inhabitants"],
            is_focus=row["is_focus"],
            description=row["description"],
            map_x=row["pos"][0],
            map_y=row["pos"][1],
        )
        for row in rows
    )
    by_code = {place.code: place for place in found}
    load_borders(rows, by_code)
    return by_code


def load_users(data: dict[str, Any]) -> dict[str, User]:
    # All share one printed password, so one slow hash is enough.
    password, domain = make_password(PASSWORD), data["meta"]["email_domain"]
    found = User.objects.bulk_create(
        User(email=f"{row['username']}@{domain}", name=row["name"], password=password)
        for row in data["users"]
    )
    return dict(zip((row["username"] for row in data["users"]), found, strict=True))


def load_memberships(
    rows: list[dict[str, Any]],
    users: dict[str, User],
    places: dict[str, Municipality],
    neighbourhoods: dict[str, Neighbourhood],
    starts: dt.date,
) -> None:
    for row in rows:
        second = SECOND_ROLES.get(row["username"])
        for role in filter(None, (Role(row["role"]), second)):
            held = Membership.objects.create(
                user=users[row["username"]],
                municipality=places[row["municipality"]],
                role=role,
                starts=starts,
            )
            if "neighbourhoods" in row:
                held.neighbourhoods.set(neighbourhoods[code] for code in row["neighbourhoods"])
