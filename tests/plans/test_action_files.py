"""Files of an action: in through the allow-list, out to whoever reads their level."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from plans.models import Action, Attachment
from tests.conftest import World

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def url(world: World) -> str:
    return f"/acties/{world.action.pk}/bijlagen/nieuw/"


def sent(**fields: object) -> dict[str, object]:
    file = SimpleUploadedFile("Verslag mei.pdf", PDF, content_type="text/html")
    base = {"file": file, "confidentiality": Level.INTERNAL, "form_token": str(uuid.uuid4())}
    return base | fields


def test_a_file_is_kept_under_a_name_nobody_guesses(client: Client, world: World) -> None:
    client.post(url(world), sent())

    row = Attachment.objects.get()
    assert row.name == "Verslag mei.pdf"
    assert "erslag" not in str(row.file.name)
    assert (row.content_type, row.size) == ("application/pdf", len(PDF))
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    assert LogEntry.objects.get().verb == "attachment.added"


def test_it_comes_back_as_a_download_that_can_do_nothing(client: Client, world: World) -> None:
    client.post(url(world), sent())

    response = client.get(f"/bijlagen/{Attachment.objects.get().pk}/")

    assert response.content == PDF
    headers = response.headers
    assert headers["Content-Disposition"] == 'attachment; filename="Verslag mei.pdf"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_form_sent_twice_keeps_one_file(client: Client, world: World, tmp_path: Path) -> None:
    token = str(uuid.uuid4())

    client.post(url(world), sent(form_token=token))
    client.post(url(world), sent(form_token=token))

    assert Attachment.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"file": SimpleUploadedFile("a.exe", b"MZ")},
        {"file": SimpleUploadedFile("a.pdf", b"<script>")},
        {"file": SimpleUploadedFile("a.pdf", b"")},
        {"file": ""},
        {"confidentiality": "raar"},
        {"confidentiality": Level.CONFIDENTIAL},  # the service would not read it itself
        {"form_token": "x"},
    ],
)
def test_what_does_not_pass_leaves_nothing(
    client: Client, world: World, tmp_path: Path, fields: dict[str, object]
) -> None:
    assert client.post(url(world), sent(**fields)).status_code == 422
    assert not Attachment.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_above_ones_level_does_not_exist(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    client.post(url(world), sent(confidentiality=Level.CONFIDENTIAL))
    address = f"/bijlagen/{Attachment.objects.get().pk}/"
    assert client.get(address).status_code == 200

    for role in (Role.SERVICE, Role.COLLEGE, Role.CORE_GROUP, Role.PARTNER):
        client.force_login(world.cast[role])
        assert client.get(address).status_code == 404
        assert client.post(f"{address}archiveren/").status_code == 404


def test_the_lead_reads_what_has_the_level_of_its_action(client: Client, world: World) -> None:
    Action.objects.update(confidentiality=Level.RESTRICTED)

    client.post(url(world), sent(confidentiality=Level.RESTRICTED))

    assert client.get(f"/bijlagen/{Attachment.objects.get().pk}/").status_code == 200


def test_archiving_takes_it_out_of_sight_and_keeps_it(
    client: Client, world: World, tmp_path: Path
) -> None:
    client.post(url(world), sent())
    row = Attachment.objects.get()

    client.post(f"/bijlagen/{row.pk}/archiveren/")

    assert client.get(f"/bijlagen/{row.pk}/").status_code == 404
    assert Path(row.file.path).exists()


def test_a_file_that_is_gone_from_the_disk_is_a_404(client: Client, world: World) -> None:
    client.post(url(world), sent())
    row = Attachment.objects.get()
    Path(row.file.path).unlink()

    assert client.get(f"/bijlagen/{row.pk}/").status_code == 404


def test_who_does_not_lead_adds_nothing(client: Client, world: World) -> None:
    client.force_login(world.cast[Role.COLLEGE])

    assert client.post(url(world), sent()).status_code == 403
