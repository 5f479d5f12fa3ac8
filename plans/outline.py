"""The tree of a plan as lists to put in order: rows made ready, one level beside the other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans import tree
from plans.models import Action, Domain, Indicator, Plan, StrategicGoal, SubTheme

if TYPE_CHECKING:
    from accounts.models import User
    from plans.tree import Kind

LABEL_LENGTH = 140


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    icon: str
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One part in a list, with what can be done to it."""

    pk: int
    menu_id: str
    code: str
    text: str
    url: str
    is_new: bool
    links: list[Link]


@dataclass(frozen=True, slots=True)
class PartList:
    """The parts of one kind under one parent."""

    anchor: str
    title: str
    note: str
    order_url: str  # empty where the order says nothing
    create_url: str
    create_label: str
    items: list[Item]
    level: int = 2


TITLES = {
    "hoofdstuk": gettext_lazy("Hoofdstukken"),
    "baken": gettext_lazy("Bakens"),
    "domein": gettext_lazy("Domeinen"),
    "strategisch-doel": gettext_lazy("Strategische doelstellingen"),
    "indicator": gettext_lazy("Indicatoren"),
    "deelthema": gettext_lazy("Deelthema's"),
    "tactisch-doel": gettext_lazy("Tactische doelstellingen"),
    "actie": gettext_lazy("Acties"),
    "jaarthema": gettext_lazy("Jaarthema's"),
    "ander-plan": gettext_lazy("Verhouding tot andere plannen"),
}


def anchor(kind: Kind, parent: models.Model) -> str:
    return f"{kind.slug}-{parent.pk}" if kind.is_movable else kind.slug


def domain_number(row: Any) -> int | None:
    """The number of the domain a part lies in; none for what hangs from the plan itself."""
    match row:
        case SubTheme() | StrategicGoal():
            return row.domain.number
        case Plan() | Domain():
            return row.number if isinstance(row, Domain) else None
    for name in ("sub_theme", "goal"):
        above = getattr(row, name, None)
        if above is not None:
            return domain_number(above)
    return None


def of_plan(plan: Plan, user: User) -> list[PartList]:
    """The upper level of the tree, and the tables beside it."""
    slugs = ("hoofdstuk", "baken", "domein", "jaarthema", "ander-plan")
    kinds = [_kind(slug) for slug in slugs]
    return [_ready(kind, plan, _under(kind, [plan], plan, user)[plan.pk], plan) for kind in kinds]


def of_domain(domain: Domain, plan: Plan, user: User) -> list[PartList]:
    """All below one domain: its goals with their indicators, its sub-themes with what they hold."""
    goal, theme, indicator, tactical, action = (
        _kind(slug)
        for slug in ("strategisch-doel", "deelthema", "indicator", "tactisch-doel", "actie")
    )
    goals = _under(goal, [domain], plan, user)[domain.pk]
    themes = _under(theme, [domain], plan, user)[domain.pk]
    found = {
        kind.slug: _under(kind, rows, plan, user)
        for kind, rows in ((indicator, goals), (tactical, themes), (action, themes))
    }
    pairs = [(kind, row) for row in themes for kind in (tactical, action)]

    def ready(kind: Kind, row: Any) -> PartList:
        return _ready(kind, row, found[kind.slug][row.pk], plan)

    measures = [ready(indicator, row) for row in goals]
    below = [ready(kind, row) for kind, row in pairs]
    return [
        _ready(goal, domain, goals, plan),
        *measures,
        _ready(theme, domain, themes, plan),
        *below,
    ]


def _kind(slug: str) -> Kind:
    kind = tree.find(slug)
    assert kind is not None  # noqa: S101 - only slugs of the table come here
    return kind


def _under(kind: Kind, parents: list[Any], plan: Plan, user: User) -> dict[int, list[Any]]:
    """The current rows of a kind under each of these parents, in one query."""
    rows = kind.rows(plan, user).filter(archived_at=None)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(**{f"{kind.parent}__in": [parent.pk for parent in parents]}):
        found[getattr(row, f"{kind.parent}_id")].append(row)
    return found


