"""Photos: checked, without what the camera knew, with a small version, and no more than six."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.roles import Role
from meldingen.models import Melding, Photo
from meldingen.operations import photos
from tests.conftest import World, sign_in
from tests.factories import MeldingFactory, PhotoFactory


def picture(name: str = "foto.jpg", size: tuple[int, int] = (1200, 900)) -> SimpleUploadedFile:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Cameramerk"
    Image.new("RGB", size, "red").save(target, "JPEG", exif=exif)
    return SimpleUploadedFile(name, target.getvalue())


@pytest.fixture
def melding(world: World) -> Melding:
    return MeldingFactory.create(municipality=world.here, handler=world.service)


@pytest.fixture
def warden(world: World, client: Client) -> Client:
    sign_in(client, world.cast[Role.WARDEN])
    return client


def send(client: Client, melding: Melding, *files: SimpleUploadedFile, token: str = "") -> int:
    form = {"photos": list(files), "form_token": token or str(uuid.uuid4())}
    return client.post(f"/meldingen/{melding.pk}/foto/", form).status_code


def test_a_photo_has_a_small_version_and_no_secrets(warden: Client, melding: Melding) -> None:
    token = str(uuid.uuid4())
    assert send(warden, melding, picture(), token=token) == 302
    assert send(warden, melding, picture(), token=token) == 302

    row = Photo.objects.get()
    with row.file.open() as kept, row.thumbnail.open() as small_file:
        assert b"Cameramerk" not in kept.read()
        assert Image.open(small_file).size == (620, 465)
    small = warden.get(f"/meldingen/foto/{row.key}/klein/")
    assert small["Content-Type"] == "image/jpeg"
    assert "attachment" in warden.get(f"/meldingen/foto/{row.key}/")["Content-Disposition"]


@pytest.mark.parametrize("name", ["kwaad.svg", "kwaad.jpg", "kwaad.exe", "lijst.docx"])
def test_what_is_no_photo_is_refused(warden: Client, melding: Melding, name: str) -> None:
    assert send(warden, melding, SimpleUploadedFile(name, b"<svg onload=alert(1)>")) == 422
    assert not Photo.objects.exists()


def test_the_eleventh_is_refused(warden: Client, melding: Melding) -> None:
    PhotoFactory.create_batch(9, melding=melding)

    assert send(warden, melding, picture(), picture()) == 422
    assert send(warden, melding, picture()) == 302


def test_a_day_has_its_limit(
    warden: Client, melding: Melding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "DAY_BYTES", 10)

    assert send(warden, melding, picture()) == 422


def test_who_does_not_see_the_melding_sees_no_photo(
    world: World, melding: Melding, warden: Client
) -> None:
    row = PhotoFactory.create(melding=melding)
    Melding.objects.filter(pk=melding.pk).update(confidentiality="vertrouwelijk")

    assert warden.get(f"/meldingen/foto/{row.key}/").status_code == 404
    assert warden.get(f"/meldingen/foto/{row.key}/klein/").status_code == 404
