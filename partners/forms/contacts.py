"""A contact officer of a partner."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, VersionedModelForm
from partners.forms.common import OfOnePlace
from partners.models import ContactOfficer, Partner

FIELDS = ("function", "name", "email", "phone", "topic", "is_deputy", "starts", "ends")
HELPS = {
    "name": _("Een contact van het werk. Noteer niets uit het privéleven."),
    "ends": _("Leeg zolang je het niet weet. Nadert het einde zonder opvolger, dan melden we dat."),
}


class NewOfficerForm(OfOnePlace, CreateForm[ContactOfficer]):
    kept = ("partner",)

    class Meta:
        model = ContactOfficer
        fields = FIELDS
        help_texts = HELPS

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, instance=ContactOfficer(partner=partner), **kwargs)


class OfficerForm(OfOnePlace, VersionedModelForm[ContactOfficer]):
    kept = ("partner",)

    class Meta:
        model = ContactOfficer
        fields = FIELDS
        help_texts = HELPS
