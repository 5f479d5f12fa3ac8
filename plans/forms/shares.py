"""Showing an action to a partner, and what the partner does with it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import (
    CreateForm,
    DayInput,
    HouseForm,
    NarrowModelForm,
    UploadField,
    VersionedModelForm,
)
from core.personal_data import refuse_national_number, traces
from core.widgets import choose_from
from partners.sharing import looks_like, no_personal_data
from plans.forms.actions import partners_for
from plans.models import Action, Contribution, Share, SharedField
from plans.models.shares import DEFAULT_DAYS, MOST_DAYS
from plans.workflow import Light

if TYPE_CHECKING:
    from core.history import Change


CONFESSION = ("owned_up", "why")  # asked of a text that seems to hold personal data


def end_of(day: dt.date) -> dt.datetime:
    """The moment after the last second of a day here."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


class ShareFields(NarrowModelForm[Share]):
    """What both forms ask: the text, what else is shown, why, on what ground and until when."""

    fields_shown = forms.MultipleChoiceField(
        label=_("Wat ziet de partner nog, naast de titel en je tekst?"),
        choices=SharedField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    last_day = forms.DateField(
        label=_("Tot en met"),
        widget=DayInput,
        help_text=_("Hoogstens een jaar. Je krijgt twee weken vooraf een mail."),
    )
    owned_up = forms.BooleanField(
        label=_("Dit zijn geen gegevens van een persoon, of ze mogen mee. Ik deel ze bewust."),
        required=False,
    )
    why = forms.CharField(
        label=_("Waarom mag dit mee?"),
        max_length=500,
        required=False,
        help_text=_("Zonder die gegevens te herhalen. Het verloop van de actie bewaart je reden."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        share = self.instance
        day = timezone.localdate() + dt.timedelta(days=DEFAULT_DAYS)
        self.initial["last_day"] = share.last_day if share.pk else day
        self.initial["fields_shown"] = share.fields if share.pk else SharedField.values
        self.fields["text"].validators.append(refuse_national_number)
        self.found = traces(str(self.data.get("text", "")))
        self.refusal: list[str] = []  # why what was found may not go without more
        if not self.found:
            del self.fields["owned_up"], self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """The preview tells what was found; sending on asks that somebody owns up to it."""
        cleaned = super().clean() or {}
        partner = cleaned.get("partner") or getattr(self.instance, "partner", None)
        if self.found and partner:
            self.refusal = no_personal_data(partner, on=timezone.localdate())
        if cleaned.get("owned_up") and not cleaned.get("why"):
            self.add_error("why", _("Zeg waarom dit mee mag."))
        sending = not self.errors and self.was_seen
        if self.refusal and sending and not cleaned.get("owned_up"):
            said = _("Vink dit aan en zeg waarom, of haal de persoonsgegevens uit de tekst.")
            self.add_error("owned_up", said)
        return cleaned

    @property
    def found_words(self) -> str:
        """What the text seems to hold of a person, in words."""
        return looks_like(self.found)

    def clean_last_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["last_day"]
        first = timezone.localdate(self.instance.starts_at)
        if day < timezone.localdate():
            raise forms.ValidationError(_("Kies een dag die nog komt."))
        if day > first + dt.timedelta(days=MOST_DAYS):
            raise forms.ValidationError(_("Deel hoogstens een jaar. Verlengen kan later."))
        self.instance.ends_at = end_of(day)
        return day

    def clean_fields_shown(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["fields_shown"]
        self.instance.fields = [name for name in SharedField.values if name in chosen]
        return self.instance.fields

    @property
    def print_of_preview(self) -> str:
        """Stands for exactly what was shown: who changes a letter sees the preview once more."""
        names = ("partner", "text", "purpose", "ground", "last_day", "fields_shown")
        shown = {name: str(self.cleaned_data.get(name)) for name in names}
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()

    @property
    def was_seen(self) -> bool:
        return bool(self.cleaned_data.get("seen") == self.print_of_preview)

    def _columns(self) -> list[str]:
        return [*super()._columns(), "fields", "ends_at"]


class ShareForm(ShareFields, CreateForm[Share]):
    class Meta:
        model = Share
        fields = ("partner", "text", "purpose", "ground")

    field_order = ("partner", "text", *CONFESSION, "fields_shown", "purpose", "ground", "last_day")

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, instance=Share(action=action), **kwargs)
        running = Share.objects.running(at=timezone.now()).filter(action=action)
        field: Any = self.fields["partner"]
        field.queryset = partners_for(action.plan).exclude(pk__in=running.values("partner"))
        names = {str(row.pk): row.name for row in field.queryset}
        field.widget = choose_from(names, empty=str(_("Kies een partner")))


class ShareEditForm(ShareFields, VersionedModelForm[Share]):
    class Meta:
        model = Share
        fields = ("text", "purpose", "ground")

    field_order = ("text", *CONFESSION, "fields_shown", "purpose", "ground", "last_day")

    def changes(self) -> list[Any]:
        """The end and the fields are written too; the history says that they changed."""
        told = super().changes()
        for name in ("last_day", "fields_shown"):
            if name in self.changed_data:
                told.append(self._told(name))
        return told

    def _told(self, name: str) -> Change:
        before, after = self.initial.get(name), self.cleaned_data.get(name)
        label = str(self.fields[name].label)
        return {"field": name, "label": label, "old": _words(before), "new": _words(after)}


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(SharedField(name).label) for name in value)
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value or "")


class WithdrawForm(HouseForm):
    """Why it is no longer shared; the history keeps it."""

    reason = forms.CharField(
        label=_("Reden"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ContributionForm(CreateForm[Contribution]):
    """What a partner did, what follows and how it goes: short enough for a phone."""

    light = forms.ChoiceField(
        label=_("Hoe loopt jullie deel?"), choices=Light.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Contribution
        fields = ("light", "done", "next_step")
        widgets = {
            "done": forms.Textarea(attrs={"rows": 3}),
            "next_step": forms.Textarea(attrs={"rows": 2}),
        }


class HandInForm(HouseForm):
    file = UploadField()
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
