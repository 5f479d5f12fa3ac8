"""Reading the mailboxes: each mail is taken in for good, and only then moved.

Who may read a mailbox holds a lease, so that two workers need not do the same; that nothing is
lost or doubled does not hang on it, but on the row of each mail.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from typing import TYPE_CHECKING, Any

from django.db import DataError, transaction
from django.db.models import F, Q
from django.utils import timezone

from meldingen.incoming.reading import MOST_BYTES, UnreadableError, read
from meldingen.incoming.server import opened
from meldingen.incoming.trouble import ServerTroubleError
from meldingen.models import InboundMail, InboundMailbox, Outcome, Reason
from meldingen.models.inbound import MOST_TRIES
from meldingen.operations.inbound import checked, fail, take

if TYPE_CHECKING:
    from meldingen.incoming.server import Folder

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=3)  # longer than Celery lets a task run
RUN_SECONDS = 45  # after so long nothing more is begun; the next minute goes on
MOST_MAILS = 50  # of one mailbox in one run
# Minutes to wait after the first, second, … failure: a wrong password asked each minute gets an
# account locked.
WAIT_MINUTES = (1, 2, 5, 15, 30, 60)


def read_all() -> int:
    """Every mailbox that is due; return how many mails were looked at."""
    until, done = time.monotonic() + RUN_SECONDS, 0
    while time.monotonic() < until and (box := _claim()):
        done += _visit(box, until)
    return done


def test(box: InboundMailbox) -> str:
    """Whether it can be opened, with its folders; nothing is read."""
    trouble = ""
    try:
        with opened(box) as folder:
            folder.uids()
    except ServerTroubleError as error:
        trouble = error.trouble
    InboundMailbox.objects.filter(pk=box.pk).update(tried_at=timezone.now(), trouble=trouble)
    return trouble


def _claim() -> InboundMailbox | None:
    """The one that waits longest, for this worker alone."""
    now = timezone.now()
    with transaction.atomic():
        due = InboundMailbox.objects.due(now=now).select_for_update(skip_locked=True)
        box = due.first()
        if box:
            box.lease_by, box.lease_until = uuid.uuid4(), now + LEASE
            box.next_at = now + dt.timedelta(minutes=1)
            box.save(update_fields=["lease_by", "lease_until", "next_at"])
    return box


def _visit(box: InboundMailbox, until: float) -> int:
    done, trouble = 0, ""
    try:
        with opened(box) as folder:
            done = _read_folder(folder, until)
    except ServerTroubleError as error:
        trouble = error.trouble
        logger.warning("mailbox %s: %s", box.pk, trouble)
    _tell(box, trouble)
    return done


def _tell(box: InboundMailbox, trouble: str) -> None:
    """How it went, for the page; and when to come back."""
    now = timezone.now()
    values: dict[str, Any] = {"tried_at": now, "trouble": trouble, "lease_until": None}
    if trouble:
        wait = WAIT_MINUTES[min(box.failures, len(WAIT_MINUTES) - 1)]
        values |= {"failures": F("failures") + 1, "next_at": now + dt.timedelta(minutes=wait)}
    else:
        values |= {"failures": 0, "read_at": now}
    held = Q(pk=box.pk, lease_by=box.lease_by)
    InboundMailbox.objects.filter(held).update(**values)


def _read_folder(folder: Folder, until: float) -> int:
    done = 0
    for uid in folder.uids():
        if done >= MOST_MAILS or time.monotonic() >= until:
            break
        mail = _row(folder, uid)
        if mail.moved:  # it stands there because the server let nobody take it away
            continue
        _look_at(folder, mail)
        done += 1
    return done


def _row(folder: Folder, uid: int) -> InboundMail:
    """What we know of the mail with this number; a new row when it is new."""
    key = {"mailbox": folder.mailbox, "uid_validity": folder.validity, "uid": uid}
    InboundMail.objects.bulk_create([InboundMail(**key)], ignore_conflicts=True)
    return InboundMail.objects.get(**key)


def _look_at(folder: Folder, mail: InboundMail) -> None:
    """Take it in if that was not done yet, and only then move it."""
    if mail.outcome == Outcome.READING:
        found = _taken_in(folder, mail)
        if found is None:
            return
        mail = found
    box = folder.mailbox
    target = box.failed_folder if mail.outcome == Outcome.FAILED else box.done_folder
    folder.move(mail.uid, target)
    InboundMail.objects.filter(pk=mail.pk).update(moved=True)


def _taken_in(folder: Folder, mail: InboundMail) -> InboundMail | None:
    """None when it has gone from the folder meanwhile."""
    if mail.tries >= MOST_TRIES:  # reading it killed the worker each time
        return fail(mail, Reason.CRASH)
    InboundMail.objects.filter(pk=mail.pk).update(tries=F("tries") + 1)
    size = folder.size(mail.uid)
    if size is not None and size > MOST_BYTES:
        return fail(mail, Reason.SIZE)
    raw = folder.content(mail.uid) if size is not None else None
    if raw is None:
        InboundMail.objects.filter(pk=mail.pk, outcome=Outcome.READING).delete()
        return None
    return _judged(mail, raw)


def _judged(mail: InboundMail, raw: bytes) -> InboundMail:
    """One mail that nobody can read never stops the others."""
    try:
        letter = read(raw)
        return take(mail, letter, checked(letter))
    except UnreadableError as error:
        return fail(mail, error.reason)
    except (ValueError, LookupError, TypeError, AttributeError, DataError) as error:
        # Not the text of the error: it may hold the mail.
        logger.warning("mail %s could not be read: %s", mail.pk, type(error).__name__)
        return fail(mail, Reason.BROKEN)
