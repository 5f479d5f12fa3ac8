"""Which two are one, and which part stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from core.forms import CreateForm, HouseForm
from core.personal_data import refuse_national_number
from meldingen.models import Category, Melding

if TYPE_CHECKING:
    from accounts.models import User

COPIED = (
    "municipality", "source", "kind", "happened_at", "latitude", "longitude", "place_is_reckoned",
    "urgency", "confidentiality",
)  # fmt: skip


class JoinForm(HouseForm):
    """By number, among the meldingen that this person sees."""

    number = forms.CharField(label=_("Samenvoegen met nummer"), max_length=20)

    def __init__(self, *args: Any, melding: Melding, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.melding, self.by = melding, by

    def clean_number(self) -> Melding:
        seen = Melding.objects.visible_to(self.by).exclude(pk=self.melding.pk)
        rows = seen.filter(municipality=self.melding.municipality_id).for_list()
        found = rows.filter(number__iexact=self.cleaned_data["number"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("Er is geen andere melding met dit nummer."))
        if not found.is_open:
            raise forms.ValidationError(_("Die melding is al afgesloten. Heropen ze eerst."))
        if found.confidentiality != self.melding.confidentiality:
            sentence = _("De vertrouwelijkheid verschilt. Zet ze bij allebei eerst gelijk.")
            raise forms.ValidationError(sentence)
        return found


class SplitForm(CreateForm[Melding]):
    """The part that stands apart: what, and where when that differs."""

    class Meta:
        model = Melding
        fields = ("category", "text", "place", "neighbourhood")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, source: Melding, **kwargs: Any) -> None:
        row = Melding(**{name: getattr(source, name) for name in COPIED})
        row.place, row.neighbourhood = source.place, source.neighbourhood
        super().__init__(*args, instance=row, **kwargs)
        fields: Any = self.fields
        here = {"municipality": source.municipality_id}
        fields["category"].queryset = Category.objects.filter(**here, archived_at=None)
        fields["neighbourhood"].queryset = Neighbourhood.objects.filter(**here)
        fields["text"].validators.append(refuse_national_number)

    def clean(self) -> dict[str, Any]:
        if "place" in self.changed_data:  # somebody's words, whatever stood there
            self.instance.place_is_reckoned = False
        return super().clean() or {}
