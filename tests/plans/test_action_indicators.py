"""The indicators of an action and what they read."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from core.models import LogEntry
from plans.models import Indicator, IndicatorValue, Plan, PlanRevision, RevisionReason
from plans.workflow import PlanStatus
from tests.conftest import World
from tests.factories import IndicatorFactory

REVISION = {
    "revision_reason": RevisionReason.FEASIBILITY,
    "revision_decision": "CBS-2026-1",
    "revision_decided_on": "2026-09-01",
}


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def typed(**fields: object) -> dict[str, object]:
    base = {"title": "Aantal bussen", "kind": "getal", "unit": "bussen", "target": "1.300"}
    return base | fields


def new_url(world: World) -> str:
    return f"/acties/{world.action.pk}/indicatoren/nieuw/"


def test_a_new_indicator_falls_under_a_decision(client: Client, world: World) -> None:
    token = {"form_token": str(uuid.uuid4())}
    assert client.post(new_url(world), typed() | token).status_code == 422

    client.post(new_url(world), typed() | token | REVISION)
    client.post(new_url(world), typed() | token | REVISION)

    row = Indicator.objects.get()
    assert (row.action, row.target) == (world.action, Decimal(1300))
    assert PlanRevision.objects.count() == 1
    assert LogEntry.objects.about(row).get().context == f"action:{world.action.pk}"


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"kind": "raar"},
        {"kind": "stappen"},
        {"kind": "stappen", "steps": "a\nb", "target": "3"},
        {"kind": "ja-nee", "target": "0,5"},
        {"kind": "stappen", "steps": "x" * 121, "target": "1"},
        {"target": "9" * 30},
        {"baseline_year": "12"},
    ],
)
def test_a_bad_indicator_is_refused(client: Client, world: World, fields: dict[str, str]) -> None:
    data = typed(form_token=str(uuid.uuid4()), **REVISION) | fields

    assert client.post(new_url(world), data).status_code == 422
    assert not Indicator.objects.exists()


def test_steps_are_a_line_each(client: Client, world: World) -> None:
    Plan.objects.update(status=PlanStatus.DRAFT, adopted_on=None)
    data = typed(kind="stappen", steps="Nota\n\nBesluit", target="2", unit="")

    client.post(new_url(world), data | {"form_token": str(uuid.uuid4())})

    assert Indicator.objects.get().steps == ["Nota", "Besluit"]


def test_two_people_on_one_indicator(client: Client, world: World) -> None:
    row = IndicatorFactory.create(action=world.action, title="Hun woorden", version=2)
    url = f"/indicatoren/{row.pk}/wijzigen/"

    response = client.post(url, typed(version="1") | REVISION)

    assert response.status_code == 409
    assert "Hun woorden" in response.content.decode()
    client.post(url, typed(version="2") | REVISION)
    row.refresh_from_db()
    assert (row.title, row.version) == ("Aantal bussen", 3)


def test_an_archived_indicator_keeps_its_values(client: Client, world: World) -> None:
    row = IndicatorFactory.create(action=world.action)
    IndicatorValue.objects.create(indicator=row, on="2026-05-01", value=3)

    client.post(f"/indicatoren/{row.pk}/archiveren/", REVISION)

    assert client.get(f"/indicatoren/{row.pk}/waarde/").status_code == 404
    assert IndicatorValue.objects.exists()


def test_the_lead_fills_in_a_value(client: Client, world: World) -> None:
    row = IndicatorFactory.create(action=world.action, unit="bussen")
    client.force_login(world.lead)
    url = f"/indicatoren/{row.pk}/waarde/"
    assert client.get(url).status_code == 200

    client.post(url, {"value": "7,5", "on": "2026-10-01", "source": "telling"})
    client.post(url, {"value": "8", "on": "2026-10-01", "source": "telling"})

    value = IndicatorValue.objects.get()
    assert (value.value, value.source, value.entered_by) == (Decimal(8), "telling", world.lead)
    change = LogEntry.objects.order_by("-pk").values_list("changes", flat=True)[0][0]
    assert (change["old"], change["new"]) == ("7,5 bussen", "8 bussen")


@pytest.mark.parametrize(
    "data",
    [
        {"value": ""},
        {"value": "veel"},
        {"value": "1", "on": "2999-01-01"},
        {"value": "1", "source": "x" * 151},
    ],
)
def test_a_bad_value_is_refused(client: Client, world: World, data: dict[str, str]) -> None:
    row = IndicatorFactory.create(action=world.action)
    today = {"on": timezone.localdate().isoformat()}

    assert client.post(f"/indicatoren/{row.pk}/waarde/", today | data).status_code == 422


def test_an_indicator_elsewhere_does_not_exist(client: Client) -> None:
    row = IndicatorFactory.create()

    for name in ("wijzigen", "archiveren", "waarde"):
        assert client.get(f"/indicatoren/{row.pk}/{name}/").status_code == 404
