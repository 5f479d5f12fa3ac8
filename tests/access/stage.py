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
from accounts.models import Invitation, User
from core.models import OutboxEntry, OutboxStatus
from plans.models import Action, Indicator, Plan, StrategicGoal, TacticalGoal
from reports.models import Audience, Report
from reports.operations import freeze
from tests.conftest import World, sign_in
from tests.factories import (
    IndicatorFactory,
    ReportFactory,
    StrategicGoalFactory,
    TacticalGoalFactory,
    UserFactory,
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
        )

    def people(self) -> dict[str, User | AnonymousUser]:
        """Every actor of the table by its name there."""
        return {
            **{str(role): user for role, user in self.world.cast.items()},
            "coordinator of the other municipality": self.world.coordinator_elsewhere,
            "nobody": AnonymousUser(),
        }


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
