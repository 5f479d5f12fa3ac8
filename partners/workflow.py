"""The life of what passes between partners, as tables. Nothing in here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class ReferralStatus(models.TextChoices):
    SENT = "verzonden", _("Verzonden")
    ACCEPTED = "aanvaard", _("Aanvaard")
    NO_CAPACITY = "geen capaciteit", _("Geen capaciteit")
    DECLINED = "geweigerd", _("Geweigerd")
    DONE = "klaar", _("Klaar")
    WITHDRAWN = "ingetrokken", _("Ingetrokken")


class ReferralActor(models.TextChoices):
    """Who takes a step: who answers (the partner, or who heard the answer), or who sent it."""

    ANSWERER = "answerer", _("de partner, of wie zijn antwoord noteert")
    SENDER = "sender", _("wie doorverwees of de coördinator")


@dataclass(frozen=True, slots=True)
class ReferralStep:
    """One way from a status of a referral to the next."""

    name: str
    source: str
    target: str
    label: str | _StrPromise
    who: ReferralActor = ReferralActor.ANSWERER
    needs_text: bool = False


R = ReferralStatus
SENDER = ReferralActor.SENDER
REFERRAL_STEPS = (
    ReferralStep("aanvaarden", R.SENT, R.ACCEPTED, _("Aanvaard")),
    ReferralStep("geen-capaciteit", R.SENT, R.NO_CAPACITY, _("Geen capaciteit"), needs_text=True),
    ReferralStep("weigeren", R.SENT, R.DECLINED, _("Geweigerd"), needs_text=True),
    ReferralStep("afronden", R.ACCEPTED, R.DONE, _("Klaar")),
    ReferralStep("intrekken", R.SENT, R.WITHDRAWN, _("Intrekken"), SENDER, needs_text=True),
    ReferralStep("intrekken", R.ACCEPTED, R.WITHDRAWN, _("Intrekken"), SENDER, needs_text=True),
    # An answer that was noted wrongly, or that changed.
    ReferralStep("rechtzetten", R.ACCEPTED, R.SENT, _("Antwoord rechtzetten"), SENDER,
                 needs_text=True),
    ReferralStep("rechtzetten", R.NO_CAPACITY, R.SENT, _("Antwoord rechtzetten"), SENDER,
                 needs_text=True),
    ReferralStep("rechtzetten", R.DECLINED, R.SENT, _("Antwoord rechtzetten"), SENDER,
                 needs_text=True),
    ReferralStep("rechtzetten", R.DONE, R.ACCEPTED, _("Toch nog niet klaar"), SENDER,
                 needs_text=True),
)  # fmt: skip

REFERRAL_OPEN = frozenset({R.SENT, R.ACCEPTED})
# The partner said something: these carry the day of it.
REFERRAL_ANSWERED = frozenset({R.ACCEPTED, R.NO_CAPACITY, R.DECLINED, R.DONE})
REFERRAL_CLOSED = frozenset({R.DONE, R.WITHDRAWN})


def referral_steps_from(status: str) -> list[ReferralStep]:
    return [step for step in REFERRAL_STEPS if step.source == status]
