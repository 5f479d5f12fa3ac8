"""A kind of agreement."""

from __future__ import annotations

from typing import Any

from accounts.models import Municipality, User
from accounts.roles import Right
from core.forms import CreateForm, VersionedModelForm
from partners.models import AgreementType

FIELDS = (
    "code", "name", "form", "default_term_months", "evaluation_months", "data_sharing",
    "legal_note",
)  # fmt: skip


class TypeForm(CreateForm[AgreementType]):
    class Meta:
        model = AgreementType
        fields = ("municipality", *FIELDS)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = by.municipality_ids_with(Right.AGREEMENT_EDIT)
        field: Any = self.fields["municipality"]
        field.queryset = Municipality.objects.filter(pk__in=places)
        if len(places) == 1:
            field.initial = next(iter(places))


class TypeEditForm(VersionedModelForm[AgreementType]):
    class Meta:
        model = AgreementType
        fields = FIELDS
