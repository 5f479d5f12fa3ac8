"""An outside partner gets the mail of the day too: what stands in its space, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.roles import RIGHTS, Role
from core import outbox
from core.confidentiality import Level
from evaluations.models import Evaluation, Participant
from evaluations.workflow import EvaluationStatus
from plans.models import Action, Share
from plans.models.actions import UPDATE_DAYS
from reminders import engine
from reminders.rules import all_rules
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    AgreementFactory,
    AgreementPartyFactory,
    CommitmentFactory,
    EvaluationFactory,
    ParticipantFactory,
    ShareFactory,
)

NINE = dt.time(9)
INTERNAL = ("qzintern waarom", "qzintern hoe", "qzintern bevinding", "qzintern tekst")


def next_monday() -> dt.datetime:
    """Nine o'clock of a day on which mail goes, after what the shared world was made."""
    today = timezone.localdate()
    day = today + dt.timedelta(days=7 - today.weekday())
    return timezone.make_aware(dt.datetime.combine(day, NINE)).astimezone(dt.UTC)


def mail_to(world: World) -> str:
    engine.run(timezone.now())
    while outbox.drain("mail"):
        pass
    sent: list[Any] = [one for one in mail.outbox if one.to == [world.partner.email]]
    return "".join(f"{one.subject}{one.body}{one.alternatives}" for one in sent)


@pytest.fixture
def busy(world: World) -> Iterator[World]:
    """A question, a share to answer, a part to report on and a promise that is late."""
    with time_machine.travel(next_monday()):
        yield fill(world)


def fill(world: World) -> World:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Action.objects.update(why=INTERNAL[0], how=INTERNAL[1])
    evaluation = EvaluationFactory.create(
        action=world.action, title="Hoe ging het?", status=EvaluationStatus.BUSY,
        happened=INTERNAL[2], responsible=world.coordinator,
    )  # fmt: skip
    ParticipantFactory.create(evaluation=evaluation, partner=world.care)
    ShareFactory.create(action=world.action, partner=world.care, text=INTERNAL[3])
    led = ActionFactory.create(
        sub_theme=world.sub_theme, lead_partner=world.care, running=True,
        title="Onthaal in de wijk", start=yesterday - dt.timedelta(days=UPDATE_DAYS),
    )  # fmt: skip
    ShareFactory.create(action=led, partner=world.care, accepted=True)
    agreement = AgreementFactory.create(municipality=world.here, title="Samen op straat")
    party = AgreementPartyFactory.create(agreement=agreement, partner=world.care)
    CommitmentFactory.create(party=party, due=yesterday)
    # What the database dates by its own clock is as old as the rest.
    Participant.objects.update(asked_at=timezone.now())
    Share.objects.update(starts_at=timezone.now() - dt.timedelta(days=3))
    return world


def test_it_names_each_thing_with_its_page_in_the_space(busy: World) -> None:
    text = mail_to(busy)

    for words in ("Hoe ging het?", busy.action.title, "Onthaal in de wijk", "Samen op straat"):
        assert words in text
    assert "/ruimte/evaluaties/" in text
    assert "/ruimte/gedeeld/" in text
    assert "/ruimte/engagementen/" in text
    for inside in (*INTERNAL, "/acties/", "/evaluaties/deelnemers", busy.action.code):
        assert inside not in text.replace("/ruimte/evaluaties/", "")


@pytest.mark.parametrize("level", [Level.RESTRICTED, Level.CONFIDENTIAL])
def test_what_became_restricted_is_not_named(busy: World, level: str) -> None:
    Action.objects.update(confidentiality=level)

    text = mail_to(busy)

    for words in ("Hoe ging het?", busy.action.title, "Onthaal in de wijk"):
        assert words not in text


def test_what_is_no_longer_shared_or_asked_drops_out(busy: World) -> None:
    engine.run(timezone.now())
    Share.objects.update(closed_at=timezone.now())
    Evaluation.objects.update(status=EvaluationStatus.PLANNED)

    text = mail_to(busy)

    assert "Samen op straat" in text
    for words in ("Hoe ging het?", busy.action.title, "Onthaal in de wijk"):
        assert words not in text


def test_who_answered_is_left_in_peace(busy: World) -> None:
    Participant.objects.update(satisfaction=4, answered_by=busy.partner, answered_at=timezone.now())

    assert "Hoe ging het?" not in mail_to(busy)


def test_a_partner_reads_and_chooses_its_own_mail(client: Client, busy: World) -> None:
    engine.run(timezone.now())
    client.force_login(busy.partner)

    mine = client.get("/herinneringen/").content.decode()
    choices = client.get("/herinneringen/keuzes/").content.decode()

    assert "Onthaal in de wijk" in mine
    assert not [words for words in INTERNAL if words in mine]
    own = RIGHTS[Role.PARTNER]
    for rule in all_rules().values():
        assert (f'value="{rule.code}"' in choices) is (rule.right in own)
