"""Make a plan, change it, take its steps, let somebody help."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from plans.models import (
    Action,
    Decision,
    Domain,
    Indicator,
    Plan,
    PlanSection,
    PlanUserPermission,
    PlanVersion,
    SubTheme,
)
from plans.reading import next_edition
from plans.workflow import ActionStatus, PlanStatus
from tests.conftest import World
from tests.factories import ActionFactory, IndicatorFactory, StrategicGoalFactory
from tests.plans.test_revision import WHY

URL = "/plannen/IVP-ZAN/"
DECISION = {
    "body": "Gemeenteraad",
    "on": "2026-03-26",
    "number": "GR-2026-0326-12",
    "outcome": "Goedgekeurd",
}


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def in_status(status: PlanStatus) -> None:
    Plan.objects.update(status=status, adopted_on=None, version_label="0.9")


def facts(**changes: str) -> dict[str, str]:
    base = {"title": "Plan", "edition": "1", "starts": "2026-01-01", "ends": "2031-12-31"}
    return base | {"version": "1"} | changes


def new_plan(world: World, **changes: str) -> dict[str, str]:
    owner = {"owner": f"gemeente-{world.here.pk}", "kind": "IVP", "form_token": str(uuid.uuid4())}
    return facts() | owner | changes


def test_a_plan_is_made_once_with_a_code_of_its_own(client: Client, world: World) -> None:
    data = new_plan(world, edition="2")

    client.post("/plannen/nieuw/", data)
    response = client.post("/plannen/nieuw/", data)

    assert response.headers["Location"] == "/plannen/IVP-ZAN-2/opbouw/"
    plan = Plan.objects.get(code="IVP-ZAN-2")
    assert (plan.status, plan.zone, plan.version_label) == ("concept", world.here.zone, "0.1")


def test_a_second_plan_of_an_edition_gets_a_letter(client: Client, world: World) -> None:
    client.post("/plannen/nieuw/", new_plan(world))
    client.post("/plannen/nieuw/", new_plan(world))
    codes = Plan.objects.exclude(pk=world.plan.pk).values_list("code", flat=True)
    assert set(codes) == {"IVP-ZAN-1", "IVP-ZAN-1B"}


def test_a_plan_of_the_zone_has_no_municipality(client: Client, world: World) -> None:
    client.post("/plannen/nieuw/", new_plan(world, owner=f"zone-{world.here.zone_id}", kind="ZVP"))
    assert Plan.objects.get(kind="ZVP").municipality is None


def test_nobody_makes_a_plan_for_elsewhere(client: Client, world: World) -> None:
    data = new_plan(world, owner=f"gemeente-{world.elsewhere.pk}")
    assert client.post("/plannen/nieuw/", data).status_code == 422


@pytest.mark.parametrize(
    "bad",
    [
        {"title": "x" * 201},
        {"title": "a\x00b"},
        {"title": "\u202eomgekeerd"},
        {"edition": "99999999999999999999"},
        {"edition": "twee"},
        {"starts": "morgen"},
        {"ends": "2025-01-01"},
        {"kind": "XXX"},
        {"owner": "gemeente-x"},
        {"form_token": "x"},
    ],
)
def test_bad_input_is_a_sentence(client: Client, world: World, bad: dict[str, str]) -> None:
    assert client.post("/plannen/nieuw/", new_plan(world) | bad).status_code == 422
    assert Plan.objects.count() == 1


def test_a_change_before_adoption_is_free_and_logged(client: Client, world: World) -> None:
    in_status(PlanStatus.DRAFT)

    response = client.post(f"{URL}wijzigen/", facts(title="Andere titel"))

    assert response.headers["Location"] == URL
    assert Plan.objects.get().title == "Andere titel"
    assert LogEntry.objects.about(world.plan).get().verb == "plan.edited"


def test_a_change_after_adoption_asks_a_bijsturing(client: Client, world: World) -> None:
    data = facts(title="Andere titel")

    assert client.post(f"{URL}wijzigen/", data).status_code == 422
    assert client.post(f"{URL}wijzigen/", data | WHY).status_code == 302

    assert Plan.objects.get().version_label == "1.1"


def test_the_second_of_two_sees_both_titles(client: Client, world: World) -> None:
    in_status(PlanStatus.DRAFT)
    client.post(f"{URL}wijzigen/", facts(title="Van de eerste"))

    response = client.post(f"{URL}wijzigen/", facts(title="Van de tweede"))

    assert response.status_code == 409
    page = response.content.decode()
    assert "Van de eerste" in page
    assert "Van de tweede" in page


@pytest.mark.parametrize("version", ["99999999999999999999", "x", "-1", ""])
def test_a_version_of_nonsense_writes_nothing(client: Client, version: str) -> None:
    in_status(PlanStatus.DRAFT)
    data = facts(title="Andere titel", version=version)
    assert client.post(f"{URL}wijzigen/", data).status_code in {409, 422}
    assert Plan.objects.get().title != "Andere titel"


def test_who_reads_it_is_changed_without_a_bijsturing(client: Client, world: World) -> None:
    data = {"confidentiality": Level.PUBLIC, "version": "1"}
    assert client.post(f"{URL}vertrouwelijkheid/", data).status_code == 302
    assert Plan.objects.get().confidentiality == Level.PUBLIC
    assert LogEntry.objects.get().changes[0]["new"] == "Openbaar"


def test_adopting_keeps_version_1_0_and_the_decision(client: Client, world: World) -> None:
    in_status(PlanStatus.EDITING)

    response = client.post(f"{URL}stap/goedkeuren/", DECISION)

    assert response.headers["Location"] == URL
    plan = Plan.objects.get()
    assert (plan.status, plan.version_label) == ("goedgekeurd", "1.0")
    assert PlanVersion.objects.get().label == "1.0"
    assert Decision.objects.get().number == "GR-2026-0326-12"


@pytest.mark.parametrize("missing", ["body", "on", "number"])
def test_adopting_asks_who_decided_and_when(client: Client, missing: str) -> None:
    in_status(PlanStatus.EDITING)
    response = client.post(f"{URL}stap/goedkeuren/", DECISION | {missing: ""})
    assert response.status_code == 422
    assert missing in response.context["form"].errors


def test_a_decision_is_recorded_once(client: Client, world: World) -> None:
    in_status(PlanStatus.EDITING)
    Decision.objects.create(plan=world.plan, **DECISION)
    response = client.post(f"{URL}stap/goedkeuren/", DECISION)
    assert response.status_code == 422
    assert "Dit besluit is al vastgelegd." in response.content.decode()


def test_a_way_back_asks_its_reason(client: Client) -> None:
    in_status(PlanStatus.DRAFT)
    url = f"{URL}stap/terug-naar-concept/"
    assert client.post(url).status_code == 422
    assert client.post(url, {"reason": "Te vroeg."}).status_code == 302
    assert LogEntry.objects.get().reason == "Te vroeg."


def test_a_step_without_questions_asks_to_confirm(client: Client) -> None:
    in_status(PlanStatus.CONCEPT)
    assert client.get(f"{URL}stap/ontwerpen/").status_code == 200
    client.post(f"{URL}stap/ontwerpen/")
    assert Plan.objects.get().status == PlanStatus.DRAFT


@pytest.mark.parametrize("name", ["goedkeuren", "bestaat-niet"])
def test_a_step_that_does_not_start_here_is_404(client: Client, name: str) -> None:
    assert client.post(f"{URL}stap/{name}/").status_code == 404


def test_who_helps_does_not_decide(client: Client, world: World) -> None:
    PlanUserPermission.grant(world.lead, world.plan)
    client.force_login(world.lead)
    assert client.post(f"{URL}stap/afsluiten/", DECISION).status_code == 403


def test_a_decision_beside_the_steps(client: Client, world: World) -> None:
    data = DECISION | {"form_token": str(uuid.uuid4())}
    for _click in range(2):
        assert client.post(f"{URL}besluiten/nieuw/", data).status_code == 302
    assert Decision.objects.get().plan == world.plan


def test_a_new_edition_takes_along_what_is_asked(client: Client, world: World) -> None:
    PlanSection.objects.create(plan=world.plan, title="Woord vooraf")
    goal = StrategicGoalFactory.create(domain=world.domain)
    IndicatorFactory.create(action=None, goal=goal)
    IndicatorFactory.create(action=world.action)
    ActionFactory.create(sub_theme=world.sub_theme, status=ActionStatus.DONE, code="1.1.9")
    data = {
        "title": "Derde editie",
        "starts": "2032-01-01",
        "ends": "2037-12-31",
        "form_token": str(uuid.uuid4()),
    } | dict.fromkeys(("sections", "principles", "domains", "actions"), "on")

    client.post(f"{URL}nieuwe-editie/", data)
    response = client.post(f"{URL}nieuwe-editie/", data)

    new = Plan.objects.get(predecessor=world.plan)
    assert response.headers["Location"] == new.get_absolute_url()
    assert (new.edition, new.status, new.code) == (2, "concept", "IVP-ZAN-2")
    action = Action.objects.get(plan=new)
    assert (action.code, action.status, action.lead_answer) == ("1.1.1", "voorgesteld", "")
    assert action.sub_theme.domain.plan == new
    assert Indicator.objects.filter(goal__domain__plan=new).count() == 1
    assert action.indicators.count() == 1


def test_a_new_edition_may_start_empty(client: Client, world: World) -> None:
    data = {"title": "Leeg", "starts": "2032-01-01", "ends": "2037-12-31"}
    client.post(f"{URL}nieuwe-editie/", data | {"form_token": str(uuid.uuid4())})
    new = Plan.objects.get(title="Leeg")
    assert not Domain.objects.filter(plan=new).exists()
    assert SubTheme.objects.count() == 1


def test_a_colleague_helps_and_no_longer(client: Client, world: World) -> None:
    helper = world.cast[Role.SERVICE]
    client.post(f"{URL}medewerkers/", {"email": helper.email.upper()})
    assert PlanUserPermission.objects.get().user == helper
    assert helper.name in client.get(f"{URL}medewerkers/").content.decode()

    client.post(f"{URL}medewerkers/{helper.pk}/intrekken/")
    assert not PlanUserPermission.objects.exists()
    verbs = list(LogEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["plan.helper_granted", "plan.helper_withdrawn"]


def test_who_helps_edits_the_tree_of_a_plan_in_the_making(client: Client, world: World) -> None:
    in_status(PlanStatus.DRAFT)
    PlanUserPermission.grant(world.lead, world.plan)
    client.force_login(world.lead)
    assert client.get(f"{URL}opbouw/").status_code == 200
    assert client.get(f"{URL}opbouw/domein/nieuw/").status_code == 200


def test_a_stranger_is_not_found_by_address(client: Client, world: World) -> None:
    response = client.post(f"{URL}medewerkers/", {"email": world.coordinator_elsewhere.email})
    assert response.status_code == 422
    assert not PlanUserPermission.objects.exists()


def test_whose_role_has_ended_is_not_found_either(client: Client, world: World) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    world.lead.memberships.update(starts=yesterday, ends=yesterday)
    assert client.post(f"{URL}medewerkers/", {"email": world.lead.email}).status_code == 422


def test_withdrawing_from_who_does_not_help_is_404(client: Client, world: World) -> None:
    assert client.post(f"{URL}medewerkers/{world.lead.pk}/intrekken/").status_code == 404


def test_the_title_of_a_new_edition_names_the_new_years(world: World) -> None:
    plan = world.plan
    plan.title = f"Plan {plan.starts.year}-{plan.ends.year} voor 2000 straten"

    proposed = next_edition(plan)

    starts, ends = proposed["starts"], proposed["ends"]
    assert proposed["title"] == f"Plan {starts.year}-{ends.year} voor 2000 straten"
