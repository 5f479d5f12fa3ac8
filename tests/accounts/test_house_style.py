"""The municipality's colour and logo."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Municipality
from core.colours import contrast, ink_on
from core.models import LogEntry
from tests.conftest import World

URL = "/beheer/huisstijl/ZAN/"
WORDS = {"colour": "#14532d", "motto": "Samen", "about_civ": "", "opening_hours": "ma-vr 9-12"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def desk(client: Client, world: World, settings: Settings, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(world.administrator)
    return client


def picture(size: tuple[int, int] = (900, 300), kind: str = "JPEG") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", size, "green").save(drawn, kind)
    return SimpleUploadedFile("logo.jpg", drawn.getvalue(), "image/jpeg")


def test_colour_and_words_are_saved_with_their_history(desk: Client, world: World) -> None:
    assert desk.get(URL).status_code == 200
    assert desk.post(URL, WORDS).status_code == 302

    world.here.refresh_from_db()
    assert (world.here.colour, world.here.motto) == ("#14532d", "Samen")
    assert LogEntry.objects.about(world.here).get().verb == "municipality.edited"


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "groen", "#12345", ""])
def test_a_colour_on_which_white_cannot_be_read_is_refused(desk: Client, colour: str) -> None:
    assert desk.post(URL, {**WORDS, "colour": colour}).status_code == 422


def test_the_logo_is_drawn_anew_and_small(desk: Client, world: World) -> None:
    desk.post(URL, {**WORDS, "logo": picture()})

    world.here.refresh_from_db()
    response = Client().get(world.here.logo_url)
    drawn = Image.open(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert (drawn.format, drawn.size) == ("PNG", (512, 171))
    assert "immutable" in response.headers["Cache-Control"]


def test_an_old_logo_does_not_stay_on_the_disk(
    desk: Client,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for colour in ("#14532d", "#1e3a8a"):
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(URL, {**WORDS, "colour": colour, "logo": picture()})
        assert len(list((tmp_path / "logos").iterdir())) == 1

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(URL, WORDS)
    assert len(list((tmp_path / "logos").iterdir())) == 1

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(URL, {**WORDS, "logo-clear": "on"})
    assert list((tmp_path / "logos").iterdir()) == []


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("logo.svg", SVG, "image/svg+xml"),
        SimpleUploadedFile("logo.png", b"not a picture", "image/png"),
        SimpleUploadedFile("logo.png", b"x" * (2 * 1024 * 1024 + 1), "image/png"),
        picture((10, 6001), "PNG"),
        picture(kind="GIF"),
    ],
    ids=["svg", "text", "heavy", "long", "gif"],
)
def test_what_is_no_small_picture_is_refused(
    desk: Client, world: World, upload: SimpleUploadedFile
) -> None:
    upload.seek(0)

    assert desk.post(URL, {**WORDS, "logo": upload}).status_code == 422
    assert not Municipality.objects.get(pk=world.here.pk).logo


def test_the_style_sheet_holds_the_colour_and_may_be_kept_for_ever(world: World) -> None:
    Municipality.objects.filter(pk=world.here.pk).update(colour="#fde047")

    response = Client().get("/huisstijl/ZAN.css?v=fde047")

    assert response.content == b":root { --brand: #fde047; --brand-ink: #000000; }\n"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response.headers


def test_a_municipality_that_is_not_there_has_no_style(db: None) -> None:
    assert Client().get("/huisstijl/XYZ.css").status_code == 404


def test_another_municipality_is_not_his_to_style(desk: Client) -> None:
    assert desk.get("/beheer/huisstijl/MEL/").status_code == 404


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert (ink_on("#14532d"), ink_on("#fde047")) == ("#ffffff", "#000000")
