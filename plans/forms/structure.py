"""Forms of the parts of a plan: one to make and one to edit each kind, from one table of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, HouseForm, VersionedModelForm
from plans.forms.indicators import IndicatorForm, NewIndicatorForm
from plans.forms.revision import RevisionFields
from plans.models import Plan
from plans.tree import KINDS, Kind, kind_of

if TYPE_CHECKING:
    from accounts.models import User

# What is written, and may be rewritten.
TEXT = {
    "hoofdstuk": ["title", "body"],
    "baken": ["title", "text"],
    "domein": ["title", "is_supporting", "problem", "background", "balance_reason"],
    "strategisch-doel": ["text"],
    "deelthema": ["title", "why"],
    "tactisch-doel": ["text"],
    "jaarthema": ["year", "title", "focus"],
    "ander-plan": [
        "code", "name", "subject", "steering", "territory", "cycle", "from_year", "to_year",
        "obligation",
    ],
}  # fmt: skip
# What others refer to: chosen once, stable ever after.
IDENTITY = {"baken": ["code"], "domein": ["number"], "deelthema": ["code"]}
# The rows a part belongs to stand outside the form, but count in the rules of the database.
BELONGS_TO = {"plan", "domain", "sub_theme", "goal"}


class OwnerCounts:
    """The form also checks rules such as "this code once per plan", and says so at the field."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - BELONGS_TO  # type: ignore[misc,no-any-return]


class NewPart(OwnerCounts, RevisionFields, CreateForm[models.Model]):
    """A new part, hanging from the parent its instance names."""


class PartEdit(OwnerCounts, RevisionFields, VersionedModelForm[Any]):
    """The text of an existing part."""


def _form(kind: Kind, base: type[Any], fields: list[str]) -> type[Any]:
    return forms.modelform_factory(kind.model, form=base, fields=fields)


NEW: dict[str, type[Any]] = {"indicator": NewIndicatorForm}
EDIT: dict[str, type[Any]] = {"indicator": IndicatorForm}
for _kind in KINDS:
    if _kind.slug in TEXT:
        _fields = TEXT[_kind.slug]
        NEW[_kind.slug] = _form(_kind, NewPart, IDENTITY.get(_kind.slug, []) + _fields)
        EDIT[_kind.slug] = _form(_kind, PartEdit, _fields)


class MoveForm(RevisionFields, HouseForm):
    """Where a part moves to: a parent of the same plan."""

    target: Any = forms.ModelChoiceField(queryset=Plan.objects.none(), label=_("Verplaats naar"))

    def __init__(self, *args: Any, kind: Kind, row: Any, plan: Plan, by: User, **kw: Any) -> None:
        super().__init__(*args, plan=plan, by=by, **kw)
        target: Any = self.fields["target"]
        parents = kind.parents(plan).exclude(pk=getattr(row, kind.parent).pk)
        target.queryset = parents.order_by(*_order(kind_of(kind.parent_model)))
        target.label_from_instance = _place


def _order(kind: Kind) -> list[str]:
    """Parents as they stand in the plan."""
    above = (
        [f"{kind.parent}__{name}" for name in _order(kind_of(kind.parent_model))]
        if (kind.is_movable)
        else []
    )
    return [*above, "position", "pk"]


def _place(row: Any) -> str:
    """A parent with the domain it lies in."""
    domain = getattr(row, "domain", None)
    return f"{domain} › {row}" if domain else str(row)
