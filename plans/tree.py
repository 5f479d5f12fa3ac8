"""What a plan is made of, as a table: each kind of part, its place in the tree and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.models import (
    Action,
    Domain,
    Indicator,
    Plan,
    PlanSection,
    Principle,
    RelatedPlan,
    StrategicGoal,
    SubTheme,
    TacticalGoal,
    YearTheme,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of part. `parent` is the field that names the row it hangs from."""

    slug: str  # in addresses
    model: type[models.Model]
    label: str | _StrPromise
    parent: str
    plan_path: str
    ordered: bool = True
    made_here: bool = True  # actions have pages of their own for that

    @property
    def is_movable(self) -> bool:
        return self.parent != "plan"

    @property
    def parent_model(self) -> type[models.Model]:
        found: type[models.Model] = self.model._meta.get_field(self.parent).related_model  # type: ignore[assignment]
        return found

    def rows(self, plan: Plan, user: User) -> models.QuerySet[Any]:
        """The parts of this kind that this person sees in the plan, archived ones too."""
        rows = self.model._default_manager.filter(**{self.plan_path: plan})
        if self.model is Action:
            rows = rows.filter(pk__in=Action.objects.visible_to(user).values("pk"))
        return rows.select_related(self.parent)

    def parents(self, plan: Plan) -> models.QuerySet[Any]:
        """The rows a part of this kind may hang from."""
        if not self.is_movable:
            return Plan.objects.filter(pk=plan.pk)
        above = kind_of(self.parent_model)
        rows = above.model._default_manager.filter(**{above.plan_path: plan}, archived_at=None)
        return rows.select_related(above.parent)

    def siblings(self, parent: models.Model) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(**{self.parent: parent}, archived_at=None)


KINDS = (
    Kind("hoofdstuk", PlanSection, _("hoofdstuk"), "plan", "plan"),
    Kind("baken", Principle, _("baken"), "plan", "plan"),
    Kind("domein", Domain, _("domein"), "plan", "plan"),
    Kind("strategisch-doel", StrategicGoal, _("strategische doelstelling"), "domain",
         "domain__plan"),
    Kind("indicator", Indicator, _("indicator"), "goal", "goal__domain__plan"),
    Kind("deelthema", SubTheme, _("deelthema"), "domain", "domain__plan"),
    Kind("tactisch-doel", TacticalGoal, _("tactische doelstelling"), "sub_theme",
         "sub_theme__domain__plan"),
    Kind("actie", Action, _("actie"), "sub_theme", "plan", made_here=False),
    Kind("jaarthema", YearTheme, _("jaarthema"), "plan", "plan", ordered=False),
    Kind("ander-plan", RelatedPlan, _("ander plan"), "plan", "plan", ordered=False),
)  # fmt: skip

_BY_SLUG = {kind.slug: kind for kind in KINDS}
_BY_MODEL = {kind.model: kind for kind in KINDS}


def find(slug: str) -> Kind | None:
    return _BY_SLUG.get(slug)


def kind_of(model: type[models.Model]) -> Kind:
    return _BY_MODEL[model]


def short(row: Any) -> str:
    """How a part is called where there is little room: its code or number, or else its title."""
    name = getattr(row, "code", "") or getattr(row, "number", "") or str(row)
    return str(name)[:60]
