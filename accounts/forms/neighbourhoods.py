"""A neighbourhood: what it is called, who lives there, and where it lies on the drawn map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality, Neighbourhood
from accounts.permissions import managed_ids
from core.forms import CreateForm, OfOnePlace, VersionedModelForm

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = (
    "code", "name", "sub_municipality", "kind", "inhabitants", "is_focus", "description",
    "map_x", "map_y",
)  # fmt: skip
HELP = {
    "code": _("Kort, zoals W03. De grenzen van de kaart gebruiken dezelfde code."),
    "map_x": _("Van 0 (links) tot 1000 (rechts). Leeg: de wijk staat niet op de getekende kaart."),
    "map_y": _("Van 0 (boven) tot 1000 (onder)."),
}


class NeighbourhoodForm(CreateForm[Neighbourhood]):
    class Meta:
        model = Neighbourhood
        fields = ("municipality", *FIELDS)
        help_texts = HELP

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Municipality.objects.filter(pk__in=managed_ids(by))
        self.fields["municipality"].queryset = mine  # type: ignore[attr-defined]
        self.fields["municipality"].initial = mine.first()


class NeighbourhoodEditForm(OfOnePlace, VersionedModelForm[Neighbourhood]):
    class Meta:
        model = Neighbourhood
        fields = FIELDS
        help_texts = HELP
