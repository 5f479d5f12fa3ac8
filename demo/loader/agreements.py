"""The agreements between the partners of the demo, with what each promised."""

from __future__ import annotations

import datetime as dt
from typing import Any

from demo.loader.cast import Cast
from partners.models import Agreement, AgreementParty, AgreementType, Commitment, DataAnnex
from partners.models.agreements import Ground, Renewal
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
    kinds = load_types(data["agreement_types"], cast)
    for row in data["agreements"]:
        _load(row, kinds[row["type"]], cast, today)
    cast.write_history()


def load_types(rows: list[Row], cast: Cast) -> dict[str, AgreementType]:
    made = AgreementType.objects.bulk_create(
        AgreementType(
            municipality=cast.places["ZAN"],
            data_sharing=_yes_or_no(row["data_sharing"]),
            **{
                name: value for name, value in row.items() if name not in {"verify", "data_sharing"}
            },
        )
        for row in rows
    )
    return {kind.code: kind for kind in made}


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
        renewal=Renewal.DECISION,
        evaluation_months=kind.evaluation_months,
        next_evaluation=max(row["next_evaluation"], row["start"]),
        status=row["status"],
        confidentiality=row["confidentiality"],
    )
    parties = _parties(row, agreement, cast)
    _promises(row, parties, today)
    _annex(row, agreement, kind)
    _history(agreement, cast, today)


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


def _promises(row: Row, parties: dict[str, AgreementParty], today: dt.date) -> None:
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
