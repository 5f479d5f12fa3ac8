"""Papers of an agreement: in through the allow-list, every version kept, out to who reads it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from core.confidentiality import Level
from core.models import LogEntry
from partners.models import Agreement, AgreementDocument, DocumentVersion
from tests.conftest import World

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def sent(name: str = "Protocol.pdf", content: bytes = PDF, **fields: object) -> dict[str, object]:
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return {"kind": "tekst", "title": "", "file": file, "form_token": str(uuid.uuid4())} | fields


def upload(client: Client, agreement: Agreement, **fields: object) -> int:
    url = f"/afspraken/{agreement.pk}/documenten/nieuw/"
    return client.post(url, sent(**fields)).status_code  # type: ignore[arg-type]


def test_a_paper_is_kept_under_a_name_nobody_guesses(office: Client, agreement: Agreement) -> None:
    assert upload(office, agreement) == 302

    row = DocumentVersion.objects.get()
    assert (row.number, row.document.title) == (1, "Protocol.pdf")
    assert "rotocol" not in str(row.file.name)
    assert LogEntry.objects.within(agreement).get().verb == "agreementdocument.filed"


def test_the_versions_stand_newest_first_and_the_old_stay(
    office: Client, agreement: Agreement
) -> None:
    upload(office, agreement)
    paper = AgreementDocument.objects.get()
    office.post(f"/afspraken/documenten/{paper.pk}/nieuwe-versie/", sent("Tweede.pdf"))

    assert [row.number for row in paper.versions.all()] == [2, 1]
    page = office.get(f"/afspraken/{agreement.pk}/").content.decode()
    assert page.index("Tweede.pdf") < page.rindex("versie 1")
    for row in paper.versions.all():
        response = office.get(f"/afspraken/bestanden/{row.pk}/")
        assert response.content == PDF
        assert response.headers["Content-Disposition"].startswith("attachment")


def test_a_form_sent_twice_files_one(office: Client, agreement: Agreement) -> None:
    token = str(uuid.uuid4())
    for _ in range(2):
        upload(office, agreement, form_token=token)
    assert DocumentVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.exe", PDF, "Kies een PDF"),
        ("protocol.pdf", b"<html>", "niet wat zijn naam zegt"),
        ("groot.pdf", PDF + b"0" * 5000, "te groot"),
    ],
)
def test_what_is_wrong_or_too_large_is_refused_with_a_sentence(
    office: Client, agreement: Agreement, settings: Settings, name: str, content: bytes,
    sentence: str,
) -> None:  # fmt: skip
    settings.UPLOAD_MAX_BYTES = 4000
    url = f"/afspraken/{agreement.pk}/documenten/nieuw/"
    response = office.post(url, sent(name, content, title="Mijn titel"))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Mijn titel" in response.content.decode()
    assert not DocumentVersion.objects.exists()


def test_200_megabytes_are_refused_before_they_are_read(
    office: Client, agreement: Agreement
) -> None:
    url = f"/afspraken/{agreement.pk}/documenten/nieuw/"
    response = office.post(url, sent(), CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert response.status_code == 413


def test_an_archived_paper_is_out_of_sight_and_kept(office: Client, agreement: Agreement) -> None:
    upload(office, agreement)
    row = DocumentVersion.objects.get()

    office.post(f"/afspraken/documenten/{row.document_id}/archiveren/")

    assert office.get(f"/afspraken/bestanden/{row.pk}/").status_code == 404
    assert Path(row.file.path).exists()


def test_a_paper_travels_as_far_as_its_agreement(
    client: Client, office: Client, world: World, agreement: Agreement
) -> None:
    upload(office, agreement)
    url = f"/afspraken/bestanden/{DocumentVersion.objects.get().pk}/"
    client.force_login(world.lead)
    assert client.get(url).status_code == 200
    Agreement.objects.update(confidentiality=Level.RESTRICTED)
    assert client.get(url).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_a_404(office: Client, agreement: Agreement) -> None:
    upload(office, agreement)
    row = DocumentVersion.objects.get()
    Path(row.file.path).unlink()
    assert office.get(f"/afspraken/bestanden/{row.pk}/").status_code == 404