def _ready(kind: Kind, parent: Any, rows: list[Any], plan: Plan) -> PartList:
    inside = f"?in={parent.pk}" if kind.is_movable else ""
    base = [plan.code, kind.slug]
    create = (
        reverse("plans:part-create", args=base)
        if kind.made_here
        else reverse("plans:action-create", args=[plan.code])
    )
    return PartList(
        anchor=anchor(kind, parent),
        title=str(TITLES[kind.slug]),
        note="" if isinstance(parent, Plan | Domain) else str(parent),
        order_url=reverse("plans:part-order", args=base) + inside if kind.ordered else "",
        create_url=create + (inside if kind.made_here else f"?deelthema={parent.pk}"),
        create_label=_("%s toevoegen") % str(kind.label).capitalize(),
        items=[_item(kind, row, plan) for row in rows],
    )


def _item(kind: Kind, row: Any, plan: Plan) -> Item:
    code = str(getattr(row, "code", "") or getattr(row, "number", "") or getattr(row, "year", ""))
    text = getattr(row, "title", "") or getattr(row, "name", "") or getattr(row, "text", "")
    return Item(
        pk=row.pk,
        menu_id=f"menu-{kind.slug}-{row.pk}",
        code=code,
        text=Truncator(text).chars(LABEL_LENGTH),
        url=_opens(kind, row, plan),
        is_new=getattr(row, "revision_id", None) is not None,
        links=_links(kind, row, plan),
    )


def _opens(kind: Kind, row: Any, plan: Plan) -> str:
    """Where a click on the name leads: one level down, the action, or the form."""
    if isinstance(row, Domain):
        url = reverse("plans:structure", args=[plan.code])
        return f"{url}?domein={row.number}"
    if isinstance(row, Action):
        return row.get_absolute_url()
    return reverse("plans:part-edit", args=[plan.code, kind.slug, row.pk])


def _links(kind: Kind, row: Any, plan: Plan) -> list[Link]:
    args = [plan.code, kind.slug, row.pk]
    edit = (
        reverse("plans:part-edit", args=args)
        if kind.made_here
        else reverse("plans:action-edit", args=[row.pk])
    )
    links = [Link(_("Wijzigen"), edit, "edit")]
    if isinstance(row, Indicator):
        value = reverse("plans:goal-value", args=[plan.code, row.pk])
        links.append(Link(_("Waarde invullen"), value, "chart-bar"))
    if kind.is_movable:
        links.append(Link(_("Verplaatsen naar…"), reverse("plans:part-move", args=args), "share"))
    away = reverse("plans:part-archive", args=args)
    return [*links, Link(_("Archiveren"), away, "archive", danger=True)]


def order_of(kind: Kind, parent: Any, plan: Plan, user: User) -> list[int]:
    """The rows of a list as this person sees them, in order."""
    rows = kind.rows(plan, user).filter(**{kind.parent: parent}, archived_at=None)
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Archived:
    """A part out of sight, and the way back."""

    label: str
    text: str
    url: str


def archived(plan: Plan, user: User) -> list[Archived]:
    """What was archived, of every kind, in one query."""
    first, *others = [_archived_of(kind, plan, user) for kind in tree.KINDS]
    return [
        Archived(
            str(_kind(slug).label).capitalize(),
            Truncator(words).chars(LABEL_LENGTH),
            reverse("plans:part-restore", args=[plan.code, slug, pk]),
        )
        for slug, pk, words in first.union(*others, all=True)
    ]


def _archived_of(kind: Kind, plan: Plan, user: User) -> Any:
    names = {field.name for field in kind.model._meta.concrete_fields}
    field = next(name for name in ("title", "name", "text") if name in names)
    rows = kind.rows(plan, user).exclude(archived_at=None).select_related(None).order_by()
    slug = models.Value(kind.slug, output_field=models.CharField())
    return rows.annotate(slug=slug, words=models.F(field)).values_list("slug", "pk", "words")


def effect_of_archiving(row: Any, *, archived: bool) -> str:
    """What goes out of sight with a part, in a sentence."""
    name = str(row)
    if not archived:
        return _("%s komt terug op zijn plaats, met alles wat erin zit.") % name
    return (
        _(
            "%s verdwijnt uit het plan, met alles wat erin zit. Er wordt niets gewist: je kunt "
            "het altijd terugzetten."
        )
        % name
    )
