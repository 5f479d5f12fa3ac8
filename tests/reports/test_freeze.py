"""Freezing: once, whole, and for good."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from core.models import LogEntry, OutboxEntry
from core.pdf_work import checksum
from plans.models import Action
from reports.document import Document
from reports.models import Report
from reports.operations import StaleError, freeze
from tests.conftest import World, build_world
from tests.factories import ActionFactory
from tests.reports.stage import draft, frozen


def test_it_stores_what_the_report_says_and_promises_the_pdf(world: World) -> None:
    report = frozen(world)

    assert report.snapshot is not None
    assert report.checksum == checksum(report.snapshot)
    assert report.snapshot["frozen_by"] == world.coordinator.name
    assert OutboxEntry.objects.get().payload == {"report": report.pk}
    assert LogEntry.objects.about(report).filter(verb="report.frozen").exists()


def test_a_frozen_report_does_not_follow_the_plan(world: World, client: Client) -> None:
    report = frozen(world)
    Action.objects.update(title="Heel iets anders")
    world.here.name = "Elders"
    world.here.save(update_fields=["name"])
    client.force_login(world.college)

    page = client.get(report.get_absolute_url()).content.decode()

    assert "Heel iets anders" not in page
    assert world.action.title in page


def test_what_was_frozen_keeps_its_order(world: World, client: Client) -> None:
    for status in ("idee", "gepland", "opgeschort", "gerealiseerd"):
        ActionFactory.create(sub_theme=world.sub_theme, status=status)
    report = frozen(world)
    report.refresh_from_db()  # the database sorts the keys of what it stores its own way

    document = Document.of(report.content)

    assert document.status_chart
    assert document.light_chart
    labels = [row[0] for row in document.status_chart.rows]
    assert labels == ["Idee", "Gepland", "Lopend", "Opgeschort", "Gerealiseerd"]
    assert document.dimensions == ["Proactief", "Preventief", "Reactief"]
    assert document.light_chart.rows[0][0] == "Op schema"


@pytest.mark.parametrize(
    "change", [{"foreword": "x"}, {"title": "x"}, {"snapshot": {}}, {"checksum": "x"}]
)
def test_the_database_refuses_to_change_it(world: World, change: dict[str, object]) -> None:
    report = frozen(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).delete()


def test_freezing_twice_freezes_once(world: World) -> None:
    report = frozen(world)

    again = freeze(report, version=report.version, by=world.coordinator)

    assert again.checksum == report.checksum
    assert OutboxEntry.objects.count() == 1
    assert LogEntry.objects.filter(verb="report.frozen").count() == 1


def test_who_looked_at_an_older_text_looks_again_first(world: World, client: Client) -> None:
    report = draft(world)
    Report.objects.filter(pk=report.pk).update(version=5)
    client.force_login(world.coordinator)

    answer = client.post(reverse("reports:freeze", args=[report.pk]), {"version": "1"}, follow=True)

    assert "intussen gewijzigd" in answer.content.decode()
    assert Report.objects.drafts().exists()
    with pytest.raises(StaleError):
        freeze(report, version=1, by=world.coordinator)


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_of_two_at_once_one_freezes() -> None:
    world = build_world()
    report = draft(world)
    start = threading.Barrier(2)

    def attempt() -> None:
        start.wait()
        try:
            freeze(report, version=report.version, by=world.coordinator)
        finally:
            connection.close()

    people = [threading.Thread(target=attempt) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert OutboxEntry.objects.count() == 1
    assert LogEntry.objects.filter(verb="report.frozen").count() == 1


def test_a_click_freezes_and_shows_that_the_pdf_is_being_made(world: World, client: Client) -> None:
    report = draft(world)
    client.force_login(world.coordinator)

    asked = client.get(reverse("reports:freeze", args=[report.pk])).content.decode()
    answer = client.post(
        reverse("reports:freeze", args=[report.pk]), {"version": report.version}, follow=True
    )

    assert f'name="version" value="{report.version}"' in asked
    assert "De PDF staat in de wachtrij" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 400])
def test_a_nonsense_version_freezes_nothing(world: World, client: Client, version: str) -> None:
    report = draft(world)
    client.force_login(world.coordinator)

    answer = client.post(reverse("reports:freeze", args=[report.pk]), {"version": version})

    assert answer.status_code == 302
    assert Report.objects.drafts().exists()
