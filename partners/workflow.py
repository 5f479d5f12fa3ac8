"""The life of an agreement, of a promise in it and of a referral, as tables. No database in here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class AgreementStatus(models.TextChoices):
    DRAFT = "ontwerp", _("Ontwerp")
    TO_SIGN = "ter ondertekening", _("Ter ondertekening")
    ACTIVE = "actief", _("Actief")
    TO_EVALUATE = "te evalueren", _("Te evalueren")
    TO_RENEW = "te hernieuwen", _("Te hernieuwen")
    ENDED = "opgezegd", _("Opgezegd")
    EXPIRED = "verlopen", _("Verlopen")


class CommitmentStatus(models.TextChoices):
    RUNNING = "loopt", _("Loopt")
    KEPT = "nagekomen", _("Nagekomen")
    PARTLY = "deels", _("Deels nagekomen")
    NOT_KEPT = "niet nagekomen", _("Niet nagekomen")


class ReportOutcome(models.TextChoices):
    """What became of what a partner reported about a promise."""

    TAKEN = "overgenomen", _("Overgenomen door de gemeente")
    JUDGED = "anders", _("Anders beoordeeld door de gemeente")
    REPLACED = "vervangen", _("Vervangen door een nieuwer bericht")


@dataclass(frozen=True, slots=True)
class Step:
    """One way from a status of an agreement to the next."""

    name: str
    source: str
    target: str
    label: str | _StrPromise
    needs_reason: bool = False
    needs_parties: bool = False  # an agreement is between two at least
    needs_signatures: bool = False  # of every party
    needs_last_day: bool = False  # the step records the day on which it ends
    needs_end_passed: bool = False
    needs_evaluation: bool = False  # taken by noting the evaluation, on its own page


S = AgreementStatus
AGREEMENT_STEPS = (
    Step("voorleggen", S.DRAFT, S.TO_SIGN, _("Ter ondertekening voorleggen"), needs_parties=True),
    Step("terug-naar-ontwerp", S.TO_SIGN, S.DRAFT, _("Terug naar ontwerp"), needs_reason=True),
    Step("activeren", S.TO_SIGN, S.ACTIVE, _("In werking stellen"), needs_parties=True,
         needs_signatures=True),
    Step("evalueren", S.ACTIVE, S.TO_EVALUATE, _("Evaluatie starten")),
    Step("geevalueerd", S.TO_EVALUATE, S.ACTIVE, _("Evaluatie vastleggen"), needs_evaluation=True),
    Step("laten-hernieuwen", S.ACTIVE, S.TO_RENEW, _("Voorbereiden om te hernieuwen")),
    Step("laten-hernieuwen", S.TO_EVALUATE, S.TO_RENEW, _("Voorbereiden om te hernieuwen")),
    Step("terug-naar-actief", S.TO_RENEW, S.ACTIVE, _("Terug naar actief"), needs_reason=True),
    Step("stopzetten", S.DRAFT, S.ENDED, _("Niet doorzetten"), needs_reason=True),
    Step("stopzetten", S.TO_SIGN, S.ENDED, _("Niet doorzetten"), needs_reason=True),
    Step("opzeggen", S.ACTIVE, S.ENDED, _("Opzeggen"), needs_reason=True, needs_last_day=True),
    Step("opzeggen", S.TO_EVALUATE, S.ENDED, _("Opzeggen"), needs_reason=True,
         needs_last_day=True),
    Step("opzeggen", S.TO_RENEW, S.ENDED, _("Opzeggen"), needs_reason=True, needs_last_day=True),
    Step("laten-verlopen", S.ACTIVE, S.EXPIRED, _("Laten verlopen"), needs_reason=True,
         needs_end_passed=True),
    Step("laten-verlopen", S.TO_EVALUATE, S.EXPIRED, _("Laten verlopen"), needs_reason=True,
         needs_end_passed=True),
    Step("laten-verlopen", S.TO_RENEW, S.EXPIRED, _("Laten verlopen"), needs_reason=True,
         needs_end_passed=True),
    Step("opzegging-intrekken", S.ENDED, S.ACTIVE, _("Toch weer in werking stellen"),
         needs_reason=True, needs_parties=True, needs_signatures=True),
    Step("toch-hernieuwen", S.EXPIRED, S.TO_RENEW, _("Toch hernieuwen"), needs_reason=True),
)  # fmt: skip

AGREEMENT_IN_FORCE = frozenset({S.ACTIVE, S.TO_EVALUATE, S.TO_RENEW})
AGREEMENT_OVER = frozenset({S.ENDED, S.EXPIRED})
AGREEMENT_RENEWABLE = AGREEMENT_IN_FORCE | {S.EXPIRED}
# A promise of which something is still to come.
COMMITMENT_OPEN = frozenset({CommitmentStatus.RUNNING, CommitmentStatus.PARTLY})


def agreement_steps_from(status: str) -> list[Step]:
    return [step for step in AGREEMENT_STEPS if step.source == status]


def find(steps: list[Step], name: str) -> Step | None:
    return next((step for step in steps if step.name == name), None)


# --- Referrals ---


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
    ReferralStep("aanvaarden", R.SENT, R.ACCEPTED, _("Aanvaarden")),
    ReferralStep("geen-capaciteit", R.SENT, R.NO_CAPACITY, _("Geen capaciteit"), needs_text=True),
    ReferralStep("weigeren", R.SENT, R.DECLINED, _("Weigeren"), needs_text=True),
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
