"""A mail becomes a melding, a note on one, or is laid aside; once, whatever happens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail as mailbox_of_tests
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import outbox
from core.mail import message_id
from core.models import LogEntry, OutboxEntry
from meldingen.incoming.reading import read
from meldingen.models import (
    AnswerState,
    Channel,
    InboundMail,
    InboundMailbox,
    Melding,
    Note,
    Outcome,
    Reason,
    Reporter,
    ReporterReading,
)
from meldingen.operations import answers, citizen, inbound, photos
from meldingen.operations.inbound import MOST_PER_HOUR, MOST_THANKS
from meldingen.workflow import MeldingStatus as Status
from tests.conftest import World
from tests.factories import (
    AnswerFactory,
    InboundMailboxFactory,
    InboundMailFactory,
    MeldingFactory,
    PhotoFactory,
    ReporterFactory,
)
from tests.meldingen.letters import HORRORS, bounce, letter, photo, raw, with_file
from tests.together import at_once


@pytest.fixture
def box(world: World) -> InboundMailbox:
    return InboundMailboxFactory.create(municipality=world.here, category__handler=world.civ)


def come_in(box: InboundMailbox, given: bytes) -> InboundMail:
    """As if the server just gave it."""
    found = read(given)
    return inbound.take(InboundMailFactory.create(mailbox=box), found, inbound.checked(found))


@pytest.fixture
def known(world: World, box: InboundMailbox) -> Reporter:
    """Mia reported something before."""
    melding = MeldingFactory.create(municipality=world.here, number="ZAN-2026-00421")
    return ReporterFactory.create(melding=melding, email="Mia@Burger.example", channel=Channel.MAIL)


def test_a_mail_becomes_a_melding_without_a_place_from_its_sender(box: InboundMailbox) -> None:
    text = "De glasbol is vol.\n\n-- \nMia Peeters\n0470 11 22 33"

    mail = come_in(box, raw(text, Subject="Fw: Glasbol vol"))

    made = Melding.objects.get()
    assert (mail.outcome, mail.melding) == (Outcome.TAKEN, made)
    assert made.text == "Glasbol vol\n\nDe glasbol is vol."
    assert (made.status, made.place, made.entered_by) == (Status.RECEIVED, "", None)
    assert (made.source, made.category) == (box.source, box.category)
    assert "0470 11 22 33" in mail.text
    reporter = made.reporters.get()
    assert (reporter.name, reporter.email) == ("Mia Peeters", "mia@burger.example")
    assert (reporter.channel, reporter.language) == (Channel.MAIL, "nl")


def test_the_sender_is_thanked_by_mail_in_the_own_language(box: InboundMailbox) -> None:
    come_in(box, raw("Bonjour, il y a des déchets dans la rue depuis lundi. Merci."))

    outbox.drain("mail")

    [sent] = mailbox_of_tests.outbox
    assert sent.to == ["mia@burger.example"]
    assert "Merci" in sent.body
    assert sent.reply_to == [box.address]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_our_own_thanks_come_round_and_make_nothing(box: InboundMailbox) -> None:
    come_in(box, raw())
    outbox.drain("mail")
    ours = mailbox_of_tests.outbox[0].message().as_bytes()

    assert come_in(box, ours).outcome == Outcome.OWN
    assert Melding.objects.count() == OutboxEntry.objects.count() == 1


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"},
                                     {"Return_Path": "<>"}])  # fmt: skip
def test_machines_make_no_melding_and_get_no_mail(
    box: InboundMailbox, headers: dict[str, str]
) -> None:
    come_in(box, raw(**headers))

    assert not Melding.objects.exists()
    assert not OutboxEntry.objects.exists()


def test_the_same_mail_twice_or_in_two_mailboxes_is_one(box: InboundMailbox) -> None:
    other = InboundMailboxFactory.create(municipality=box.municipality, address="b@z.example")

    outcomes = [come_in(one, b"Received: x\n" * n + raw()).outcome
                for n, one in enumerate((box, box, other))]  # fmt: skip

    assert outcomes == [Outcome.TAKEN, Outcome.DOUBLE, Outcome.DOUBLE]
    assert Melding.objects.count() == 1


def test_a_name_used_again_for_another_mail_is_another_melding(box: InboundMailbox) -> None:
    come_in(box, raw("Eerste."))
    come_in(box, raw("Tweede."))

    assert Melding.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_mail_make_one_melding(box: InboundMailbox) -> None:
    mail, other = InboundMailFactory.create(mailbox=box), InboundMailFactory.create(mailbox=box)
    found = read(raw())

    def take(row: InboundMail) -> str:
        return inbound.take(row, found, inbound.Files()).outcome

    outcomes = at_once(lambda: take(mail), lambda: take(mail), lambda: take(other))

    assert set(outcomes) <= {Outcome.TAKEN, Outcome.DOUBLE}
    assert Melding.objects.count() == 1


def test_a_reply_of_the_reporter_becomes_a_note_without_a_name(
    box: InboundMailbox, known: Reporter
) -> None:
    mail = come_in(box, raw("Nu ook glas.", Subject="RE: IV-centrum: uw melding ZAN-2026-00421"))

    note = Note.objects.get()
    assert (mail.outcome, mail.melding, mail.reason) == (Outcome.REPLY, known.melding, "")
    assert note.melding == known.melding
    assert "Nu ook glas." in note.text
    assert "Mia" not in note.text + note.by_name
    assert not OutboxEntry.objects.exists()


def test_a_reply_on_what_is_over_is_put_before_the_desk(
    box: InboundMailbox, known: Reporter
) -> None:
    Melding.objects.update(status=Status.CLOSED, closed_at=timezone.now())

    mail = come_in(box, raw("Het is er weer.", Subject="Re: ZAN-2026-00421"))

    assert (mail.outcome, mail.reason) == (Outcome.REPLY, Reason.OVER)


def test_a_stranger_with_a_number_never_gets_into_the_melding_of_another(
    box: InboundMailbox, known: Reporter
) -> None:
    mail = come_in(box, raw("Ook hier.", From="jan@elders.example", Subject="ZAN-2026-00421"))

    assert mail.melding != known.melding
    assert (mail.reason, mail.mentions) == (Reason.MENTION, known.melding)
    assert not known.melding.notes.exists()
    assert mail.melding
    assert "ZAN-2026-00421" in mail.melding.notes.get().text


def test_the_number_of_another_municipality_says_nothing(world: World, box: InboundMailbox) -> None:
    there = MeldingFactory.create(municipality=world.elsewhere, number="MEL-2026-00001")
    ReporterFactory.create(melding=there, email="mia@burger.example")

    mail = come_in(box, raw(Subject="Re: MEL-2026-00001"))

    assert (mail.outcome, mail.mentions, there.notes.count()) == (Outcome.TAKEN, None, 0)


def test_a_photo_is_kept_and_what_is_refused_is_told(
    box: InboundMailbox, settings: LazySettings, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    message = letter()
    message.add_attachment(photo(), maintype="image", subtype="jpeg", filename="glas.jpg")
    message.add_attachment(b"MZ", maintype="image", subtype="jpeg", filename="virus.jpg")
    message.add_attachment(b"x", maintype="application", subtype="zip", filename="foto.zip")

    made = come_in(box, message.as_bytes()).melding

    assert made
    assert [kept.name for kept in made.photos.all()] == ["glas.jpg"]
    note = made.notes.get().text
    assert "virus.jpg" in note
    assert "foto.zip" in note


def test_more_photos_than_fit_are_told_and_not_kept(
    box: InboundMailbox, known: Reporter, settings: LazySettings, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    PhotoFactory.create_batch(photos.MOST, melding=known.melding)

    come_in(box, with_file(photo(), "teveel.jpg", Subject="Re: ZAN-2026-00421"))

    assert known.melding.photos.count() == photos.MOST
    assert any("teveel.jpg" in note.text for note in Note.objects.all())


@pytest.mark.parametrize("what", HORRORS)
def test_every_horror_is_taken_in_or_refused_with_a_reason(box: InboundMailbox, what: str) -> None:
    mail = come_in(box, HORRORS[what])

    assert mail.outcome in {Outcome.TAKEN, Outcome.FAILED, Outcome.BOUNCE}
    assert bool(mail.reason) == (mail.outcome == Outcome.FAILED)


def test_who_writes_too_often_is_put_before_the_desk(box: InboundMailbox) -> None:
    outcomes = [come_in(box, raw(f"Nummer {n}.")).outcome for n in range(MOST_PER_HOUR + 2)]

    assert outcomes.count(Outcome.TAKEN) == MOST_PER_HOUR
    assert set(InboundMail.objects.exclude(reason="").values_list("reason", flat=True)) == {"often"}
    assert OutboxEntry.objects.count() == MOST_THANKS


def test_what_failed_and_was_put_back_is_tried_again(box: InboundMailbox) -> None:
    for n in range(MOST_PER_HOUR + 1):
        come_in(box, raw(f"Nummer {n}."))
    InboundMail.objects.update(at=timezone.now() - dt.timedelta(hours=2))

    assert come_in(box, raw(f"Nummer {MOST_PER_HOUR}.")).outcome == Outcome.TAKEN


def test_an_answer_that_comes_back_becomes_a_task(box: InboundMailbox, known: Reporter) -> None:
    answer = AnswerFactory.create(
        melding=known.melding, reporter=known, channel=Channel.MAIL, state=AnswerState.MAILED
    )

    mail = come_in(box, bounce(message_id(answers.mail_key(answer)), "mia@burger.example"))

    answer.refresh_from_db()
    assert mail.outcome == Outcome.BOUNCE
    assert answer.state == AnswerState.TO_DO
    assert "kwam terug" in answer.result
    assert LogEntry.objects.about(known.melding).filter(verb="melding.answered").exists()


@pytest.mark.parametrize(
    ("name", "address", "status"),
    [
        ("verzonnen@ivcentrum.example", "mia@burger.example", "5.1.1"),
        (None, "iemand@anders.example", "5.1.1"),
        (None, "mia@burger.example", "4.4.1"),
    ],
)
def test_what_is_not_ours_or_not_for_good_changes_no_answer(
    box: InboundMailbox, known: Reporter, name: str | None, address: str, status: str
) -> None:
    answer = AnswerFactory.create(
        melding=known.melding, reporter=known, channel=Channel.MAIL, state=AnswerState.MAILED
    )

    come_in(box, bounce(name or message_id(answers.mail_key(answer)), address, status))

    answer.refresh_from_db()
    assert answer.state == AnswerState.MAILED


def test_thanks_that_come_back_are_noted_at_the_melding(
    box: InboundMailbox, known: Reporter
) -> None:
    ours = message_id(citizen.thanks_key(known.melding))

    come_in(box, bounce(ours, "mia@burger.example"))

    assert "kwam terug" in known.melding.notes.get().text


# --- What the desk sees -------------------------------------------------------------------------


def test_the_desk_sees_why_and_never_who(box: InboundMailbox, world: World, client: Client) -> None:
    MeldingFactory.create(municipality=world.here, number="ZAN-2026-00421")
    come_in(box, raw("Ook hier.", Subject="ZAN-2026-00421"))
    InboundMailFactory.create(mailbox=box, outcome=Outcome.FAILED, reason=Reason.SIZE)
    client.force_login(world.coordinator)

    page = client.get(reverse("meldingen:mails")).content.decode()

    assert "De mail is te groot." in page
    assert "Noemt het nummer" in page
    assert "Mia" not in page
    assert "burger.example" not in page
    assert "Mail om na te kijken" in client.get(reverse("meldingen:list")).content.decode()


def test_what_was_looked_at_leaves_the_list(
    box: InboundMailbox, world: World, client: Client
) -> None:
    mail = InboundMailFactory.create(mailbox=box, outcome=Outcome.FAILED, reason=Reason.SIZE)
    client.force_login(world.coordinator)

    for _twice in range(2):
        client.post(reverse("meldingen:mail-settle", args=[mail.pk]))

    mail.refresh_from_db()
    assert mail.settled_by == world.coordinator
    assert LogEntry.objects.about(mail).count() == 1
    assert "Niets om na te kijken" in client.get(reverse("meldingen:mails")).content.decode()


def test_the_whole_mail_stands_with_the_reporter_and_looking_is_noted(
    box: InboundMailbox, world: World, client: Client
) -> None:
    made = come_in(box, raw("Vol.\n\n-- \nMia, Kerkstraat 3")).melding
    assert made
    client.force_login(world.coordinator)

    assert "Kerkstraat 3" not in client.get(made.get_absolute_url()).content.decode()
    shown = client.post(reverse("meldingen:reporter", args=[made.pk])).content.decode()

    assert "Kerkstraat 3" in shown
    assert ReporterReading.objects.get().melding == made


@pytest.mark.parametrize("count", [3, 60])
def test_the_list_asks_as_much_for_three_as_for_many(
    box: InboundMailbox,
    world: World,
    client: Client,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    for _n in range(count):
        InboundMailFactory.create(mailbox=box, outcome=Outcome.FAILED, reason=Reason.SIZE)
    client.force_login(world.coordinator)
    client.get(reverse("meldingen:mails"))

    with django_assert_max_num_queries(12):
        client.get(reverse("meldingen:mails"))
