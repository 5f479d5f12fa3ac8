"""Mail to whoever reported: handed over first, and only then called sent. And what is done by night."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import geocoder, outbox
from core.languages import Language
from core.letters import Link
from core.mail import Mail, deliver
from mails.wording import letter
from meldingen import links, wording
from meldingen.mails import ANSWER, QUESTION
from meldingen.models import (
    Answer,
    AnswerState,
    InboundMailbox,
    Melding,
    Reporter,
    ReporterQuestion,
)
from meldingen.operations import (
    answers,
    erasing,
    inboxes,
    photos,
    polling,
    reckoning,
    waiting_photos,
)

if TYPE_CHECKING:
    from core.letters import Value
    from core.models import OutboxEntry
    from mails.kinds import MailKind


def send_mail(entry: OutboxEntry) -> None:
    """To whoever reported: that it arrived, what we ask, or how it ended."""
    match entry.payload["mail"]:
        case "received":
            reporter = _told(entry.payload["reporter"])
            deliver(entry, _to(reporter, wording.received(reporter)) if reporter else None)
        case "question":
            deliver(entry, _question(entry.payload["question"]))
        case _:
            _send_answer(entry)


def _question(key: int) -> Mail | None:
    """What was answered meanwhile, or can no longer be, is not asked."""
    rows = ReporterQuestion.objects.unanswered(on=timezone.localdate()).filter(pk=key)
    row = (
        rows.select_related("melding__municipality", "reporter").exclude(reporter__email="").first()
    )
    if row is None:
        return None
    language, words = row.reporter.language, SAID[Language(row.reporter.language)]
    values: dict[str, Value] = {
        "vraag": row.text,
        "link": Link(links.question_link(row), words),
        "datum": f"{row.due:%d/%m/%Y}",
        "ref": row.melding.number,
    }
    subject = wording.asks(row.melding.number, language)
    return _letter(QUESTION, row.reporter, subject, values)


SAID = {Language.DUTCH: "Antwoord", Language.FRENCH: "Répondre"}


def _letter(kind: MailKind, reporter: Reporter, subject: str, values: dict[str, Value]) -> Mail:
    place, to = reporter.melding.municipality, (reporter.email, reporter.name)
    return letter(kind, place, to=to, values=values, subject=subject, language=reporter.language)


def _told(key: int) -> Reporter | None:
    rows = Reporter.objects.exclude(email="")
    return rows.select_related("melding__municipality", "melding__category").filter(pk=key).first()


def _to(reporter: Reporter, text: str) -> Mail:
    melding = reporter.melding
    subject = wording.subject(melding.number, reporter.language)
    boxes = InboundMailbox.objects.filter(municipality=melding.municipality_id, is_active=True)
    back = boxes.values_list("address", flat=True).first()
    return replace(_letter(ANSWER, reporter, subject, {"tekst": text}), reply_to=back or "")


def _send_answer(entry: OutboxEntry) -> None:
    """An answer that the mail server refuses for good becomes a task, with the reason beside it."""
    rows = Answer.objects.filter(pk=entry.payload["answer"], state=AnswerState.TO_DO)
    answer = rows.select_related("reporter__melding__municipality").first()
    if answer is None:
        return
    if not answer.reporter.email:
        rows.update(result=_("Er is geen e-mailadres meer."))
        return
    try:
        deliver(entry, _to(answer.reporter, answer.text))
    except outbox.PermanentError:
        rows.update(result=_("De mail kon niet bezorgd worden."))
        raise
    with transaction.atomic():
        if outbox.holds_lease(entry):
            answers.call_mailed(answer)


def call_arrived(entry: OutboxEntry) -> None:
    """Nobody knew whether it arrived, and somebody asked: it did."""
    if answer := Answer.objects.filter(pk=entry.payload.get("answer", 0)).first():
        answers.call_mailed(answer)


def reckon_place(entry: OutboxEntry) -> None:
    """The address of a point; where there is none near, the point has to do."""
    melding = Melding.objects.filter(pk=entry.payload["melding"]).first()
    if melding is None or melding.point is None or not reckoning.is_wanted(melding):
        return
    if address := geocoder.address_at(*melding.point):
        reckoning.put(melding, address, entry)


@shared_task
def tidy() -> None:
    """Once a night: photos of forms that nobody sent, and contact data past their term."""
    waiting_photos.tidy()
    erasing.erase_old(on=timezone.localdate())


@shared_task
def scan_held() -> None:
    """Each five minutes: what the virus scanner could not look at before."""
    photos.scan_held()


# --- Mail that comes in -------------------------------------------------------------------------


@shared_task
def read_inboxes() -> None:
    """Every minute; losing or doubling one costs nothing."""
    polling.read_all()


def test_inbox(entry: OutboxEntry) -> None:
    """Whether a mailbox can be opened; how it went stands with the mailbox."""
    if box := InboundMailbox.objects.filter(pk=entry.payload["mailbox"]).first():
        polling.test(box)


@shared_task
def tidy_inboxes() -> None:
    """Once a night: the passwords under the key of today."""
    if settings.SECRET_KEY_FALLBACKS:
        inboxes.seal_anew()
