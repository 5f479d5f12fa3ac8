"""Making the PDF through the outbox: once, whole, and never by a worker that lost its turn."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import page as page_validation
import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from core import outbox
from core.confidentiality import Level
from core.models import OutboxEntry
from plans.models import ActionPartner, Plan
from reports import tasks
from reports.models import Report, Variant
from tests.conftest import World
from tests.factories import (
    AgreementFactory,
    AgreementPartyFactory,
    CommitmentFactory,
    NeighbourhoodFactory,
    ShareFactory,
)
from tests.reports.stage import frozen, make_red


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_outbox_makes_one_whole_pdf(world: World, media: Path) -> None:
    make_red(world)
    report = frozen(world, foreword="Beste college, lees dit.")

    assert outbox.drain("pdf") == 1

    report.refresh_from_db()
    content = Path(report.pdf.path).read_bytes()
    assert OutboxEntry.objects.get().status == "sent"
    assert hashlib.sha256(content).hexdigest() == report.pdf_sha256
    assert report.pdf_size == len(content)
    assert len(PdfReader(io.BytesIO(content)).pages) == report.pdf_pages
    assert len(files(media)) == 1


def test_the_pdf_is_tagged_named_and_complete(world: World) -> None:
    make_red(world)
    report = frozen(world, foreword="Beste college, lees dit.")
    outbox.drain("pdf")
    report.refresh_from_db()

    pdf = PdfReader(io.BytesIO(Path(report.pdf.path).read_bytes()))
    text = "\n".join(sheet.extract_text() for sheet in pdf.pages)

    assert "/StructTreeRoot" in pdf.root_object
    assert str(pdf.root_object["/Lang"]) == "nl-BE"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Voortgangsrapport"
    titles = [item["/Title"] for item in pdf.outline if isinstance(item, dict)]
    assert {"Kerncijfers", "Per domein", "Budget", "Vooruitblik"} <= set(titles)
    for words in ("Beste college, lees dit.", "Oorzaak.", "Voorstel.", world.action.title):
        assert words in text
    assert f"pagina 2 van {len(pdf.pages)}" in text
    assert embedded_fonts(pdf) == {"Inter"}


def embedded_fonts(pdf: PdfReader) -> set[str]:
    """The families of the fonts in the file; one that is only named, not embedded, is an error."""
    families = set()
    for sheet in pdf.pages:
        resources: Any = sheet["/Resources"]
        for font in resources.get("/Font", {}).values():
            child = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = child["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
            families.add(str(child["/BaseFont"]).partition("+")[2].partition("-")[0])
    return families


@pytest.mark.parametrize("variant", list(Variant))
def test_it_passes_the_profile_for_accessible_pdf(world: World, variant: Variant) -> None:
    make_red(world)
    Plan.objects.update(confidentiality=Level.PUBLIC)
    place = NeighbourhoodFactory.create(municipality=world.here)
    world.action.neighbourhoods.add(place)
    ActionPartner.objects.create(action=world.action, partner=world.care, role="uitvoerder")
    ShareFactory.create(action=world.action, partner=world.care)
    party = AgreementPartyFactory.create(
        agreement=AgreementFactory.create(municipality=world.here), partner=world.care
    )
    CommitmentFactory.create(party=party)
    about: dict[str, Any] = {"partner": world.care, "neighbourhood": place}
    about = {name: row for name, row in about.items() if name == variant.subject}
    previous = frozen(world, audience=variant.audience, **about)
    report = frozen(
        world, audience=variant.audience, foreword="a\n\nb", decisions_asked="Ja.\nNee.",
        previous=previous, **about,
    )  # fmt: skip
    outbox.drain("pdf")
    report.refresh_from_db()

    found = page_validation.validate_pdf(
        report.pdf.path, profile=page_validation.ValidationProfile.PDF_UA_1
    )

    assert [str(failure) for failure in found.failures] == []


def test_building_again_changes_nothing(world: World, media: Path) -> None:
    report = frozen(world)
    outbox.drain("pdf")
    report.refresh_from_db()
    OutboxEntry.objects.update(status="queued", run_after=timezone.now())

    assert outbox.drain("pdf") == 1

    after = Report.objects.get()
    assert after.pdf_sha256 == report.pdf_sha256
    assert len(files(media)) == 1


def test_a_worker_that_lost_its_turn_leaves_nothing(world: World, media: Path) -> None:
    frozen(world)
    slow = outbox.claim("pdf")
    assert slow is not None
    OutboxEntry.objects.update(lease_until=timezone.now())
    quick = outbox.claim("pdf")
    assert quick is not None

    tasks.build_pdf(slow)
    assert not Report.objects.get().is_built
    tasks.build_pdf(quick)

    assert Report.objects.get().is_built
    assert len(files(media)) == 1


def test_what_a_dead_worker_left_half_is_swept(world: World, media: Path) -> None:
    report = frozen(world)
    folder = media / "rapporten" / str(report.period_end.year)
    folder.mkdir(parents=True)
    name = f"{report.pk}-{report.checksum[:16]}.pdf"
    (folder / f".{name}.{'0' * 32}.tmp").write_bytes(b"half")

    outbox.drain("pdf")

    assert [path.name for path in files(media)] == [name]


def test_the_pdf_says_what_was_frozen_not_what_is_now(world: World) -> None:
    title = world.action.title
    report = frozen(world)
    world.action.title = "Veranderd na het bevriezen"
    world.action.save(update_fields=["title"])

    outbox.drain("pdf")

    report.refresh_from_db()
    pdf = PdfReader(io.BytesIO(Path(report.pdf.path).read_bytes()))
    text = "\n".join(sheet.extract_text() for sheet in pdf.pages)
    assert title in text
    assert "Veranderd" not in text


def test_a_pdf_that_cannot_be_made_ends_with_a_reason_and_a_button(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = frozen(world)

    def fail(_report: Report) -> str:
        message = "het sjabloon is stuk"
        raise RuntimeError(message)

    monkeypatch.setattr(tasks, "page_of", fail)
    for _attempt in range(outbox.MAX_ATTEMPTS):
        OutboxEntry.objects.update(run_after=timezone.now())
        outbox.drain("pdf")
    client.force_login(world.coordinator)

    page = client.get(report.get_absolute_url()).content.decode()

    assert OutboxEntry.objects.get().status == "failed"
    assert "Onverwachte fout (RuntimeError)." in page
    assert "het sjabloon is stuk" not in page  # the words of an error may hold anything
    assert "Opnieuw" in page

    monkeypatch.undo()
    client.post(reverse("reports:again", args=[report.pk]))
    outbox.drain("pdf")
    assert Report.objects.get().is_built


def test_a_report_that_is_gone_or_a_draft_is_not_built(world: World) -> None:
    entry = outbox.promise("report_pdf", key="pdf:test", report=0)

    outbox.drain("pdf")

    entry.refresh_from_db()
    assert entry.status == "failed"
    assert "bestaat niet" in entry.last_error


def test_the_worker_tells_how_far_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(world)
    told: list[str] = []
    monkeypatch.setattr(outbox, "set_stage", lambda _entry, stage: told.append(stage))

    outbox.drain("pdf")

    assert told == ["Cijfers klaarzetten", "Bladzijden opmaken", "Bewaren"]
