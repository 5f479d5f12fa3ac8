"""On which days an agreement holds and from when it is over: the one place that says so.

Whoever gave notice named a last day. Until and including that day the agreement holds as any
other; the day after it is over, and nobody has to write that down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from partners.workflow import AGREEMENT_IN_FORCE, AGREEMENT_OVER, AgreementStatus

if TYPE_CHECKING:
    import datetime as dt

    from partners.models.agreements import Agreement


def under_notice(*, on: dt.date, at: str = "") -> Q:
    """Notice was given and the last day is still to come. `at` is the way to the agreement."""
    return Q(**{f"{at}status": AgreementStatus.ENDED, f"{at}ended_on__gte": on})


def is_alive(*, on: dt.date, at: str = "") -> Q:
    """It was put in force and nothing ended it yet; its own first and last day aside."""
    return Q(**{f"{at}status__in": AGREEMENT_IN_FORCE}) | under_notice(on=on, at=at)


def is_over(*, on: dt.date, at: str = "") -> Q:
    """Ended, expired or never made: what is under notice is none of these yet."""
    ended = Q(**{f"{at}ended_on": None}) | Q(**{f"{at}ended_on__lt": on})
    return Q(**{f"{at}status__in": AGREEMENT_OVER}) & (
        ~Q(**{f"{at}status": AgreementStatus.ENDED}) | ended
    )


def has_notice(agreement: Agreement, *, on: dt.date) -> bool:
    """The same as `under_notice`, of a row in hand."""
    ended = agreement.status == AgreementStatus.ENDED
    return ended and agreement.ended_on is not None and agreement.ended_on >= on
