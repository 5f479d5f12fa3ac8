"""Mail to whoever reported: handed over first, and only then called sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.mail import Mail, deliver
from meldingen import wording
from meldingen.models import Answer, AnswerState

if TYPE_CHECKING:
    from core.models import OutboxEntry


def send_mail(entry: OutboxEntry) -> None:
    """An answer that the mail server refuses for good becomes a task, with the reason beside it."""
    rows = Answer.objects.filter(pk=entry.payload["answer"], state=AnswerState.TO_DO)
    answer = rows.select_related("reporter", "melding__municipality").first()
    if answer is None:
        return
    mail = _mail(answer)
    if mail is None:
        rows.update(result=_("Er is geen e-mailadres meer."))
        return
    try:
        deliver(entry, mail)
    except outbox.PermanentError:
        rows.update(result=_("De mail kon niet bezorgd worden."))
        raise
    with transaction.atomic():
        if outbox.holds_lease(entry):
            rows.update(state=AnswerState.MAILED, done_at=timezone.now())


def _mail(answer: Answer) -> Mail | None:
    reporter = answer.reporter
    if not reporter.email:
        return None
    language = reporter.language
    subject = wording.subject(answer.melding.number, language)
    words = {"text": answer.text, "municipality": answer.melding.municipality.name}
    return Mail(
        reporter.email, reporter.name, f"meldingen/mail/answer_{language}.txt", subject, words
    )
