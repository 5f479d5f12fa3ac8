"""Which bijsturing followed from an evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from plans.models import PlanRevision

if TYPE_CHECKING:
    from django.db.models import QuerySet


class RevisionLinkForm(HouseForm):
    revision = forms.ModelChoiceField(
        PlanRevision.objects.none(),
        label=_("Bijsturing"),
        help_text=_("Staat ze er niet bij? Leg ze eerst vast waar je de tekst wijzigt."),
    )

    def __init__(self, *args: Any, rows: QuerySet[PlanRevision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].queryset = rows  # type: ignore[attr-defined]
