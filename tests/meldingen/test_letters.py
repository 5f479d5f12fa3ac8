"""Reading and judging a mail, before any table knows of it."""

from __future__ import annotations

import time

import pytest

from core.mail import LOOP_HEADER, loop_mark, message_id
from core.text import is_hidden
from meldingen.incoming.judging import kind_of, numbers_in
from meldingen.incoming.plain import bare_subject, is_french, of_html, own_words
from meldingen.incoming.reading import UnreadableError, read
from meldingen.models import Outcome
from tests.meldingen.letters import HORRORS, bounce, letter, nested, photo, raw, with_file


def test_a_plain_mail_gives_who_what_and_its_name() -> None:
    found = read(raw())

    assert (found.sender, found.name) == ("mia@burger.example", "Mia Peeters")
    assert (found.subject, found.words) == ("Glasbol vol", "De glasbol is vol.")
    assert found.message_id == "1@burger.example"


@pytest.mark.parametrize("what", HORRORS)
def test_no_horror_breaks_the_reading_or_leaves_hidden_marks(what: str) -> None:
    began = time.monotonic()

    found = read(HORRORS[what])

    told = found.text + found.subject + found.name + found.sender + found.message_id
    assert not any(is_hidden(char) for char in told)
    told.encode()
    assert len(found.fingerprint) == 64
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (nested(300), "nested"),
        (nested(40), "nested"),
        (b"X: y\n" * 100_000, "headers"),
        (b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 50_000,
         "nested"),
        (b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 1000, "nested"),
    ],
)  # fmt: skip
def test_monsters_are_refused_at_once_with_their_reason(given: bytes, reason: str) -> None:
    began = time.monotonic()

    with pytest.raises(UnreadableError) as refused:
        read(given)

    assert refused.value.reason == reason
    assert time.monotonic() - began < 2


def test_ten_megabytes_of_text_are_read_and_cut() -> None:
    found = read(b"From: a@b.example\n\n" + b"regel tekst\n" * 900_000)

    assert len(found.text) == 100_000
    assert found.words


@pytest.mark.parametrize(
    ("charset", "given", "text"),
    [
        ("iso-8859-1", "café €".encode("cp1252"), "café €"),
        ("iso-8859-1", "café".encode(), "café"),  # it is UTF-8 under a wrong name
        ("us-ascii", "café".encode("cp1252"), "café"),
        ("utf-8", "café".encode("cp1252"), "café"),
        ("koi8-r", "привет".encode("koi8-r"), "привет"),
    ],
)
def test_a_wrong_charset_still_gives_what_was_typed(charset: str, given: bytes, text: str) -> None:
    head = f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\n".encode()

    assert read(head + given).text == text


def test_html_becomes_words_without_script_or_picture() -> None:
    html = ("<style>p{}</style><script>boos()</script><p>Er ligt <b>afval</b>.</p>"
            "<img src='http://spion.example/1.png'><ul><li>een</li><li>twee</li></ul>")  # fmt: skip

    assert of_html(html) == "Er ligt afval.\n\n- een\n\n- twee"


@pytest.mark.parametrize(
    "below",
    [
        "Op ma 3 nov 2026 om 10:00 schreef Jan <jan@x.example>:\n> oud",
        "Le lun. 3 nov. 2026 à 10:00, Jan <jan@x.example> a écrit :\n> vieux",
        "On Mon, Nov 3, 2026 at 10:00 AM Jan\n<jan@x.example> wrote:\n> old",
        "-----Oorspronkelijk bericht-----\noud",
        "Van: Jan\nVerzonden: maandag\nAan: Mia\nOnderwerp: oud\n\noud",
        "-- \nMia Peeters\n0470 11 22 33",
        "Verstuurd vanaf mijn iPhone",
        "> wat u eerder schreef",
    ],
)
def test_what_is_answered_and_what_stands_below_is_left_out(below: str) -> None:
    assert own_words(f"Nieuw: nu ook glas.\n\n{below}") == "Nieuw: nu ook glas."


