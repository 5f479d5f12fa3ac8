"""The colour, the logo and the words of a municipality."""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from accounts.models import HEX_COLOUR, Municipality
from core.colours import READABLE, WHITE, contrast
from core.forms import NarrowModelForm

LOGO_PIXELS = 512
LOGO_BYTES = 2 * 1024 * 1024
FORMATS = ("PNG", "JPEG", "WEBP")
NOT_AN_IMAGE = _("Kies een afbeelding in PNG, JPEG of WebP. Andere bestanden nemen we niet aan.")
TOO_MUCH = _("Kies een kleinere afbeelding: hoogstens 2 MB en 6000 op 6000 pixels.")


class HouseStyleForm(NarrowModelForm[Municipality]):
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG of WebP. We verkleinen het tot hoogstens 512 pixels."),
        widget=forms.ClearableFileInput(
            attrs={
                "accept": "image/png,image/jpeg,image/webp",
                "data-most-bytes": LOGO_BYTES,
                "data-too-large": TOO_MUCH,
            }
        ),
    )

    class Meta:
        model = Municipality
        fields = ("colour", "logo", "motto", "about_civ", "opening_hours")
        widgets = {"colour": forms.TextInput(attrs={"type": "color"})}
        help_texts = {
            "colour": _("Voor knoppen en links, met witte letters erop: kies een donkere kleur.")
        }

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"].lower()
        HEX_COLOUR(colour)
        if contrast(colour, WHITE) < READABLE:
            raise forms.ValidationError(
                _("Witte letters zijn op deze kleur niet goed leesbaar. Kies een donkerder tint.")
            )
        return colour

    def clean_logo(self) -> Any:
        upload = self.cleaned_data["logo"]
        return redrawn(upload, self.instance.code) if isinstance(upload, UploadedFile) else upload


def redrawn(upload: UploadedFile[bytes], name: str) -> ContentFile[bytes]:
    """The picture drawn anew as a small PNG: nothing else that hid in the file comes along."""
    if (upload.size or 0) > LOGO_BYTES:
        raise forms.ValidationError(TOO_MUCH)
    picture = _opened(upload)
    picture.thumbnail((LOGO_PIXELS, LOGO_PIXELS))
    drawn = io.BytesIO()
    picture.save(drawn, "PNG", optimize=True)
    content = drawn.getvalue()
    mark = hashlib.sha256(content).hexdigest()[:12]
    return ContentFile(content, f"{name.lower()}-{mark}.png")


def _opened(upload: UploadedFile[bytes]) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(upload, formats=FORMATS)
            if max(picture.size) > 6000:  # noqa: PLR2004 - said in TOO_MUCH
                raise forms.ValidationError(TOO_MUCH)
            upright = ImageOps.exif_transpose(picture)
            return upright.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise forms.ValidationError(NOT_AN_IMAGE) from error
