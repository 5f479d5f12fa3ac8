"""A list under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from core.forms import CreateForm
from meldingen.models import SavedView
from meldingen.permissions import may_share_view, places_of

if TYPE_CHECKING:
    from accounts.models import User


class SavedViewForm(CreateForm[SavedView]):
    class Meta:
        model = SavedView
        fields = ("name", "municipality", "is_shared")

    def __init__(self, *args: Any, by: User, query: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.owner, self.instance.query = by, query
        places = places_of(by)
        field: Any = self.fields["municipality"]
        field.queryset = Municipality.objects.filter(pk__in=places)
        field.initial = min(places, default=None)
        if len(places) == 1:
            field.widget = field.hidden_widget()
        if not may_share_view(by):
            del self.fields["is_shared"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.instance.query:
            self.add_error(None, _("Kies eerst filters in de lijst; dan valt er iets te bewaren."))
        return data
