"""What of a plan may be answered by a link in a mail: news of an action, and of a partner's part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.confidentiality import ANSWERED_BY_LINK, SHARED_BY_LINK
from core.days import in_figures
from plans import permissions
from plans.forms.shares import ContributionForm
from plans.forms.updates import UpdateForm
from plans.models import Action, Contribution, Share, Update
from plans.operations.actions import update_once
from plans.operations.shares import contribute
from reminders.purposes import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User

    Data = Mapping[str, Any] | None


def _actions(user: User) -> QuerySet[Action]:
    seen = Action.objects.visible_to(user)
    return seen.select_related("plan__municipality", "plan__zone", "lead_partner")


def _place_of(action: Action) -> int | None:
    """An action of a plan of the zone is looked after where its lead belongs."""
    lead = action.lead_partner
    return action.plan.municipality_id or (lead.municipality_id if lead else None)


def _update_form(data: Data, action: Action) -> UpdateForm:
    """The short questions alone: figures and what was said before are for who signs in."""
    return UpdateForm(data, action=action, indicators=())


def _update(form: UpdateForm, action: Action, user: User) -> Update:
    return update_once(form, action, by=user)


def _said_of_update(update: Update) -> list[tuple[Any, Any]]:
    return [
        (_("Wat is er gebeurd?"), update.done),
        (_("Wat komt er nu?"), update.next or "–"),
        (_("Hoe loopt het?"), update.get_light_display() or _("Niet van toepassing")),
        (_("Voortgang"), f"{update.progress} %"),
        (_("Over"), in_figures(update.on)),
    ]


def _shares(user: User) -> QuerySet[Share]:
    """What is shared with a partner of this person at this moment."""
    found = Share.objects.in_space_of(user, at=timezone.now())
    return found.select_related("action", "partner")


def _contribution_form(data: Data, share: Share) -> ContributionForm:  # noqa: ARG001
    return ContributionForm(data)


def _contribute(form: ContributionForm, share: Share, user: User) -> Contribution:
    return contribute(form, share, by=user)


def _said_of_contribution(row: Contribution) -> list[tuple[Any, Any]]:
    return [
        (_("Wat is er gedaan?"), row.done),
        (_("Wat volgt er?"), row.next_step or "–"),
        (_("Hoe loopt jullie deel?"), row.get_light_display()),
    ]


PURPOSES = (
    Purpose(
        code="actie-bijwerken",
        name=_("Een actie bijwerken"),
        rules=("actie-bijwerken",),
        subject="action",
        rows=_actions,
        may=permissions.may_update,
        level=lambda action: action.confidentiality,
        levels=ANSWERED_BY_LINK,
        place=_place_of,
        named=lambda action: (action.code, action.title),
        form=_update_form,
        save=_update,
        said=_said_of_update,
        made=Update,
        page=lambda action: action.get_absolute_url(),
        seen_at=lambda action: action.get_absolute_url(),
        lead=_("Een korte stand van zaken: drie vragen, één minuut."),
        fields="plans/update_fields.html",
    ),
    Purpose(
        code="deling-bijdrage",
        name=_("Een bijdrage van een partner"),
        rules=("deling-bijdrage",),
        subject="share",
        rows=_shares,
        may=permissions.may_contribute,
        level=lambda share: share.action.confidentiality,
        levels=SHARED_BY_LINK,
        place=lambda share: share.partner.municipality_id,
        named=lambda share: ("", share.action.title),
        form=_contribution_form,
        save=_contribute,
        said=_said_of_contribution,
        made=Contribution,
        page=lambda share: share.get_absolute_url(),
        seen_at=lambda share: reverse("plans:cooperation", args=[share.action_id]),
        lead=_("De gemeente vraagt hoe het loopt. Zet er geen namen van personen in."),
    ),
)
