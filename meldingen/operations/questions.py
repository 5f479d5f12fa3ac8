"""A question to whoever reported, by mail, and the answer that comes back through a link."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import history, outbox
from core.forms import OvertakenError
from core.workdays import after_working_days
from meldingen import links, permissions
from meldingen.models import Melding, Reporter, ReporterQuestion

if TYPE_CHECKING:
    from accounts.models import User

ANSWER_DAYS = 5  # working days
SHOWN = dt.timedelta(days=30)  # so long the link still says what was answered


class NobodyToAskError(OvertakenError):
    message = _("Van deze melding is er geen melder met een e-mailadres.")


class AskedAlreadyError(OvertakenError):
    message = _("Er loopt al een vraag. Wacht op het antwoord, of tot de termijn voorbij is.")


def askable(melding: Melding) -> list[Reporter]:
    """Who reported this one and left an address; those of what was joined to it too."""
    return list(Reporter.objects.to_be_told_by(melding).exclude(email=""))


@transaction.atomic
def ask(melding: Melding, text: str, *, by: User) -> ReporterQuestion:
    """To each of them the same; two people at once ask one after the other."""
    fresh = Melding.objects.select_for_update().get(pk=melding.pk)
    permissions.may_ask(by, fresh).or_403()
    today = timezone.localdate()
    if fresh.reporter_questions.unanswered(on=today).exists():
        raise AskedAlreadyError
    reporters = askable(fresh)
    if not reporters:
        raise NobodyToAskError
    due = after_working_days(today, ANSWER_DAYS)
    rows = [
        ReporterQuestion.objects.create(
            melding=fresh, reporter=row, text=text, asked_by=by, asked_by_name=str(by), due=due
        )
        for row in reporters
    ]
    for row in rows:
        key = f"melding-question:{row.pk}"
        outbox.promise("melding_mail", key=key, by=by, place=melding.municipality_id,
                       mail="question", question=row.pk)  # fmt: skip
    history.record("melding.asked", fresh, by=by)
    return rows[0]


def question_of(token: str) -> ReporterQuestion | None:
    """For which question a link was made, while it can be answered or shortly after it was."""
    key = links.question_key(token)
    rows = ReporterQuestion.objects.select_related("melding__municipality", "melding__category")
    found = rows.select_related("reporter").filter(pk=key).first() if key else None
    if found is None:
        return None
    if found.answered_at:
        return found if found.answered_at > timezone.now() - SHOWN else None
    return found if found.due >= timezone.localdate() else None


@transaction.atomic
def answer(question: ReporterQuestion, text: str) -> ReporterQuestion:
    """Once, for good: of two at once the first is kept."""
    rows = ReporterQuestion.objects.filter(pk=question.pk, answered_at=None)
    if rows.update(answer=text, answered_at=timezone.now()):
        history.record("melding.asked_answered", question.melding, by=None)
    question.refresh_from_db(fields=["answer", "answered_at"])
    return question


@transaction.atomic
def note_read(question: ReporterQuestion, *, by: User) -> None:
    """Somebody of us looked; it leaves the list of new answers."""
    permissions.may_answer(by, question.melding).or_403()
    rows = ReporterQuestion.objects.filter(pk=question.pk, read_at=None).exclude(answered_at=None)
    if rows.update(read_at=timezone.now()):
        history.record("melding.answer_read", question.melding, by=by)
