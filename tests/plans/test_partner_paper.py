"""Partners × domains as a PDF: asked once, made by a worker, for who asked it alone."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import page as page_validation
import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Membership
from accounts.roles import Role
from accounts.tasks import tidy
from core import asked, outbox
from core.models import AskedPdf, OutboxEntry
from plans import partner_paper
from plans.models import Action, DomainPartner
from tests.conftest import World
from tests.factories import (
    CompetenceFactory,
    ContactOfficerFactory,
    DomainFactory,
    PartnerFactory,
)
from tests.together import at_once


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def asked_on(desk: Client, world: World) -> AskedPdf:
    response = desk.post(f"/plannen/{world.plan.code}/partners/pdf/")
    paper = AskedPdf.objects.latest("pk")
    assert response.headers["Location"] == paper.get_absolute_url()
    return paper


def read(paper: AskedPdf) -> PdfReader:
    outbox.drain("pdf")
    paper.refresh_from_db()
    return PdfReader(io.BytesIO(Path(paper.pdf.path).read_bytes()))


def words(pdf: PdfReader) -> str:
    return "\n".join(sheet.extract_text() for sheet in pdf.pages)


def test_the_pdf_says_what_the_page_says(desk: Client, world: World) -> None:
    CompetenceFactory.create(municipality=world.here, question="Wie ruimt dit op?")
    officer = ContactOfficerFactory.create(partner=world.civ, function="Preventiewerker")
    DomainPartner.objects.create(domain=world.domain, partner=world.civ, contact=officer)

    pdf = read(asked_on(desk, world))

    text = words(pdf)
    for said in (
        "Zandrode", world.plan.title, "trekt 1 actie", "genoemd", "geen politie", "CGG",
        "Aanspreekpunten per domein", "Preventiewerker",
        "Wie ruimt dit op?", world.coordinator.name, f"pagina 1 van {len(pdf.pages)}",
    ):  # fmt: skip
        assert said in text
    assert str(pdf.root_object["/Lang"]) == "nl-BE"
    width, height = pdf.pages[0].mediabox.width, pdf.pages[0].mediabox.height
    assert width > height


def test_it_passes_the_profile_for_accessible_pdf(desk: Client, world: World) -> None:
    officer = ContactOfficerFactory.create(partner=world.civ)
    DomainPartner.objects.create(domain=world.domain, partner=world.civ, contact=officer)
    for number in range(2, 10):
        DomainFactory.create(plan=world.plan, number=number)
    paper = asked_on(desk, world)
    read(paper)

    profile = page_validation.ValidationProfile.PDF_UA_1
    found = page_validation.validate_pdf(paper.pdf.path, profile=profile)

    assert [str(failure) for failure in found.failures] == []


def test_many_partners_and_domains_keep_their_heads(desk: Client, world: World) -> None:
    name = "Vereniging voor samenleven en buurtwerk in de hele streek"
    for number in range(60):
        partner = PartnerFactory.create(municipality=world.here, name=f"{name} {number}")
        DomainPartner.objects.create(domain=world.domain, partner=partner)
    for number in range(2, 10):
        DomainFactory.create(plan=world.plan, number=number, title="Lang" * 12)

    pdf = read(asked_on(desk, world))

    sheets = [sheet.extract_text() for sheet in pdf.pages]
    assert sum("2. Lang" in sheet for sheet in sheets) >= 2  # the head is there again
    assert (
        "".join(sheets).count("streek 42") == 2
    )  # and the partner, beside the domains that follow


def test_a_double_click_makes_one(desk: Client, world: World) -> None:
    first, second = asked_on(desk, world), asked_on(desk, world)

    assert first == second
    assert OutboxEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one(world: World) -> None:
    at_once(
        lambda: partner_paper.ask(world.plan, by=world.coordinator),
        lambda: partner_paper.ask(world.plan, by=world.coordinator),
    )
    assert AskedPdf.objects.count() == OutboxEntry.objects.count() == 1


def test_it_holds_what_its_asker_may_read(world: World) -> None:
    Action.objects.update(confidentiality="vertrouwelijk")
    own = partner_paper.ask(world.plan, by=world.coordinator)
    other = partner_paper.ask(world.plan, by=world.cast[Role.CIV_STAFF])

    assert [line["partner"] for line in own.snapshot["lines"]] == [world.service.name]
    assert other.snapshot["lines"] == []
    with pytest.raises(PermissionDenied):
        partner_paper.ask(world.plan, by=world.reader)


def test_it_waits_is_ready_and_is_taken_along(desk: Client, world: World) -> None:
    paper = asked_on(desk, world)
    page = paper.get_absolute_url()
    assert "wachtrij" in desk.get(page).content.decode()
    assert desk.get(f"{page}bestand/").headers["Location"] == page

    outbox.drain("pdf")

    assert "De PDF is klaar" in desk.get(f"{page}opbouw/").content.decode()
    response: Any = desk.get(f"{page}bestand/")
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert ".pdf" in response.headers["Content-Disposition"]
    assert page in desk.get(f"/plannen/{world.plan.code}/partners/").content.decode()


def test_a_file_that_is_lost_is_told(desk: Client, world: World) -> None:
    paper = asked_on(desk, world)
    read(paper)
    Path(paper.pdf.path).unlink()
    response = desk.get(f"{paper.get_absolute_url()}bestand/", follow=True)
    assert "staat niet meer op de server" in response.content.decode()


def test_what_fails_says_why_and_is_tried_again(
    desk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_paper: AskedPdf) -> str:
        message = "het sjabloon is stuk"
        raise outbox.PermanentError(message)

    paper = asked_on(desk, world)
    with monkeypatch.context() as broken:
        broken.setattr(asked, "page_of", fail)
        outbox.drain("pdf")
    page = desk.get(paper.get_absolute_url()).content.decode()
    assert "het sjabloon is stuk" in page
    assert "Opnieuw" in page

    desk.post(f"{paper.get_absolute_url()}opnieuw/")
    read(paper)
    assert paper.is_built


@pytest.mark.parametrize("part", ["", "opbouw/", "bestand/"])
def test_it_is_gone_with_the_right_to_the_plan(desk: Client, world: World, part: str) -> None:
    paper = asked_on(desk, world)
    read(paper)
    Membership.objects.filter(user=world.coordinator).update(ends=dt.date(2026, 1, 2))
    assert desk.get(f"{paper.get_absolute_url()}{part}").status_code == 404


def test_it_is_gone_with_a_level_until_it_is_asked_again(desk: Client, world: World) -> None:
    """Whoever still reads the plan, but no longer all that the paper may hold."""
    paper = asked_on(desk, world)
    world.coordinator.memberships.update(role=Role.CIV_STAFF)
    assert desk.get(paper.get_absolute_url()).status_code == 404

    assert asked_on(desk, world) == paper  # it says the same: nothing closed stood in it
    assert desk.get(paper.get_absolute_url()).status_code == 200


def test_it_is_not_made_for_who_may_no_longer_read(desk: Client, world: World) -> None:
    paper = asked_on(desk, world)
    Membership.objects.filter(user=world.coordinator).update(ends=dt.date(2026, 1, 2))

    outbox.drain("pdf")

    paper.refresh_from_db()
    assert not paper.is_built
    assert "niet meer lezen" in OutboxEntry.objects.get().last_error


def test_after_some_days_it_is_thrown_away(
    desk: Client, world: World, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    paper = asked_on(desk, world)
    read(paper)
    with django_capture_on_commit_callbacks(execute=True):
        tidy()
    assert AskedPdf.objects.exists()

    AskedPdf.objects.update(kept_until=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        tidy()

    assert not AskedPdf.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_work_on_what_was_thrown_away_ends_quietly(desk: Client, world: World) -> None:
    asked_on(desk, world).delete()
    outbox.drain("pdf")
    assert OutboxEntry.objects.get().status == "sent"
