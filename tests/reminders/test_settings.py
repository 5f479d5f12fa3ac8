"""A municipality sets when people hear of what."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import LogEntry
from reminders.models import MailTimes, RuleSetting, settings_of
from reminders.rules import Rung, all_rules
from tests.conftest import World

PAGE = "/beheer/herinneringen/"
RULE = f"{PAGE}ZAN/regel/actie-bijwerken/"
TIMES = f"{PAGE}ZAN/mailuren/"
USUAL = {
    "is_on": "on", "before": "14, 3", "after": "1, 7, 14", "every": "30", "deputy_after": "7",
    "coordinator_after": "14", "contact_after": "21", "core_group_after": "30", "may_mute": "on",
    "version": "1",
}  # fmt: skip


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def sent(**other: str) -> dict[str, Any]:
    return USUAL | other


def test_each_rule_stands_there_with_its_moments(desk: Client) -> None:
    page = desk.get(PAGE).content.decode()

    for rule in all_rules().values():
        assert str(rule.name) in page
    assert "14, 3" in page
    assert "Coördinator na 14 dagen" in page


def test_the_page_asks_little(desk: Client) -> None:
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        desk.get(PAGE)
    assert len(queries) <= 12


def test_other_moments_are_kept_with_a_line_in_the_history(desk: Client, world: World) -> None:
    assert desk.post(RULE, sent(before="30,30, 5", core_group_after="")).status_code == 302

    told = settings_of(world.here)["actie-bijwerken"].moments
    assert told.before == (30, 5)
    assert Rung.CORE_GROUP not in dict(told.escalation)
    assert LogEntry.objects.filter(verb="rulesetting.edited").count() == 1
    assert "eigen keuze" in desk.get(PAGE).content.decode()


def test_back_to_the_usual_leaves_no_row(desk: Client) -> None:
    desk.post(RULE, sent(every="10"))
    assert RuleSetting.objects.get().every == 10

    desk.post(RULE, sent())
    assert not RuleSetting.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"before": "x"}, {"before": "0"}, {"after": "-1"}, {"after": "999"}, {"every": "400"},
     {"before": "1,2,3,4,5,6,7,8,9"}, {"coordinator_after": "0"}],
)  # fmt: skip
def test_what_is_no_number_of_days_is_refused(desk: Client, wrong: dict[str, str]) -> None:
    assert desk.post(RULE, sent(**wrong)).status_code == 422
    assert not RuleSetting.objects.exists()


def test_two_people_on_one_rule_see_each_other(desk: Client, world: World) -> None:
    desk.post(RULE, sent(every="10"))
    RuleSetting.objects.update(version=2, every=20)

    assert desk.post(RULE, sent(every="15")).status_code == 409
    assert RuleSetting.objects.get().every == 20


def test_a_rule_without_an_organisation_has_no_deputy(desk: Client) -> None:
    page = desk.get(f"{PAGE}ZAN/regel/halfjaarrapport/").content.decode()

    assert "deputy_after" not in page
    assert "contact_after" not in page


def test_a_rule_that_nobody_made_is_not_there(desk: Client) -> None:
    assert desk.get(f"{PAGE}ZAN/regel/onbekend/").status_code == 404
    assert desk.get(f"{PAGE}MEL/regel/actie-bijwerken/").status_code == 404


def test_the_quiet_hours_are_set(desk: Client, world: World) -> None:
    hours = {"quiet_from": "22", "quiet_until": "6", "version": "1"}

    assert desk.post(TIMES, hours).status_code == 302
    assert desk.post(TIMES, hours | {"quiet_from": "24"}).status_code == 422

    kept = MailTimes.objects.get(municipality=world.here)
    assert (kept.quiet_from, kept.quiet_until, kept.workdays_only) == (22, 6, False)
    assert "Geen mail tussen 22 en 6 uur." in desk.get(PAGE).content.decode()
