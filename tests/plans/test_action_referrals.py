"""Notes and referrals that start from an action."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.models import LogEntry
from partners.models import ConfidentialNote, PartnerCompetence, Referral
from plans.models import Plan
from plans.operations import notes
from tests.conftest import World, sign_in
from tests.factories import CompetenceFactory


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    sign_in(client, world.coordinator)
    return client


def page_of(world: World, part: str = "") -> str:
    return f"/acties/{world.action.pk}/{part}"


def test_a_referral_starts_from_an_action(desk: Client, world: World) -> None:
    competence = CompetenceFactory.create(municipality=world.here)
    held = PartnerCompetence.objects.create(partner=world.care, competence=competence)
    form = {
        "form_token": str(uuid.uuid4()), "reason": "Waarom.", "text_to_share": "Tekst.",
        "consent": "niet nodig", "due": timezone.localdate().isoformat(),
    }  # fmt: skip

    assert desk.post(page_of(world, f"doorverwijzen/?aan={held.pk}"), form).status_code == 302

    referral = Referral.objects.get(action_link__action=world.action)
    assert referral.get_absolute_url() in desk.get(page_of(world, "rondom/")).content.decode()
    back = desk.get(f"/acties/van-doorverwijzing/{referral.pk}/").content.decode()
    assert world.action.title in back
    assert not LogEntry.objects.within(world.action).exists()


def test_a_note_about_an_action_is_seen_by_its_writer_alone(desk: Client, world: World) -> None:
    form = {"form_token": str(uuid.uuid4()), "body": "qznote"}

    assert desk.post(page_of(world, "notas/nieuw/"), form).status_code == 302

    note = ConfidentialNote.objects.get(action_link__action=world.action)
    assert note.get_absolute_url() in desk.get(page_of(world, "rondom/")).content.decode()
    assert world.action.title in desk.get(f"/acties/van-nota/{note.pk}/").content.decode()
    assert not LogEntry.objects.within(world.action).exists()
    sign_in(desk, world.cast[Role.CIV_STAFF])
    assert str(note.pk) not in desk.get(page_of(world, "rondom/")).content.decode()
    assert desk.get(f"/acties/van-nota/{note.pk}/").status_code == 404


def test_in_a_plan_of_the_zone_a_note_belongs_where_its_writer_works(
    desk: Client, world: World
) -> None:
    Plan.objects.update(municipality=None)
    form = {"form_token": str(uuid.uuid4()), "body": "qznote"}
    assert desk.post(page_of(world, "notas/nieuw/"), form).status_code == 302
    assert ConfidentialNote.objects.get().municipality == world.here


def test_the_page_costs_the_same_with_notes_and_referrals(desk: Client, world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(page_of(world, "rondom/"))
        return len(queries)

    cost()
    few = cost()
    by = User.objects.get(pk=world.coordinator.pk)
    for number in range(4):
        notes.make_note(world.action, f"{number}", municipality=world.here, by=by)
    assert cost() == few <= 12
