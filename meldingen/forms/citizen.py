"""The citizens' form in three steps, and their word afterwards.

Nothing is kept between the steps but what travels in the form itself: no cookie, no session.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Neighbourhood
from core.forms import HouseForm
from core.languages import Language
from meldingen.doubles import known_to_citizens
from meldingen.forms.point import PointFields
from meldingen.models import NEAR_METRES, Category, Channel, Melding, Reporter
from meldingen.said import OF_ANOTHER
from meldingen.workflow import MeldingStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import Municipality

SIGNER = TimestampSigner(salt="meldingen.citizen")
LEAST_SECONDS, MOST_SECONDS = 4, 24 * 3600  # nobody fills three steps faster, or in more than a day
MOST_CHARACTERS = 2000
TRAP = {"autocomplete": "off", "tabindex": "-1"}
CHANNELS = (
    (Channel.NONE, _("Ik hoef geen antwoord")),
    (Channel.MAIL, _("E-mail")),
    (Channel.PHONE, _("Telefoon")),
)


def opened_now(form_key: object) -> str:
    """Says when this form was opened; its photos wait under the same key."""
    return SIGNER.sign(str(form_key))


def fresh_form() -> dict[str, str]:
    key = str(uuid.uuid4())
    return {"opened": opened_now(key), "form_key": key}


def form_key_of(data: Any) -> uuid.UUID | None:
    """The key of a form that we gave out today."""
    try:
        signed = SIGNER.unsign(data.get("opened", ""), max_age=MOST_SECONDS)
        return uuid.UUID(signed) if signed == data.get("form_key") else None
    except (BadSignature, ValueError):
        return None


CLOSE_BY = 25  # metres


@dataclass(frozen=True, slots=True)
class Alike:
    """Another's melding as a citizen may hear of it: about how far, which week, how it goes."""

    pk: int
    token: str  # stands for it in this form alone
    words: str

    def __str__(self) -> str:
        return self.words


def alike(melding: Melding, form_key: object) -> list[Alike]:
    return [
        Alike(row.pk, _token(row, form_key), _words(melding.category, row, metres))
        for row, metres in known_to_citizens(melding)
    ]


def _token(melding: Melding, form_key: object) -> str:
    return salted_hmac("meldingen.alike", f"{form_key}:{melding.pk}").hexdigest()[:32]


def _words(category: Category, row: Melding, metres: float) -> str:
    monday = timezone.localtime(row.entered_at).date()
    monday -= dt.timedelta(days=monday.weekday())
    said = _(
        "%(category)s, op hoogstens %(metres)d meter. Gemeld in de week van %(day)s; %(going)s."
    )
    return str(said) % {
        "category": category.name_in(get_language()),
        "metres": CLOSE_BY if metres <= CLOSE_BY else NEAR_METRES,
        "day": date_format(monday, "j F"),
        "going": OF_ANOTHER[MeldingStatus(row.status)],
    }


class CategoryField(forms.ModelChoiceField[Category]):
    """By the name that the reader understands."""

    def label_from_instance(self, obj: Any) -> str:
        name: str = obj.name_in(get_language())
        return name


