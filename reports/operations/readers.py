"""After freezing: a report is sent, read, remarked upon and decided about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from core import history, outbox
from core.forms import OvertakenError, save_edit
from core.models import ref
from meetings.models import Body
from meetings.operations import write_down
from partners.models import LegalGround, SharingEntry
from partners.operations.sharing import record_sharing
from reports import permissions
from reports.models import (
    AUDIENCE_ROLES,
    Audience,
    ReaderRemark,
    Report,
    ReportResolution,
    Sending,
    TakenNote,
)

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet

    from meetings.forms import ResolutionForm
    from meetings.models import Resolution
    from reports.forms.readers import AnswerForm, RemarkForm, SendForm

BODY_OF = {
    Audience.CORE_GROUP: Body.CORE_GROUP,
    Audience.COLLEGE: Body.COLLEGE,
    Audience.COUNCIL: Body.COUNCIL,
    Audience.ZONE: Body.ZONE,
    Audience.PARTNER: Body.CORE_GROUP,  # who prepares the talk
}


class IsTaskError(OvertakenError):
    message = _("Van deze opmerking is al een actiepunt gemaakt.")


# --- Sending ----------------------------------------------------------------------------------


def readers_of(report: Report, *, on: dt.date) -> QuerySet[User]:
    """Whom it goes to: who holds the role of its audience on that day; no role is a partner's."""
    role = AUDIENCE_ROLES.get(Audience(report.audience))
    held = Membership.objects.active(on=on).filter(municipality=report.municipality_id, role=role)
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return found.order_by("name", "pk")


@transaction.atomic
def send(form: SendForm, *, by: User) -> Sending:
    """Send it today, or have it sent on a later day."""
    report = form.instance.report
    permissions.may_send(by, report).or_403()
    sending = form.save(commit=False)
    sending.by = by
    sending.save()
    history.record("report.sending", report, by=by, context=report.plan, happened_on=sending.on)
    if sending.on <= timezone.localdate():
        _send_off(sending)
    return sending


@transaction.atomic
def cancel(report: Report, *, by: User) -> bool:
    """Keep it back; False when it had left already."""
    permissions.may_send(by, report).or_403()
    rows = Sending.objects.waiting().filter(report=report).update(cancelled_at=timezone.now())
    if rows:
        history.record("report.sending_cancelled", report, by=by, context=report.plan)
    return bool(rows)


def send_due(*, on: dt.date) -> int:
    """Send what was promised for a day that has come; each report once, whoever else looks."""
    sent = 0
    for found in Sending.objects.due(on=on).values_list("pk", flat=True):
        with transaction.atomic():
            locked = Sending.objects.due(on=on).select_for_update(skip_locked=True, of=("self",))
            if row := locked.select_related("report").filter(pk=found).first():
                _send_off(row)
                sent += 1
    return sent


def _send_off(sending: Sending) -> None:
    """Promise each reader a mail, and note that it is done, in the same transaction."""
    readers = list(readers_of(sending.report, on=sending.on))
    for reader in readers:
        outbox.promise("report_mail", key=f"report:{sending.pk}:{reader.pk}", by=sending.by,
                       place=sending.report.municipality_id, sending=sending.pk, user=reader.pk)  # fmt: skip
    sending.sent_at, sending.readers = timezone.now(), len(readers)
    sending.save(update_fields=["sent_at", "readers"])


@transaction.atomic
def give(report: Report, *, by: User) -> bool:
    """Write down that the partner got it, in the log of what was shared; once is enough."""
    permissions.may_give(by, report).or_403()
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if given_on(locked):
        return False
    assert locked.partner is not None  # noqa: S101 - what is given is about a partner
    record_sharing(
        locked.partner, locked, str(_("Rapport over de samenwerking, als PDF")), by=by,
        purpose=str(_("Bespreken hoe de samenwerking loopt")), ground=LegalGround.NO_PERSONAL_DATA,
    )  # fmt: skip
    history.record("report.given", locked, by=by, context=locked.plan)
    return True


def given_on(report: Report) -> dt.date | None:
    """The day on which the partner got it."""
    row = SharingEntry.objects.filter(subject=ref(report)).first()
    return timezone.localdate(row.at) if row else None


# --- Reading ----------------------------------------------------------------------------------


def take_note(report: Report, *, by: User) -> None:
    """Say that one read it. Twice is once."""
    permissions.may_remark(by, report).or_403()
    _row, is_new = TakenNote.objects.get_or_create(report=report, by=by)
    if is_new:
        history.record("report.taken_note", report, by=by, context=report.plan)


@transaction.atomic
def remark(form: RemarkForm, *, by: User) -> ReaderRemark:
    report = form.instance.report
    permissions.may_remark(by, report).or_403()
    form.instance.by = by
    row = form.save()
    history.record("report.remarked", report, by=by, context=report.plan)
    return row


@transaction.atomic
def answer(form: AnswerForm, *, by: User) -> ReaderRemark:
    """Answer a remark, or better the answer."""
    row = form.instance
    permissions.may_answer(by, row.report).or_403()
    saved = save_edit(form, by=by, context=row.report)
    ReaderRemark.objects.filter(pk=row.pk).update(answered_at=timezone.now(), answered_by=by)
    return saved


@transaction.atomic
def make_task(form: ResolutionForm, row: ReaderRemark, *, by: User) -> Resolution:
    """Make a task of a remark; its answer is then that there is one. Of two at once, one wins."""
    permissions.may_answer(by, row.report).or_403()
    locked = ReaderRemark.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.resolution_id:
        raise IsTaskError
    locked.resolution = write_down(form, by=by)
    if not locked.answered_at:
        locked.answered_at, locked.answered_by = timezone.now(), by
    locked.save(update_fields=["resolution", "answered_at", "answered_by"])
    return locked.resolution


@transaction.atomic
def decide(form: ResolutionForm, report: Report, *, by: User) -> Resolution:
    """Write down what a body did with a report: took note, decided, remarked."""
    permissions.may_decide(by, report).or_403()
    resolution = write_down(form, by=by)
    ReportResolution.objects.create(report=report, resolution=resolution)
    history.record("report.decided", report, by=by, context=report.plan)
    return resolution


def known_of(report: Report) -> dict[str, Any]:
    """What a report tells of a decision about it: where, and by whom."""
    return {"municipality": report.municipality, "body": BODY_OF[Audience(report.audience)]}
