"""Partners × domains of a plan: who leads, who takes part, who is named, and what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.models import Competence, ContactOfficer, Kind, Partner
from plans.models import Action, ActionPartner, DomainPartner

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from accounts.models import User
    from plans.models import Domain, Plan

# A domain is dealt with integrally when each of these has a part in it.
ESSENTIAL: tuple[tuple[str | _StrPromise, frozenset[str]], ...] = (
    (_("gemeente"), frozenset({Kind.SERVICE, Kind.GOVERNMENT})),
    (_("politie"), frozenset({Kind.POLICE})),
    (_("justitie"), frozenset({Kind.JUSTICE})),
    (_("welzijn en zorg"), frozenset({Kind.LOCAL_WELFARE, Kind.CARE})),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a partner does in a domain."""

    leads: int = 0
    takes_part: int = 0
    named: bool = False
    contact: ContactOfficer | None = None  # whom to turn to there for this domain

    def __bool__(self) -> bool:
        return bool(self.leads or self.takes_part or self.named)

    @property
    def words(self) -> list[str]:
        """Such as: trekt 2 acties, werkt mee aan 1."""
        said = []
        if self.leads:
            said.append(ngettext("trekt %d actie", "trekt %d acties", self.leads) % self.leads)
        if self.takes_part:
            said.append(
                ngettext("werkt mee aan %d", "werkt mee aan %d", self.takes_part) % self.takes_part
            )
        return said or ([str(_("genoemd"))] if self.named else [])


@dataclass(frozen=True, slots=True)
class Line:
    partner: Partner
    cells: list[Cell]
    domains: list[Domain]

    @property
    def by_domain(self) -> list[tuple[Domain, Cell]]:
        return list(zip(self.domains, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Gap:
    """A domain, and the kinds of partner that have no part in it."""

    domain: Domain
    missing: list[str]


@dataclass(frozen=True, slots=True)
class PartnerMap:
    domains: list[Domain]
    lines: list[Line] = field(default_factory=list)
    without_domain: list[Partner] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    unanswered: list[Competence] = field(default_factory=list)


def partner_map(plan: Plan, user: User) -> PartnerMap:
    """Counted over the actions that this person may read, and no others."""
    domains = list(plan.domains.filter(archived_at=None).order_by("position", "number"))
    cells = _cells(plan, user)
    seen = Partner.objects.visible_to(user).current()
    if plan.municipality_id:
        seen = seen.filter(municipality=plan.municipality_id)
    partners = list(seen.order_by("name"))
    lines = [
        Line(partner, [cells.get((partner.pk, domain.pk), Cell()) for domain in domains], domains)
        for partner in partners
    ]
    return PartnerMap(
        domains=domains,
        lines=[line for line in lines if any(line.cells)],
        without_domain=[line.partner for line in lines if not any(line.cells)],
        gaps=_gaps(domains, lines),
        unanswered=list(_unanswered(plan, user)),
    )


def _cells(plan: Plan, user: User) -> dict[tuple[int, int], Cell]:
    actions = Action.objects.visible_to(user).current().filter(plan=plan)
    place = "sub_theme__domain"
    led = actions.exclude(lead_partner=None).values_list("lead_partner", place)
    helped = ActionPartner.objects.filter(action__in=actions.values("pk"))
    leads, parts = Counter(led), Counter(helped.values_list("partner", f"action__{place}"))
    rows = DomainPartner.objects.filter(domain__plan=plan).select_related("contact")
    named = {(row.partner_id, row.domain_id): row.contact for row in rows}
    return {
        key: Cell(leads[key], parts[key], key in named, named.get(key))
        for key in {*leads, *parts, *named}
    }  # fmt: skip


def _gaps(domains: list[Domain], lines: list[Line]) -> list[Gap]:
    found = []
    for place, domain in enumerate(domains):
        kinds = {line.partner.kind for line in lines if line.cells[place]}
        missing = [str(label) for label, wanted in ESSENTIAL if not kinds & wanted]
        if missing:
            found.append(Gap(domain, missing))
    return found


def _unanswered(plan: Plan, user: User) -> QuerySet[Competence]:
    known = Competence.objects.visible_to(user).current().held_by_nobody()
    return known.filter(municipality=plan.municipality_id) if plan.municipality_id else known


def named_in(plan: Plan, number: int, user: User) -> QuerySet[DomainPartner]:
    """Who counts in a domain, and whom to turn to there."""
    seen = Partner.objects.visible_to(user).current()
    rows = DomainPartner.objects.filter(domain__plan=plan, domain__number=number, partner__in=seen)
    return rows.select_related("partner", "contact").order_by("partner__name")
