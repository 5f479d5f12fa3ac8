"""The tree of a plan: make, edit, move, put in order, archive, restore."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from plans.models import (
    Action,
    Domain,
    Plan,
    PlanRevision,
    PlanSection,
    PlanUserPermission,
    Principle,
    SubTheme,
    TacticalGoal,
)
from plans.workflow import PlanStatus
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    DomainFactory,
    StrategicGoalFactory,
    SubThemeFactory,
    TacticalGoalFactory,
)
from tests.plans.test_revision import WHY

URL = "/plannen/IVP-ZAN/opbouw/"


@pytest.fixture
def client(client: Client, world: World) -> Client:
    """The coordinator, on a plan in the making: its text is free."""
    Plan.objects.update(status=PlanStatus.DRAFT, adopted_on=None, version_label="0.3")
    client.force_login(world.coordinator)
    return client


@pytest.fixture
def adopted(client: Client) -> Client:
    Plan.objects.update(status=PlanStatus.RUNNING, adopted_on="2026-03-26", version_label="1.0")
    return client


def token() -> str:
    return str(uuid.uuid4())


def titles(world: World) -> list[str]:
    rows = PlanSection.objects.filter(plan=world.plan, archived_at=None)
    return list(rows.values_list("title", flat=True))


def chapters(world: World, *names: str) -> list[PlanSection]:
    return [
        PlanSection.objects.create(plan=world.plan, title=name, position=place)
        for place, name in enumerate(names)
    ]


def test_it_shows_the_upper_level_and_each_domain(client: Client, world: World) -> None:
    assert "Hoofdstukken" in client.get(URL).content.decode()

    page = client.get(f"{URL}?domein=1").content.decode()
    assert world.sub_theme.title in page
    assert world.action.title in page


@pytest.mark.parametrize("number", ["99", "99999999999999999999", "x", "\x00", "-1", "²"])
def test_a_domain_that_is_not_there_shows_the_upper_level(client: Client, number: str) -> None:
    response = client.get(URL, {"domein": number})
    assert response.status_code == 200
    assert response.context["domain"] is None


@pytest.mark.parametrize(
    ("slug", "data"),
    [
        ("hoofdstuk", {"title": "Woord vooraf", "body": "Welkom."}),
        ("baken", {"code": "B07", "title": "Samen", "text": ""}),
        ("domein", {"number": "2", "title": "Jeugd", "problem": "", "background": ""}),
        ("jaarthema", {"year": "2026", "title": "Station"}),
        ("ander-plan", {"code": "ZVP", "name": "Zonaal veiligheidsplan"}),
    ],
)
def test_a_part_of_the_plan_is_made_once(client: Client, slug: str, data: dict[str, str]) -> None:
    data = data | {"form_token": token()}

    for _click in range(2):
        assert client.post(f"{URL}{slug}/nieuw/", data).status_code == 302

    assert LogEntry.objects.filter(verb__endswith=".made").count() == 1


@pytest.mark.parametrize(
    ("slug", "data"),
    [
        ("strategisch-doel", {"text": "Minder overlast"}),
        ("deelthema", {"code": "1.2", "title": "Hulp"}),
        ("tactisch-doel", {"text": "Elke week op straat"}),
        ("indicator", {"title": "Spuiten", "kind": "getal", "unit": "stuks"}),
    ],
)
def test_a_part_is_made_under_its_parent(
    client: Client, world: World, slug: str, data: dict[str, str]
) -> None:
    parent = {
        "tactisch-doel": world.sub_theme.pk,
        "indicator": StrategicGoalFactory.create(domain=world.domain).pk,
    }.get(slug, world.domain.pk)

    response = client.post(f"{URL}{slug}/nieuw/?in={parent}", data | {"form_token": token()})

    assert response.status_code == 302
    assert LogEntry.objects.get(verb__endswith=".made").context == f"plan:{world.plan.pk}"


def test_the_next_code_is_filled_in(client: Client, world: World) -> None:
    url = f"{URL}deelthema/nieuw/?in={world.domain.pk}"
    assert 'value="1.2"' in client.get(url).content.decode()


@pytest.mark.parametrize("parent", ["", "x", "0", "99999999999999999999", "\x00"])
def test_a_parent_that_is_not_there_is_404(client: Client, parent: str) -> None:
    assert client.get(f"{URL}deelthema/nieuw/", {"in": parent}).status_code == 404


def test_a_parent_of_another_plan_is_404(client: Client) -> None:
    foreign = DomainFactory.create()
    assert client.get(f"{URL}deelthema/nieuw/?in={foreign.pk}").status_code == 404


def test_a_code_is_given_once(client: Client, world: World) -> None:
    data = {"code": "1.1", "title": "Dubbel", "form_token": token()}

    response = client.post(f"{URL}deelthema/nieuw/?in={world.domain.pk}", data)

    assert response.status_code == 422
    assert "Deze code bestaat al in dit domein." in response.content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"title": "x" * 151},
        {"title": "a\x00b"},
        {"title": "\u202eomgekeerd"},
        {"number": "99999999999999999999"},
        {"number": "-1"},
        {"number": "één"},
        {"title": ""},
        {"form_token": "geen-token"},
    ],
)
def test_bad_input_is_a_sentence_and_writes_nothing(client: Client, bad: dict[str, str]) -> None:
    data = {"number": "7", "title": "Goed", "form_token": token()} | bad

    response = client.post(f"{URL}domein/nieuw/", data)

    assert response.status_code == 422
    assert Domain.objects.count() == 1


def test_an_edit_is_logged_with_old_and_new(client: Client, world: World) -> None:
    url = f"{URL}deelthema/{world.sub_theme.pk}/wijzigen/"
    before = world.sub_theme.title

    response = client.post(url, {"title": "Anders", "why": "", "version": "1"})

    assert response.status_code == 302
    change = LogEntry.objects.about(world.sub_theme).get().changes[0]
    assert (change["old"], change["new"]) == (before, "Anders")


def test_the_second_of_two_sees_both_texts_and_chooses(client: Client, world: World) -> None:
    url = f"{URL}deelthema/{world.sub_theme.pk}/wijzigen/"
    client.post(url, {"title": "Van de eerste", "why": "", "version": "1"})

    response = client.post(url, {"title": "Van de tweede", "why": "", "version": "1"})

    assert response.status_code == 409
    page = response.content.decode()
    assert "Van de eerste" in page
    assert "Van de tweede" in page
    assert SubTheme.objects.get().title == "Van de eerste"
    mine = {"title": "Van de tweede", "why": "", "version": "2", "choose-title": "mine"}
    assert client.post(url, mine).status_code == 302
    assert SubTheme.objects.get().title == "Van de tweede"


def test_the_arrows_move_a_row_one_place(client: Client, world: World) -> None:
    rows = chapters(world, "a", "b", "c")

    client.post(f"{URL}hoofdstuk/volgorde/", {"move": f"{rows[2].pk}:up"})
    assert titles(world) == ["a", "c", "b"]

    client.post(f"{URL}hoofdstuk/volgorde/", {"move": f"{rows[0].pk}:up"})
    assert titles(world) == ["a", "c", "b"]


def test_dragging_keeps_the_order_and_one_line_of_history(client: Client, world: World) -> None:
    one, two, three = chapters(world, "a", "b", "c")

    client.post(f"{URL}hoofdstuk/volgorde/", {"order": [three.pk, one.pk, two.pk]})

    assert titles(world) == ["c", "a", "b"]
    change = LogEntry.objects.get().changes[0]
    assert (change["old"], change["new"]) == ("a, b, c", "c, a, b")


def test_an_order_that_misses_a_row_loses_none(client: Client, world: World) -> None:
    one, two, _three = chapters(world, "a", "b", "c")
    client.post(f"{URL}hoofdstuk/volgorde/", {"order": [two.pk, one.pk]})
    assert titles(world) == ["b", "a", "c"]


@pytest.mark.parametrize("order", [["x"], ["\x00"], ["99999999999999999999"], ["-1"], []])
def test_an_order_of_nonsense_changes_nothing(
    client: Client, world: World, order: list[str]
) -> None:
    chapters(world, "a", "b")
    assert client.post(f"{URL}hoofdstuk/volgorde/", {"order": order}).status_code == 302
    assert titles(world) == ["a", "b"]


def test_putting_in_order_asks_no_bijsturing(adopted: Client, world: World) -> None:
    one, two = chapters(world, "a", "b")
    adopted.post(f"{URL}hoofdstuk/volgorde/", {"order": [two.pk, one.pk]})
    assert titles(world) == ["b", "a"]
    assert not PlanRevision.objects.exists()


def test_who_sees_a_part_of_the_list_moves_within_it(client: Client, world: World) -> None:
    Action.objects.update(position=0)
    hidden = ActionFactory.create(
        sub_theme=world.sub_theme, confidentiality=Level.CONFIDENTIAL, position=1
    )
    last = ActionFactory.create(sub_theme=world.sub_theme, position=2)
    PlanUserPermission.grant(world.cast[Role.CIV_STAFF], world.plan)
    client.force_login(world.cast[Role.CIV_STAFF])

    client.post(f"{URL}actie/volgorde/?in={world.sub_theme.pk}", {"move": f"{last.pk}:up"})

    rows = Action.objects.order_by("position")
    assert list(rows) == [last, hidden, world.action]


def test_a_sub_theme_moves_to_another_domain_with_its_code(client: Client, world: World) -> None:
    other = DomainFactory.create(plan=world.plan, number=2)

    response = client.post(
        f"{URL}deelthema/{world.sub_theme.pk}/verplaatsen/", {"target": other.pk}
    )

    assert response.headers["Location"] == f"{URL}?domein=2"
    row = SubTheme.objects.get()
    assert (row.domain, row.code, row.version) == (other, "1.1", 2)
    assert LogEntry.objects.get().verb == "subtheme.moved"


def test_a_code_that_exists_there_stops_the_move(client: Client, world: World) -> None:
    other = DomainFactory.create(plan=world.plan, number=2)
    SubThemeFactory.create(domain=other, code="1.1")

    response = client.post(
        f"{URL}deelthema/{world.sub_theme.pk}/verplaatsen/", {"target": other.pk}
    )

    assert response.status_code == 422
    assert "Deze code bestaat al in dit domein." in response.content.decode()


def test_a_moved_action_leaves_the_goal_of_its_old_sub_theme(client: Client, world: World) -> None:
    Action.objects.update(goal=TacticalGoalFactory.create(sub_theme=world.sub_theme))
    other = SubThemeFactory.create(domain=world.domain, code="1.2")

    client.post(f"{URL}actie/{world.action.pk}/verplaatsen/", {"target": other.pk})

    row = Action.objects.get()
    assert (row.sub_theme, row.goal, row.code) == (other, None, "1.1.1")


def test_a_moved_goal_leaves_the_actions_that_stay(client: Client, world: World) -> None:
    goal = TacticalGoalFactory.create(sub_theme=world.sub_theme)
    Action.objects.update(goal=goal)
    other = SubThemeFactory.create(domain=world.domain, code="1.2")

    client.post(f"{URL}tactisch-doel/{goal.pk}/verplaatsen/", {"target": other.pk})

    assert TacticalGoal.objects.get().sub_theme == other
    assert Action.objects.get().goal is None


def test_nothing_moves_to_another_plan(client: Client, world: World) -> None:
    foreign = DomainFactory.create()
    response = client.post(
        f"{URL}deelthema/{world.sub_theme.pk}/verplaatsen/", {"target": foreign.pk}
    )
    assert response.status_code == 422


def test_archiving_hides_and_restoring_brings_back(client: Client, world: World) -> None:
    url = f"{URL}deelthema/{world.sub_theme.pk}"

    client.post(f"{url}/archiveren/")
    assert not Action.objects.current().exists()
    assert "/herstellen/" in client.get(URL).content.decode()

    client.post(f"{url}/herstellen/")
    assert Action.objects.current().get() == world.action
    verbs = LogEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["subtheme.archived", "subtheme.restored"]


def test_archiving_twice_is_one_line(client: Client, world: World) -> None:
    for _click in range(2):
        client.post(f"{URL}actie/{world.action.pk}/archiveren/")
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("act", ["wijzigen", "verplaatsen", "archiveren"])
def test_after_adoption_a_change_asks_its_decision(adopted: Client, world: World, act: str) -> None:
    other = DomainFactory.create(plan=world.plan, number=2)
    url = f"{URL}deelthema/{world.sub_theme.pk}/{act}/"
    data = {"title": "Anders", "why": "", "version": "1", "target": str(other.pk)}

    assert adopted.post(url, data).status_code == 422
    assert adopted.post(url, data | WHY).status_code == 302
    assert PlanRevision.objects.get().decision == "CBS-2026-1102-04"


def test_after_adoption_a_new_domain_is_marked(adopted: Client, world: World) -> None:
    data = {"number": "2", "title": "Nieuw", "form_token": token()} | WHY

    assert adopted.post(f"{URL}domein/nieuw/", data).status_code == 302

    assert Domain.objects.get(number=2).revision == PlanRevision.objects.get()


@pytest.mark.parametrize("url", ["onbekend/nieuw/", "actie/nieuw/", "hoofdstuk/1/verplaatsen/"])
def test_what_does_not_exist_is_404(client: Client, url: str) -> None:
    assert client.get(f"{URL}{url}").status_code == 404


def test_a_part_of_another_plan_is_404(client: Client) -> None:
    foreign = SubThemeFactory.create()
    for act in ("wijzigen", "verplaatsen", "archiveren", "herstellen"):
        assert client.get(f"{URL}deelthema/{foreign.pk}/{act}/").status_code == 404


def test_who_reads_may_not_build(adopted: Client, world: World) -> None:
    adopted.force_login(world.college)
    assert adopted.get(URL).status_code == 403
    assert adopted.post(f"{URL}hoofdstuk/volgorde/").status_code == 403
    assert adopted.get(f"{URL}hoofdstuk/nieuw/").status_code == 403


def test_every_button_has_a_name(client: Client, world: World) -> None:
    page = client.get(f"{URL}?domein=1").content.decode()
    main = page.split("<main")[1]
    assert "is-icon" in main
    assert all("aria-label" in tag for tag in re.findall(r"<button[^>]*is-icon[^>]*>", main))


@pytest.mark.parametrize(("query", "cost"), [("", 15), ("?domein=1", 15)])
@pytest.mark.parametrize("number", [3, 60])
def test_it_costs_the_same_however_large(
    client: Client,
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    query: str,
    cost: int,
    number: int,
) -> None:
    for count in range(number):
        Principle.objects.create(plan=world.plan, code=f"B{count}", title="Baken")
    ActionFactory.create_batch(number, sub_theme=world.sub_theme, lead_partner=world.service)
    with django_assert_num_queries(cost):
        client.get(f"{URL}{query}")
