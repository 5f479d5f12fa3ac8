"""A good practice."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, User
from accounts.roles import Right
from core.forms import CreateForm, OfOnePlace, VersionedModelForm
from partners.models import GoodPractice

FIELDS = ("title", "source", "context", "why", "adapt")
HELPS = {
    "source": _("Waar het vandaan komt: een gemeente, een overleg, eigen ervaring."),
    "context": _("In welke situatie het werkte."),
    "adapt": _("Wat je verandert voor je het hier doet."),
}


class PracticeForm(CreateForm[GoodPractice]):
    class Meta:
        model = GoodPractice
        fields = ("municipality", *FIELDS)
        help_texts = HELPS

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipality_ids_with(Right.PRACTICE_EDIT)
        field: Any = self.fields["municipality"]
        field.queryset = Municipality.objects.filter(pk__in=places)
        if len(places) == 1:
            field.initial = next(iter(places))


class PracticeEditForm(OfOnePlace, VersionedModelForm[GoodPractice]):
    class Meta:
        model = GoodPractice
        fields = FIELDS
        help_texts = HELPS
