"""What every form on plan text asks once the plan is adopted: why it changes, and who decided."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from plans.models import Plan, PlanRevision
from plans.operations.plan import RevisionData

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    from accounts.models import User

PREFIX = "revision_"
ASKED = ("reason", "decision", "decided_on", "text")
HELP = {
    "decision": _("Het nummer van het besluit, zoals het in het verslag staat."),
    "text": _("Wat verandert er voor wie dit plan uitvoert?"),
}


def refuse_future(day: dt.date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("Deze datum ligt in de toekomst."), code="future")


def revision_fields() -> dict[str, forms.Field]:
    """The fields of a bijsturing, under names of their own."""
    fields = forms.fields_for_model(PlanRevision, fields=ASKED, help_texts=HELP)  # type: ignore[arg-type]
    fields["decided_on"].validators.append(refuse_future)
    return {f"{PREFIX}{name}": field for name, field in fields.items()}


def latest_revision(plan: Plan, by: User) -> dict[str, Any]:
    """The bijsturing this person made last today: the next change mostly follows from it too."""
    made = PlanRevision.objects.filter(plan=plan, made_by=by, made_at__date=timezone.localdate())
    last = made.order_by("-pk").first()
    return {f"{PREFIX}{name}": getattr(last, name) for name in ASKED} if last else {}


class RevisionFields:
    """Put before a form class: `class XForm(RevisionFields, VersionedModelForm[X])`.

    The form takes `plan=` and `by=`. In an adopted plan it asks for the bijsturing, prefilled with
    the last one of today; before adoption it asks nothing and `revision_data()` is None.
    """

    fields_template = "plans/text_fields.html"

    plan: Plan
    fields: dict[str, forms.Field]
    base_fields: dict[str, forms.Field]
    initial: Any
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, plan: Plan, by: User, **kwargs: Any) -> None:
        self.plan = plan
        if plan.is_adopted:
            # Fields of this one form, added before the house's rules for text look at them.
            self.base_fields = {**self.base_fields, **revision_fields()}
            kwargs["initial"] = latest_revision(plan, by) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    @property
    def asks_revision(self) -> bool:
        return f"{PREFIX}decision" in self.fields

    @property
    def is_prefilled(self) -> bool:
        """Whether "the same decision as just now" stands in the fields."""
        return bool(self.initial.get(f"{PREFIX}decision"))

    @property
    def text_fields(self) -> list[BoundField]:
        """What the form is about, without the bijsturing."""
        return [field for field in self._visible() if not field.name.startswith(PREFIX)]

    @property
    def decision_fields(self) -> list[BoundField]:
        return [field for field in self._visible() if field.name.startswith(PREFIX)]

    def _visible(self) -> list[BoundField]:
        return self.visible_fields()  # type: ignore[attr-defined,no-any-return]

    def revision_data(self) -> RevisionData | None:
        """What the operation needs to record the bijsturing; call it on a valid form."""
        if not self.asks_revision:
            return None
        return RevisionData(**{name: self.cleaned_data[f"{PREFIX}{name}"] for name in ASKED})


class RevisionForm(RevisionFields, HouseForm):
    """Only the bijsturing: for a change that asks nothing else, such as archiving."""
