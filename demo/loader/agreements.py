"""The agreements between the partners of the demo, with what each promised."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core import history
from demo.loader.cast import Cast, moment
from partners.models import (
    Agreement,
    AgreementParty,
    AgreementType,
    Commitment,
    CommitmentReport,
    ContactOfficer,
    DataAnnex,
    Direction,
)
from partners.models.agreements import Ground, Renewal
from partners.operations.defaults import fill_types
from partners.operations.sharing import record_sharing
from partners.workflow import AgreementStatus, CommitmentStatus
from plans.models import Action, ActionCommitment

Row = dict[str, Any]
MET = {
    "ja": CommitmentStatus.KEPT,
    "deels": CommitmentStatus.PARTLY,
    "nee": CommitmentStatus.NOT_KEPT,
    "nog niet gestart": CommitmentStatus.RUNNING,
}
UNSIGNED = frozenset({AgreementStatus.DRAFT, AgreementStatus.TO_SIGN})
PLAN = "IVP-ZAN-2"
DAY = dt.timedelta(days=1)


def load_agreements(data: Row, cast: Cast, today: dt.date) -> None:
    kinds = load_types(cast)
    for row in data["agreements"]:
        _load(row, kinds[row["type"]], cast, today)
    cast.write_history()


def load_types(cast: Cast) -> dict[str, AgreementType]:
    """The kinds that every new municipality starts with."""
    place = cast.places["ZAN"]
    fill_types(place)
    return {kind.code: kind for kind in AgreementType.objects.filter(municipality=place)}


def _yes_or_no(value: Any) -> str:
    """YAML reads some words as a truth."""
    return {"True": "ja", "False": "nee"}.get(str(value), str(value))


def _load(row: Row, kind: AgreementType, cast: Cast, today: dt.date) -> None:
    agreement = Agreement.objects.create(
        municipality=cast.places["ZAN"],
        code=row["code"],
        type=kind,
        title=row["title"],
        object=row["object"],
        starts=row["start"],
        ends=row["end"],
        notice_months=row["notice_months"],
        renewal=Renewal.TACIT if "renewal_months" in row else Renewal.DECISION,
        renewal_months=row.get("renewal_months"),
        ended_on=row.get("last_day"),
        evaluation_months=kind.evaluation_months,
        next_evaluation=max(row["next_evaluation"], row["start"]),
        status=row["status"],
        confidentiality=row["confidentiality"],
    )
    parties = _parties(row, agreement, cast)
    _promises(row, parties, cast, today)
    _annex(row, agreement, kind)
    _officer(row, agreement, cast)
    _history(agreement, cast, today)
    if "last_day" in row:
        _notice(row, agreement, cast, today)


def _officer(row: Row, agreement: Agreement, cast: Cast) -> None:
    """Whom to turn to about this agreement alone."""
    if contact := row.get("contact"):
        ContactOfficer.objects.create(
            partner=cast.partner(contact["party"]),
            agreement=agreement,
            function=contact["function"],
            email=contact["reach"],
            starts=agreement.starts,
        )


def _notice(row: Row, agreement: Agreement, cast: Cast, today: dt.date) -> None:
    """Two weeks ago somebody gave notice."""
    changes = [
        history.change(agreement, "status", AgreementStatus.ACTIVE, agreement.status),
        history.change(agreement, "ended_on", None, agreement.ended_on),
    ]
    cast.note(
        "agreement.step", agreement, by=cast.coordinator, on=today - 14 * DAY, changes=changes,
        reason=row["why"],
    )  # fmt: skip


def _parties(row: Row, agreement: Agreement, cast: Cast) -> dict[str, AgreementParty]:
    """Who takes part; what is in force was signed by all a week before it began.

    Of what lies before the parties, the first has signed.
    """
    waits = agreement.status == AgreementStatus.TO_SIGN
    made = {}
    for place, code in enumerate(row["parties"]):
        partner = cast.partner(code)
        unsigned = agreement.status in UNSIGNED and not (waits and place == 0)
        signed_on = None if unsigned else agreement.starts - 7 * DAY
        made[code] = AgreementParty.objects.create(
            agreement=agreement,
            partner=partner,
            signatory_function=partner.contact_name if signed_on else "",
            signed_on=signed_on,
        )
    return made


def _promises(row: Row, parties: dict[str, AgreementParty], cast: Cast, today: dt.date) -> None:
    for promise in row["commitments"]:
        status = MET[_yes_or_no(promise["met"])]
        judged = None if status == CommitmentStatus.RUNNING else today - 14 * DAY
        made = Commitment.objects.create(
            party=parties[promise["party"]],
            gives=promise["gives"],
            gets=promise["gets"],
            rhythm=promise.get("rhythm", ""),
            due=promise.get("due"),
            status=status,
            judged_on=judged,
        )
        if code := promise.get("supports"):
            action = Action.objects.get(plan__code=PLAN, code=code)
            ActionCommitment.objects.create(action=action, commitment=made)
        if said := promise.get("reported"):
            _report(said, made, cast, today)


def _report(said: Row, promise: Commitment, cast: Cast, today: dt.date) -> None:
    """What the partner said of it three days ago; nobody of the municipality looked yet."""
    day = today - 3 * DAY
    person = promise.party.partner.memberships.select_related("user")[0].user
    row = CommitmentReport.objects.create(
        commitment=promise, by=person, at=moment(day), done_on=day, **said
    )
    partner, agreement = promise.party.partner, promise.agreement
    record_sharing(partner, agreement, "Stand van een engagement", by=person,
                   direction=Direction.IN)  # fmt: skip
    told = history.change(row, "status", None, row.status)
    cast.note("commitment.reported", promise, by=person, on=day, context=agreement, changes=[told])


def _annex(row: Row, agreement: Agreement, kind: AgreementType) -> None:
    if "annex" in row:
        DataAnnex.objects.create(
            agreement=agreement,
            data=row["annex"],
            ground=Ground.PUBLIC,
            ground_note=kind.legal_note,
            starts=agreement.starts,
            ends=agreement.ends,
        )


def _history(agreement: Agreement, cast: Cast, today: dt.date) -> None:
    made = min(agreement.starts - 30 * DAY, today - DAY)
    cast.note("agreement.made", agreement, by=cast.coordinator, on=made)
