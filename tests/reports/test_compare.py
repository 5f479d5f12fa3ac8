"""Two frozen reports side by side."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from reports.compare import compare
from tests.conftest import World
from tests.factories import ActionFactory
from tests.reports.stage import draft, frozen, make_red


def test_it_names_lights_that_changed_and_actions_that_came_and_went(world: World) -> None:
    leaving = ActionFactory.create(sub_theme=world.sub_theme, title="Weg ermee")
    old = frozen(world)
    make_red(world)
    ActionFactory.create(sub_theme=world.sub_theme, title="Gloednieuw", running=True)
    leaving.confidentiality = "vertrouwelijk"
    leaving.save(update_fields=["confidentiality"])
    new = frozen(world)

    assert old.snapshot is not None
    assert new.snapshot is not None
    found = compare(old.snapshot, new.snapshot)

    assert [row["new_light_label"] for row in found.lights] == ["Vertraagd"]
    assert [row["title"] for row in found.came] == ["Gloednieuw"]
    assert [row["title"] for row in found.went] == ["Weg ermee"]
    running = next(row for row in found.statuses if row["label"] == "Lopend")
    assert (running["old"], running["new"], running["change"]) == (1, 2, "+1")


def test_the_older_of_the_two_stands_first_from_either_side(world: World, client: Client) -> None:
    old = frozen(world, period_start="2026-01-01", period_end="2026-06-30")
    make_red(world)
    new = frozen(world)
    client.force_login(world.college)

    for report in (old, new):
        page = client.get(reverse("reports:compare", args=[report.pk])).content.decode()
        assert "Op schema → <strong>Vertraagd</strong>" in page


def test_one_report_alone_says_when_comparing_is_possible(world: World, client: Client) -> None:
    report = frozen(world)
    client.force_login(world.college)

    page = client.get(reverse("reports:compare", args=[report.pk])).content.decode()

    assert "Nog niets om mee te vergelijken" in page


@pytest.mark.parametrize("choice", ["", "0", "x", "9" * 60, "\x00"])
def test_a_strange_choice_takes_the_nearest(world: World, client: Client, choice: str) -> None:
    report = frozen(world)
    frozen(world)
    client.force_login(world.college)

    answer = client.get(reverse("reports:compare", args=[report.pk]), {"met": choice})

    assert answer.status_code == 200


def test_a_report_one_may_not_read_is_not_offered(world: World, client: Client) -> None:
    report = frozen(world)
    hidden = frozen(world, audience="kerngroep")
    unfinished = draft(world)
    client.force_login(world.college)

    for other in (hidden, unfinished):
        page = client.get(reverse("reports:compare", args=[report.pk]), {"met": other.pk})
        assert "Nog niets om mee te vergelijken" in page.content.decode()
