"""Files that somebody with bad intentions, or a broken phone, would send: 25 kinds, 20 of each."""

from __future__ import annotations

import functools
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from PIL import Image
from PIL.PngImagePlugin import PngInfo

EACH = 20
SCRIPT = b"<script>alert(1)</script>"
PDF = (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\nendobj\n"
       b"trailer<</Root 1 0 R>>\n%%EOF\n")  # fmt: skip
Named = tuple[str, bytes]


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (24, 16), **how: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind, **how)
    return target.getvalue()


def zipped(name: str = "word/document.xml", content: bytes = b"<x/>") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return target.getvalue()


def png_with_header(width: int, height: int) -> bytes:
    """A small file that says it is an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def noise(dice: random.Random, size: int = 300) -> bytes:
    return dice.randbytes(size)


def _spoiled(dice: random.Random) -> bytes:
    content = bytearray(drawn("JPEG", size=(64, 64)))
    for _time in range(12):
        content[dice.randrange(20, len(content))] = dice.randrange(256)
    return bytes(content)


def _exif(dice: random.Random) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode() * dice.randrange(1, 9)
    return drawn("JPEG", exif=exif, comment=SCRIPT)


def _texts(_dice: random.Random) -> bytes:
    info = PngInfo()
    info.add_text("Comment", SCRIPT.decode(), zip=True)
    return drawn("PNG", pnginfo=info)


def _animated(kind: str) -> bytes:
    target = io.BytesIO()
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "green", "blue")]
    frames[0].save(target, kind, save_all=True, append_images=frames[1:])
    return target.getvalue()


def _sixteen(_dice: random.Random) -> bytes:
    return drawn("PNG", "I;16")


def _cut(dice: random.Random, content: bytes) -> bytes:
    return content[: dice.randrange(1, len(content))]


@functools.cache
def _bomb() -> bytes:
    """45 million points in a few kilobytes."""
    return drawn("PNG", "1", (9000, 5000))


KINDS: dict[str, Callable[[random.Random], Named]] = {
    "picture that is also a page": lambda d: ("a.jpg", drawn("JPEG") + SCRIPT + noise(d, 9)),
    "page before a picture": lambda d: ("a.jpg", SCRIPT + drawn("JPEG") + noise(d, 9)),
    "picture and zip": lambda d: ("a.png", drawn("PNG") + zipped(content=noise(d))),
    "pdf that is also a page": lambda d: ("a.pdf", PDF + SCRIPT + noise(d, 20)),
    "pdf with javascript": lambda d: ("a.pdf", PDF + b"%" + noise(d, 8).hex().encode()),
    "cut jpeg": lambda d: ("a.jpg", _cut(d, drawn("JPEG", size=(64, 64)))),
    "cut png": lambda d: ("a.png", _cut(d, drawn("PNG", size=(64, 64)))),
    "spoiled jpeg": lambda d: ("a.jpg", _spoiled(d)),
    "enormous header": lambda d: ("a.png", png_with_header(d.randrange(20_000, 2**31), 2**30)),
    "bomb": lambda d: ("a.png", _bomb() + noise(d, 9)),
    "wrong ending": lambda d: (f"a.{d.choice(['png', 'pdf', 'heic'])}", drawn("JPEG")),
    "svg with script": lambda d: (d.choice(["a.svg", "a.svg.png", "a.jpg"]),
                                  b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "page as picture": lambda d: ("a.jpg", b"<!doctype html>" + SCRIPT + noise(d, 9)),
    "zip": lambda d: (d.choice(["a.zip", "a.jpg", "a.pdf"]), zipped(content=noise(d))),
    "docx": lambda d: ("a.docx", zipped(content=noise(d))),
    "program": lambda d: (d.choice(["a.exe", "a.jpg.exe", "a.jpg"]), b"MZ" + noise(d)),
    "name with nul": lambda d: (f"a\0{d.randrange(9)}.php\0.jpg", drawn("JPEG")),
    "long name": lambda d: ("x" * (200 + d.randrange(50)) + ".jpg", drawn("JPEG")),
    "path as name": lambda d: (d.choice(["../../etc/passwd.jpg", "C:\\a\\..\\b.jpg", "/etc/a.jpg",
                                         "..", "a/../.jpg", "-> /etc/passwd.jpg"]), drawn("JPEG")),
    "script as name": lambda d: (f'"><img src=x onerror=alert({d.randrange(9)})>.jpg',
                                 drawn("JPEG")),
    "empty": lambda d: (d.choice(["a.jpg", "a.pdf", "a.png", "a.heic", ""]), b""),
    "script inside": lambda d: ("a.jpg", _exif(d)) if d.random() < 0.5 else ("a.png", _texts(d)),
    "moving": lambda d: (d.choice(["a.png", "a.gif", "a.jpg"]),
                         _animated(d.choice(["PNG", "GIF"]))),
    "odd colours": lambda d: ("a.jpg", drawn("JPEG", "CMYK", icc_profile=noise(d)))
    if d.random() < 0.5 else ("a.png", _sixteen(d)),
    "noise": lambda d: (d.choice(["a.jpg", "a.png", "a.pdf", "a.heic"]),
                        d.choice([b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n",
                                  b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"]) + noise(d)),
}  # fmt: skip


def files(kind: str) -> Iterator[Named]:
    """Name and content of each of one kind; the same every time."""
    dice = random.Random(kind)  # noqa: S311 - no secret, a repeatable row
    for _number in range(EACH):
        yield KINDS[kind](dice)
