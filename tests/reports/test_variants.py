"""The kinds of report: chosen first, asked for what they need, compared with their own kind."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from core.confidentiality import Level
from partners.models import Partner, SharingEntry
from plans.models import Action, Plan
from plans.models.actions import BudgetLine
from reports.compare import since
from reports.models import Report, ReportRhythm, Variant
from reports.operations import rhythms
from reports.snapshot import take
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    AgreementFactory,
    AgreementPartyFactory,
    CommitmentFactory,
    EvaluationFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    PartnerFactory,
    ShareFactory,
)
from tests.reports.stage import NOW, draft, frozen

AGO = {"period_start": dt.date(2026, 1, 1), "period_end": dt.date(2026, 6, 30)}


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    client.force_login(world.coordinator)
    return client


def order(world: World, **values: object) -> dict[str, object]:
    token = str(uuid.uuid4())
    return {"plan": world.plan.pk, "preset": "kwartaal", "form_token": token, **values}


def test_the_kind_is_chosen_first(desk: Client, world: World) -> None:
    page = desk.get(reverse("reports:create"), {"plan": world.plan.pk}).content.decode()
    for variant in Variant:
        assert f"/rapporten/nieuw/{variant}/?plan={world.plan.pk}" in page
    assert desk.get("/rapporten/nieuw/iets/").status_code == 404


@pytest.mark.parametrize("variant", list(Variant))
def test_each_form_asks_for_what_its_kind_needs(desk: Client, variant: Variant) -> None:
    page = desk.get(reverse("reports:create-kind", args=[variant])).content.decode()
    assert ('name="partner"' in page) is (variant.subject == "partner")
    assert ('name="neighbourhood"' in page) is (variant.subject == "neighbourhood")


def test_a_report_about_a_partner_is_about_one(desk: Client, world: World) -> None:
    url = reverse("reports:create-kind", args=[Variant.PARTNER_GIVEN])
    assert desk.post(url, order(world)).status_code == 422
    assert desk.post(url, order(world, partner=world.care.pk)).status_code == 302
    report = Report.objects.get()
    assert (report.variant, report.partner) == (Variant.PARTNER_GIVEN, world.care)
    assert report.title.startswith(f"{world.care.name}: stand van zaken")


def test_somebody_else_s_partner_or_neighbourhood_is_not_offered(
    desk: Client, world: World
) -> None:
    far = PartnerFactory.create(municipality=world.elsewhere)
    place = NeighbourhoodFactory.create(municipality=world.elsewhere)
    for variant, wrong in (
        (Variant.PARTNER, {"partner": far.pk}), (Variant.PARTNER, {"partner": "9" * 40}),
        (Variant.NEIGHBOURHOOD, {"neighbourhood": place.pk}),
    ):  # fmt: skip
        url = reverse("reports:create-kind", args=[variant])
        assert desk.post(url, order(world, **wrong)).status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("audience", ["college", "zonale raad", "partner"])
def test_the_database_knows_the_kinds(world: World, audience: str) -> None:
    """No report about a neighbourhood for these readers; and none given to nobody."""
    place = NeighbourhoodFactory.create(municipality=world.here)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(world, audience=audience, neighbourhood=place)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(world, audience="partner")


def test_the_list_is_narrowed_by_kind(desk: Client, world: World) -> None:
    draft(world)
    draft(world, audience="kerngroep", partner=world.care)
    rows = reverse("reports:list")
    for query, found in (("soort=partner", 1), ("soort=wijk", 0), ("soort=x", 2), ("q=CGG", 1),
                         ("stand=bevroren", 0), ("q=%00", 2)):  # fmt: skip
        page = desk.get(f"{rows}?{query}").content.decode()
        assert page.count('class="is-title"') == found


def test_the_list_asks_the_same_for_many_subjects(desk: Client, world: World) -> None:
    counts = []
    desk.get(reverse("reports:list"))
    for _twice in range(2):
        for _number in range(10):
            partner = PartnerFactory.create(municipality=world.here)
            draft(world, audience="kerngroep", partner=partner)
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("reports:list"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_given_report_is_handed_over_and_not_sent(desk: Client, world: World) -> None:
    report = frozen(world, audience="partner", partner=world.care)
    page = desk.get(report.get_absolute_url()).content.decode()
    assert "De partner heeft het" in page
    assert reverse("reports:send", args=[report.pk]) not in page
    for _twice in range(2):
        desk.post(reverse("reports:give", args=[report.pk]))
    assert (
        SharingEntry.objects.filter(partner=world.care, subject=f"report:{report.pk}").count() == 1
    )
    assert "kreeg dit rapport op" in desk.get(report.get_absolute_url()).content.decode()
    other = frozen(world, audience="kerngroep", partner=world.care)
    assert desk.post(reverse("reports:give", args=[other.pk])).status_code == 403


def test_the_calendar_makes_a_draft_of_each_kind(desk: Client, world: World) -> None:
    form = {"plan": world.plan.pk, "weeks": 26, "days_ahead": 14, "next_on": "2026-12-01"}
    url = reverse("reports:rhythm-begin", args=["partner-geven"])
    for partner, status in ((world.care, 302), (world.service, 302), (world.care, 422)):
        sent = {**form, "partner": partner.pk, "form_token": str(uuid.uuid4())}
        assert desk.post(url, sent).status_code == status
    assert rhythms.make_drafts(on=dt.date(2026, 11, 20)) == 2
    assert set(Report.objects.values_list("partner", "audience")) == {
        (world.care.pk, "partner"), (world.service.pk, "partner"),
    }  # fmt: skip
    assert world.care.name in desk.get(reverse("reports:calendar")).content.decode()
    world.care.archived_at = "2026-11-21T00:00Z"
    world.care.save(update_fields=["archived_at"])
    Report.objects.all().delete()
    assert rhythms.make_drafts(on=dt.date(2027, 6, 1)) == 1
    assert ReportRhythm.objects.count() == 2


READERS: dict[Variant, set[Role]] = {
    Variant.ZONE: {Role.COORDINATOR, Role.CORE_GROUP},
    Variant.PARTNER: {Role.COORDINATOR, Role.CORE_GROUP},
    Variant.PARTNER_GIVEN: {Role.COORDINATOR, Role.CORE_GROUP},
    Variant.NEIGHBOURHOOD: {Role.COORDINATOR, Role.CORE_GROUP},
    Variant.NEIGHBOURHOOD_PUBLIC: {
        Role.COORDINATOR, Role.CORE_GROUP, Role.COLLEGE, Role.CIV_STAFF, Role.READER,
    },
}  # fmt: skip


@pytest.mark.parametrize("variant", list(READERS))
def test_who_reads_it(client: Client, world: World, variant: Variant) -> None:
    """Its page, its PDF, its comparison; the partner itself opens none."""
    Plan.objects.update(confidentiality=Level.PUBLIC)
    place = NeighbourhoodFactory.create(municipality=world.here)
    about: dict[str, Any] = {"partner": world.care, "neighbourhood": place}
    subject = {name: row for name, row in about.items() if name == variant.subject}
    report = frozen(world, audience=variant.audience, **subject)
    found = set()
    for role, user in world.cast.items():
        client.force_login(user)
        names = ("detail", "pdf", "compare", "build")
        codes = {
            client.get(reverse(f"reports:{name}", args=[report.pk])).status_code for name in names
        }
        assert codes in ({404}, {200, 302})
        found |= {role} if 200 in codes else set()
    assert found == READERS[variant]
    client.force_login(world.coordinator_elsewhere)
    assert client.get(report.get_absolute_url()).status_code == 404


# --- Since the previous report ----------------------------------------------------------------


def test_it_says_what_came_ended_and_moved(world: World) -> None:
    slipping = ActionFactory.create(
        sub_theme=world.sub_theme, running=True, title="Glijdt", due=dt.date(2026, 12, 1)
    )
    gone = ActionFactory.create(sub_theme=world.sub_theme, running=True, title="Weg")
    secret = ActionFactory.create(sub_theme=world.sub_theme, running=True, title="Verborgen")
    line = BudgetLine.objects.create(action=world.action, year=2026, source="gemeente", planned=10)
    before = frozen(world, **AGO)
    Action.objects.filter(pk=world.action.pk).update(status="gerealiseerd")
    Action.objects.filter(pk=slipping.pk).update(due=dt.date(2027, 3, 1), light="oranje")
    Action.objects.filter(pk=gone.pk).update(archived_at="2026-11-01T00:00Z")
    Action.objects.filter(pk=secret.pk).update(confidentiality=Level.CONFIDENTIAL)
    ActionFactory.create(sub_theme=world.sub_theme, running=True, title="Nieuw ding")
    BudgetLine.objects.filter(pk=line.pk).update(planned="25.50")

    found = take(draft(world, previous=before), on=NOW)["comparison"]

    assert [row.split(" ", 1)[1] for row in found["new"]] == ["Nieuw ding"]
    assert found["done"] == [f"{world.action.code} {world.action.title}"]
    assert [(row["old"], row["new"]) for row in found["moved"]] == [("2026-12-01", "2027-03-01")]
    assert found["gone"] == [f"{gone.code} Weg"]
    assert found["gone_unnamed"] == 1  # its readers may not hear of it any more
    assert "Verborgen" not in str(found)
    assert found["budget"][0] == {
        "name": "planned", "old": "10.00", "new": "25.50", "change": "15.50",
    }  # fmt: skip


def test_the_page_says_it_in_words(desk: Client, world: World) -> None:
    before = frozen(world, **AGO)
    ActionFactory.create(sub_theme=world.sub_theme, running=True, title="Nieuw ding")
    page = desk.get(draft(world, previous=before).get_absolute_url()).content.decode()
    assert "1 nieuw." in page
    same = frozen(world, previous=frozen(world))
    assert "Geen enkele actie kwam erbij" in desk.get(same.get_absolute_url()).content.decode()


def test_without_a_previous_report_there_is_nothing_to_say() -> None:
    assert since(None, {}) == {"previous": None}


def test_a_report_follows_its_own_kind(desk: Client, world: World) -> None:
    frozen(world, audience="kerngroep", **AGO)
    frozen(world, audience="kerngroep", partner=world.service, **AGO)
    own = frozen(world, audience="kerngroep", partner=world.care, **AGO)
    url = reverse("reports:create-kind", args=["partner"])
    desk.post(url, order(world, partner=world.care.pk))
    assert Report.objects.drafts().get().previous == own


@pytest.mark.parametrize("audience", ["partner", "kerngroep"])
def test_reports_about_a_partner_are_compared(desk: Client, world: World, audience: str) -> None:
    about = {"audience": audience, "partner": world.care}
    first = frozen(world, **about, **AGO)
    share = ShareFactory.create(
        action=ActionFactory.create(sub_theme=world.sub_theme, title="Samen dweilen",
                                    lead_partner=world.care, running=True),
        partner=world.care,
    )  # fmt: skip
    second = frozen(world, **about, previous=first)
    assert share.action.title in str(second.content["comparison"]["new"])
    for report in (first, second):
        page = desk.get(reverse("reports:compare", args=[report.pk])).content.decode()
        assert "Samen dweilen" in page


def test_those_of_the_plan_are_not_compared_with_those_of_a_partner(
    desk: Client, world: World
) -> None:
    whole, about = frozen(world), frozen(world, audience="kerngroep", partner=world.care)
    for report in (whole, about):
        page = desk.get(reverse("reports:compare", args=[report.pk])).content.decode()
        assert "Nog niets om mee te vergelijken" in page


# --- As much for few as for many --------------------------------------------------------------


@pytest.mark.parametrize(
    "variant", [Variant.PARTNER, Variant.PARTNER_GIVEN, Variant.NEIGHBOURHOOD, Variant.ZONE]
)
def test_it_asks_as_much_for_few_as_for_many(world: World, variant: Variant) -> None:
    place = NeighbourhoodFactory.create(municipality=world.here)
    about: dict[str, Any] = {
        "": {},
        "partner": {"partner": world.care},
        "neighbourhood": {"neighbourhood": place},
    }
    report = draft(world, audience=variant.audience, **about[variant.subject])
    take(report, by=world.coordinator, on=NOW)  # the plan and the partner themselves
    counts = []
    for many in (2, 12):
        for _one in range(many):
            action = ActionFactory.create(
                sub_theme=world.sub_theme, running=True, lead_partner=world.care, light="rood"
            )
            action.neighbourhoods.add(place)
            ShareFactory.create(action=action, partner=world.care)
            EvaluationFactory.create(action=action)
            party = AgreementPartyFactory.create(
                agreement=AgreementFactory.create(municipality=world.here), partner=world.care
            )
            CommitmentFactory.create(party=party)
            MeldingFactory.create(municipality=world.here, neighbourhood=place)
        with CaptureQueriesContext(connection) as queries:
            take(report, by=world.coordinator, on=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


def test_the_page_of_a_partner_leads_to_a_report_about_it(desk: Client, world: World) -> None:
    link = f"/rapporten/nieuw/partner/?partner={world.care.pk}"
    page = desk.get(f"/partners/{world.care.pk}/").content.decode()
    assert f'href="{link}"' in page

    form = desk.get(link).content.decode()

    assert f'<option value="{world.care.pk}" selected>' in form


def test_who_makes_no_reports_is_offered_none(world: World) -> None:
    client = Client()
    client.force_login(world.core_group)
    page = client.get(f"/partners/{world.care.pk}/").content.decode()
    assert world.care.name in page
    assert "Nieuw rapport" not in page


def test_about_a_partner_of_the_past_no_report_is_offered(desk: Client, world: World) -> None:
    Partner.objects.filter(pk=world.care.pk).update(archived_at=timezone.now())
    assert "Nieuw rapport" not in desk.get(f"/partners/{world.care.pk}/").content.decode()
