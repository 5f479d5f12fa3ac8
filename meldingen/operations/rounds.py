"""A round, box by box: begun, gone on by whoever is there, undone when a thumb slipped, ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history
from core.forms import OvertakenError
from core.permissions import denied
from meldingen import permissions
from meldingen.models import (
    Mailbox,
    MailboxNote,
    MailboxRound,
    MailboxVisit,
    Melding,
    Route,
    SkipReason,
    Source,
    VisitResult,
)
from meldingen.operations.intake import set_norms, take_in
from meldingen.operations.photos import add_photos
from meldingen.workflow import MeldingStatus

if TYPE_CHECKING:
    from accounts.models import Municipality, User
    from core.uploads import CleanFile
    from meldingen.forms.rounds import CopyForm

BOX, OWN = ("box", _("Pro?bleembox")), ("eigen", _("Eigen vaststelling gemeenschapswacht"))
TO_COPY = _("Nog over te nemen van de foto")


class VisitedError(OvertakenError):
    """A colleague did this box in the meantime."""

    message = _("Een collega deed deze bus net. Kijk wat er staat.")


class CopiedError(OvertakenError):
    message = _("Een collega nam dit briefje net over.")


def source_of(place: Municipality, known: tuple[str, Any]) -> Source:
    """The source that these ways in always have, made where a municipality never had it."""
    code, name = known
    return Source.objects.get_or_create(municipality=place, code=code, defaults={"name": name})[0]


@transaction.atomic
def begin(route: Route, *, by: User, on: dt.date) -> MailboxRound:
    """The round of that day: the one that is there, or a new one along the boxes of now."""
    permissions.may_walk(by, route.municipality_id).or_403()
    Route.objects.select_for_update().get(pk=route.pk)
    if there := MailboxRound.objects.filter(route=route, on=on).first():
        return there
    stops = route.stops.filter(mailbox__archived_at=None)
    if not stops:
        denied(_("Op deze route staan nog geen bussen.")).or_403()
    made = MailboxRound.objects.create(route=route, on=on, started_by=by)
    MailboxVisit.objects.bulk_create(
        MailboxVisit(round=made, mailbox_id=stop.mailbox_id, position=stop.position)
        for stop in stops
    )
    history.record("round.begun", made, by=by, context=route)
    return made


def _locked(visit: MailboxVisit, by: User) -> MailboxVisit:
    fresh = (
        MailboxVisit.objects.select_for_update(of=("self",))
        .select_related("round__route__municipality", "mailbox")
        .get(pk=visit.pk)
    )
    permissions.may_walk(by, fresh.round.route.municipality_id).or_403()
    return fresh


@transaction.atomic
def empty(
    visit: MailboxVisit,
    *,
    by: User,
    notes: int = 0,
    photos: Sequence[CleanFile] = (),
    state: str = "",
    remark: str = "",
) -> MailboxVisit:
    """The box is empty now. Each note that was in it is a melding, its photo first."""
    fresh = _locked(visit, by)
    if fresh.is_done:
        raise VisitedError
    fresh.result = VisitResult.NOTES if notes else VisitResult.EMPTY
    fresh.notes, fresh.state, fresh.remark = notes, state, remark
    _keep(fresh, "visit.emptied", by)
    if state:
        _note_state(fresh.mailbox, state, remark, by)
    for place in range(notes):
        # More photos than notes: the last note has the rest.
        last = place == notes - 1
        _take_in(fresh, photos[place:] if last else photos[place : place + 1], by)
    return fresh


@transaction.atomic
def skip(visit: MailboxVisit, reason: str, *, by: User, remark: str = "") -> MailboxVisit:
    fresh = _locked(visit, by)
    if fresh.is_done:
        raise VisitedError
    fresh.result, fresh.skip_reason, fresh.remark = VisitResult.SKIPPED, reason, remark
    _keep(fresh, "visit.skipped", by)
    return fresh


def _keep(visit: MailboxVisit, verb: str, by: User) -> None:
    visit.at, visit.by = timezone.now(), by
    visit.save()
    history.record(verb, visit, by=by, context=visit.round)


def _note_state(box: Mailbox, state: str, remark: str, by: User) -> None:
    told = [history.change(box, "state", box.state, state)]
    if box.state != state or remark:
        Mailbox.objects.filter(pk=box.pk).update(state=state, state_note=remark)
        history.record("mailbox.edited", box, by=by, changes=told)


def _take_in(visit: MailboxVisit, photos: Sequence[CleanFile], by: User) -> None:
    box, route = visit.mailbox, visit.round.route
    told = Melding(
        municipality=route.municipality,
        source=source_of(route.municipality, BOX),
        category=route.note_category,
        text=str(TO_COPY),
        place=box.place,
        neighbourhood_id=box.neighbourhood_id,
        latitude=box.latitude,
        longitude=box.longitude,
        mailbox=box,
    )
    made = take_in(told, by=by)
    add_photos(made, list(photos), by=by)
    MailboxNote.objects.create(visit=visit, melding=made)


@transaction.atomic
def undo(visit: MailboxVisit, *, by: User) -> MailboxVisit:
    """As if nobody had been there: on the day itself, while nobody did anything with its notes."""
    fresh = _locked(visit, by)
    if fresh.round.on != timezone.localdate():
        denied(_("Ongedaan maken kan op de dag van de ronde zelf.")).or_403()
    for note in fresh.found.select_related("melding"):
        _forget(note)
    fresh.result, fresh.notes, fresh.at, fresh.by = VisitResult.TO_DO, 0, None, None
    fresh.state = fresh.skip_reason = fresh.remark = ""
    fresh.save()
    MailboxRound.objects.filter(pk=fresh.round_id).update(finished_at=None, finished_by=None)
    history.record("visit.undone", fresh, by=by, context=fresh.round)
    return fresh


def _forget(note: MailboxNote) -> None:
    melding = Melding.objects.select_for_update().get(pk=note.melding_id)
    untouched = melding.status == MeldingStatus.RECEIVED and melding.version == 1
    if note.copied_at or not untouched:
        denied(_("Een briefje uit deze bus is al overgenomen. Vraag het aan het loket.")).or_403()
    for photo in melding.photos.all():
        for file in (photo.file, photo.thumbnail):
            if file:
                transaction.on_commit(partial(file.delete, save=False))
    melding.delete()


@transaction.atomic
def finish(walked: MailboxRound, *, by: User, reason: str = "", remark: str = "") -> MailboxRound:
    """The end of the walk; what was not done is skipped, for the reason that goes for all."""
    fresh = MailboxRound.objects.select_for_update().get(pk=walked.pk)
    permissions.may_walk(by, walked.route.municipality_id).or_403()
    if fresh.finished_at:
        return fresh
    left = fresh.visits.filter(result=VisitResult.TO_DO)
    if left and not reason:
        denied(_("Zeg waarom er bussen overblijven.")).or_403()
    for visit in left:
        skip(visit, reason, by=by)
    fresh.finished_at, fresh.finished_by, fresh.remark = timezone.now(), by, remark
    fresh.save(update_fields=["finished_at", "finished_by", "remark"])
    history.record("round.finished", fresh, by=by, context=walked.route, reason=remark)
    return fresh


@transaction.atomic
def explain(route: Route, day: dt.date, remark: str, *, by: User) -> MailboxRound:
    """Nobody walked it that day, and this is why."""
    made = begin(route, by=by, on=day)
    return finish(made, by=by, reason=SkipReason.NOT_WALKED, remark=remark)


@transaction.atomic
def copy(note: MailboxNote, form: CopyForm, *, by: User) -> Melding:
    """The words of the note in place of the photo alone; another category sets its own norm."""
    fresh = MailboxNote.objects.select_for_update().get(pk=note.pk)
    melding = Melding.objects.select_for_update().get(pk=note.melding_id)
    permissions.may_edit(by, melding).or_403()
    if fresh.copied_at:
        raise CopiedError
    changes = form.changes()
    moved = melding.category_id != form.instance.category_id
    row = form.save()
    if moved or "urgency" in form.changed_data:
        row.handler = row.category.handler if moved else row.handler
        set_norms(row, since=timezone.localdate(row.entered_at))
        row.save(update_fields=["handler", "due", "ack_due"])
    fresh.copied_at = timezone.now()
    fresh.save(update_fields=["copied_at"])
    history.record("melding.copied", row, by=by, changes=changes)
    return row
