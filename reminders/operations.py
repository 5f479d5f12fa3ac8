"""What people decide about reminders: the moments of a rule, the quiet hours, an item closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history
from core.forms import OvertakenError, save_edit
from reminders import permissions
from reminders.models import CoreGroupItem

if TYPE_CHECKING:
    from accounts.models import Municipality, User
    from reminders.forms import LinkRulesForm, MailTimesForm, OutcomeForm, RuleSettingForm
    from reminders.models import LinkRules, MailTimes, RuleSetting


OUTCOME = 500  # letters of what the core group decided


class ClosedError(OvertakenError):
    """A colleague closed the item in the meantime, or it was done."""

    message = _("Dit punt is intussen afgehandeld. Kijk wat er staat.")


@transaction.atomic
def edit_rule(form: RuleSettingForm, *, by: User) -> RuleSetting:
    """What says no more than the rule itself is not kept."""
    place = form.instance.municipality
    permissions.may_edit(by, place.pk).or_403()
    row = save_edit(form, by=by, context=place)
    if row.pk and row.is_usual:
        row.delete()
    return row


@transaction.atomic
def edit_times(form: MailTimesForm, *, by: User) -> MailTimes:
    place: Municipality = form.instance.municipality
    permissions.may_edit(by, place.pk).or_403()
    return save_edit(form, by=by, context=place)


@transaction.atomic
def edit_links(form: LinkRulesForm, *, by: User) -> LinkRules:
    """Off is off: what was mailed already works no more from the next request on."""
    place: Municipality = form.instance.municipality
    permissions.may_edit(by, place.pk).or_403()
    return save_edit(form, by=by, context=place)


@transaction.atomic
def close_item(form: OutcomeForm, *, by: User) -> CoreGroupItem:
    """The core group spoke about it; the words stay with the item."""
    item = form.instance
    permissions.may_follow(by, item.municipality_id).or_403()
    if not settle_item(item, form.cleaned_data["outcome"], by=by):
        raise ClosedError
    return item


@transaction.atomic
def settle_item(item: CoreGroupItem, outcome: str, *, by: User) -> bool:
    """Close it with these words, for a later app that asked its own rule; False when it was."""
    words = outcome[:OUTCOME]
    rows = CoreGroupItem.objects.open().filter(pk=item.pk)
    if not rows.update(closed_at=timezone.now(), closed_by=by, outcome=words):
        return False
    history.record("coregroupitem.closed", item, by=by, context=item.municipality, reason=words)
    return True
