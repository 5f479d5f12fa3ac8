"""The promises an action rests on, seen from the action and from the agreement."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from partners.models import Agreement, Commitment
from plans.models import Action, ActionCommitment
from tests.conftest import World
from tests.factories import ActionFactory, CommitmentFactory


@pytest.fixture
def promise(world: World) -> Commitment:
    return CommitmentFactory.create(
        party__agreement__municipality=world.here, gives="Twee controleploegen"
    )


def url(world: World) -> str:
    return f"/acties/{world.action.pk}/afspraken/"


def test_an_action_and_a_promise_are_linked_once(
    client: Client, world: World, promise: Commitment
) -> None:
    client.force_login(world.coordinator)
    codes = [client.post(url(world), {"commitment": promise.pk}).status_code for _ in range(2)]

    assert codes == [302, 422]
    assert promise.gives in client.get(f"/acties/{world.action.pk}/").content.decode()
    agreement = promise.agreement
    part = client.get(f"/acties/bij-afspraak/{agreement.pk}/", headers={"HX-Request": "true"})
    assert world.action.title in part.content.decode()
    assert part.content.decode().lstrip().startswith("<section")
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert f'hx-get="/acties/bij-afspraak/{agreement.pk}/"' in page


def test_a_link_is_taken_away(client: Client, world: World, promise: Commitment) -> None:
    row = ActionCommitment.objects.create(action=world.action, commitment=promise)
    client.force_login(world.coordinator)

    client.post(f"/acties/afspraken/{row.pk}/ontkoppelen/")

    assert not ActionCommitment.objects.exists()
    verbs = LogEntry.objects.about(world.action).values_list("verb", flat=True)
    assert list(verbs) == ["action.commitment_unlinked"]


def test_a_promise_of_elsewhere_is_no_choice(client: Client, world: World) -> None:
    foreign = CommitmentFactory.create(party__agreement__municipality=world.elsewhere)
    client.force_login(world.coordinator)
    assert client.post(url(world), {"commitment": foreign.pk}).status_code == 422


def test_what_is_above_a_readers_level_is_on_neither_page(
    client: Client, world: World, promise: Commitment
) -> None:
    ActionCommitment.objects.create(action=world.action, commitment=promise)
    hidden = ActionFactory.create(
        sub_theme=world.sub_theme, running=True, title="Geheim", confidentiality=Level.CONFIDENTIAL
    )
    ActionCommitment.objects.create(action=hidden, commitment=promise)
    client.force_login(world.cast[Role.COLLEGE])
    part = f"/acties/bij-afspraak/{promise.agreement.pk}/"
    assert "Geheim" not in client.get(part).content.decode()
    Agreement.objects.update(confidentiality=Level.RESTRICTED)

    assert promise.gives not in client.get(f"/acties/{world.action.pk}/").content.decode()
    assert client.get(part).status_code == 404


def test_the_fragment_costs_the_same_for_3_and_for_60(
    client: Client, world: World, promise: Commitment
) -> None:
    client.force_login(world.coordinator)
    address = f"/acties/bij-afspraak/{promise.agreement.pk}/"

    def cost(actions: list[Action]) -> int:
        ActionCommitment.objects.bulk_create(
            ActionCommitment(action=row, commitment=promise) for row in actions
        )
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    few = cost(ActionFactory.create_batch(3, sub_theme=world.sub_theme))
    assert cost(ActionFactory.create_batch(60, sub_theme=world.sub_theme)) == few <= 12
