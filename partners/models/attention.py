"""Everything agreements need attention for, in one question to the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from partners.models.agreements import Agreement, AgreementParty, AgreementQuerySet
from partners.models.commitments import Commitment

if TYPE_CHECKING:
    from collections.abc import Callable


class Reason(StrEnum):
    """Why somebody has to look: the words in the address of a list that shows it."""

    SIGN = "ondertekenen"
    EVALUATE = "evalueren"
    RENEW = "hernieuwen"
    NOTICE = "opzegtermijn"
    FAREWELL = "einde"
    COMMITMENT = "engagement"
    REPORTED = "gemeld"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do: why, by when, for which agreement, and the row where it is done."""

    reason: Reason
    due: dt.date | None
    agreement_id: int
    code: str
    title: str
    detail: str
    target_id: int


def _late(on: dt.date) -> QuerySet[Commitment]:
    """What the partner said something about is asked for as that: the same screen, once."""
    return Commitment.objects.late(on=on).unreported()


# Which agreements a reason is about, on a day.
AGREEMENTS_WITH: dict[Reason, Callable[[AgreementQuerySet, dt.date], AgreementQuerySet]] = {
    Reason.SIGN: lambda rows, on: rows.to_sign(on=on),
    Reason.EVALUATE: lambda rows, on: rows.to_evaluate(on=on),
    Reason.RENEW: lambda rows, on: rows.to_renew(on=on),
    Reason.NOTICE: lambda rows, on: rows.notice_due(on=on),
    Reason.FAREWELL: lambda rows, on: rows.ending(on=on),
    Reason.COMMITMENT: lambda rows, on: rows.filter(pk__in=_late(on).values("party__agreement")),
    Reason.REPORTED: lambda rows, _on: rows.filter(
        pk__in=Commitment.objects.reported().values("party__agreement")
    ),
    Reason.CONTACT: lambda rows, on: rows.filter(
        pk__in=AgreementParty.objects.without_contact(on=on).values("agreement")
    ),
}
# Which day presses, for the reasons of an agreement as a whole.
DUE = {
    Reason.SIGN: "starts",
    Reason.EVALUATE: "next_evaluation",
    Reason.RENEW: "ends",
    Reason.NOTICE: "notice_on",
    Reason.FAREWELL: "ended_on",
}


def _columns(
    reason: Reason, agreement: str, *, due: Any, detail: Any, target: str
) -> tuple[Any, ...]:
    return (
        Value(reason.value),
        due,
        F(f"{agreement}pk"),
        F(f"{agreement}code"),
        F(f"{agreement}title"),
        Cast(detail, CharField()),
        F(target),
    )


def needs(agreements: AgreementQuerySet, *, on: dt.date) -> list[Need]:
    """What these agreements ask, the most urgent first; what has no day comes last."""
    # A union asks bare rows: no order, no joins of the list.
    rows = Agreement.objects.filter(pk__in=agreements.order_by().values("pk"))
    parts: list[QuerySet[Any, Any]] = [
        AGREEMENTS_WITH[reason](rows, on).order_by().values_list(
            *_columns(reason, "", due=F(day), detail=Value(""), target="pk")
        )
        for reason, day in DUE.items()
    ]  # fmt: skip
    promises = {Reason.COMMITMENT: _late(on), Reason.REPORTED: Commitment.objects.reported()}
    parts += [
        found.filter(party__agreement__in=rows).order_by().values_list(
            *_columns(reason, "party__agreement__", due=F("due"), detail=F("gives"), target="pk")
        )
        for reason, found in promises.items()
    ]  # fmt: skip
    lost = AgreementParty.objects.without_contact(on=on).filter(agreement__in=rows)
    parts.append(
        lost.order_by().values_list(
            *_columns(Reason.CONTACT, "agreement__", due=Value(None, DateField()),
                      detail=F("partner__name"), target="partner_id")
        )
    )  # fmt: skip
    found = [Need(Reason(row[0]), *row[1:]) for row in parts[0].union(*parts[1:], all=True)]
    return sorted(found, key=lambda need: (need.due or dt.date.max, need.code, need.reason))
