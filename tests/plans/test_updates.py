"""Bringing an action up to date, on a phone and on a bad line."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from core import receipts
from core.models import LogEntry
from plans.models import Action, IndicatorValue, Plan, Update
from plans.operations.actions import add_update
from plans.workflow import Light, PlanStatus
from tests.conftest import World, build_world
from tests.factories import ActionFactory, IndicatorFactory, UpdateFactory
from tests.together import at_once

EXPLAINED = {"cause": "Ziekte", "consequence": "Later klaar", "proposal": "Schuif op"}


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def url(world: World) -> str:
    return f"/acties/{world.action.pk}/bijwerken/"


def typed(**fields: object) -> dict[str, object]:
    base = {
        "light": "groen",
        "progress": "60",
        "done": "Tien bussen hangen.",
        "on": timezone.localdate().isoformat(),
        "form_token": str(uuid.uuid4()),
    }
    return base | fields


def test_it_saves_and_speaks_for_the_action(client: Client, world: World) -> None:
    response = client.post(url(world), typed())

    world.action.refresh_from_db()
    update = Update.objects.get()
    assert response.headers["Location"] == f"/acties/{world.action.pk}/"
    assert (update.done, update.made_by, update.made_by_name) == (
        "Tien bussen hangen.",
        world.lead,
        world.lead.name,
    )
    assert (world.action.light, world.action.progress) == (Light.GREEN, 60)
    assert world.action.last_update_on == timezone.localdate()


def test_the_last_answer_stays_in_view(client: Client, world: World) -> None:
    UpdateFactory.create(action=world.action, done="Vorige keer dit.", next="En daarna dat.")

    html = client.get(url(world)).content.decode()

    assert "Vorige keer dit." in html
    assert "En daarna dat." in html
    refused = client.post(url(world), typed(done="")).content.decode()
    assert "Vorige keer dit." in refused


def test_it_goes_back_to_where_one_was(client: Client, world: World) -> None:
    mine = client.post(url(world), typed(terug="mijn"))
    listed = client.post(url(world), typed(terug="/acties/?status=lopend"))
    outside = client.post(url(world), typed(terug="https://elders.example/"))

    assert mine.headers["Location"] == f"/acties/mijn/#actie-{world.action.pk}"
    assert listed.headers["Location"] == f"/acties/?status=lopend#actie-{world.action.pk}"
    assert outside.headers["Location"] == f"/acties/{world.action.pk}/"


@pytest.mark.parametrize("light", ["oranje", "rood"])
@pytest.mark.parametrize("missing", list(EXPLAINED))
def test_trouble_is_explained(client: Client, world: World, light: str, missing: str) -> None:
    refused = client.post(url(world), typed(light=light, **EXPLAINED | {missing: " "}))
    assert refused.status_code == 422
    assert "Vul dit in" in refused.content.decode()

    assert client.post(url(world), typed(light=light, **EXPLAINED)).status_code == 302


def test_green_keeps_no_explanation(client: Client, world: World) -> None:
    client.post(url(world), typed(**EXPLAINED))

    assert Update.objects.get().cause == ""


def test_a_light_may_not_apply(client: Client, world: World) -> None:
    client.post(url(world), typed(light="nvt"))

    assert Update.objects.get().light == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("light", ""),
        ("light", "paars"),
        ("progress", "101"),
        ("progress", "-1"),
        ("progress", "9" * 400),
        ("progress", "veel"),
        ("done", ""),
        ("done", "x" * 2001),
        ("done", "a\x00b"),
        ("next", "a\u202eb"),
        ("on", (dt.date.today() + dt.timedelta(days=3)).isoformat()),  # noqa: DTZ011
        ("on", "2025-12-31"),
        ("on", "30/02/2026"),
        ("on", "0000-00-00"),
        ("form_token", "x"),
        ("form_token", ""),
    ],
)
def test_bad_input_gets_a_sentence_and_writes_nothing(
    client: Client, world: World, field: str, value: str
) -> None:
    response = client.post(url(world), typed(**{field: value}))

    assert response.status_code == 422
    assert not Update.objects.exists()


def test_only_the_numbers_that_were_filled_in_are_saved(client: Client, world: World) -> None:
    number = IndicatorFactory.create(action=world.action)
    other = IndicatorFactory.create(action=world.action)
    yes_no = IndicatorFactory.create(action=world.action, kind="ja-nee")
    steps = IndicatorFactory.create(action=world.action, kind="stappen", steps=["a", "b"])
    values = {
        f"indicator-{number.pk}": "1.250,5",
        f"indicator-{other.pk}": "",
        f"indicator-{yes_no.pk}": "0",
        f"indicator-{steps.pk}": "2",
    }

    client.post(url(world), typed(**values))

    saved = dict(IndicatorValue.objects.values_list("indicator", "value"))
    assert saved == {number.pk: Decimal("1250.50"), yes_no.pk: Decimal(0), steps.pk: Decimal(2)}


@pytest.mark.parametrize("value", ["veel", "9" * 30, "3"])
def test_a_number_that_is_none_is_refused(client: Client, world: World, value: str) -> None:
    steps = IndicatorFactory.create(action=world.action, kind="stappen", steps=["a", "b"])

    response = client.post(url(world), typed(**{f"indicator-{steps.pk}": value}))

    assert response.status_code == 422


def test_a_form_sent_twice_is_one_update(client: Client, world: World) -> None:
    data = typed()

    first, second = client.post(url(world), data), client.post(url(world), data)

    assert first.headers["Location"] == second.headers["Location"]
    assert Update.objects.count() == 1
    assert LogEntry.objects.count() == 1


def test_news_entered_late_does_not_overrule_newer_news(client: Client, world: World) -> None:
    client.post(url(world), typed(light="rood", **EXPLAINED))
    client.post(url(world), typed(on="2026-02-01", progress="5"))

    world.action.refresh_from_db()
    assert (world.action.light, world.action.progress) == (Light.RED, 60)


@pytest.mark.parametrize("role", [Role.COLLEGE, Role.WARDEN, Role.CORE_GROUP])
def test_who_does_not_lead_does_not_update(client: Client, world: World, role: Role) -> None:
    client.force_login(world.cast[role])

    assert client.post(url(world), typed()).status_code == 403


def test_a_closed_plan_takes_no_news(client: Client, world: World) -> None:
    Plan.objects.update(status=PlanStatus.CLOSED)

    response = client.post(url(world), typed())

    assert response.status_code == 403
    assert "afgesloten" in response.content.decode()


def test_the_form_keeps_a_draft_and_sends_no_other_persons_token(
    client: Client, world: World
) -> None:
    html = client.get(url(world)).content.decode()

    assert f'data-draft="bijwerken-{world.action.pk}"' in html
    assert 'name="form_token"' in html


@pytest.mark.django_db(transaction=True)
def test_two_sendings_of_one_form_at_once_are_one_update() -> None:
    world = build_world()
    token = uuid.uuid4()

    def send() -> Update:
        action = Action.objects.select_related("plan").get(pk=world.action.pk)
        update = UpdateFactory.build(action=None)
        return receipts.once(
            token,
            Update,
            lambda: add_update(action, update, {}, by=world.coordinator),
            by=world.coordinator,
        )

    first, second = at_once(send, send)

    assert first == second
    assert Update.objects.count() == 1


def test_it_costs_the_same_for_few_and_many_indicators(client: Client, world: World) -> None:
    client.get(url(world))
    with CaptureQueriesContext(connection) as few:
        client.get(url(world))
    IndicatorFactory.create_batch(20, action=world.action)
    UpdateFactory.create_batch(20, action=world.action)
    ActionFactory.create_batch(5, sub_theme=world.sub_theme)
    with CaptureQueriesContext(connection) as many:
        client.get(url(world))

    assert len(few) == len(many) <= 15
