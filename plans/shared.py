"""What a partner sees of an action: made in one place, for the preview and for the space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from plans.models import SharedField
from plans.rows import period

if TYPE_CHECKING:
    from plans.models import Action, Share


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SharedItem:
    """All that there is: who adds something here shows it to partners."""

    title: str
    text: str
    facts: list[Fact]


def shared_item(share: Share) -> SharedItem:
    """The title, the text written for the partner, and the fields that were chosen."""
    shown = [name for name in SharedField.values if name in share.fields]
    facts = [Fact(str(SharedField(name).label), _value(share.action, name)) for name in shown]
    return SharedItem(share.action.title, share.text, facts)


def _value(action: Action, name: str) -> str:
    match SharedField(name):
        case SharedField.LEAD:
            return action.lead_partner.name if action.lead_partner else _("nog niet bepaald")
        case SharedField.PERIOD:
            return period(action)
        case SharedField.STATUS:
            return str(action.get_status_display())
        case SharedField.RESULT:
            return action.expected_result or "–"
        case SharedField.PLACES:
            return ", ".join(place.name for place in action.neighbourhoods.all()) or _("overal")
