"""The demo holds exactly what its data say, always around today."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db.models import Count

from accounts.models import Membership, User
from accounts.roles import Role
from core.models import LogEntry
from demo import PASSWORD
from partners.models import (
    Agreement,
    AgreementType,
    Commitment,
    ConfidentialNote,
    ContactOfficer,
    KeyFigure,
    Partner,
    Referral,
)
from partners.workflow import CommitmentStatus
from plans.models import (
    Action,
    ActionCommitment,
    Domain,
    DomainPartner,
    Plan,
    PlanVersion,
    SubTheme,
    Update,
)
from plans.workflow import ActionStatus
from tests.conftest import DEMO_DAY


def actions_in(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        action
        for domain in data["domains"]
        for sub_theme in domain["sub_themes"]
        for action in sub_theme["actions"]
    ]


def test_the_plan_has_all_domains_sub_themes_and_actions(demo: dict[str, Any]) -> None:
    plan = Plan.objects.get(code="IVP-ZAN-2")
    assert Domain.objects.filter(plan=plan).count() == 7
    assert SubTheme.objects.filter(domain__plan=plan).count() == 35
    assert plan.actions.count() == len(actions_in(demo)) == 61
    assert plan.actions.filter(quick_win=True).count() == 9


@pytest.mark.parametrize("field", ["status", "light", "dimension"])
def test_statuses_lights_and_dimensions_are_those_of_the_data(
    demo: dict[str, Any], field: str
) -> None:
    wanted = Counter(action[field] or "" for action in actions_in(demo))
    found = Action.objects.filter(plan__code="IVP-ZAN-2").values_list(field, flat=True)
    assert Counter(found) == wanted


def test_everybody_can_sign_in_and_has_a_role(demo: dict[str, Any]) -> None:
    user = User.objects.get(email="coordinator@zandrode.example")
    assert user.check_password(PASSWORD)
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role)
    assert User.objects.get(email__startswith="burgemeester").roles == {
        Role.COLLEGE,
        Role.CORE_GROUP,
    }


def test_every_update_left_its_line_in_the_history(demo: dict[str, Any]) -> None:
    told = set(Update.objects.values_list("done", flat=True))
    assert {news["text"] for action in actions_in(demo) for news in action["updates"]} <= told
    assert LogEntry.objects.filter(verb="action.updated").count() == Update.objects.count()


def test_history_is_dated_when_it_happened(demo: dict[str, Any]) -> None:
    update = Update.objects.select_related("action").earliest("on")
    line = LogEntry.objects.about(update.action).filter(verb="action.updated").earliest("at")
    assert line.at.date() == update.on


def test_an_action_that_came_after_adoption_is_new_and_only_in_the_second_version(
    demo: dict[str, Any],
) -> None:
    assert Action.objects.exclude(revision=None).get().code == "1.2.2"
    kept = {version.label: str(version.snapshot) for version in PlanVersion.objects.all()}
    assert "Afsprakenkader met nachtwinkels" not in kept["1.0"]
    assert "Afsprakenkader met nachtwinkels" in kept["1.1"]


def test_the_second_plan_lacks_a_reactive_action(demo: dict[str, Any]) -> None:
    draft = Action.objects.filter(plan__code="IVP-MEL-1")
    assert set(draft.values_list("dimension", flat=True)) == {"proactief", "preventief"}


def test_a_stopped_action_says_why(demo: dict[str, Any]) -> None:
    action = Action.objects.get(status=ActionStatus.STOPPED)
    assert LogEntry.objects.about(action).get(verb="action.step").reason.startswith("Opgegaan in")


def test_the_agreements_are_those_of_the_data(demo: dict[str, Any]) -> None:
    assert AgreementType.objects.count() == 14
    wanted = {row["code"]: (row["status"], len(row["parties"])) for row in demo["agreements"]}
    rows = Agreement.objects.annotate(signers=Count("parties"))
    found = rows.values_list("code", "status", "signers")
    assert {code: (status, signers) for code, status, signers in found} == wanted
    assert len(wanted) == 16
    promises = sum(len(row["commitments"]) for row in demo["agreements"])
    assert Commitment.objects.count() == promises
    assert Commitment.objects.filter(status=CommitmentStatus.NOT_KEPT).count() == 1
    assert ActionCommitment.objects.count() == 10


def test_an_agreement_runs_out_one_renews_itself_and_one_has_its_own_contact(
    demo: dict[str, Any],
) -> None:
    assert Agreement.objects.ending(on=DEMO_DAY).get().code == "AF-15"
    assert Agreement.objects.filter(renewal="stilzwijgend").get().code == "AF-09"
    assert ContactOfficer.objects.get(agreement__code="AF-01").email.startswith("bus-veilig")


def test_personal_data_may_go_to_the_neighbourhood_police(demo: dict[str, Any]) -> None:
    police = Partner.objects.get(code="politie_wijk", municipality__code="ZAN")
    found = Agreement.objects.allowing_personal_data(police, on=DEMO_DAY)
    assert [row.code for row in found] == ["AF-12"]


def test_there_are_referrals_of_each_kind_and_notes_that_few_read(demo: dict[str, Any]) -> None:
    assert Counter(Referral.objects.values_list("status", flat=True))["verzonden"] == 2
    assert Referral.objects.late(on=DEMO_DAY).count() == 1
    assert Referral.objects.exclude(action_link=None).count() == 1
    reader = User.objects.get(email="coordinator@zandrode.example")
    assert ConfidentialNote.objects.visible_to(reader).count() == 2
    assert not ConfidentialNote.objects.visible_to(User.objects.get(email__startswith="civ"))


def test_partners_domains_practices_and_key_figures_are_there(demo: dict[str, Any]) -> None:
    plan = Plan.objects.get(code="IVP-ZAN-2")
    named = sum(len(row["domains"]) for row in demo["partners"])
    assert DomainPartner.objects.filter(domain__plan=plan).count() == named
    used = sum(len(row["used_in"]) for row in demo["good_practices"])
    assert Action.practices.through.objects.count() == used
    asked = sum(len(row["neighbourhoods"]) for row in demo["key_figure_types"])
    assert KeyFigure.objects.consenting(on=DEMO_DAY).count() == asked
    assert Partner.objects.with_ending_contact(on=DEMO_DAY).get().code == "jeugd"
