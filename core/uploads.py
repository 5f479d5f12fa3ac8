"""Files that people hand us: an allow-list, looked at inside, and pictures drawn anew."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import pi_heif
import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from core import scanner
from core.text import is_hidden

if TYPE_CHECKING:
    from django.core.files.base import File

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
MAX_PIXELS = 40_000_000
MAX_NAME = 150  # characters
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"

CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".docx": _WORD,
    ".xlsx": _SHEET,
    ".odt": _ODT,
}
ACCEPT = ",".join(CONTENT_TYPES)
# The part that makes a zip file what its name says.
_HEART = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".odt": "content.xml"}
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".heic": "HEIF", ".heif": "HEIF"}
# What a phone makes and few can open is kept as what everybody opens.
_KEPT_AS = {".heic": ".jpg", ".heif": ".jpg"}
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_PICTURE_TROUBLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    ArithmeticError,  # numbers in a header that mean nothing
    LookupError,
    RuntimeError,
    TypeError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that passed: what is stored is `content`, and nothing of what it came from."""

    name: str
    suffix: str
    content: bytes
    content_type: str
    is_scanned: bool = True  # not yet, when the scanner did not answer and the caller lets it wait

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def clean_upload(upload: File[bytes], *, may_wait: bool = False) -> CleanFile:
    """Refuse what is not on the list or is not what its name says, with a sentence for the field.

    With `may_wait` what the scanner could not look at comes back unscanned, to be kept apart.
    """
    name = _clean_name(upload.name or "")
    suffix = PurePath(name).suffix.lower()
    if suffix not in CONTENT_TYPES:
        raise ValidationError(
            _("Kies een PDF, een foto (JPEG, PNG of HEIC) of een document (DOCX, XLSX, ODT).")
        )
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(too_large())
    content = upload.read()
    _refuse_disguise(content, suffix)
    is_scanned = _scanned(content, may_wait=may_wait)
    if suffix in _FORMATS:
        content = _redrawn(content, suffix)
    kept_as = _KEPT_AS.get(suffix, suffix)
    if kept_as != suffix:
        name = f"{PurePath(name).stem}{kept_as}"
    return CleanFile(name, kept_as, content, CONTENT_TYPES[kept_as], is_scanned)


def too_large() -> str:
    """What is said of a file above the limit: by the server, and by the browser before it goes."""
    limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
    return _("Dit bestand is te groot. Het mag hoogstens %s zijn.") % limit


def _scanned(content: bytes, *, may_wait: bool) -> bool:
    """Whether the scanner looked at it; nothing goes on that it refused or could not see."""
    found = scanner.scan(content)
    if found is scanner.Found.VIRUS:
        raise ValidationError(_("De virusscanner weigert dit bestand."))
    if found is scanner.Found.NO_ANSWER and not may_wait:
        raise ValidationError(_("De virusscanner antwoordt niet. Probeer het straks opnieuw."))
    return found is scanner.Found.NOTHING


def _clean_name(name: str) -> str:
    """The name alone, without folders or hidden characters, short enough to keep its ending."""
    bare = PurePath(name.replace("\\", "/")).name
    shown = "".join(char for char in bare if not is_hidden(char) and char not in '\r\n\t"').strip()
    suffix = PurePath(shown).suffix
    return shown.removesuffix(suffix)[: MAX_NAME - len(suffix)] + suffix


def _refuse_disguise(content: bytes, suffix: str) -> None:
    trouble = _("Dit bestand is niet wat zijn naam zegt, of het is beschadigd. Bewaar het opnieuw.")
    if suffix in _HEART:
        if not _is_document(content, suffix):
            raise ValidationError(trouble)
        return
    if _FORMATS.get(suffix) == "HEIF":
        if content[4:8] != b"ftyp" or content[8:12] not in _HEIF_BRANDS:
            raise ValidationError(trouble)
        return
    wanted = {".jpg", ".jpeg", ".jfif"} if suffix in {".jpg", ".jpeg"} else {suffix}
    if not wanted & _guesses(content):
        raise ValidationError(trouble)


def _guesses(content: bytes) -> set[str]:
    try:
        found = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return set()
    return {guess.extension for guess in found}


def _is_document(content: bytes, suffix: str) -> bool:
    """A zip that holds what its kind always holds, and no macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            odt_says = _first_bytes(parts, "mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, OSError, EOFError):
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return False
    if suffix == ".odt" and odt_says.decode("latin-1") != _ODT:
        return False
    return _HEART[suffix] in names


def _first_bytes(parts: zipfile.ZipFile, name: str) -> bytes:
    """As much as a kind of document takes: a part may unpack to more than there is memory."""
    with parts.open(name) as part:
        return part.read(100)


def _redrawn(content: bytes, suffix: str) -> bytes:
    """The same picture upright and drawn anew: no position, camera, comment or hidden data left."""
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[suffix]]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_("Deze foto heeft te veel beeldpunten. Verklein ze eerst."))
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert(_mode(upright, suffix))
    except _PICTURE_TROUBLE as trouble:
        raise ValidationError(_("Deze foto is beschadigd. Neem of bewaar ze opnieuw.")) from trouble
    plain.info.clear()
    target = io.BytesIO()
    kept_as = _FORMATS[_KEPT_AS.get(suffix, suffix)]
    plain.save(target, kept_as, quality=88, optimize=True)
    return target.getvalue()


def _mode(picture: Image.Image, suffix: str) -> str:
    if suffix == ".png":
        return "RGBA" if picture.has_transparency_data else "RGB"
    return "L" if picture.mode == "L" else "RGB"
