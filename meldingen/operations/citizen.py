"""What citizens do themselves: report, follow, and say whether it is solved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import history, outbox
from core.locks import wait_for
from meldingen import links
from meldingen.models import Channel, Melding, Reporter, Response, Source
from meldingen.operations import joining, waiting_photos
from meldingen.operations.intake import take_in
from meldingen.rush import SOURCE
from meldingen.workflow import OVER, MeldingStatus

if TYPE_CHECKING:
    import uuid

ANSWER_DAYS = 14  # the question "is het opgelost?" stays open so long


@transaction.atomic
def report(
    melding: Melding, reporter: Reporter | None, *, key: uuid.UUID, same_as: int | None = None
) -> Melding:
    """Take in what a citizen sent; the same form sent again gives the same melding.

    Said to be the same as another, it is joined to that: its reporter hears how that one ends.
    """
    wait_for(key)
    if before := made(key):
        return before
    melding.source = Source.objects.get(municipality=melding.municipality, code=SOURCE)
    melding.form_key = key
    taken = take_in(melding, reporter, by=None)
    waiting_photos.hand_over(key, taken)
    if reporter and reporter.channel == Channel.MAIL:
        thank(taken, reporter)
    if same_as:
        joining.join_for_reporter(taken, same_as)
    return taken


def made(key: uuid.UUID) -> Melding | None:
    """What this form became when it was sent before."""
    return Melding.objects.filter(form_key=key).first()


def thank(melding: Melding, reporter: Reporter) -> None:
    """Tell whoever reported that it arrived; once per melding."""
    key = thanks_key(melding)
    place = reporter.melding.municipality_id
    outbox.promise("melding_mail", key=key, place=place, mail="received", reporter=reporter.pk)


def thanks_key(melding: Melding) -> str:
    return f"received:{melding.pk}"


def reporter_of(token: str) -> Reporter | None:
    """Whom a link was made for, while the question is open or once it was answered."""
    key = links.reporter_key(token)
    rows = Reporter.objects.select_related(
        "melding__municipality", "melding__category", "melding__joined_to"
    )
    reporter = rows.filter(pk=key).first() if key else None
    if reporter is None:
        return None
    closed = reporter.melding.over_at
    is_recent = bool(closed and timezone.now() - closed < dt.timedelta(days=ANSWER_DAYS))
    return reporter if is_recent or response_of(reporter) else None


def response_of(reporter: Reporter) -> Response | None:
    """What was said about the last closing; of what is open again, what was said before."""
    rows, closed = reporter.responses.order_by("-at"), reporter.melding.over_at
    return (rows.filter(about=closed) if closed else rows).first()


@transaction.atomic
def respond(reporter: Reporter, *, solved: bool, words: str) -> Response | None:
    """One answer per closing; "no" opens the melding again, once, while it is over."""
    melding = Melding.objects.select_for_update().get(pk=reporter.melding_id)
    reporter.melding = melding
    over_at = melding.over_at
    if over_at is None:
        return response_of(reporter)
    found, is_new = Response.objects.get_or_create(
        reporter=reporter,
        about=over_at,
        defaults={"is_solved": solved, "words": words},
    )
    if is_new and not solved and melding.status in OVER:
        _reopen(melding)
    return found


def _reopen(melding: Melding) -> None:
    """It stands alone again: what it was joined to is solved, this is not."""
    changes = [history.change(melding, "status", melding.status, MeldingStatus.REOPENED)]
    if melding.joined_to:
        changes.append(history.change(melding, "joined_to", melding.joined_to, None))
    melding.status = MeldingStatus.REOPENED
    melding.closed_at = melding.closure_reason = melding.joined_to = None
    melding.closure_text = ""
    columns = ["status", "closed_at", "closure_reason", "closure_text", "joined_to"]
    melding.save(update_fields=columns)
    Melding.objects.filter(pk=melding.pk).update(version=F("version") + 1)
    history.record("melding.reopened_by_reporter", melding, by=None, changes=changes,
                   happened_on=timezone.localdate())  # fmt: skip
