"""What stands around every mail that goes out."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings

from core.checks import sender_is_of_our_domain
from core.letters import Link
from core.mail import House, Mail, drawn


def made(**other: Any) -> Any:
    mail = Mail("a@b.example", "An", "onderwerp", "Dag {naam}\n\n{link}",
                {"link": Link("https://iv.example/", "Open")}, **other)  # fmt: skip
    return drawn(mail, "key:1").message()


def test_the_headers_say_what_wrote_it_and_how_to_stop_it() -> None:
    message = made(unsubscribe="https://iv.example/keuzes/", reply_to="desk@b.example")

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://iv.example/keuzes/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Reply-To"] == "desk@b.example"
    assert message["Message-ID"].endswith("@ivcentrum.example>")
    assert message["Date"]
    for header in ("Message-ID", "From", "To", "Subject", "Date"):
        assert len(message.get_all(header)) == 1


def test_both_parts_say_the_same_in_the_colour_of_the_house() -> None:
    plain, page = made(house=House("Zandrode", "#ffffff"), signature="Groet").get_payload()

    assert plain.get_payload(decode=True).decode() == "Dag An\n\nhttps://iv.example/\n\nGroet\n"
    text = page.get_payload(decode=True).decode()
    assert '<a class="button" href="https://iv.example/">Open</a>' in text
    assert "background: #ffffff; color: #000000" in text  # what reads best upon it
    assert "http-equiv" not in text
    assert "<img" not in text  # nothing tells anybody that it was opened


@pytest.mark.parametrize(("sender", "is_ours"), [
    ("IV <noreply@gemeente.example>", True), ("noreply@GEMEENTE.example", True),
    ("noreply@elders.example", False), ("", False),
])  # fmt: skip
def test_a_sender_of_another_domain_is_told(
    settings: LazySettings, sender: str, is_ours: bool
) -> None:
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_DOMAIN = sender, "gemeente.example"

    assert bool(sender_is_of_our_domain()) is not is_ours
