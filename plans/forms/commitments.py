"""Choosing a promise that an action rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from core.widgets import choose_from
from partners.models import Commitment

if TYPE_CHECKING:
    from accounts.models import User
    from plans.models import Action

LONGEST = 90  # characters of a promise in the list


class LinkForm(HouseForm):
    commitment = forms.ModelChoiceField(Commitment.objects.none(), label=_("Engagement"))

    def __init__(self, *args: Any, action: Action, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Commitment.objects.visible_to(user).current().for_page()
        if action.plan.municipality_id:
            here = seen.filter(party__agreement__municipality=action.plan.municipality_id)
        else:
            here = seen.filter(party__agreement__municipality__zone=action.plan.zone_id)
        field: Any = self.fields["commitment"]
        field.queryset = here.exclude(action_links__action=action).order_by(
            "party__agreement__code", "party__partner__name", "pk"
        )
        names = {str(row.pk): _name(row) for row in field.queryset}
        field.widget = choose_from(names, empty=str(_("Kies een engagement")))


def _name(row: Commitment) -> str:
    gives = row.gives if len(row.gives) <= LONGEST else f"{row.gives[:LONGEST]}…"
    return f"{row.agreement.code} {row.party.partner.name}: {gives}"
