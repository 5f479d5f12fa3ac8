"""The main navigation: one line per place, shown to whoever has the right that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Right, Role
from meetings.models import BODY_RIGHTS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: its word, its address by name, its icon, and who finds it of use.

    Any of the rights or roles leads there.
    """

    label: str | _StrPromise
    url_name: str
    icon: str
    rights: tuple[Right, ...] = ()
    roles: frozenset[Role] = frozenset()
    below: tuple[str, ...] = ()  # where one is at this place, when not below its own address


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one person sees it from one page."""

    label: str | _StrPromise
    url: str
    icon: str
    current: bool


REPORTS = (Right.REPORT_MAKE, *BODY_RIGHTS.values())
# Who stands in the street finds them on the page of an action.
EVALUATIONS = (Right.AGREEMENT_READ,)
MELDINGEN = (Right.MELDING_READ, Right.MELDING_READ_OWN)
# Who works with a phone in the hand.
ON_THE_STREET = frozenset({Role.WARDEN, Role.FINDER, Role.NEIGHBOURHOOD_POLICE})

# Has no right to read plans, and came for the public ones alone.
READERS = frozenset({Role.READER})
PARTNERS, MANAGING = ("/partners/", "/afspraken/"), ("/beheer/",)
# Who manages people finds the lists under Beheer, who follows meldingen there.
BELOW_REPORTS = ("/rapporten/", "/overleg/")
BELOW_MELDINGEN = ("/meldingen/", "/beheer/meldingen/", "/bussen/", "/rondes/")

PLACES = (
    Place(_("Vandaag"), "home", "home"),
    Place(_("Partnerruimte"), "space:home", "users", (Right.SPACE_USE,)),
    Place(_("Op straat"), "meldingen:phone", "walk", roles=ON_THE_STREET),
    Place(_("Mijn acties"), "plans:mine", "checklist", (Right.ACTION_UPDATE,)),
    Place(_("Meldingen"), "meldingen:list", "message-report", MELDINGEN, below=BELOW_MELDINGEN),
    Place(_("Plannen"), "plans:list", "list-details", (Right.PLAN_READ,), READERS),
    Place(_("Acties"), "plans:actions", "target-arrow", (Right.PLAN_READ,), READERS),
    Place(_("Partners"), "partners:list", "users", (Right.PARTNER_READ,), below=PARTNERS),
    Place(
        _("Evaluaties"),
        "evaluations:list",
        "calendar-repeat",
        EVALUATIONS,
        below=("/evaluaties/", "/agenda/"),
    ),
    Place(_("Bevoegd"), "partners:who", "user-question", (Right.COMPETENCE_READ,)),
    Place(_("Rapporten"), "reports:list", "report-analytics", REPORTS, below=BELOW_REPORTS),
    Place(_("Beheer"), "accounts:people", "settings", (Right.PEOPLE_MANAGE,), below=MANAGING),
)

# What one needs in the street stands under the thumb; the rest of the places follow in their order.
STREET_FIRST = ("home", "meldingen:phone", "meldingen:list", "partners:who")


def for_user(user: User, path: str) -> tuple[Link, ...]:
    """The places this person may go to, the one he is at marked."""
    urls = {place: url for place, url in _addresses().items() if _may(user, place)}
    roots = {root: place for place, url in urls.items() for root in place.below or (url,)}
    here = max((root for root in roots if path.startswith(root)), key=len, default="")
    at = roots.get(here) if here != "/" or path == "/" else None
    found = [Link(place.label, url, place.icon, place is at) for place, url in _ordered(user, urls)]
    return tuple(found)


def _ordered(user: User, urls: dict[Place, str]) -> list[tuple[Place, str]]:
    if not user.roles & ON_THE_STREET:
        return list(urls.items())
    last = len(STREET_FIRST)
    first = {name: number for number, name in enumerate(STREET_FIRST)}
    return sorted(urls.items(), key=lambda pair: first.get(pair[0].url_name, last))


def _may(user: User, place: Place) -> bool:
    if place.url_name == "home":
        return not user.works_in_space_only
    if user.is_superuser and Right.PEOPLE_MANAGE in place.rights:
        return True  # the break-glass account manages people, and nothing else
    if place.roles & user.roles:
        return True
    return any(user.has_right(right) for right in place.rights)


@cache  # each page draws them, and no address changes while the product runs
def _addresses() -> dict[Place, str]:
    return {place: reverse(place.url_name) for place in PLACES}
