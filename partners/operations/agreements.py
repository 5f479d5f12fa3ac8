"""Agreements: made, edited, brought a step further, evaluated, renewed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from core import history, receipts
from core.days import add_months, last_day_of_term
from core.forms import OvertakenError, save_edit
from core.models import LogEntry
from partners import permissions
from partners.models import Agreement, AgreementParty, Commitment, DataAnnex
from partners.workflow import AgreementStatus

if TYPE_CHECKING:
    from accounts.models import User
    from core.forms import NarrowModelForm
    from partners.forms.agreements import AgreementEditForm, AgreementForm, AnnexForm
    from partners.workflow import Step

STEM = "AF-"
COPIED = (
    "municipality", "type", "title", "object", "legal_basis", "communication", "notice_months",
    "renewal", "renewal_months", "evaluation_months", "confidentiality",
)  # fmt: skip


class AgreementMovedError(OvertakenError):
    """Someone else took a step first."""

    message = _("Iemand anders was je voor: de status is intussen gewijzigd.")


class SuccessionError(OvertakenError):
    """Meanwhile the order of agreements changed so that this one no longer fits in."""

    field = "predecessor"
    message = _("Dat kan niet: kies een afspraak zonder opvolger, die niet zelf op deze volgt.")


def _lock(municipality_id: int) -> None:
    """One at a time gives out codes and says what renews what."""
    Municipality.objects.select_for_update().get(pk=municipality_id)


def _next_code(municipality_id: int) -> str:
    codes = Agreement.objects.filter(municipality=municipality_id, code__startswith=STEM)
    tails = [code.removeprefix(STEM) for code in codes.values_list("code", flat=True)]
    last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    return f"{STEM}{last + 1:02}"


@transaction.atomic
def make(form: AgreementForm, *, by: User) -> Agreement:
    """A new agreement, with the next code of the municipality of its kind."""
    agreement = form.instance
    agreement.municipality = agreement.type.municipality
    permissions.may_follow_agreement(by, agreement).or_403()
    _lock(agreement.municipality_id)
    agreement.code = _next_code(agreement.municipality_id)
    agreement = form.save()
    history.record("agreement.made", agreement, by=by)
    return agreement


@transaction.atomic
def edit(form: AgreementEditForm, *, by: User) -> Agreement:
    agreement = form.instance
    permissions.may_edit_agreement(by, agreement).or_403()
    _lock(agreement.municipality_id)
    before = form.cleaned_data["predecessor"]
    if before and not _fits_after(agreement, before.pk):
        raise SuccessionError
    return save_edit(form, by=by)


def _fits_after(agreement: Agreement, before: int) -> bool:
    """Read anew under the lock: neither a circle nor a second successor."""
    others = Agreement.objects.filter(predecessor=before).exclude(pk=agreement.pk)
    circle = Agreement.objects.get(pk=before).comes_after(agreement)
    return not circle and not others.exists()


@transaction.atomic
def take_step(
    agreement: Agreement,
    step: Step,
    *,
    by: User,
    reason: str = "",
    last_day: dt.date | None = None,
    agreed: bool = False,
) -> None:
    """One step of the table; of two at once, one does. `agreed` is about a shorter notice."""
    parties = list(AgreementParty.objects.select_for_update().filter(agreement=agreement))
    today = timezone.localdate()
    permissions.may_take_agreement_step(by, agreement, step, parties, on=today).or_403()
    if step.needs_last_day and last_day:
        permissions.may_end_on(agreement, last_day, on=today, agreed=agreed).or_403()
    values: dict[str, Any] = {"status": step.target}
    if step.needs_last_day or agreement.ended_on:
        values["ended_on"] = last_day if step.needs_last_day else None
    if not Agreement.objects.filter(pk=agreement.pk, status=step.source).update(**values):
        raise AgreementMovedError
    changes = [history.change(agreement, "status", step.source, step.target)]
    if "ended_on" in values and values["ended_on"] != agreement.ended_on:
        changes.append(
            history.change(agreement, "ended_on", agreement.ended_on, values["ended_on"])
        )
    agreement.refresh_from_db(fields=list(values))
    history.record("agreement.step", agreement, by=by, changes=changes, reason=reason)


@transaction.atomic
def evaluate(
    agreement: Agreement, *, on: dt.date, conclusion: str, following: dt.date | None, by: User
) -> None:
    """Note what an evaluation found and when the next is; an open evaluation is closed by it."""
    permissions.may_evaluate(by, agreement).or_403()
    fresh = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if fresh.status != agreement.status:
        raise AgreementMovedError
    values: dict[str, Any] = {"next_evaluation": following}
    changes = [history.change(fresh, "next_evaluation", fresh.next_evaluation, following)]
    if fresh.status == AgreementStatus.TO_EVALUATE:
        values["status"] = AgreementStatus.ACTIVE
        changes.append(history.change(fresh, "status", fresh.status, AgreementStatus.ACTIVE))
    Agreement.objects.filter(pk=fresh.pk).update(**values)
    agreement.refresh_from_db(fields=list(values))
    history.record(
        "agreement.evaluated", agreement, by=by, changes=changes, reason=conclusion, happened_on=on
    )


@transaction.atomic
def renew(
    agreement: Agreement, *, starts: dt.date, ends: dt.date | None, token: uuid.UUID, by: User
) -> Agreement:
    """A draft that comes after this one, with its parties and what they promised; once per form."""

    def copy() -> Agreement:
        _lock(agreement.municipality_id)
        successor = Agreement.objects.filter(predecessor=agreement).first()
        permissions.may_renew(by, agreement, successor).or_403()
        return _copy(agreement, starts, ends, by=by)

    return receipts.once(token, Agreement, copy, by=by)


def _copy(before: Agreement, starts: dt.date, ends: dt.date | None, *, by: User) -> Agreement:
    months = before.evaluation_months
    new = Agreement.objects.create(
        **{name: getattr(before, name) for name in COPIED},
        code=_next_code(before.municipality_id),
        starts=starts,
        ends=ends,
        next_evaluation=add_months(starts, months) if months else None,
        predecessor=before,
    )
    told = history.change(new, "predecessor", None, before)
    history.record("agreement.renewed", before, by=by, changes=[
        {"field": "successor", "label": str(_("opvolger")), "old": "", "new": str(new)}
    ])  # fmt: skip
    history.record("agreement.made", new, by=by, changes=[told])
    parties = {
        partner: AgreementParty.objects.create(agreement=new, partner_id=partner)
        for partner in before.parties.values_list("partner_id", flat=True)
    }
    promised = Commitment.objects.current().filter(party__agreement=before)
    Commitment.objects.bulk_create(
        Commitment(
            party=parties[row.party.partner_id],
            gives=row.gives,
            gets=row.gets,
            rhythm=row.rhythm,
            measure=row.measure,
        )
        for row in promised.select_related("party")
    )
    return new


@transaction.atomic
def prolong(
    agreement: Agreement, *, ends: dt.date, reason: str, token: uuid.UUID, by: User
) -> LogEntry:
    """Give the same agreement a later end; once per form."""

    def note() -> LogEntry:
        _lock(agreement.municipality_id)
        fresh = Agreement.objects.get(pk=agreement.pk)
        successor = Agreement.objects.filter(predecessor=fresh).first()
        permissions.may_prolong(by, fresh, successor).or_403()
        if fresh.ends is None or fresh.ends != agreement.ends or ends <= fresh.ends:
            raise AgreementMovedError
        return _prolong(fresh, ends, by=by, reason=reason)

    return receipts.once(token, LogEntry, note, by=by)


def _prolong(agreement: Agreement, ends: dt.date, *, by: User, reason: str) -> LogEntry:
    """What was to be renewed runs again."""
    values: dict[str, Any] = {"ends": ends}
    changes = [history.change(agreement, "ends", agreement.ends, ends)]
    if agreement.status == AgreementStatus.TO_RENEW:
        values["status"] = AgreementStatus.ACTIVE
        changes.append(history.change(agreement, "status", agreement.status, values["status"]))
    Agreement.objects.filter(pk=agreement.pk).update(**values, version=F("version") + 1)
    return history.record("agreement.prolonged", agreement, by=by, changes=changes, reason=reason)


def renew_tacitly(*, on: dt.date) -> int:
    """Write down each term that began by itself because nobody gave notice; how many there were.

    Terms that were missed, because nothing ran for a while, follow one by one. It may run twice.
    """
    rows = Agreement.objects.to_prolong(on=on).order_by("pk")
    return sum(_catch_up(agreement, on) for agreement in rows)


def _catch_up(agreement: Agreement, on: dt.date) -> int:
    terms = 0
    while (end := agreement.ends) and end < on and _next_term(agreement, after=end, on=on):
        terms += 1
    return terms


@transaction.atomic
def _next_term(agreement: Agreement, *, after: dt.date, on: dt.date) -> bool:
    """One term more; False when somebody else was first or gave notice meanwhile."""
    first = after + dt.timedelta(days=1)
    ends = last_day_of_term(first, agreement.renewal_months or 0)
    rows = Agreement.objects.to_prolong(on=on).filter(pk=agreement.pk, ends=after)
    more = F("tacit_renewals") + 1
    if not rows.update(ends=ends, tacit_renewals=more, version=F("version") + 1):
        return False
    agreement.ends = ends
    told = history.change(agreement, "ends", after, ends)
    history.record(
        "agreement.renewed_tacitly", agreement, by=None, changes=[told], happened_on=first
    )
    return True


@transaction.atomic
def save_annex(form: AnnexForm, *, by: User) -> DataAnnex:
    """Say which personal data are shared, or change that."""
    agreement = form.instance.agreement
    permissions.may_edit_agreement(by, agreement).or_403()
    if form.instance.pk:
        return save_edit(form, by=by, context=agreement)
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    if before := DataAnnex.objects.filter(agreement=agreement).first():
        return before
    annex = form.save()
    history.record("dataannex.made", annex, by=by, context=agreement, changes=_filled(form))
    return annex


def _filled(form: NarrowModelForm[Any]) -> list[history.Change]:
    """All that was typed, as the first words of a new row."""
    found = (
        history.change(form.instance, name, None, value)
        for name, value in form.cleaned_data.items()
        if name in form._meta.fields  # type: ignore[operator]
    )
    return [change for change in found if change["new"]]
