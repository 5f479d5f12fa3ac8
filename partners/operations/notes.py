"""Confidential notes: written, read, changed, shared by name, destroyed. No line holds their text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from core import envelope, history
from core.forms import ClashError
from core.permissions import denied
from core.sealing import LostKeyError
from partners import permissions
from partners.models import ConfidentialNote, NoteReader, NoteReading, Outcome
from partners.models.notes import LONGEST

if TYPE_CHECKING:
    import uuid

    from accounts.models import Municipality, User
    from partners.models import Partner


# --- Reading ----------------------------------------------------------------------------------


def read(note: ConfidentialNote, *, by: User) -> str:
    """The text of a note, and first the line that says who asked for it."""
    permissions.may_read_note(by, note).or_403()
    try:
        text = note.text()
    except LostKeyError:
        log(note, Outcome.LOST_KEY, by=by)
        raise
    log(note, Outcome.READ, by=by)
    return text


def log(note: ConfidentialNote, outcome: Outcome, *, by: User) -> None:
    NoteReading.objects.create(note=note, person=by, person_name=str(by), outcome=outcome)


def log_refusal(pk: uuid.UUID, *, by: User) -> None:
    """Somebody asked for a note that does not exist for them; where it does exist, it is noted."""
    if note := ConfidentialNote.objects.filter(pk=pk).first():
        log(note, _why_not(note, by), by=by)


def _why_not(note: ConfidentialNote, user: User) -> Outcome:
    if note.destroyed_at:
        return Outcome.DESTROYED
    return Outcome.ENDED if note.readers.filter(person=user).exists() else Outcome.NOT_NAMED


# --- Writing ----------------------------------------------------------------------------------


@transaction.atomic
def make_note(
    text: str, *, by: User, municipality: Municipality, partner: Partner | None = None
) -> ConfidentialNote:
    """Seal a new note; who makes it is its first reader."""
    permissions.may_write_note(by, municipality.pk).or_403()
    note = ConfidentialNote(municipality=municipality, partner=partner, made_by=by)
    note.seal(text)
    note.save(force_insert=True)
    today = timezone.localdate()
    NoteReader.objects.create(
        note=note, person=by, named_by=by, until=today + LONGEST, reason=_("Schreef de nota.")
    )
    history.record("confidentialnote.made", note, by=by)
    return note


@transaction.atomic
def rewrite(note: ConfidentialNote, text: str, *, version: int, by: User) -> None:
    """Seal another text in its place; the history says that, and nothing of either text."""
    permissions.may_keep_note(by, note).or_403()
    note.seal(text)
    rows = ConfidentialNote.objects.existing().filter(pk=note.pk, version=version)
    changed = rows.update(
        sealed=note.sealed,
        wrapped_key=note.wrapped_key,
        key_name=note.key_name,
        changed_at=timezone.now(),
        version=F("version") + 1,
    )
    if not changed:
        raise ClashError
    history.record("confidentialnote.edited", note, by=by)


@transaction.atomic
def destroy(note: ConfidentialNote, reason: str, *, by: User) -> None:
    """Throw the key away. What stays says that there was a note, who made it and why it went."""
    permissions.may_keep_note(by, note).or_403()
    rows = ConfidentialNote.objects.existing().filter(pk=note.pk)
    gone = rows.update(
        sealed=None,
        wrapped_key=None,
        key_name="",
        destroyed_at=timezone.now(),
        destroyed_by=by,
        destroy_reason=reason,
        version=F("version") + 1,
    )
    if gone:
        history.record("confidentialnote.destroyed", note, by=by, reason=reason)


# --- Who reads it -----------------------------------------------------------------------------


@transaction.atomic
def name_reader(
    note: ConfidentialNote, person: User, reason: str, until: dt.date, *, by: User
) -> NoteReader:
    """Name somebody; who was named before gets the new reason and the new last day."""
    _locked(note)
    permissions.may_keep_note(by, note).or_403()
    before = note.readers.standing().filter(person=person).first()
    if before and (before.reason, before.until, before.named_by_id) == (reason, until, by.pk):
        return before
    if before:
        _end(before, by)
    made = NoteReader.objects.create(
        note=note, person=person, reason=reason, until=until, named_by=by
    )
    history.record("confidentialnote.reader_named", note, by=by, context=person)
    return made


@transaction.atomic
def rescue(
    note: ConfidentialNote, person: User, reason: str, until: dt.date, *, by: User
) -> NoteReader:
    """Name somebody for a note that nobody can read any more, without opening it."""
    _locked(note)
    permissions.may_rescue_note(by, note, person).or_403()
    for before in note.readers.standing().filter(person=person):
        _end(before, by)
    made = NoteReader.objects.create(
        note=note, person=person, reason=reason, until=until, named_by=by
    )
    history.record("confidentialnote.rescued", note, by=by, context=person)
    return made


@transaction.atomic
def end_reader(reader: NoteReader, *, by: User) -> None:
    """From now on this person no longer reads the note; the last one who keeps it stays."""
    note = _locked(reader.note)
    permissions.may_keep_note(by, note).or_403()
    others = note.readers.active(on=timezone.localdate()).exclude(pk=reader.pk)
    if not any(permissions.may_keep_note(other.person, note) for other in others):
        denied(
            _("Er moet iemand overblijven die de nota bijhoudt. Wijs eerst iemand anders aan.")
        ).or_403()
    if _end(reader, by):
        history.record("confidentialnote.reader_ended", note, by=by, context=reader.person)


def _locked(note: ConfidentialNote) -> ConfidentialNote:
    """Two people who change the readers at once do it one after the other."""
    return ConfidentialNote.objects.select_for_update().get(pk=note.pk)


def _end(reader: NoteReader, by: User) -> bool:
    rows = NoteReader.objects.standing().filter(pk=reader.pk)
    return bool(rows.update(ended_at=timezone.now(), ended_by=by))


# --- Keys -------------------------------------------------------------------------------------


def rotate_keys() -> tuple[int, int]:
    """Wrap every data key by the newest master key; how many were, and how many could not be.

    It may be stopped and started again: what was done is done.
    """
    newest = envelope.newest_key_name()
    keys = list(ConfidentialNote.objects.wrapped_otherwise(newest).values_list("pk", flat=True))
    done = [_rewrap(pk, newest) for pk in keys]
    return done.count(True), done.count(False)


@transaction.atomic
def _rewrap(pk: uuid.UUID, newest: str) -> bool:
    rows = ConfidentialNote.objects.wrapped_otherwise(newest)
    note = rows.select_for_update().filter(pk=pk).first()
    if note is None:  # destroyed or rewritten meanwhile
        return True
    try:
        note.envelope = envelope.rewrapped(note.envelope, about=note.about)
    except LostKeyError:
        return False
    note.save(update_fields=["wrapped_key", "key_name"])
    return True
