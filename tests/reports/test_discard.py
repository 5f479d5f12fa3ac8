"""Throwing away a draft."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from core.models import LogEntry
from reports.models import DomainRemark, Report
from tests.conftest import World
from tests.factories import member
from tests.reports.stage import draft, frozen


def test_the_maker_confirms_and_the_text_stays_in_the_history(world: World, client: Client) -> None:
    report = draft(world, foreword="Een goed begin.")
    DomainRemark.objects.create(report=report, domain=world.domain, text="Let op.")
    client.force_login(world.coordinator)
    url = reverse("reports:discard", args=[report.pk])

    assert client.get(url).status_code == 200
    assert Report.objects.filter(pk=report.pk).exists()
    assert client.post(url).status_code == 302

    assert not Report.objects.filter(pk=report.pk).exists()
    old = [change["old"] for change in LogEntry.objects.get(verb="report.discarded").changes]
    assert {"Een goed begin.", "Let op."} <= set(old)


def test_a_colleague_leaves_it_alone_until_the_maker_is_gone(world: World, client: Client) -> None:
    report = draft(world)
    colleague = member(world.here, Role.COORDINATOR)
    client.force_login(colleague)
    url = reverse("reports:discard", args=[report.pk])

    assert client.post(url).status_code == 403
    assert "Weggooien" not in client.get(report.get_absolute_url()).content.decode()
    world.coordinator.is_active = False
    world.coordinator.save(update_fields=["is_active"])
    assert client.post(url).status_code == 302


def test_a_frozen_report_is_never_thrown_away(world: World, client: Client) -> None:
    report = frozen(world)
    client.force_login(world.coordinator)

    assert client.post(reverse("reports:discard", args=[report.pk])).status_code == 403
    assert Report.objects.filter(pk=report.pk).exists()
