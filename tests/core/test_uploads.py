"""What people upload: only what we know, only what it says it is, pictures without their secrets."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings

from core.uploads import CleanFile, clean_upload

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ODT = b"application/vnd.oasis.opendocument.text"


def clean(name: str, content: bytes) -> CleanFile:
    return clean_upload(SimpleUploadedFile(name, content))


def picture(kind: str, *, orientation: int = 1, size: tuple[int, int] = (40, 20)) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Geheime camera"
    target = io.BytesIO()
    Image.new("RGB", size, "navy").save(target, kind, exif=exif)
    return target.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return target.getvalue()


def test_a_pdf_is_kept_as_it_is() -> None:
    found = clean("Verslag.PDF", PDF)

    assert (found.content, found.content_type) == (PDF, "application/pdf")
    assert len(found.sha256) == 64


@pytest.mark.parametrize(("name", "kind"), [("foto.jpg", "JPEG"), ("foto.png", "PNG")])
def test_a_photo_is_drawn_anew_upright_and_without_its_data(name: str, kind: str) -> None:
    found = clean(name, picture(kind, orientation=6))

    with Image.open(io.BytesIO(found.content)) as drawn:
        assert drawn.size == (20, 40)
        assert not drawn.getexif()
    assert b"Geheime" not in found.content


# A picture of 64 by 48 points as phones keep them; the library that reads them writes none.
HEIC = (Path(__file__).parent / "phone.heic").read_bytes()


def test_a_photo_of_a_phone_becomes_one_that_everybody_opens() -> None:
    found = clean("IMG_1234.HEIC", HEIC)

    assert (found.name, found.content_type) == ("IMG_1234.jpg", "image/jpeg")
    with Image.open(io.BytesIO(found.content), formats=["JPEG"]) as drawn:
        assert drawn.size == (64, 48)


@pytest.mark.parametrize("content", [HEIC[:200], b"\0\0\0\x18ftypheic" + b"x" * 300, b""])
def test_a_broken_photo_of_a_phone_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        clean("kapot.heic", content)


def test_a_comment_in_a_photo_is_gone() -> None:
    target = io.BytesIO()
    Image.new("RGB", (9, 9)).save(target, "JPEG", comment=b"Geheim adres")

    assert b"Geheim" not in clean("foto.jpeg", target.getvalue()).content


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a.docx", {"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
        ("a.xlsx", {"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
        ("a.odt", {"mimetype": ODT, "content.xml": b"<x/>"}),
    ],
)
def test_a_document_is_known_by_what_it_holds(name: str, parts: dict[str, bytes]) -> None:
    assert clean(name, zipped(parts)).content == zipped(parts)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.html", b"<script>"),
        ("zonder", PDF),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.pdf", b""),
        ("a.png", PDF),
        ("a.jpg", picture("PNG")),
        ("a.jpg", picture("JPEG")[:60]),
        ("a.docx", zipped({"xl/workbook.xml": b""})),
        ("a.docx", zipped({"word/document.xml": b"", "word/vbaProject.bin": b""})),
        ("a.odt", zipped({"mimetype": b"text/html", "content.xml": b""})),
        ("a.xlsx", b"PK\x03\x04kapot"),
    ],
)
def test_what_is_not_on_the_list_or_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        clean(name, content)


def test_a_picture_of_too_many_points_is_refused() -> None:
    target = io.BytesIO()
    Image.new("1", (8000, 5100)).save(target, "PNG")

    with pytest.raises(ValidationError, match="beeldpunten"):
        clean("groot.png", target.getvalue())


def test_a_picture_that_explodes_is_refused() -> None:
    target = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(target, "PNG")

    with pytest.raises(ValidationError):
        clean("bom.png", target.getvalue())


def test_a_file_over_the_limit_is_refused(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 10

    with pytest.raises(ValidationError, match="te groot"):
        clean("a.pdf", PDF)


def test_a_name_loses_folders_and_hidden_characters_and_keeps_its_ending() -> None:
    assert clean("..\\..\\geheim/ver\u202eslag.pdf", PDF).name == "verslag.pdf"
    assert clean("x" * 300 + ".pdf", PDF).name == "x" * 146 + ".pdf"


def test_a_part_that_unpacks_to_more_than_memory_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", ODT + b" " * 64_000_000)
        book.writestr("content.xml", b"<a/>")

    tracemalloc.start()
    with pytest.raises(ValidationError):
        clean("bom.odt", target.getvalue())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 16_000_000
