"""A thousand partners with two people each and a hundred actions shared with every one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Membership, Municipality, User
from accounts.roles import Role
from bench.generator import PROSE
from partners.models import Kind, LegalGround, Partner, PartnerMember
from plans.models import Action, ActionGroupPermission, Plan, Share, SharedField
from plans.models.shares import view_action

if TYPE_CHECKING:
    from bench.generator import Made

PARTNERS, PEOPLE, SHARES = 1_000, 2, 100
BATCH = 5_000


def fill(made: Made) -> User:
    """Share the plan with everybody, and give one of the two thousand who read it."""
    place = made.plan.municipality
    assert place is not None  # noqa: S101 - made by the generator
    partners = _partners(place)
    people = _people(place, partners)
    _shares(made.plan, made.coordinator, partners)
    return people[len(people) // 2]


def _partners(place: Municipality) -> list[Partner]:
    groups = Group.objects.bulk_create(Group(name=f"bench-{n}") for n in range(PARTNERS))
    return Partner.objects.bulk_create(
        Partner(municipality=place, code=f"x{n}", name=f"Buiten {n}", kind=Kind.CARE, group=group)
        for n, group in enumerate(groups)
    )


def _people(place: Municipality, partners: list[Partner]) -> list[User]:
    people = User.objects.bulk_create(
        User(email=f"{partner.code}-{n}@bench.example", name=f"{partner.name} {n}")
        for partner in partners
        for n in range(PEOPLE)
    )
    since = dt.date(2026, 1, 1)
    Membership.objects.bulk_create(
        Membership(user=user, municipality=place, role=Role.PARTNER, starts=since)
        for user in people
    )
    PartnerMember.objects.bulk_create(
        PartnerMember(user=user, partner=partners[n // PEOPLE], starts=since)
        for n, user in enumerate(people)
    )
    return people


def _shares(plan: Plan, by: User, partners: list[Partner]) -> None:
    actions = list(Action.objects.filter(plan=plan).order_by("pk"))
    now, permission = timezone.now(), view_action()
    pairs = [
        (actions[(number + 7 * n) % len(actions)], partner)
        for number, partner in enumerate(partners)
        for n in range(SHARES)
    ]
    shares = (_share(action, partner, by, now) for action, partner in pairs)
    Share.objects.bulk_create(shares, batch_size=BATCH)
    grants = (
        ActionGroupPermission(group=partner.group, content_object=action, permission=permission)
        for action, partner in pairs
    )
    ActionGroupPermission.objects.bulk_create(grants, batch_size=BATCH)


def _share(action: Action, partner: Partner, by: User, now: dt.datetime) -> Share:
    return Share(
        action=action, partner=partner, text=PROSE, fields=SharedField.values, purpose="Uitvoeren",
        ground=LegalGround.NO_PERSONAL_DATA, given_by=by, starts_at=now - dt.timedelta(days=10),
        ends_at=now + dt.timedelta(days=80),
    )  # fmt: skip
