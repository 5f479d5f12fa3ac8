"""A contact officer of a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, OfOnePlace, VersionedModelForm
from core.widgets import choose_from
from partners.models import Agreement, ContactOfficer, Partner

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = (
    "function", "name", "email", "phone", "topic", "agreement", "is_deputy", "starts", "ends",
)  # fmt: skip
HELPS = {
    "name": _("Een contact van het werk. Noteer niets uit het privéleven."),
    "agreement": _("Alleen voor wie bij één afspraak hoort. Leeg: voor alles, of voor het thema."),
    "ends": _("Leeg zolang je het niet weet. Nadert het einde zonder opvolger, dan melden we dat."),
}


class AboutAgreement(OfOnePlace):
    """The agreements to choose from: those of this partner that are not over and that one reads."""

    kept = ("partner",)

    def choose_agreement(self, by: User) -> None:
        partner: Partner = self.instance.partner
        seen = Agreement.objects.visible_to(by).of_partner(partner)
        rows = seen.not_over(on=timezone.localdate()) | seen.filter(pk=self.instance.agreement_id)
        field: Any = self.fields["agreement"]
        field.queryset = rows.order_by("code")
        names = {str(row.pk): str(row) for row in field.queryset.only("code", "title")}
        field.widget = choose_from(names, empty=str(_("Geen: voor alles of voor het thema")))
        field.error_messages["invalid_choice"] = _("Deze partner is geen partij bij die afspraak.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("agreement") and cleaned.get("topic"):
            said = _("Kies een thema of een afspraak, niet allebei.")
            raise forms.ValidationError(said)
        return cleaned


class NewOfficerForm(AboutAgreement, CreateForm[ContactOfficer]):
    class Meta:
        model = ContactOfficer
        fields = FIELDS
        help_texts = HELPS

    def __init__(self, *args: Any, partner: Partner, by: User, **kwargs: Any) -> None:
        super().__init__(*args, instance=ContactOfficer(partner=partner), **kwargs)
        self.choose_agreement(by)


class OfficerForm(AboutAgreement, VersionedModelForm[ContactOfficer]):
    class Meta:
        model = ContactOfficer
        fields = FIELDS
        help_texts = HELPS

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_agreement(by)