class WhatForm(HouseForm):
    """Step one: what it is about."""

    category = CategoryField(None, label=_("Waarover gaat het?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Wat is er aan de hand?"),
        help_text=_("Beschrijf wat u ziet en sinds wanneer. Schrijf geen namen van anderen op."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        rows: Any = Category.objects.filter(municipality=municipality, archived_at=None)
        fields["category"].queryset = rows.select_related("group").order_by(
            "group__position", "position", "pk"
        )
        fields["category"].empty_label = None


class WhereForm(PointFields, HouseForm):
    """Step two: where it is, in words or as a point. The point decides in which neighbourhood."""

    place = forms.CharField(
        label=_("Waar is het?"),
        help_text=_("Straat en nummer, een plek die iedereen kent, of een punt op de kaart."),
        max_length=200,
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("Wijk"),
        required=False,
        empty_label=_("Weet ik niet"),
        help_text=_("Hoeft niet als u een punt op de kaart koos."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["neighbourhood"].queryset = municipality.neighbourhoods.all()
        self.point_places = [municipality.pk]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("place") and not self.has_point(data) and "place" not in self.errors:
            self.add_error("place", _("Zeg waar het is, of kies de plek op de kaart."))
        return data


class AlikeField(forms.ChoiceField):
    """What is no longer offered counts as something else: the report is taken all the same."""

    def clean(self, value: Any) -> str:
        chosen: str = self.to_python(value)
        return chosen if self.valid_value(chosen) else ""


class WhoForm(HouseForm):
    """Step three: whether it was reported already, and how to answer, if at all."""

    same = AlikeField(
        label=_("Is dit al gemeld?"),
        help_text=_(
            "Duid het aan als het om hetzelfde gaat. Wij nemen uw melding altijd aan, en wie een"
            " antwoord vraagt, krijgt het."
        ),
        required=False,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Naam"), max_length=150, required=False)
    channel = forms.ChoiceField(
        label=_("Hoe wilt u antwoord?"),
        choices=CHANNELS,
        initial=Channel.NONE,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(label=_("E-mailadres"), required=False)
    phone = forms.CharField(label=_("Telefoon"), max_length=40, required=False)
    consents = forms.BooleanField(
        label=_("Wie het oplost, mag mij zelf contacteren"), required=False
    )
    # People do not see this field; programs fill it in.
    website = forms.CharField(required=False, widget=forms.TextInput(TRAP))
    opened = forms.CharField(widget=forms.HiddenInput)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, municipality: Municipality, alike: Sequence[Alike] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        self.alike = {row.token: row.pk for row in alike}
        same: Any = self.fields["same"]
        same.choices = [("", _("Nee, dit is iets anders")), *((row.token, row) for row in alike)]
        if not alike:
            del self.fields["same"]

    @property
    def same_as(self) -> int | None:
        """The melding that this person says it is the same as."""
        return self.alike.get(self.cleaned_data.get("same", ""))

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Laat dit veld leeg."))
        return ""

    def clean_opened(self) -> str:
        value: str = self.cleaned_data["opened"]
        if form_key_of(self.data) is None:
            self._open_anew()
            raise ValidationError(_("Dit formulier stond te lang open. Verstuur het opnieuw."))
        try:
            SIGNER.unsign(value, max_age=LEAST_SECONDS)
        except BadSignature:
            return value  # old enough
        raise ValidationError(_("Dat ging wel heel snel. Verstuur het nog eens."))

    def _open_anew(self) -> None:
        """What is shown again can be sent again."""
        said: Any = self.data.copy()  # type: ignore[attr-defined]
        said["opened"] = opened_now(said.get("form_key", ""))
        self.data = said

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = {Channel.MAIL: "email", Channel.PHONE: "phone"}
        field = needed.get(data.get("channel"))  # type: ignore[arg-type]
        if field and not data.get(field) and field not in self.errors:
            self.add_error(field, _("Vul dit in, of kies een andere manier."))
        return data

    def reporter(self) -> Reporter | None:
        """Whoever wants no answer and gives no name leaves no row."""
        data = self.cleaned_data
        given = {name: data[name] for name in ("name", "email", "phone")}
        if data["channel"] == Channel.NONE and not any(given.values()):
            return None
        language = Language.FRENCH if get_language() == Language.FRENCH else Language.DUTCH
        return Reporter(
            **given, channel=data["channel"], consents=data["consents"], language=language
        )


class FollowForm(HouseForm):
    """The code from the thanks, the mail or the letter, as somebody types it over."""

    code = forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].replace(" ", "").upper()
        if not Melding.objects.filter(follow_code=code).exists():
            raise ValidationError(_("Deze code kennen we niet. Kijk ze na."))
        return code


class AnswerForm(HouseForm):
    """The answer to what we asked."""

    answer = forms.CharField(
        label=_("Uw antwoord"),
        help_text=_("Schrijf geen namen van anderen op."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ResponseForm(HouseForm):
    """Whether it is solved: one answer, by a button that says which."""

    solved = forms.TypedChoiceField(
        choices=[("ja", _("Ja")), ("nee", _("Nee"))], coerce=lambda value: value == "ja"
    )
    words = forms.CharField(
        label=_("Wilt u er iets bij zeggen?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
