"""500 files that mean no good: nothing breaks, and what is kept is a clean picture or a download."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from meldingen.models import Category, Melding, Photo, WaitingPhoto
from tests import hostile
from tests.conftest import World, sign_in
from tests.factories import CategoryFactory, SourceFactory
from tests.meldingen.citizen import address, filled

MARKS = (b"<script", b"onerror", b"onload", b"alert(1)", b"PK\x03\x04", b"MZ")


@pytest.fixture
def category(world: World, settings: Settings) -> Category:
    settings.ACCOUNT_RATE_LIMITS = {"melden": "9999/h/ip", "melden_versturen": "9999/h/ip"}
    SourceFactory.create(municipality=world.here, code="web", is_public=True)
    return CategoryFactory.create(municipality=world.here)


def upload(client: Client, kind: Category, name: str, content: bytes) -> str:
    """One file in a form of its own: the page that comes back."""
    key = str(uuid.uuid4())
    file = SimpleUploadedFile("x", content)
    file._name = name  # type: ignore[attr-defined]  # as a hostile program sends it: Django's own setter would clean it
    sent = filled(kind, stap="wat", form_key=key) | {"photos": [file]}
    answer = client.post(address(kind.municipality), sent)
    assert answer.status_code in {200, 422}, name
    return answer.content.decode()


def test_there_are_five_hundred_of_twenty_five_kinds() -> None:
    assert len(hostile.KINDS) == 25
    assert hostile.EACH * len(hostile.KINDS) == 500


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_nothing_breaks_and_nothing_foul_is_kept(
    category: Category, client: Client, kind: str
) -> None:
    for name, content in hostile.files(kind):
        page = upload(client, category, name, content)
        assert "<img src=x" not in page
    for row in WaitingPhoto.objects.all():
        is_clean(row)


def is_clean(row: WaitingPhoto) -> None:
    with row.file.open("rb") as kept:
        content = kept.read()
    assert str(row.file.name).rsplit("/", 1)[1].split(".")[0].isalnum()  # a name of our own
    assert "/" not in row.name
    assert "\0" not in row.name
    assert len(row.name) <= 150
    if row.content_type == "application/pdf":
        assert content.startswith(b"%PDF-")
        return
    assert not any(mark in content for mark in MARKS)
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        picture.load()
        assert not picture.getexif()
        assert getattr(picture, "n_frames", 1) == 1
        assert "icc_profile" not in picture.info


def test_what_was_kept_is_given_as_a_download_that_runs_nothing(
    world: World, category: Category, client: Client
) -> None:
    key = str(uuid.uuid4())
    pdf = SimpleUploadedFile("boze.pdf", hostile.PDF)
    client.post(address(world.here), filled(category, stap="wat", form_key=key) | {"photos": [pdf]})
    client.post(address(world.here), filled(category, form_key=key))
    sign_in(client, world.coordinator)

    answer = client.get(f"/meldingen/foto/{Photo.objects.get().key}/")

    assert Melding.objects.count() == 1
    assert answer["Content-Disposition"] == 'attachment; filename="boze.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
