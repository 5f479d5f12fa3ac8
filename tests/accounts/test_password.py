"""A forgotten password, a changed one."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import outbox
from core.models import LogEntry, OutboxEntry
from tests.accounts.conftest import sent_link
from tests.conftest import World
from tests.factories import PASSWORD, UserFactory

FORGOTTEN = "/wachtwoord-vergeten/"
NEW = "Blauwe fiets op zolder"
NEW_TWICE = {"password1": NEW, "password2": NEW}


def test_a_mail_leads_to_a_new_password(client: Client, world: World) -> None:
    client.post(FORGOTTEN, {"email": world.reader.email.upper()})
    page = client.get(sent_link()).headers["Location"]

    response = client.post(page, NEW_TWICE)

    assert response.status_code == 302
    assert User.objects.get(pk=world.reader.pk).check_password(NEW)
    assert LogEntry.objects.about(world.reader).get().verb == "user.password_reset"


def test_a_reset_unlocks_the_account(client: Client, world: World) -> None:
    for _attempt in range(6):
        client.post("/aanmelden/", {"login": world.reader.email, "password": "mis"})
    client.post(FORGOTTEN, {"email": world.reader.email})
    client.post(client.get(sent_link()).headers["Location"], NEW_TWICE)

    response = client.post("/aanmelden/", {"login": world.reader.email, "password": NEW})

    assert response.status_code == 302


def test_a_link_works_once(client: Client, world: World) -> None:
    client.post(FORGOTTEN, {"email": world.reader.email})
    link = sent_link()
    client.post(client.get(link).headers["Location"], NEW_TWICE)

    assert "Deze link werkt niet meer" in Client().get(link).content.decode()


def test_every_address_gets_the_same_answer_and_costs_the_same(world: World) -> None:
    stopped, invited = UserFactory.create(is_active=False), UserFactory.create(password=None)
    answers = set()
    for email in (world.reader.email, "niemand@x.example", stopped.email, invited.email):
        with CaptureQueriesContext(connection) as queries:
            response = Client().post(FORGOTTEN, {"email": email})
        answers.add((response.status_code, response.headers["Location"], len(queries)))

    assert len(answers) == 1
    assert OutboxEntry.objects.count() == 4


def test_only_who_has_an_account_gets_a_mail(client: Client, world: World) -> None:
    stopped, invited = UserFactory.create(is_active=False), UserFactory.create(password=None)
    for email in (world.reader.email, "niemand@x.example", stopped.email, invited.email):
        client.post(FORGOTTEN, {"email": email})
    outbox.drain("mail")

    assert [message.to for message in mail.outbox] == [[world.reader.email]]


def test_the_outbox_holds_no_secret_and_no_address(client: Client, world: World) -> None:
    client.post(FORGOTTEN, {"email": world.reader.email})

    assert OutboxEntry.objects.get().payload == {"mail": "password_reset", "user": world.reader.pk}


def test_asking_too_often_is_stopped(client: Client, world: World) -> None:
    codes = [client.post(FORGOTTEN, {"email": "niemand@x.example"}).status_code for _n in range(6)]

    assert codes == [302] * 5 + [429]


@pytest.mark.parametrize(
    "password", ["kort", "123456789012", "wachtwoord1234"[:11], "password1234"]
)
def test_a_weak_password_is_refused(client: Client, world: World, password: str) -> None:
    client.post(FORGOTTEN, {"email": world.reader.email})
    page = client.get(sent_link()).headers["Location"]

    response = client.post(page, {"password1": password, "password2": password})

    assert response.status_code == 422
    assert User.objects.get(pk=world.reader.pk).check_password(PASSWORD)


def test_changing_it_keeps_this_session_and_ends_the_others(client: Client, world: World) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/aanmelden/", {"login": world.reader.email, "password": PASSWORD})

    response = client.post("/account/wachtwoord/", {"oldpassword": PASSWORD, **NEW_TWICE})

    assert response.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    outbox.drain("mail")
    assert re.search("Je wachtwoord is gewijzigd", str(mail.outbox[-1].body))


def test_changing_it_asks_the_old_one(client: Client, world: World) -> None:
    client.force_login(world.reader)

    response = client.post("/account/wachtwoord/", {"oldpassword": "mis", **NEW_TWICE})

    assert response.status_code == 422
