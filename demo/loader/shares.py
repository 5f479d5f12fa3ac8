"""What the demo municipality shares with its outside partners."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from demo.loader.cast import moment
from partners.models import PartnerMember
from partners.operations.sharing import record_sharing
from plans.models import Action, ActionGroupPermission, Contribution, Plan, Share, ShareAnswer
from plans.models.shares import DEFAULT_DAYS
from plans.operations.shares import group_of

if TYPE_CHECKING:
    from accounts.models import User
    from demo.loader.cast import Cast

DAYS_AGO = 20


def load_shares(data: dict[str, Any], plan: Plan, cast: Cast, *, today: dt.date) -> None:
    """A few shares, some answered; the first of each partner's people may invite colleagues."""
    began = moment(today - dt.timedelta(days=DAYS_AGO))
    actions = {action.code: action for action in Action.objects.filter(plan=plan)}
    for row in data["shares"]:
        partner = cast.partner(row["partner"])
        member = PartnerMember.objects.select_related("user").filter(partner=partner).first()
        assert member is not None, partner  # noqa: S101 - the data give each of them a person
        PartnerMember.objects.filter(pk=member.pk).update(may_invite=True)
        share = _share(row, actions[row["action"]], member, cast.coordinator, began)
        ActionGroupPermission.grant(group_of(partner), share.action)
        cast.note(
            "share.given", share, by=cast.coordinator, context=share.action,
            on=timezone.localdate(share.starts_at),
        )  # fmt: skip
        record_sharing(
            partner, share.action, "Titel, Tekst voor de partner", by=cast.coordinator,
            purpose=share.purpose, ground=share.ground, until=share.ends_at,
        )  # fmt: skip


def _share(
    row: dict[str, Any], action: Action, reader: PartnerMember, by: User, started: dt.datetime
) -> Share:
    answered = row["answer"] != ShareAnswer.ASKED
    share = Share.objects.create(
        action=action,
        partner_id=reader.partner_id,
        text=row["text"],
        fields=row["fields"],
        purpose=row["purpose"],
        ground=row["ground"],
        given_by=by,
        starts_at=started,
        ends_at=started + dt.timedelta(days=DEFAULT_DAYS),
        answer=row["answer"],
        answer_reason=row.get("reason", ""),
        answered_by=reader.user if answered else None,
        answered_at=started + dt.timedelta(days=2) if answered else None,
    )
    if told := row.get("contribution"):
        Contribution.objects.create(
            share=share, by=reader.user, at=started + dt.timedelta(days=9), **told
        )
    return share
