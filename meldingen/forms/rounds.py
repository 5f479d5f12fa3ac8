"""What somebody with a letterbox in front of him taps, and what the desk types over later."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from core.forms import HouseForm, VersionedModelForm
from core.uploads import CleanFile
from meldingen.forms.boxes import PICTURES, clean_picture
from meldingen.models import MOST_NOTES, BoxState, Category, Melding, SkipReason

TILES = {"class": "choices is-tiles"}
STEPPER = {
    "data-stepper": "",
    "data-less": _("Eén minder"),
    "data-more": _("Eén meer"),
    "inputmode": "numeric",
}
MOST_PHOTOS = 6


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """No, one or more photos."""

    widget = PhotosInput(attrs={"accept": PICTURES, "data-shrink": "", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("Hoogstens zes foto's tegelijk."))
        given = [super(PhotosField, self).clean(file, initial) for file in files]
        return [clean_picture(file, may_wait=True) for file in given]


class EmptyForm(HouseForm):
    """What was in the box, and how the box is."""

    notes = forms.IntegerField(
        label=_("Aantal briefjes"),
        min_value=0,
        max_value=MOST_NOTES,
        initial=1,
        widget=forms.NumberInput(attrs=STEPPER),
    )
    photos = PhotosField(
        label=_("Foto's van de briefjes"),
        required=False,
        help_text=_("Eén foto per briefje, in volgorde. De tekst wordt later overgenomen."),
    )
    state = forms.ChoiceField(
        label=_("Scheelt er iets aan de bus?"),
        choices=[("", _("Niets nieuws")), *BoxState.choices],
        required=False,
        widget=forms.RadioSelect(attrs=TILES),
    )
    remark = forms.CharField(label=_("Een woord erbij"), max_length=200, required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class SkipForm(HouseForm):
    reason = forms.ChoiceField(
        label=_("Waarom niet?"),
        choices=[row for row in SkipReason.choices if row[0] != SkipReason.NOT_WALKED],
        widget=forms.RadioSelect(attrs=TILES),
    )
    remark = forms.CharField(label=_("Een woord erbij"), max_length=200, required=False)


class FinishForm(HouseForm):
    """The end of a round; a reason when boxes are left."""

    reason = forms.ChoiceField(
        label=_("Waarom bleven er bussen over?"),
        choices=SkipReason.choices,
        widget=forms.RadioSelect(attrs=TILES),
    )
    remark = forms.CharField(
        label=_("Opmerking bij de ronde"), max_length=500, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not left:
            del self.fields["reason"]


class ExplainForm(HouseForm):
    remark = forms.CharField(label=_("Waarom niet gelopen?"), max_length=500)


class CopyForm(VersionedModelForm[Melding]):
    """The words of a note, and where they belong."""

    class Meta:
        model = Melding
        fields = ("text", "category", "place", "neighbourhood", "urgency")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place, fields = self.instance.municipality_id, self._any_fields()
        current = Category.objects.filter(municipality=place, archived_at=None)
        fields["category"].queryset = current
        fields["neighbourhood"].queryset = Neighbourhood.objects.filter(municipality=place)
        if not self.is_bound:
            self.initial["text"] = ""  # what stands there says only that it is to be copied

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "place" in self.changed_data:  # somebody's words, whatever stood there
            self.instance.place_is_reckoned = cleaned["place_is_reckoned"] = False
        return cleaned

    def _any_fields(self) -> Any:
        return self.fields
