"""The first command of a real installation."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Membership, Municipality, User
from accounts.roles import Role
from core.models import LogEntry

NEW = "Blauwe fiets op zolder"
pytestmark = pytest.mark.django_db


def open_zandrode(email: str = "els@zandrode.example", code: str = "ZAN") -> str:
    said = io.StringIO()
    call_command(
        "open_municipality",
        code,
        "Zandrode",
        "--zone=Politiezone Zandvallei",
        "--administrator=Els Peeters",
        f"--email={email}",
        stdout=said,
    )
    found = re.search(r"http://[^/]+(/\S+/)\n", said.getvalue())
    assert found, said.getvalue()
    return found[1]


def test_the_link_lets_the_first_administrator_choose_a_password(client: Client) -> None:
    link = open_zandrode("Els@Zandrode.example")
    client.post(link, {"password1": NEW, "password2": NEW})
    els = User.objects.get(email="els@zandrode.example")
    assert els.check_password(NEW)
    assert els.roles == {Role.ADMINISTRATOR}
    assert Municipality.objects.get().zone.name == "Politiezone Zandvallei"


def test_a_second_time_gives_a_new_link_and_nothing_else_new(client: Client) -> None:
    first, second = open_zandrode(), open_zandrode()
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert Membership.objects.count() == 1
    assert LogEntry.objects.filter(verb="user.made").count() == 1


def test_once_somebody_administers_it_the_command_refuses(client: Client) -> None:
    client.post(open_zandrode(), {"password1": NEW, "password2": NEW})
    with pytest.raises(CommandError, match="heeft al een functioneel beheerder"):
        open_zandrode("ander@zandrode.example")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "code", "said"),
    [
        ("geen adres", "ZAN", "geldig"),
        ("els@zandrode.example", "Z N", "geldig"),
        ("els@zandrode.example", "Z" * 11, "10 tekens"),
    ],
)
def test_what_is_mistyped_is_refused_in_words(email: str, code: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        open_zandrode(email, code)
    assert not Municipality.objects.exists()
