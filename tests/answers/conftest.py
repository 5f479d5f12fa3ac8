"""Links as the mail holds them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from answers.models import AnswerLink
from answers.operations import links_for
from evaluations.models import Participant
from evaluations.workflow import EvaluationStatus
from plans.models import Action, Share
from reminders.matters import Shown
from reminders.models import LinkRules
from tests.conftest import World
from tests.factories import ActionFactory, EvaluationFactory, ParticipantFactory, ShareFactory

ON = dt.date(2026, 4, 13)
OPEN = {"stap": "open"}


def asked(rule: str, pk: int) -> Shown:
    return Shown(rule, pk, ON, "", "", "", "")


def address(user: User, rule: str, pk: int, *, on: dt.date = ON) -> str:
    """Where the mail of that day leads; empty where it holds no link."""
    again = User.objects.get(pk=user.pk)  # as the worker that draws the mail finds him
    return links_for(again, [asked(rule, pk)], on=on).get((rule, pk, ON), "")


def for_action(world: World, user: User | None = None) -> str:
    return address(user or world.lead, "actie-bijwerken", world.action.pk)


def for_share(world: World, share: Share) -> str:
    return address(world.partner, "deling-bijdrage", share.pk)


def for_opinion(world: World, row: Participant) -> str:
    return address(world.partner, "evaluatie-partner", row.pk)


def news(**fields: object) -> dict[str, Any]:
    """The form that brings an action up to date, filled in."""
    return {
        "light": "groen", "progress": "60", "done": "Tien bussen hangen.",
        "on": timezone.localdate().isoformat(), "form_token": str(uuid.uuid4()), **fields,
    }  # fmt: skip


def part(**fields: object) -> dict[str, Any]:
    """What a partner says of its own part."""
    return {
        "light": "groen", "done": "Wij waren er.", "form_token": str(uuid.uuid4()), **fields,
    }  # fmt: skip


def opinion(**fields: object) -> dict[str, Any]:
    return {
        "satisfaction": "4", "went_well": "De mensen", "should_change": "Niets",
        "form_token": str(uuid.uuid4()), **fields,
    }  # fmt: skip


def only_link() -> AnswerLink:
    return AnswerLink.objects.get()


@pytest.fixture
def allowed(world: World) -> LinkRules:
    """The municipality lets people answer from the mail."""
    return LinkRules.objects.create(municipality=world.here, is_on=True)


@pytest.fixture
def share(world: World) -> Share:
    """An action that the partner leads, and accepted."""
    action = ActionFactory.create(sub_theme=world.sub_theme, lead_partner=world.care, running=True)
    found: Share = ShareFactory.create(action=action, partner=world.care, accepted=True)
    return found


@pytest.fixture
def question(world: World) -> Participant:
    """What the partner is asked about the action of the world."""
    evaluation = EvaluationFactory.create(
        action=world.action, title="Hoe ging het?", status=EvaluationStatus.BUSY,
        responsible=world.coordinator,
    )  # fmt: skip
    row: Participant = ParticipantFactory.create(evaluation=evaluation, partner=world.care)
    return row


def level(action: Action, name: str) -> None:
    Action.objects.filter(pk=action.pk).update(confidentiality=name)
