"""Kept versions, their differences, bijsturingen and the history of a plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from core import history
from core.confidentiality import Level
from plans.comparison import compare, elements, word_diff
from plans.models import Action, Plan, PlanRevision, PlanVersion, SubTheme
from plans.operations.plan import RevisionData, keep_version, revise, under_revision
from plans.snapshot import plan_as_json
from plans.workflow import PlanStatus
from tests.conftest import World
from tests.factories import ActionFactory
from tests.plans.test_revision import WHY

URL = "/plannen/IVP-ZAN/"
WHY_DATE = dt.date(2026, 11, 2)


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_version_is_kept_and_read_back(client: Client, world: World) -> None:
    client.post(f"{URL}versies/", {"note": "Voor de kerngroep"})

    version = PlanVersion.objects.get()
    assert (version.label, version.note) == ("1.0", "Voor de kerngroep")
    assert world.action.title in text(client, f"{URL}versies/{version.pk}/")


def test_the_same_text_is_kept_once(world: World) -> None:
    first = keep_version(world.plan, by=world.coordinator)
    assert keep_version(world.plan, by=world.coordinator) == first

    SubTheme.objects.update(title="Anders")

    assert keep_version(world.plan, by=world.coordinator).label == "1.0b"


def test_a_draft_counts_on_after_each_version(world: World) -> None:
    Plan.objects.update(status=PlanStatus.DRAFT, adopted_on=None, version_label="0.9")
    plan = Plan.objects.get()
    assert keep_version(plan, by=world.coordinator).label == "0.9"
    assert Plan.objects.get().version_label == "0.10"


def test_a_bijsturing_keeps_the_text_it_changes(client: Client, world: World) -> None:
    data = {"title": "Anders", "why": "", "version": "1"} | WHY
    client.post(f"{URL}opbouw/deelthema/{world.sub_theme.pk}/wijzigen/", data)

    kept = PlanVersion.objects.get()
    assert kept.label == "1.0"
    assert "Anders" not in str(kept.snapshot)


def test_a_version_shows_no_action_above_ones_level(client: Client, world: World) -> None:
    version = keep_version(world.plan, by=world.coordinator)
    Action.objects.update(confidentiality=Level.CONFIDENTIAL)
    client.force_login(world.college)

    assert world.action.title not in text(client, f"{URL}versies/{version.pk}/")


def test_a_text_that_was_confidential_stays_so(client: Client, world: World) -> None:
    Action.objects.update(confidentiality=Level.CONFIDENTIAL, how="Geheime afspraak")
    version = keep_version(world.plan, by=world.coordinator)
    Action.objects.update(confidentiality=Level.INTERNAL, how="Open afspraak")
    client.force_login(world.college)

    assert "Geheime afspraak" not in text(client, f"{URL}versies/{version.pk}/")
    assert "Geheime afspraak" not in text(client, f"{URL}versies/vergelijken/?van={version.pk}")


def test_versions_of_the_making_are_for_who_makes(client: Client, world: World) -> None:
    draft = PlanVersion.objects.create(
        plan=world.plan, label="0.3", snapshot=plan_as_json(world.plan)
    )
    assert client.get(f"{URL}versies/{draft.pk}/").status_code == 200
    client.force_login(world.college)
    assert client.get(f"{URL}versies/{draft.pk}/").status_code == 404


def test_two_versions_are_compared_word_by_word(client: Client, world: World) -> None:
    SubTheme.objects.update(why="Elke week een controle.")
    first = keep_version(world.plan, by=world.coordinator)
    SubTheme.objects.update(why="Elke maand een controle.")
    ActionFactory.create(sub_theme=world.sub_theme, code="1.1.2", title="Erbij")
    second = keep_version(world.plan, by=world.coordinator)

    page = text(client, f"{URL}versies/vergelijken/?van={first.pk}&tot={second.pk}")

    assert "Elke <del>week</del><ins>maand</ins> een controle." in page
    assert "<ins>Erbij</ins>" in page


def test_what_came_and_went_is_told_apart(world: World) -> None:
    old = plan_as_json(world.plan)
    Action.objects.update(code="1.1.8")
    differences = compare(old, plan_as_json(world.plan))
    assert {(item.label, item.kind) for item in differences} == {
        ("Actie 1.1.8", "added"),
        ("Actie 1.1.1", "removed"),
    }


def test_people_cannot_write_markup_into_a_difference() -> None:
    assert "<script>" not in word_diff("<script>", "<script>alert(1)</script>")


@pytest.mark.parametrize("query", ["", "?van=x", "?van=999", "?van=99999999999999999999&tot=1"])
def test_comparing_nothing_is_404(client: Client, query: str) -> None:
    assert client.get(f"{URL}versies/vergelijken/{query}").status_code == 404


def test_a_note_that_is_too_long_is_refused(client: Client) -> None:
    assert client.post(f"{URL}versies/", {"note": "x" * 201}).status_code == 422


def test_who_only_reads_keeps_no_version(client: Client, world: World) -> None:
    client.force_login(world.college)
    assert client.get(f"{URL}versies/").status_code == 200
    assert client.post(f"{URL}versies/").status_code == 403


def test_bijsturingen_say_what_changed(client: Client, world: World) -> None:
    data = {"title": "Nieuwe naam", "why": "", "version": "1"} | WHY
    client.post(f"{URL}opbouw/deelthema/{world.sub_theme.pk}/wijzigen/", data)

    page = text(client, f"{URL}bijsturingen/")

    assert "CBS-2026-1102-04" in page
    assert "<ins>Nieuwe naam</ins>" in page


def secret_line(world: World) -> None:
    data = RevisionData("personeel", "CBS-1", WHY_DATE)
    revision = revise(world.plan, data, by=world.coordinator)
    change = history.change(world.action, "how", "Oud geheim", "Nieuw geheim")
    history.record(
        "action.edited",
        world.action,
        by=world.coordinator,
        context=world.plan,
        changes=[change],
        reason=str(revision),
    )


def test_neither_bijsturingen_nor_history_tell_what_is_hidden(client: Client, world: World) -> None:
    secret_line(world)
    for url in ("bijsturingen/", "geschiedenis/"):
        assert "geheim" in text(client, f"{URL}{url}")

    Action.objects.update(confidentiality=Level.CONFIDENTIAL)
    client.force_login(world.core_group)

    for url in ("bijsturingen/", "geschiedenis/"):
        assert "geheim" not in text(client, f"{URL}{url}")


def test_the_history_is_for_who_makes_the_plan(client: Client, world: World) -> None:
    client.force_login(world.college)
    assert client.get(f"{URL}geschiedenis/").status_code == 403


@pytest.mark.parametrize("page", ["0", "999", "x", "\x00"])
def test_a_page_that_is_not_there_shows_another(client: Client, page: str) -> None:
    assert client.get(f"{URL}geschiedenis/", {"page": page}).status_code == 200


@pytest.mark.parametrize("number", [3, 300])
@pytest.mark.parametrize(("url", "cost"), [("bijsturingen/", 11), ("geschiedenis/", 11)])
def test_it_costs_the_same_however_long(
    client: Client,
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    url: str,
    cost: int,
    number: int,
) -> None:
    revision = under_revision(
        world.plan, RevisionData("personeel", "CBS-1", WHY_DATE), by=world.coordinator
    )
    for _line in range(number):
        history.record(
            "subtheme.edited",
            world.sub_theme,
            by=world.coordinator,
            context=world.plan,
            reason=str(revision),
        )
    assert PlanRevision.objects.count() == 1
    with django_assert_num_queries(cost):
        client.get(f"{URL}{url}")


def test_days_are_told_as_people_write_them(world: World) -> None:
    world.action.due = dt.date(2027, 4, 30)
    world.action.save()
    found = elements(plan_as_json(world.plan))[f"action:{world.action.code}"]

    assert found.fields["eindigt"] == "30 april 2027"
    assert "2027-04-30" not in found.fields.values()
