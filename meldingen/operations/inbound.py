"""One mail becomes a melding, a note on one, or is laid aside; whatever happens, once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import history
from core.forms import OvertakenError
from core.languages import Language
from core.locks import wait_for
from core.mail import message_id
from core.sealing import LostKeyError
from core.uploads import clean_upload
from meldingen import permissions
from meldingen.incoming import plain
from meldingen.incoming.judging import kind_of, numbers_in
from meldingen.models import (
    Answer,
    AnswerState,
    Channel,
    InboundMail,
    InboundMailbox,
    Melding,
    Note,
    Outcome,
    Reason,
    Reporter,
)
from meldingen.models.inbound import SET_ASIDE
from meldingen.operations import answers, citizen, set_aside
from meldingen.operations.intake import take_in
from meldingen.operations.photos import add_from_reporter
from meldingen.workflow import OPEN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from core.uploads import CleanFile
    from meldingen.incoming.reading import Bounce, Letter

HOUR = dt.timedelta(hours=1)
MOST_PER_HOUR = 20  # meldingen and notes of one sender
MOST_THANKS = 5  # mails that we send one sender in an hour, whatever comes in
MOST_TEXT, MOST_NOTE = 4000, 2000  # characters of a melding and of a note
MOST_RETURNED, MOST_NAME = 20, 200  # mails of ours in one bounce; characters of the name of one
WRITTEN = (Outcome.AUTOMATIC, Outcome.NEWSLETTER)  # perhaps somebody waits for an answer
TAKEN = (Outcome.TAKEN, Outcome.REPLY)


@dataclass(slots=True)
class Files:
    """What came along: what passed, and what did not with why."""

    clean: list[CleanFile] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def checked(letter: Letter) -> Files:
    """Each attachment through the same checks as a photo at the desk; it may take a while."""
    files = Files()
    for one in letter.attachments:
        try:
            clean = clean_upload(ContentFile(one.content, name=one.name))
        except ValidationError as error:
            files.refused.append(f"{one.name}: {' '.join(error.messages)}")
        else:
            if clean.content_type.startswith("image/") or clean.suffix == ".pdf":
                files.clean.append(clean)
            else:
                files.refused.append(_("%s: geen foto of PDF.") % clean.name)
    if letter.overlooked:
        files.refused.append(_("%d andere bijlagen") % letter.overlooked)
    return files


def fail(mail: InboundMail, reason: str) -> InboundMail:
    """Nobody can make anything of it: it waits in its folder, and in the list of the desk."""
    rows = InboundMail.objects.filter(pk=mail.pk, outcome=Outcome.READING)
    rows.update(outcome=Outcome.FAILED, reason=reason)
    mail.refresh_from_db()
    return mail


@transaction.atomic
def settle(mail: InboundMail, *, by: User) -> None:
    """Somebody looked; of two at once, one did."""
    permissions.may_triage_in(by, mail.mailbox.municipality_id).or_403()
    rows = InboundMail.objects.to_look_at().filter(pk=mail.pk)
    if rows.update(settled_at=timezone.now(), settled_by=by):
        history.record("inboundmail.settled", mail, by=by)


@transaction.atomic
def take(mail: InboundMail, letter: Letter, files: Files) -> InboundMail:
    """Decide what it is and do it. Who comes second finds it done."""
    row = InboundMail.objects.select_for_update().get(pk=mail.pk)
    if row.outcome != Outcome.READING:
        return row
    box = InboundMailbox.objects.select_related("municipality", "category", "source").get(
        pk=row.mailbox_id
    )
    mark = letter.fingerprint
    wait_for(f"{box.municipality_id} {mark}")  # the same mail in another mailbox
    row.fingerprint, row.sender_mark = mark, sender_mark(letter.sender)
    _decide(row, box, letter, files)
    if row.outcome in SET_ASIDE:
        set_aside.keep(row, letter)
    row.save(update_fields=["fingerprint", "sender_mark", "outcome", "reason", "melding",
                            "mentions", "text", "sender_shown", "kept", "returned_ids"])  # fmt: skip
    return row


def _decide(row: InboundMail, box: InboundMailbox, letter: Letter, files: Files) -> None:
    """The chain: the first that fits."""
    known = InboundMail.objects.filter(mailbox__municipality=box.municipality_id)
    before = known.filter(fingerprint=row.fingerprint).exclude(pk=row.pk)
    if before.exclude(outcome=Outcome.FAILED).exists():  # what failed may be put back and tried
        row.outcome = Outcome.DOUBLE
        return
    own = InboundMailbox.objects.values_list("address", flat=True)
    row.outcome = kind_of(letter, {address.lower() for address in own})
    if row.outcome == Outcome.BOUNCE:
        row.returned_ids = _note_bounce(box, letter.bounce)
    elif row.outcome == Outcome.TAKEN:
        recent = InboundMail.objects.from_sender(row.sender_mark, since=timezone.now() - HOUR)
        sent = recent.filter(outcome__in=TAKEN).exclude(pk=row.pk).count()
        if sent >= MOST_PER_HOUR:
            row.outcome, row.reason = Outcome.FAILED, Reason.OFTEN
        elif not (letter.words or letter.subject or files.clean):
            row.outcome, row.reason = Outcome.FAILED, Reason.EMPTY
        else:
            _keep(row, box, letter, files, thanked=sent)


def _keep(
    row: InboundMail, box: InboundMailbox, letter: Letter, files: Files, *, thanked: int
) -> None:
    row.text = letter.text
    quoted = _quoted(box, letter)
    theirs = (
        quoted.filter(reporters__email__iexact=letter.sender).first() if letter.sender else None
    )
    if theirs:
        row.outcome, row.melding = Outcome.REPLY, theirs
        row.reason = "" if theirs.status in OPEN else Reason.OVER
        _note(theirs, _("Reactie van de melder:"), letter.words or letter.subject)
    else:
        row.melding = _melding(box, letter, may_thank=thanked < MOST_THANKS)
        row.mentions = quoted.first()
        if row.mentions:
            row.reason = Reason.MENTION
            _note(row.melding, _("Noemt %s, maar van iemand die daar geen melder is. Kijk na of het "
                                 "samen hoort.") % row.mentions)  # fmt: skip
    _add_files(row.melding, files)


def _quoted(box: InboundMailbox, letter: Letter) -> QuerySet[Melding]:
    numbers = numbers_in(letter.subject)[:5]
    return Melding.objects.filter(municipality=box.municipality_id, number__in=numbers)


def _melding(box: InboundMailbox, letter: Letter, *, may_thank: bool) -> Melding:
    made = _melding_of(box, letter, is_from_somebody=True)
    reporter = made.reporters.first()
    if reporter and may_thank:
        citizen.thank(made, reporter)
    return made


def _melding_of(
    box: InboundMailbox, letter: Letter, *, is_from_somebody: bool, by: User | None = None
) -> Melding:
    """Without a place and in the category for the time being: the desk looks further."""
    melding = Melding(
        municipality=box.municipality,
        source=box.source,
        category=box.category,
        text=_told(letter),
    )
    reporter = _reporter(letter) if letter.sender and is_from_somebody else None
    return take_in(melding, reporter, by=by)


def _told(letter: Letter) -> str:
    """The subject as first line, then what was written."""
    parts = [plain.bare_subject(letter.subject), letter.words]
    return _cut("\n\n".join(part for part in parts if part), MOST_TEXT) or _("Zie de bijlage.")


def _reporter(letter: Letter) -> Reporter:
    french = plain.is_french(f"{letter.subject}\n{letter.words}")
    return Reporter(
        name=letter.name,
        email=letter.sender,
        channel=Channel.MAIL,
        language=Language.FRENCH if french else Language.DUTCH,
    )


def _note(melding: Melding, *lines: str) -> None:
    """For the desk, from nobody: it never names who wrote."""
    text = _cut("\n".join(line for line in lines if line), MOST_NOTE)
    Note.objects.create(melding=melding, text=text, by=None, by_name=_("Per mail"))


def _add_files(melding: Melding, files: Files) -> None:
    left = add_from_reporter(melding, files.clean)
    refused = files.refused + [_("%s: er zijn al zes foto's.") % one.name for one in left]
    if refused:
        _note(melding, _("Niet overgenomen uit de mail:"), *(f"- {line}" for line in refused))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def sender_mark(address: str) -> str:
    """Knows a sender again without keeping who it is."""
    return salted_hmac("meldingen.inbound", address, algorithm="sha256").hexdigest()


# --- What was set aside -------------------------------------------------------------------------


class GoneError(OvertakenError):
    """Somebody else took it in, or it is too long ago."""

    message = gettext_lazy(
        "Deze mail is al opgenomen, of niet meer bewaard. Hij staat nog in het postvak."
    )


@transaction.atomic
def take_anyway(mail: InboundMail, *, by: User) -> Melding:
    """A melding after all. Who wrote it gets no thanks: that may start two machines talking."""
    row = InboundMail.objects.select_for_update().get(pk=mail.pk)
    permissions.may_triage_in(by, mail.mailbox.municipality_id).or_403()
    if row.outcome not in SET_ASIDE or not row.kept:
        raise GoneError
    try:
        letter = set_aside.opened(row)
    except LostKeyError:
        raise GoneError from None
    made = _melding_of(mail.mailbox, letter, is_from_somebody=row.outcome in WRITTEN, by=by)
    row.outcome, row.melding, row.text = Outcome.TAKEN, made, letter.text
    row.sender_shown = row.kept = ""
    row.save(update_fields=["outcome", "melding", "text", "sender_shown", "kept"])
    history.record("inboundmail.taken_anyway", row, by=by, context=made)
    return made


# --- What came back -----------------------------------------------------------------------------


def _note_bounce(box: InboundMailbox, bounce: Bounce | None) -> list[str]:
    """A mail of ours that will never arrive: an answer becomes a task, a thank-you a note.

    The names of the mails it brings back are kept: ours may not be called sent yet.
    """
    if bounce is None or not bounce.is_final:
        return []
    ids = _of_ours(bounce)
    for one in ids:
        wait_for(answers.return_lock(one))
    ours = Reporter.objects.annotate(address_small=Lower("email")).filter(
        melding__municipality=box.municipality_id, address_small__in=bounce.addresses
    )
    for reporter in ours.select_related("melding").order_by("-pk")[:100]:
        if message_id(citizen.thanks_key(reporter.melding)) in ids:
            _note(reporter.melding, _("De bevestiging aan de melder kwam terug: dat adres werkt "
                                      "niet."))  # fmt: skip
        mailed = Answer.objects.filter(reporter=reporter, state=AnswerState.MAILED)
        for answer in mailed.select_related("melding"):
            if message_id(answers.mail_key(answer)) in ids:
                answers.came_back(answer)
    return ids


def _of_ours(bounce: Bounce) -> list[str]:
    """The names that we gave, in one order so that two bounces never wait for each other."""
    domain = f"@{settings.MAIL_DOMAIN}".lower()
    ours = {one for one in bounce.message_ids if one.lower().endswith(domain)}
    return sorted(one for one in ours if len(one) <= MOST_NAME)[:MOST_RETURNED]
