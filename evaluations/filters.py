"""How the list of evaluations is narrowed: from the address, so that a list can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.text import refuse_hidden_characters
from evaluations.models import Evaluation, What
from evaluations.models.subjects import FIELDS
from evaluations.workflow import OPEN, EvaluationStatus

if TYPE_CHECKING:
    from django.http import QueryDict

    from evaluations.models import EvaluationQuerySet

FOLDED = ("waarover", "status", "laat", "wie", "van", "tot")
MINE = "ik"


class EvaluationFilter(filters.FilterSet):
    """The names in the address: q, waarover, status, laat, wie, van and tot."""

    q = filters.CharFilter(
        label=_("Zoek op titel of onderwerp"),
        method="search",
        max_length=200,
        validators=[refuse_hidden_characters],
        widget=forms.SearchInput(attrs={"placeholder": _("Titel of onderwerp")}),
    )
    waarover = filters.ChoiceFilter(
        label=_("Waarover"), method="by_what", choices=What.choices, empty_label=_("Alles")
    )
    status = filters.ChoiceFilter(
        label=_("Status"), choices=EvaluationStatus.choices, empty_label=_("Zonder vervallen")
    )
    laat = filters.ChoiceFilter(
        label=_("Te laat"),
        method="by_late",
        choices=[("ja", _("Alleen te laat"))],
        empty_label=_("Niet op gefilterd"),
    )
    wie = filters.ChoiceFilter(
        label=_("Verantwoordelijke"), method="by_person", empty_label=_("Iedereen")
    )
    van = filters.DateFilter("planned_on", "gte", label=_("Gepland vanaf"))
    tot = filters.DateFilter("planned_on", "lte", label=_("Gepland tot en met"))

    class Meta:
        model = Evaluation
        fields: list[str] = []

    def __init__(self, user: User, data: QueryDict) -> None:
        self.user = user
        visible = Evaluation.objects.visible_to(user)
        super().__init__(data, queryset=visible)
        people = User.objects.filter(pk__in=visible.values("responsible")).exclude(pk=user.pk)
        mine = [(MINE, _("Ikzelf, ook als plaatsvervanger"))]
        named = people.order_by("name", "pk").values_list("pk", "name")
        self.filters["wie"].extra["choices"] = mine + [(str(pk), name) for pk, name in named]
        for name in ("van", "tot"):
            self.filters[name].extra["widget"] = forms.DateInput(attrs={"type": "date"})

    @property
    def qs(self) -> EvaluationQuerySet:
        """What is still to do first, the nearest day first."""
        self.form.is_valid()  # what does not exist is ignored, not an error page
        found: EvaluationQuerySet = self.filter_queryset(self.queryset)
        if not self.form.cleaned_data.get("status"):
            found = found.exclude(status=EvaluationStatus.DROPPED)
        done = Case(
            When(status__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return found.for_list().order_by(done, "planned_on", "pk")

    def search(self, rows: EvaluationQuerySet, _name: str, text: str) -> EvaluationQuerySet:
        return rows.search(text.strip())

    def by_what(self, rows: EvaluationQuerySet, _name: str, what: str) -> EvaluationQuerySet:
        return rows.exclude(**{FIELDS[What(what)]: None})

    def by_late(self, rows: EvaluationQuerySet, _name: str, _value: Any) -> EvaluationQuerySet:
        return rows.late(on=timezone.localdate())

    def by_person(self, rows: EvaluationQuerySet, _name: str, who: str) -> EvaluationQuerySet:
        return rows.kept_by(self.user) if who == MINE else rows.filter(responsible=int(who))

    @property
    def active_count(self) -> int:
        """How many of the folded filters are on."""
        return sum(bool(self.form.cleaned_data.get(name)) for name in FOLDED)
