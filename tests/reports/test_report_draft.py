"""Starting a report and writing in its draft."""

from __future__ import annotations

import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.confidentiality import Level
from core.models import LogEntry
from plans.models import Plan
from reports.models import Audience, DomainRemark, Report
from tests.conftest import World
from tests.reports.stage import NOW, draft, frozen


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    client.force_login(world.coordinator)
    return client


CREATE = "/rapporten/nieuw/college/"


def order(world: World, **values: str) -> dict[str, str]:
    return {
        "plan": str(world.plan.pk),
        "preset": "kwartaal",
        "form_token": str(uuid.uuid4()),
        **values,
    }


@pytest.mark.parametrize(
    ("preset", "start", "end"),
    [
        ("kwartaal", "2026-10-01", "2026-12-31"),
        ("halfjaar", "2026-07-01", "2026-12-31"),
        ("vorig", "2026-07-01", "2026-11-21"),
    ],
)
def test_a_period_is_one_click(
    world: World, desk: Client, preset: str, start: str, end: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        desk.force_login(world.coordinator)
        answer = desk.post(CREATE, order(world, preset=preset))

    report = Report.objects.get()
    assert answer.status_code == 302
    assert (f"{report.period_start}", f"{report.period_end}") == (start, end)


def test_the_previous_report_is_proposed_and_continued(world: World, desk: Client) -> None:
    before = frozen(world)
    with time_machine.travel("2026-12-20", tick=False):
        desk.force_login(world.coordinator)
        desk.post(CREATE, order(world, preset="vorig"))

    report = Report.objects.drafts().get()
    assert report.previous == before
    assert f"{report.period_start}" == "2026-11-22"


def test_own_dates_must_be_there_and_in_order(world: World, desk: Client) -> None:
    url = CREATE
    none = desk.post(url, order(world, preset="eigen"))
    turned = desk.post(
        url, order(world, preset="eigen", period_start="2026-10-02", period_end="2026-10-01")
    )

    assert none.status_code == turned.status_code == 422
    assert "Kies een datum." in none.content.decode()
    assert "ligt voor de begindatum" in turned.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"plan": "999999999999999999999"}, {"preset": "x"}, {"plan": "\x00"}],
)
def test_nonsense_gives_the_form_again(world: World, desk: Client, wrong: dict[str, str]) -> None:
    assert desk.post(CREATE, order(world, **wrong)).status_code == 422


def test_a_double_click_makes_one_report(world: World, desk: Client) -> None:
    sent = order(world)

    first = desk.post(CREATE, sent)
    second = desk.post(CREATE, sent)

    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_the_plan_of_another_municipality_cannot_be_chosen(world: World, client: Client) -> None:
    client.force_login(world.coordinator_elsewhere)

    assert client.post(CREATE, order(world)).status_code == 422


def test_readers_who_may_not_know_of_the_plan_cannot_be_chosen(world: World, desk: Client) -> None:
    Plan.objects.update(confidentiality=Level.RESTRICTED)
    response = desk.post(CREATE, order(world))
    assert response.status_code == 422
    assert "Kies andere lezers" in response.content.decode()


def test_a_plan_that_became_more_confidential_is_not_frozen_for_the_college(
    world: World, desk: Client
) -> None:
    report = draft(world, audience=Audience.COLLEGE)
    Plan.objects.update(confidentiality=Level.RESTRICTED)

    assert "Kies andere lezers" in desk.get(report.get_absolute_url()).content.decode()
    address = reverse("reports:freeze", args=[report.pk])
    assert desk.post(address, {"version": report.version}).status_code == 403
    assert not Report.objects.frozen().exists()


def text(report: Report, **values: str) -> dict[str, str]:
    return {"title": report.title, "version": str(report.version), **values}


def test_texts_and_remarks_are_kept_with_their_history(world: World, desk: Client) -> None:
    report = draft(world)
    remark = f"remark_{world.domain.pk}"

    desk.post(
        reverse("reports:write", args=[report.pk]),
        text(report, foreword="Beste college", **{remark: "Goed bezig."}),
    )

    report.refresh_from_db()
    assert (report.foreword, report.version) == ("Beste college", 2)
    assert DomainRemark.objects.get().text == "Goed bezig."
    changes = LogEntry.objects.about(report).get(verb="report.edited").changes
    assert [change["new"] for change in changes] == ["Beste college", "Goed bezig."]


def test_the_second_of_two_writers_gets_both_texts(world: World, desk: Client) -> None:
    report = draft(world)
    remark = f"remark_{world.domain.pk}"
    url = reverse("reports:write", args=[report.pk])
    desk.post(url, text(report, foreword="Van Els", **{remark: "Els vindt"}))

    answer = desk.post(url, text(report, foreword="Van Jan", **{remark: "Jan vindt"}))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("Van Els", "Van Jan", "Els vindt", "Jan vindt"))
    report.refresh_from_db()
    assert report.foreword == "Van Els"

    chosen = text(report, foreword="Van Jan", **{remark: "Jan vindt"})
    desk.post(url, chosen | {"choose-foreword": "mine", f"choose-{remark}": "theirs"})
    report.refresh_from_db()
    assert report.foreword == "Van Jan"
    assert DomainRemark.objects.get().text == "Els vindt"


@pytest.mark.parametrize("words", ["x" * 4001, "nul\x00", "\u202eomgekeerd"])
def test_text_that_cannot_be_kept_is_refused_with_a_sentence(
    world: World, desk: Client, words: str
) -> None:
    report = draft(world)

    answer = desk.post(reverse("reports:write", args=[report.pk]), text(report, foreword=words))

    assert answer.status_code == 422
    assert Report.objects.get().foreword == ""


def test_a_frozen_report_takes_no_text(world: World, desk: Client) -> None:
    report = frozen(world)

    answer = desk.post(reverse("reports:write", args=[report.pk]), text(report, foreword="Toch"))

    assert answer.status_code == 403


def test_the_preview_shows_what_is_being_written_and_keeps_nothing(
    world: World, desk: Client
) -> None:
    report = draft(world)
    sent = text(report, foreword="Nog niet bewaard", **{f"remark_{world.domain.pk}": "Ook dit"})

    page = desk.post(reverse("reports:preview", args=[report.pk]), sent).content.decode()

    assert "Nog niet bewaard" in page
    assert "Ook dit" in page
    assert Report.objects.get().foreword == ""
    assert not DomainRemark.objects.exists()


def test_people_s_text_is_text_in_the_preview(world: World, desk: Client) -> None:
    report = draft(world)
    sent = text(report, foreword='<img src="http://x.example/y"> & <b>vet</b>')

    page = desk.post(reverse("reports:preview", args=[report.pk]), sent).content.decode()

    assert "<img" not in page
    assert "&lt;b&gt;vet" in page
