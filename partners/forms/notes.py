"""A confidential note, who reads it, and its end."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from core.forms import HouseForm, VersionedModelForm
from core.widgets import choose_from
from partners import permissions
from partners.models import ConfidentialNote
from partners.models.notes import LONGEST, TEXT_LIMIT

USUAL_DAYS = 90


def body_field() -> forms.CharField:
    """Kept out of what browsers remember, and of spelling services elsewhere."""
    quiet = {"rows": 12, "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=_("Nota"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs=quiet)
    )


class NoteForm(HouseForm):
    """A new note: nothing but its text, for a title would tell what it hides."""

    body = body_field()
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class NoteEditForm(VersionedModelForm[ConfidentialNote]):
    """The text of a note, which is no column of its own: the operation seals it."""

    body = body_field()

    class Meta:
        model = ConfidentialNote
        fields = ("body",)

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"body": text}, **kwargs)

    def _theirs(self, name: str) -> str:
        return str(self.initial[name])

    def _mine(self, name: str) -> str:
        return str(self.cleaned_data.get(name, self[name].data))


class NoteReaderForm(HouseForm):
    """Somebody with a role in this municipality who may read the note from today."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Wie"))
    reason = forms.CharField(
        label=_("Waarom"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Zeg niets uit de nota zelf: deze reden blijft ook na het vernietigen staan."),
    )
    until = forms.DateField(label=_("Tot en met"), help_text=_("Hoogstens een jaar."))

    def __init__(self, *args: Any, note: ConfidentialNote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        here = Membership.objects.active(on=today).filter(municipality=note.municipality_id)
        here = here.exclude(role=Role.PARTNER)  # in the space of a partner there are no notes
        field: Any = self.fields["person"]
        field.queryset = User.objects.active().filter(pk__in=here.values("user"))
        names = {str(user.pk): f"{user.name} ({user.email})" for user in field.queryset}
        field.widget = choose_from(names, empty=str(_("Kies een persoon")))
        self.fields["until"].initial = today + dt.timedelta(days=USUAL_DAYS)

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= until <= today + LONGEST:
            raise forms.ValidationError(_("Kies een dag vanaf vandaag, hoogstens een jaar ver."))
        return until


class RescueForm(NoteReaderForm):
    """A new reader for a note that nobody can read any more."""

    def __init__(self, *args: Any, note: ConfidentialNote, by: User, **kwargs: Any) -> None:
        super().__init__(*args, note=note, **kwargs)
        self.note, self.by = note, by

    def clean_person(self) -> User:
        person: User = self.cleaned_data["person"]
        if not (may := permissions.may_rescue_note(self.by, self.note, person)):
            raise forms.ValidationError(str(may.reason))
        return person


class DestroyForm(HouseForm):
    """Why a note goes for good."""

    reason = forms.CharField(
        label=_("Waarom vernietig je deze nota?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Zeg niets uit de nota zelf: deze reden blijft staan."),
    )
