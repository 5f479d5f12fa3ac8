"""Reading a frozen report, following its PDF, and taking it along."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.roles import Role
from core import outbox
from core.confidentiality import Level
from core.models import OutboxEntry
from reports.models import Report
from tests.conftest import World
from tests.factories import ActionFactory
from tests.reports.stage import draft, frozen


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_the_audience_reads_it_and_others_do_not_know_it(world: World, client: Client) -> None:
    for_college = frozen(world)
    for_core = frozen(world, audience="kerngroep")
    readers = {Role.COORDINATOR, Role.CORE_GROUP}

    for role, user in world.cast.items():
        client.force_login(user)
        college = client.get(for_college.get_absolute_url()).status_code
        core = client.get(for_core.get_absolute_url()).status_code
        assert (college == 200) is (role in readers | {Role.COLLEGE})
        assert (core == 200) is (role in readers)


def test_a_draft_is_seen_by_who_makes_reports_alone(world: World, client: Client) -> None:
    report = draft(world)

    for role, user in world.cast.items():
        client.force_login(user)
        listed = report.title in client.get(reverse("reports:list")).content.decode()
        assert listed is (role == Role.COORDINATOR)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("queued", "De PDF staat in de wachtrij"),
        ("sending", "Bladzijden opmaken"),
        ("failed", "Te vaak geprobeerd"),
    ],
)
def test_the_page_follows_the_work(world: World, client: Client, status: str, words: str) -> None:
    report = frozen(world)
    OutboxEntry.objects.update(
        status=status, stage="Bladzijden opmaken", last_error="Te vaak geprobeerd"
    )
    client.force_login(world.college)

    for url in (report.get_absolute_url(), reverse("reports:build", args=[report.pk])):
        page = client.get(url).content.decode()
        assert words in page
        assert "Opnieuw" not in page  # that is for who makes reports


def test_the_pdf_comes_with_a_name_that_says_what_it_is(world: World, client: Client) -> None:
    report = frozen(world, period_start="2026-10-01", period_end="2026-12-31")
    outbox.drain("pdf")
    client.force_login(world.college)

    page = client.get(report.get_absolute_url()).content.decode()
    answer = client.get(reverse("reports:pdf", args=[report.pk]))

    assert "PDF openen" in page
    assert Report.objects.get().pdf_sha256 in page
    assert answer["Content-Type"] == "application/pdf"
    assert "Voortgangsrapport-Zandrode-2026-Q4-college.pdf" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer).startswith(b"%PDF-")


def test_before_it_is_made_the_address_of_the_pdf_leads_to_its_page(
    world: World, client: Client
) -> None:
    report = frozen(world)
    client.force_login(world.college)

    assert client.get(reverse("reports:pdf", args=[report.pk])).status_code == 302


def test_of_a_pdf_that_was_lost_on_the_disk_people_read_what_to_do(
    world: World, client: Client
) -> None:
    report = frozen(world)
    outbox.drain("pdf")
    Path(Report.objects.get().pdf.path).unlink()
    client.force_login(world.college)

    page = client.get(reverse("reports:pdf", args=[report.pk]), follow=True).content.decode()

    assert "uit de reservekopie" in page


def test_the_spreadsheet_holds_the_frozen_actions_within_the_level(
    world: World, client: Client
) -> None:
    ActionFactory.create(
        sub_theme=world.sub_theme, title="Geheim", confidentiality=Level.RESTRICTED
    )
    report = frozen(world)
    title = world.action.title
    world.action.title = "Later gewijzigd"
    world.action.save(update_fields=["title"])
    client.force_login(world.college)

    answer = client.get(reverse("reports:xlsx", args=[report.pk]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == [title]


def test_a_title_that_looks_like_a_formula_stays_text(world: World, client: Client) -> None:
    world.action.title = '=HYPERLINK("http://x.example")'
    world.action.save(update_fields=["title"])
    report = frozen(world)
    client.force_login(world.college)

    answer = client.get(reverse("reports:xlsx", args=[report.pk]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    assert book.get_sheet_by_index(0).to_python()[1][3] == world.action.title


def test_what_is_above_the_level_is_on_no_page_of_the_report(world: World, client: Client) -> None:
    ActionFactory.create(
        sub_theme=world.sub_theme, title="Geheimwoord", light="rood", running=True,
        confidentiality=Level.RESTRICTED,
    )  # fmt: skip
    open_draft, report = draft(world), frozen(world)
    client.force_login(world.coordinator)

    pages = [
        client.get(open_draft.get_absolute_url()),
        client.post(reverse("reports:preview", args=[open_draft.pk]), {"title": "x"}),
        client.get(report.get_absolute_url()),
    ]

    assert all("Geheimwoord" not in page.content.decode() for page in pages)


def test_the_reading_view_does_not_need_templates_of_the_time(world: World, client: Client) -> None:
    """A status that is called otherwise later still reads as it did."""
    report = frozen(world)
    assert report.snapshot is not None
    assert report.snapshot["labels"]["status"]["lopend"] == "Lopend"


def test_the_list_asks_the_same_for_3_reports_and_for_30(
    world: World, client: Client, django_assert_max_num_queries: object
) -> None:
    for _number in range(30):
        draft(world)
    client.force_login(world.coordinator)
    client.get(reverse("reports:list"))

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(reverse("reports:list"))


@pytest.mark.parametrize("page", ["x", "0", "-1", "9" * 50, "\x00"])
def test_a_strange_page_number_is_no_error(world: World, client: Client, page: str) -> None:
    client.force_login(world.coordinator)

    assert client.get(reverse("reports:list"), {"page": page}).status_code == 200
