"""To whom one refers, what that partner may read, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import CreateForm, HouseForm, NarrowModelForm, VersionedModelForm
from core.personal_data import refuse_national_number, traces
from core.widgets import choose_from
from partners.models import Consent, PartnerCompetence, PersonalField, Referral
from partners.sharing import looks_like, no_personal_data

if TYPE_CHECKING:
    from partners.workflow import ReferralStep


class WhereForm(HouseForm):
    """For what, and to whom: one choice, for who is competent stands noted."""

    aan = forms.ModelChoiceField(
        PartnerCompetence.objects.none(), label=gettext_lazy("Waarvoor, en naar wie?")
    )

    def __init__(self, *args: Any, places: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["aan"]
        field.queryset = PartnerCompetence.objects.to_refer_to(places)
        names = {str(row.pk): f"{row.competence.question} {row.partner}" for row in field.queryset}
        field.widget = choose_from(names, empty=_("Kies een vraag en een partner"))


class TextMeta:
    """What of a referral is written by people."""

    model = Referral
    fields = ("reason", "text_to_share", "personal_fields", "consent", "consent_on", "due")
    widgets = {"consent": forms.RadioSelect(attrs={"class": "choices is-row"})}
    help_texts = {
        "reason": gettext_lazy("Voor ons dossier. De partner leest dit niet."),
        "text_to_share": gettext_lazy("Zo weinig als nodig. Geen dossier, geen namen van derden."),
        "consent_on": gettext_lazy("Alleen als de toestemming gegeven is."),
    }


class ReferralFields(NarrowModelForm[Referral]):
    """The least a partner needs. What looks like personal data has to be owned up to."""

    personal_fields = forms.MultipleChoiceField(
        label=gettext_lazy("Welke persoonsgegevens staan in die tekst?"),
        choices=PersonalField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Geen? Duid dan niets aan."),
    )
    of_a_service = forms.BooleanField(
        label=gettext_lazy("Dit is van een dienst, niet van een persoon."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].validators.append(refuse_national_number)
        self.fields["text_to_share"].validators.append(refuse_national_number)
        consent: Any = self.fields["consent"]
        consent.choices = Consent.choices
        self.found = traces(str(self.data.get("text_to_share", "")))
        if not self.found:
            del self.fields["of_a_service"]

    def clean_personal_fields(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["personal_fields"]
        if chosen and (told := no_personal_data(self.instance.partner, on=timezone.localdate())):
            raise forms.ValidationError(told)
        return chosen

    def clean_consent_on(self) -> Any:
        day = self.cleaned_data["consent_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag ligt in de toekomst."))
        return day

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due < timezone.localdate() and due != self.initial.get("due"):
            raise forms.ValidationError(_("Deze dag is al voorbij."))
        return due

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        owned_up = cleaned.get("personal_fields") or "personal_fields" in self.errors
        if self.found and not owned_up and not cleaned.get("of_a_service"):
            said = _("Hier staat wat op %s lijkt. Haal het weg, of zeg hieronder wat het is.")
            self.add_error("text_to_share", said % looks_like(self.found))
        return cleaned


class ReferralForm(ReferralFields, CreateForm[Referral]):
    class Meta(TextMeta):
        pass

    def __init__(self, *args: Any, held: PartnerCompetence, **kwargs: Any) -> None:
        partner = held.partner
        row = Referral(
            municipality_id=partner.municipality_id, partner=partner, competence=held.competence
        )
        super().__init__(*args, instance=row, **kwargs)


class ReferralEditForm(ReferralFields, VersionedModelForm[Referral]):
    """As long as the partner has not answered; all that is asked of a new one is asked again."""

    class Meta(TextMeta):
        pass


class AnswerForm(HouseForm):
    """What was said with a step, or why it is taken."""

    text = forms.CharField(
        label=gettext_lazy("Wat zegt de partner?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[refuse_national_number],
    )

    def __init__(
        self, *args: Any, step: ReferralStep, is_asked: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.required = step.needs_text
        if step.who == step.who.SENDER:
            text.label = _("Waarom?")
        elif is_asked:
            text.label = _("Wat antwoorden jullie?")
