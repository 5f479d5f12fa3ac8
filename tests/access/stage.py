"""What the addresses of the access table lead to: the shared world and one of each thing."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.middleware import BEGAN, SEEN
from accounts.models import Invitation, Municipality, User
from accounts.roles import Role
from core.models import OutboxEntry, OutboxStatus
from plans.models import Action, Indicator, Plan, Share, StrategicGoal, TacticalGoal
from reports.models import Audience, Report
from reports.operations import freeze
from tests.conftest import World, sign_in
from tests.factories import (
    IndicatorFactory,
    PartnerFactory,
    ReportFactory,
    ShareFactory,
    StrategicGoalFactory,
    TacticalGoalFactory,
    UserFactory,
    member,
)


@dataclass(frozen=True)
class Stage:
    """One of each thing, all of the municipality where the cast works."""

    world: World
    invited: User
    invitation: Invitation
    draft: Report  # for the college
    frozen: Report  # for the college
    frozen_for_core: Report
    indicator: Indicator
    strategic_goal: StrategicGoal
    tactical_goal: TacticalGoal
    failed_work: OutboxEntry
    share: Share  # with the partner of the role of partner, who accepted
    other_partner: User
    far_partner: User

    @property
    def plan(self) -> Plan:
        return self.world.plan

    @property
    def action(self) -> Action:
        return self.world.action

    @classmethod
    def build(cls, world: World) -> Stage:
        invited = UserFactory.create()
        return cls(
            world=world,
            invited=invited,
            invitation=Invitation.objects.create(
                user=invited,
                token_hash="0" * 64,
                invited_by=world.administrator,
                expires_at=timezone.now() + dt.timedelta(days=7),
            ),
            draft=ReportFactory.create(plan=world.plan, created_by=world.coordinator),
            frozen=frozen_report(world, Audience.COLLEGE),
            frozen_for_core=frozen_report(world, Audience.CORE_GROUP),
            indicator=IndicatorFactory.create(action=world.action),
            strategic_goal=StrategicGoalFactory.create(domain=world.domain),
            tactical_goal=TacticalGoalFactory.create(sub_theme=world.sub_theme),
            failed_work=OutboxEntry.objects.create(
                kind="report_pdf", queue="pdf", key="failed", status=OutboxStatus.FAILED
            ),
            share=ShareFactory.create(action=world.action, partner=world.care, accepted=True),
            other_partner=outsider(world.here),
            far_partner=outsider(world.elsewhere),
        )

    def people(self) -> dict[str, User | AnonymousUser]:
        """Every actor of the table by its name there."""
        return {
            **{str(role): user for role, user in self.world.cast.items()},
            "coordinator of the other municipality": self.world.coordinator_elsewhere,
            "somebody of another partner": self.other_partner,
            "somebody of a partner of the other municipality": self.far_partner,
            "nobody": AnonymousUser(),
        }


def outsider(place: Municipality) -> User:
    """Somebody of a partner with which nothing is shared."""
    return member(place, Role.PARTNER, PartnerFactory.create(municipality=place))


def frozen_report(world: World, audience: Audience) -> Report:
    draft = ReportFactory.create(plan=world.plan, created_by=world.coordinator, audience=audience)
    return freeze(draft, version=draft.version, by=world.coordinator)


def signed_in(user: User | AnonymousUser) -> Client:
    """A client whose session knows when it began and was last seen, as after a first page.

    Seen in the future: thousands of requests need not each write that they were there.
    """
    client = Client(raise_request_exception=True)
    if isinstance(user, User):
        sign_in(client, user)
        session, now = client.session, int(time.time())
        session[BEGAN], session[SEEN] = now, now + settings.SESSION_IDLE_SECONDS
        session.save()
    return client