def test_what_is_passed_on_stays_and_so_does_what_is_all_there_is() -> None:
    passed = "Van: Jan\nVerzonden: maandag\n\nEr ligt afval."

    assert "Er ligt afval." in own_words(passed, subject="FW: afval")
    assert own_words("> alles is een citaat") == "> alles is een citaat"


def test_prefixes_numbers_and_language() -> None:
    assert bare_subject("RE: Fw: Antw: TR: WG: Glas") == "Glas"
    assert numbers_in("Re: uw melding zan-2026-00421, ZAN-2026-00421") == ["ZAN-2026-00421"]
    assert is_french("Bonjour, il y a des déchets dans la rue depuis lundi. Merci.")
    assert not is_french("Dag, in de rue de la Gare ligt al een week afval. Groeten.")
    assert not is_french("OK")


def test_attachments_are_found_and_a_small_logo_is_not() -> None:
    message = letter()
    message.add_attachment(photo(), maintype="image", subtype="jpeg", filename="glasbol é.jpg")
    message.add_attachment(
        b"logo", maintype="image", subtype="png", filename="logo.png", disposition="inline"
    )

    assert [one.name for one in read(message.as_bytes()).attachments] == ["glasbol é.jpg"]


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({}, Outcome.TAKEN),
        ({"Auto_Submitted": "no"}, Outcome.TAKEN),
        ({"Auto_Submitted": "auto-replied"}, Outcome.AUTOMATIC),
        ({"Auto_Submitted": "auto-generated; owner=x"}, Outcome.AUTOMATIC),
        ({"Precedence": "bulk"}, Outcome.AUTOMATIC),
        ({"X_Auto_Response_Suppress": "DR, OOF, AutoReply"}, Outcome.TAKEN),
        ({"X_Auto_Response_Suppress": "All"}, Outcome.AUTOMATIC),
        ({"X_Autoreply": "yes"}, Outcome.AUTOMATIC),
        ({"Subject": "Automatisch antwoord: uw melding"}, Outcome.AUTOMATIC),
        ({"Subject": "Afwezig tot maandag"}, Outcome.AUTOMATIC),
        ({"Subject": "Auto: al weken zonder nummerplaat"}, Outcome.TAKEN),
        ({"Subject": "Afwezigheid van verlichting"}, Outcome.TAKEN),
        ({"Return_Path": "<>"}, Outcome.BOUNCE),
        ({"From": "MAILER-DAEMON@mail.example"}, Outcome.BOUNCE),
        ({"From": "meldpunt@zandrode.example"}, Outcome.OWN),
        ({"From": "IV-centrum <noreply@ivcentrum.example>"}, Outcome.OWN),
        ({LOOP_HEADER: loop_mark()}, Outcome.OWN),
        ({"Message-ID": f"<{message_id('received:1')}>"}, Outcome.OWN),
        # A colleague's mail program names its mails after the same domain.
        ({"Message-ID": "<3f2b-11@ivcentrum.example>"}, Outcome.TAKEN),
    ],
)
def test_what_comes_from_nobody_is_known(headers: dict[str, str], outcome: str) -> None:
    found = read(raw(**headers))

    assert kind_of(found, {"meldpunt@zandrode.example"}) == outcome


def test_a_mail_that_came_back_says_which_and_whether_for_good() -> None:
    final = read(bounce("abc@ivcentrum.example", "mia@burger.example")).bounce
    later = read(bounce("abc@x.example", "mia@burger.example", "4.2.2", "delayed")).bounce

    assert final
    assert (final.is_final, final.message_ids, final.addresses) == (
        True, ("abc@ivcentrum.example",), ("mia@burger.example",)
    )  # fmt: skip
    assert later
    assert not later.is_final


def test_a_fingerprint_is_of_the_mail_and_not_of_its_way() -> None:
    same = read(b"Received: from elders\n" + raw()).fingerprint

    assert same == read(raw()).fingerprint
    assert read(raw("Iets anders.")).fingerprint != same
    assert read(raw(Date="Mon, 23 Nov 2026 10:00:00 +0100")).fingerprint != same
    assert (
        read(with_file(photo(), "a.jpg")).fingerprint != read(with_file(b"x", "a.jpg")).fingerprint
    )
