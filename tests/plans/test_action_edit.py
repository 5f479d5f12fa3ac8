"""Making, rewriting, filing and stepping one action."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from plans.models import Action, PlanRevision, RevisionReason
from plans.models.plan import Plan
from plans.workflow import ActionStatus, PlanStatus
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    IndicatorFactory,
    NeighbourhoodFactory,
    PartnerFactory,
    SubThemeFactory,
    TacticalGoalFactory,
)

REVISION = {
    "revision_reason": RevisionReason.FEASIBILITY,
    "revision_decision": "CBS-2026-1",
    "revision_decided_on": "2026-09-01",
}
TEXT = {
    "title": "Meer licht",
    "dimension": "preventief",
    "start": "2026-02-01",
    "due": "2026-12-31",
    "chain": "melding\n\ncontrole",
    "themes": ["overlast"],
    "version": "1",
}


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


@pytest.fixture
def draft(world: World) -> World:
    Plan.objects.update(status=PlanStatus.DRAFT, adopted_on=None)
    return world


def edit_url(world: World) -> str:
    return f"/acties/{world.action.pk}/wijzigen/"


def new(world: World, **fields: object) -> dict[str, object]:
    text = {name: value for name, value in TEXT.items() if name != "version"}
    return text | {"sub_theme": world.sub_theme.pk, "form_token": str(uuid.uuid4())} | fields


def test_a_new_action_gets_the_next_free_code(client: Client, draft: World) -> None:
    ActionFactory.create(sub_theme=draft.sub_theme, code="1.1.7", archived_at="2026-01-01T00:00Z")

    response = client.post("/plannen/IVP-ZAN/acties/nieuw/", new(draft))

    made = Action.objects.get(title="Meer licht")
    assert made.code == "1.1.8"
    assert response.headers["Location"] == f"/acties/{made.pk}/"
    assert (made.status, made.chain, made.themes, made.revision) == (
        ActionStatus.IDEA,
        ["melding", "controle"],
        ["overlast"],
        None,
    )


def test_a_form_sent_twice_makes_one_action(client: Client, draft: World) -> None:
    data = new(draft)

    client.post("/plannen/IVP-ZAN/acties/nieuw/", data)
    client.post("/plannen/IVP-ZAN/acties/nieuw/", data)

    assert Action.objects.filter(title="Meer licht").count() == 1


def test_after_adoption_a_new_action_is_marked_as_new(client: Client, world: World) -> None:
    client.post("/plannen/IVP-ZAN/acties/nieuw/", new(world) | REVISION)

    made = Action.objects.get(title="Meer licht")
    assert made.revision == PlanRevision.objects.get()
    assert made.is_new_since_adoption


def test_after_adoption_the_text_changes_with_a_decision_only(client: Client, world: World) -> None:
    refused = client.post(edit_url(world), TEXT)
    assert refused.status_code == 422

    client.post(edit_url(world), TEXT | REVISION)

    world.action.refresh_from_db()
    assert world.action.title == "Meer licht"
    line = LogEntry.objects.about(world.action).get()
    assert "CBS-2026-1" in line.reason
    assert {"Meer licht"} <= {change["new"] for change in line.changes}


def test_the_form_shows_what_it_started_from(client: Client, world: World) -> None:
    Action.objects.update(chain=["een", "twee"])

    html = client.get(edit_url(world)).content.decode()

    assert "een\ntwee" in html


def test_neighbourhoods_decide_about_the_whole_territory(client: Client, draft: World) -> None:
    place = NeighbourhoodFactory.create(municipality=draft.here)
    NeighbourhoodFactory.create()

    client.post(edit_url(draft), TEXT | {"neighbourhoods": [place.pk]})

    draft.action.refresh_from_db()
    assert not draft.action.whole_territory
    assert list(draft.action.neighbourhoods.all()) == [place]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "verplicht"),
        ("title", "x" * 201, "200"),
        ("title", "a\x00b", "onzichtbare tekens"),
        ("title", "a\u202eb", "onzichtbare tekens"),
        ("due", "2026-01-01", "einddatum ligt voor"),
        ("due", "morgen", ""),
        ("dimension", "reactief", "soort reactie"),
        ("dimension", "raar", ""),
        ("goal", "99999999999999999999", ""),
        ("principles", "x", ""),
        ("chain", "x" * 151, "tekens"),
    ],
)
def test_bad_input_gets_a_sentence_and_writes_nothing(
    client: Client, draft: World, field: str, value: str, sentence: str
) -> None:
    response = client.post(edit_url(draft), TEXT | {field: value})

    if field == "principles":  # not offered in a plan without principles
        assert response.status_code == 302
        return
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not LogEntry.objects.exists()


def test_a_goal_of_another_sub_theme_is_refused(client: Client, draft: World) -> None:
    other = TacticalGoalFactory.create(sub_theme=SubThemeFactory.create(domain=draft.domain))

    data = new(draft, goal=other.pk)
    response = client.post("/plannen/IVP-ZAN/acties/nieuw/", data)

    assert response.status_code == 422
    assert "ander deelthema" in response.content.decode()


def test_a_foreign_sub_theme_is_refused(client: Client, draft: World) -> None:
    data = new(draft, sub_theme=SubThemeFactory.create().pk)

    assert client.post("/plannen/IVP-ZAN/acties/nieuw/", data).status_code == 422


def test_the_second_of_two_people_sees_both_texts(client: Client, draft: World) -> None:
    Action.objects.update(title="Hun titel", version=2)

    response = client.post(edit_url(draft), TEXT)

    html = response.content.decode()
    assert response.status_code == 409
    assert "Hun titel" in html
    assert "Meer licht" in html
    draft.action.refresh_from_db()
    assert draft.action.title == "Hun titel"

    client.post(edit_url(draft), TEXT | {"version": "2", "choose-title": "theirs", "how": "Zo."})

    draft.action.refresh_from_db()
    assert (draft.action.title, draft.action.how) == ("Hun titel", "Zo.")


def test_the_level_is_a_logged_change_without_a_decision(client: Client, world: World) -> None:
    url = f"/acties/{world.action.pk}/vertrouwelijkheid/"

    client.post(url, {"confidentiality": Level.RESTRICTED, "version": "1"})

    world.action.refresh_from_db()
    assert world.action.confidentiality == Level.RESTRICTED
    assert LogEntry.objects.get().changes[0]["new"] == "Beperkt"
    assert not PlanRevision.objects.exists()


def test_archiving_and_restoring_loses_nothing(client: Client, world: World) -> None:
    url = f"/acties/{world.action.pk}"

    assert client.post(f"{url}/archiveren/", {}).status_code == 422
    client.post(f"{url}/archiveren/", REVISION)
    assert not Action.objects.current().exists()
    assert client.post(edit_url(world), TEXT | REVISION).status_code == 403

    client.post(f"{url}/terugzetten/", REVISION)
    assert Action.objects.current().get() == world.action


def test_a_step_without_questions_is_one_click(client: Client, world: World) -> None:
    Action.objects.update(status=ActionStatus.PLANNED)

    client.post(f"/acties/{world.action.pk}/stap/starten/")

    assert Action.objects.get().status == ActionStatus.RUNNING


def test_a_step_with_a_reason_asks_it(client: Client, world: World) -> None:
    url = f"/acties/{world.action.pk}/stap/stopzetten/"

    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": " "}).status_code == 422
    client.post(url, {"reason": "Geen draagvlak"})

    assert Action.objects.get().status == ActionStatus.STOPPED
    assert LogEntry.objects.get().reason == "Geen draagvlak"


def test_approving_without_measure_and_timing_needs_a_reason(client: Client, world: World) -> None:
    Action.objects.update(status=ActionStatus.PROPOSED, due=None)
    url = f"/acties/{world.action.pk}/stap/goedkeuren/"

    refused = client.post(url)
    assert refused.status_code == 422
    assert "nog geen indicator en einddatum" in refused.content.decode()
    client.post(url, {"reason": "De meting volgt in maart"})

    assert Action.objects.get().status == ActionStatus.APPROVED
    assert LogEntry.objects.get().reason == "De meting volgt in maart"


def test_approving_a_good_action_asks_nothing(client: Client, world: World) -> None:
    IndicatorFactory.create(action=world.action)
    Action.objects.update(status=ActionStatus.PROPOSED)

    client.post(f"/acties/{world.action.pk}/stap/goedkeuren/")

    assert Action.objects.get().status == ActionStatus.APPROVED


def test_a_step_somebody_else_just_took_is_said(client: Client, world: World) -> None:
    response = client.post(f"/acties/{world.action.pk}/stap/voorstellen/", follow=True)

    assert "Iemand anders was je voor" in response.content.decode()
    assert client.post(f"/acties/{world.action.pk}/stap/onzin/").status_code == 404
    assert client.get(f"/acties/{world.action.pk}/stap/voorstellen/").status_code == 404


@pytest.mark.parametrize("name", ["wijzigen", "vertrouwelijkheid", "archiveren", "partners",
                                  "budget", "trekker", "indicatoren/nieuw"])  # fmt: skip
def test_the_lead_reads_but_does_not_rewrite(client: Client, world: World, name: str) -> None:
    client.force_login(world.cast[Role.SERVICE])

    assert client.get(f"/acties/{world.action.pk}/{name}/").status_code == 403


def rows(prefix: str, *, total: int, initial: int, **fields: object) -> dict[str, object]:
    management = {
        f"{prefix}-TOTAL_FORMS": total,
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 60,
        "version": 1,
    }
    return management | {f"{prefix}-{name}": value for name, value in fields.items()}


def test_partners_are_rows_and_one_line_in_the_history(client: Client, world: World) -> None:
    url = f"/acties/{world.action.pk}/partners/"
    fields = {"0-partner": world.care.pk, "0-role": "uitvoerder"}

    client.post(url, rows("partner_roles", total=1, initial=0, **fields))

    assert world.action.partner_roles.get().partner == world.care
    line = LogEntry.objects.get()
    assert (line.verb, line.changes[0]["new"]) == ("action.partners", "CGG (Uitvoerder)")


def test_the_lead_is_no_second_time_a_partner(client: Client, world: World) -> None:
    fields = {"0-partner": world.service.pk, "0-role": "uitvoerder"}
    data = rows("partner_roles", total=1, initial=0, **fields)

    response = client.post(f"/acties/{world.action.pk}/partners/", data)

    assert response.status_code == 422
    assert "al de trekker" in response.content.decode()


def test_a_partner_stands_there_once(client: Client, world: World) -> None:
    fields = {f"{n}-{k}": v for n in (0, 1) for k, v in
              {"partner": world.care.pk, "role": "uitvoerder"}.items()}  # fmt: skip
    data = rows("partner_roles", total=2, initial=0, **fields)

    assert client.post(f"/acties/{world.action.pk}/partners/", data).status_code == 422


def test_a_partner_of_elsewhere_is_no_choice(client: Client, world: World) -> None:
    foreign = PartnerFactory.create()
    fields = {"0-partner": foreign.pk, "0-role": "uitvoerder"}
    data = rows("partner_roles", total=1, initial=0, **fields)

    assert client.post(f"/acties/{world.action.pk}/partners/", data).status_code == 422


def test_rows_typed_on_an_older_page_clash_and_are_not_lost(client: Client, world: World) -> None:
    Action.objects.update(version=2)
    fields = {"0-partner": world.care.pk, "0-role": "uitvoerder"}
    data = rows("partner_roles", total=1, initial=0, **fields)

    response = client.post(f"/acties/{world.action.pk}/partners/", data)

    assert response.status_code == 409
    assert "CGG" in response.content.decode()
    assert not world.action.partner_roles.exists()


@pytest.mark.parametrize("amount", ["12500,50", "12.500,50"])
def test_a_budget_is_typed_as_people_here_do(client: Client, world: World, amount: str) -> None:
    fields = {"0-year": 2026, "0-source": "gemeente", "0-planned": amount, "0-committed": "0",
              "0-spent": "0"}  # fmt: skip
    url = f"/acties/{world.action.pk}/budget/"

    client.post(url, rows("budget_lines", total=1, initial=0, **fields))

    assert str(world.action.budget_lines.get().planned) == "12500.50"
    assert "12500.50" in LogEntry.objects.get().changes[0]["new"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("year", "1066"), ("year", "x"), ("planned", "-1"), ("planned", "9" * 40), ("source", "x")],
)
def test_a_bad_budget_line_is_refused(client: Client, world: World, name: str, value: str) -> None:
    good = {"year": 2026, "source": "gemeente", "planned": "1", "committed": "0", "spent": "0"}
    fields = {f"0-{key}": item for key, item in (good | {name: value}).items()}
    data = rows("budget_lines", total=1, initial=0, **fields)

    assert client.post(f"/acties/{world.action.pk}/budget/", data).status_code == 422


@pytest.mark.parametrize("data", [{}, {"budget_lines-TOTAL_FORMS": "x"}])
def test_rows_without_their_frame_are_refused(
    client: Client, world: World, data: dict[str, str]
) -> None:
    assert client.post(f"/acties/{world.action.pk}/budget/", data).status_code == 422


def test_who_claims_a_thousand_rows_gets_no_thousand_drawn(client: Client, world: World) -> None:
    data = rows("budget_lines", total=1000, initial=0)

    response = client.post(f"/acties/{world.action.pk}/budget/", data)

    assert response.status_code == 422
    assert len(re.findall(r'name="budget_lines-\d+-year"', response.content.decode())) == 60
