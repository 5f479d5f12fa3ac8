"""The answer to each reporter: a mail, or a task for somebody to call, write or hang it up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history, outbox
from core.forms import OvertakenError
from core.locks import wait_for
from core.mail import message_id
from meldingen import permissions, wording
from meldingen.models import (
    Answer,
    AnswerState,
    Channel,
    InboundMail,
    Outcome,
    Reporter,
    ReporterReading,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from meldingen.models import Melding


class AnsweredError(OvertakenError):
    """Somebody else noted first how it went."""

    message = _("Iemand anders noteerde dit antwoord al.")


def give(melding: Melding, words: Mapping[str, str], *, by: User, service: str = "") -> None:
    """One row per reporter who wants to hear, of this melding and of those joined to it."""
    waiting = Reporter.objects.to_be_told_by(melding).select_related("melding")
    for reporter in waiting:
        text = words.get(reporter.language) or _standard(melding, reporter.language, service)
        answer = Answer.objects.create(
            melding=reporter.melding,
            reporter=reporter,
            channel=reporter.channel,
            text=wording.for_reporter(text, reporter, melding.status),
            made_at=melding.closed_at or timezone.now(),
        )
        if answer.channel == Channel.MAIL:
            key = mail_key(answer)
            place = answer.melding.municipality_id
            outbox.promise(
                "melding_mail", key=key, by=by, place=place, mail="answer", answer=answer.pk
            )


def mail_key(answer: Answer) -> str:
    """The promise of the mail with this answer; the name of that mail is made from it."""
    return f"melding-answer:{answer.pk}"


def return_lock(name: str) -> str:
    """Calling a mail sent, and reading that it came back, wait for each other."""
    return f"returned {name}"


@transaction.atomic
def call_mailed(answer: Answer) -> None:
    """It was handed over; what came back in the meantime makes a task of it at once."""
    name = message_id(mail_key(answer))
    wait_for(return_lock(name))
    rows = Answer.objects.filter(pk=answer.pk, state=AnswerState.TO_DO)
    if not rows.update(state=AnswerState.MAILED, done_at=timezone.now()):
        return
    here = Q(mailbox__municipality=answer.melding.municipality_id, outcome=Outcome.BOUNCE)
    since = timezone.now() - dt.timedelta(days=1)  # before that there was no mail
    returned = InboundMail.objects.filter(here, returned_ids__contains=[name], at__gte=since)
    if returned.exists():
        came_back(answer)


@transaction.atomic
def came_back(answer: Answer) -> bool:
    """The mail with this answer could not be delivered: somebody has to tell it another way."""
    result = _("De mail kwam terug: dit adres werkt niet. Probeer het anders.")
    mailed = Answer.objects.filter(pk=answer.pk, state=AnswerState.MAILED)
    if not mailed.update(state=AnswerState.TO_DO, result=result, done_at=None):
        return False
    told = history.change(answer, "state", AnswerState.MAILED, AnswerState.TO_DO)
    history.record("melding.answered", answer.melding, by=None, changes=[told])
    return True


def _standard(melding: Melding, language: str, service: str) -> str:
    if melding.closure_reason is None:
        return ""
    why = wording.explained(melding.closure_reason, melding.closure_text, language)
    return wording.draft(melding, melding.status, language, reason=why, service=service)


@transaction.atomic
def settle(answer: Answer, state: str, result: str, *, by: User) -> None:
    """How it went: called and told, or not reached. Of two at once, one says so."""
    permissions.may_answer(by, answer.melding).or_403()
    values = {"state": state, "result": result, "done_at": timezone.now(), "done_by": by}
    rows = Answer.objects.filter(pk=answer.pk, state=AnswerState.TO_DO)
    if not rows.update(**values):
        raise AnsweredError
    told = history.change(answer, "state", AnswerState.TO_DO, state)
    history.record("melding.answered", answer.melding, by=by, changes=[told])


@transaction.atomic
def note_reading(melding: Melding, where: str, *, by: User) -> list[Reporter]:
    """Who reported it, for who may know: that this person looked is kept."""
    permissions.may_read_reporter(by, melding).or_403()
    ReporterReading.objects.create(melding=melding, by=by, by_name=str(by), where=where)
    return list(melding.reporters.all())
