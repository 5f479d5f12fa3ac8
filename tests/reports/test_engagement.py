"""The chapter about partners: for the core group alone, from the snapshot alone."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from accounts.roles import Role
from core.pdf_work import canonical
from partners.models import EscalationStep, Partner, Rung
from plans.engagement import engagement_of
from reports.compare import compare
from reports.document import Document
from reports.models import Audience, Report
from reports.snapshot import take
from tests.conftest import World
from tests.factories import ActionFactory, PartnerFactory
from tests.reports.stage import NOW, draft, frozen

WHY, TALK = "Komt nooit opdagen", "Gesprek onder vier ogen"


def for_core_group(world: World) -> Report:
    return draft(world, audience=Audience.CORE_GROUP)


def keeps_up(world: World) -> None:
    """The service that leads the action of the world."""
    world.action.last_update_on, world.action.due = NOW, dt.date(2027, 6, 30)
    world.action.save(update_fields=["last_update_on", "due"])


def falls_behind(world: World, partner: Partner) -> None:
    number = world.sub_theme.actions.count() + 10
    ActionFactory.create(
        sub_theme=world.sub_theme, code=f"1.1.{number}", lead_partner=partner, running=True,
        last_update_on=dt.date(2026, 1, 5), due=dt.date(2027, 6, 30),
    )  # fmt: skip


def stepped(world: World, partner: Partner, rung: Rung, on: dt.date, about: str) -> None:
    EscalationStep.objects.create(
        partner=partner, rung=rung, on=on, about=about, by=world.coordinator
    )


@pytest.fixture
def told(world: World) -> World:
    """One partner is behind, another came to the core group in the period and once before."""
    keeps_up(world)
    falls_behind(world, world.care)
    guest = PartnerFactory.create(municipality=world.here, name="Aanwezig vzw")
    falls_behind(world, guest)
    inside = draft(world).period_end
    stepped(world, guest, Rung.OFFICER, inside, TALK)
    stepped(world, guest, Rung.CORE_GROUP, inside, WHY)
    stepped(world, world.care, Rung.CORE_GROUP, inside - dt.timedelta(days=800), "Lang geleden")
    return world


def chapter(world: World, by: User | None = None) -> dict[str, Any]:
    taken = take(for_core_group(world), by=by or world.coordinator, on=NOW)
    found: dict[str, Any] = taken["engagement"]
    return found


def test_who_came_to_the_core_group_comes_first(told: World) -> None:
    found = chapter(told)

    assert [(row["name"], row["on_table"]) for row in found["partners"]] == [
        ("Aanwezig vzw", True),
        (told.care.name, False),
    ]
    [point] = [step for step in found["partners"][0]["steps"] if step["point"]]
    assert point["about"] == WHY
    assert found["partners"][1]["steps"] == []  # that was before the period


def test_its_figures_are_those_of_the_page(told: World) -> None:
    [one] = engagement_of([told.care], on=NOW)

    row = next(row for row in chapter(told)["partners"] if row["name"] == told.care.name)

    assert (row["light"], row["reasons"], row["trend"]) == (one.light, one.reasons, one.trend)
    assert chapter(told)["lights"][one.light] == 2


def test_what_a_talk_was_about_is_not_told(told: World) -> None:
    assert TALK not in canonical(take(for_core_group(told), by=told.coordinator, on=NOW)).decode()


def test_a_partner_that_keeps_its_word_is_only_counted(world: World) -> None:
    keeps_up(world)

    found = chapter(world)

    assert found["partners"] == []
    assert found["lights"]["groen"] == 1


def test_another_municipality_is_not_in_it(told: World) -> None:
    stranger = PartnerFactory.create(municipality=told.elsewhere, name="Vreemde partner")
    Membership.objects.create(
        user=told.coordinator, municipality=told.elsewhere, role=Role.COORDINATOR,
        starts=dt.date(2026, 1, 1),
    )  # fmt: skip
    falls_behind(told, stranger)

    both = User.objects.get(pk=told.coordinator.pk)
    assert "Vreemde partner" not in str(chapter(told, by=both))


def test_the_college_reads_nothing_of_it(told: World, client: Client) -> None:
    report = frozen(told, audience=Audience.COLLEGE)
    client.force_login(told.coordinator)

    page = client.get(reverse("reports:detail", args=[report.pk])).content.decode()
    book = client.get(reverse("reports:xlsx", args=[report.pk]))

    assert "engagement" not in report.content
    assert WHY not in page
    assert "Engagement van partners" not in page
    with zipfile.ZipFile(io.BytesIO(b"".join(book))) as parts:
        assert not any(WHY.encode() in parts.read(name) for name in parts.namelist())


def test_who_may_not_follow_engagement_does_not_tell_it(told: World) -> None:
    assert "engagement" not in take(for_core_group(told), by=told.lead, on=NOW)
    assert "engagement" not in take(for_core_group(told), on=NOW)


def test_the_draft_and_its_preview_show_it_to_the_core_group_only(
    told: World, client: Client
) -> None:
    client.force_login(told.coordinator)
    for audience, shown in ((Audience.CORE_GROUP, True), (Audience.COLLEGE, False)):
        report = draft(told, audience=audience)
        page = client.get(reverse("reports:detail", args=[report.pk])).content.decode()
        preview = client.post(reverse("reports:preview", args=[report.pk]), {"version": 1})

        assert (WHY in page) is shown
        assert (WHY in preview.content.decode()) is shown


def test_a_frozen_report_keeps_what_it_said(told: World) -> None:
    report = frozen(told, audience=Audience.CORE_GROUP)
    EscalationStep.objects.update(about="Later herschreven")

    shown = Document.of(Report.objects.get(pk=report.pk).content)

    assert shown.engagement is not None
    assert [point["about"] for point in shown.engagement["points"]] == [WHY]


def test_two_reports_compare_partners_only_when_both_tell_of_them(told: World) -> None:
    core = take(for_core_group(told), by=told.coordinator, on=NOW)
    college = take(draft(told, audience=Audience.COLLEGE), by=told.coordinator, on=NOW)

    assert compare(core, college).partners == []
    assert compare(college, core).partners == []
    assert [row["change"] for row in compare(core, core).partners] == ["=", "=", "="]
