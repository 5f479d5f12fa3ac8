"""Photos and scanned notes, one or more at once."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from core.uploads import CleanFile, clean_upload
from meldingen.operations.photos import MOST

ACCEPT = ".jpg,.jpeg,.png,.heic,.heif,.pdf"


class ManyFiles(forms.ClearableFileInput):
    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """A list of files that passed: pictures drawn anew, and PDFs."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _(
            "JPEG, PNG, HEIC of PDF, hoogstens tien. Liefst zonder gezichten of nummerplaten."
        )
        widget = ManyFiles(attrs={"accept": ACCEPT, "data-shrink": ""})
        super().__init__(widget=widget, **{"help_text": help_text, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        files = data if isinstance(data, list | tuple) else [data]
        given = [super(PhotosField, self).clean(one, initial) for one in files]
        present = [one for one in given if one]
        if len(present) > MOST:
            raise forms.ValidationError(_("Hoogstens tien foto's per melding."))
        return [clean_photo(one) for one in present]


def clean_photo(upload: Any) -> CleanFile:
    """A photo or a scanned note; unscanned where the virus scanner does not answer just now."""
    if PurePath(str(upload.name)).suffix.lower() not in ACCEPT.split(","):
        raise forms.ValidationError(_("Kies een foto (JPEG, PNG of HEIC) of een PDF."))
    return clean_upload(upload, may_wait=True)


class PhotoForm(HouseForm):
    photos = PhotosField(label=_("Foto's"))
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
