"""The mailboxes that we read: set up in Beheer, tested by a worker, part of the health page."""

from __future__ import annotations

import datetime as dt
import socket
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from core import outbox
from core.models import LogEntry, OutboxEntry
from core.sealing import seal, unseal
from ivcentrum import health
from meldingen import tasks
from meldingen.models import InboundMailbox, Outcome, Security, Trouble
from meldingen.operations.inboxes import seal_anew
from meldingen.views.inboxes import state_of
from tests.conftest import World
from tests.factories import (
    CategoryFactory,
    InboundMailboxFactory,
    InboundMailFactory,
    SourceFactory,
)

LIST = "/beheer/postvakken/"


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    client.force_login(world.administrator)
    return client


@pytest.fixture
def box(world: World) -> InboundMailbox:
    return InboundMailboxFactory.create(
        municipality=world.here, host="imap.zandrode.example", port=993, security=Security.TLS,
        password=seal("oud geheim"), is_active=False,
    )  # fmt: skip


def filled(world: World, **more: Any) -> dict[str, Any]:
    source = SourceFactory.create(municipality=world.here)
    category = CategoryFactory.create(municipality=world.here)
    return {
        "municipality": world.here.pk, "address": "meldpunt@zandrode.example",
        "host": "imap.zandrode.example", "port": 993, "security": "tls", "username": "meldpunt",
        "sign_in": "wachtwoord",
        "secret": " een geheim ", "folder": "INBOX", "done_folder": "Gelezen",
        "failed_folder": "Niet gelezen", "since": "2026-11-22", "source": source.pk,
        "category": category.pk, "form_token": "1b3bde52-8d8c-4b0c-8f9e-0a8d5d7d2a77", **more,
    }  # fmt: skip


def changed(box: InboundMailbox, **more: Any) -> dict[str, Any]:
    names = ("address", "host", "port", "security", "username", "sign_in", "token_url", "client_id",
             "scope", "folder", "done_folder",
             "failed_folder", "since")  # fmt: skip
    kept = {name: getattr(box, name) for name in names}
    return {**kept, "source": box.source_id, "category": box.category_id, "version": box.version,
            "secret": "", **more}  # fmt: skip


def edit(desk: Client, box: InboundMailbox, **more: Any) -> Any:
    return desk.post(f"{LIST}{box.pk}/wijzigen/", changed(box, **more))


def test_without_a_mailbox_the_page_says_what_to_do(desk: Client) -> None:
    page = desk.get(LIST).content.decode()

    assert "Nog geen postvak" in page
    assert "Postvakken" not in [part.name for part in health.parts()]


def test_a_mailbox_is_made_off_with_its_password_sealed(desk: Client, world: World) -> None:
    answer = desk.post(f"{LIST}nieuw/", filled(world), follow=True)

    box = InboundMailbox.objects.get()
    assert unseal(box.password) == " een geheim "
    assert not box.is_active
    assert OutboxEntry.objects.get().kind == "inbox_test"
    page = answer.content.decode()
    assert "We testen de verbinding" in page
    assert "geheim" not in page
    assert "geheim" not in str(list(LogEntry.objects.values()))


def test_the_same_form_twice_is_one(desk: Client, world: World) -> None:
    form = filled(world)

    first, second = (desk.post(f"{LIST}nieuw/", form) for _ in "ab")

    assert first["Location"] == second["Location"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"port": 22}, "Deze poort kan niet"),
        ({"host": "https://mail.example"}, "zonder https://"),
        ({"host": "mail.example\r\nX"}, "zonder https://"),
        ({"username": 'a" LOGOUT'}, "aanhalingstekens"),
        ({"folder": 'INBOX"\r\nA1 LOGOUT'}, "Gebruik letters"),
        ({"done_folder": "INBOX"}, "drie verschillende mappen"),
        ({"security": "geen"}, "op dezelfde machine"),
        ({"secret": "a\nb"}, "geen wachtwoord"),
        ({"secret": ""}, "verplicht"),
        ({"address": "geen adres"}, "geldig e-mailadres"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    desk: Client, world: World, wrong: dict[str, Any], said: str
) -> None:
    answer = desk.post(f"{LIST}nieuw/", filled(world, **wrong))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not InboundMailbox.objects.exists()


def test_what_belongs_to_the_neighbour_is_no_choice(desk: Client, world: World) -> None:
    theirs = CategoryFactory.create(municipality=world.elsewhere)

    assert desk.post(f"{LIST}nieuw/", filled(world, category=theirs.pk)).status_code == 422


def test_an_empty_password_keeps_the_one_we_have(desk: Client, box: InboundMailbox) -> None:
    edit(desk, box, folder="Meldpunt")

    box.refresh_from_db()
    assert (box.folder, unseal(box.password)) == ("Meldpunt", "oud geheim")


OAUTH = {
    "sign_in": "oauth2", "token_url": "https://login.example.org/t/token", "client_id": "iv",
    "scope": "https://mail.example/.default",
}  # fmt: skip


def test_oauth_is_set_up_with_its_secret_sealed(desk: Client, world: World) -> None:
    desk.post(f"{LIST}nieuw/", filled(world, **OAUTH))

    box = InboundMailbox.objects.get()
    assert (box.sign_in, unseal(box.password)) == ("oauth2", " een geheim ")
    assert "https://login.example.org/t/token" in desk.get(f"{LIST}{box.pk}/").content.decode()


@pytest.mark.parametrize("wrong", [
    {"token_url": ""}, {"client_id": ""}, {"scope": ""}, {"token_url": "http://login.example.org/"},
    {"token_url": "https://127.0.0.1/"}, {"token_url": "https://login.example.org:8443/"},
    {"token_url": "https://localhost/t"}, {"token_url": "https://a:b@login.example.org/"},
])  # fmt: skip
def test_oauth_goes_to_a_service_with_a_name_and_tls(
    desk: Client, world: World, wrong: dict[str, str]
) -> None:
    assert desk.post(f"{LIST}nieuw/", filled(world, **OAUTH | wrong)).status_code == 422
    assert not InboundMailbox.objects.exists()


@pytest.mark.parametrize("change", [OAUTH, {"host": "elders.example"}, {"username": "ander"},
                                    {"port": 143}, {"security": "starttls"}])  # fmt: skip
def test_another_server_or_user_asks_the_password_again(
    desk: Client, box: InboundMailbox, change: dict[str, Any]
) -> None:
    """Else whoever sets up the mailbox could have the password sent to a server of their own."""
    refused = edit(desk, box, **change)
    taken = edit(desk, box, **change, secret="nieuw geheim")

    box.refresh_from_db()
    assert (refused.status_code, taken.status_code) == (422, 302)
    assert unseal(box.password) == "nieuw geheim"


def test_two_who_change_it_at_once_see_each_other(desk: Client, box: InboundMailbox) -> None:
    first = edit(desk, box, folder="Een")
    second = edit(desk, box, folder="Twee")

    assert (first.status_code, second.status_code) == (302, 409)


def test_it_is_switched_on_and_off_with_a_line_in_the_history(
    desk: Client, box: InboundMailbox
) -> None:
    for way in ("aan", "aan", "uit"):
        desk.post(f"{LIST}{box.pk}/{way}/")

    verbs = LogEntry.objects.about(box).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["inbox.on", "inbox.off"]


def test_a_test_is_done_by_a_worker_and_told_on_the_page(
    desk: Client, box: InboundMailbox, settings: LazySettings
) -> None:
    with socket.socket() as holder:  # nobody listens there
        holder.bind(("127.0.0.1", 0))
        InboundMailbox.objects.update(host="127.0.0.1", port=holder.getsockname()[1])
        desk.post(f"{LIST}{box.pk}/testen/")
        assert "We testen de verbinding" in desk.get(f"{LIST}{box.pk}/").content.decode()

        outbox.drain("mail")

    page = desk.get(f"{LIST}{box.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "De server antwoordt niet." in page
    assert "<html" not in page


def test_the_page_counts_what_became_of_the_mails(
    desk: Client, box: InboundMailbox, django_assert_max_num_queries: Any
) -> None:
    for _n in range(5):
        InboundMailFactory.create(mailbox=box, outcome=Outcome.FAILED, reason="size")
    desk.get(LIST)

    with django_assert_max_num_queries(12):
        page = desk.get(f"{LIST}{box.pk}/").content.decode()

    assert "5 mails wachten" in page


def test_the_list_asks_as_much_for_one_as_for_many(
    desk: Client, box: InboundMailbox, django_assert_max_num_queries: Any
) -> None:
    for _n in range(10):
        InboundMailboxFactory.create(municipality=box.municipality)
    desk.get(LIST)

    with django_assert_max_num_queries(12):
        desk.get(LIST)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"is_active": False}, "Uit"),
        ({"switched_at": 0}, "Begint"),
        ({"read_at": 0}, "Werkt"),
        ({"read_at": 1}, "Stil"),
        ({"switched_at": 1}, "Stil"),
        ({"trouble": Trouble.LOGIN, "read_at": 0}, "Werkt niet"),
    ],
)
def test_how_it_is_is_said_in_one_word_and_on_the_health_page(
    world: World, values: dict[str, Any], word: str
) -> None:
    """The moments are hours ago."""
    moments = {
        name: timezone.now() - dt.timedelta(hours=value)
        for name, value in values.items()
        if name.endswith("_at")
    }
    box = InboundMailboxFactory.create(municipality=world.here, **values | moments)

    assert state_of(box).word == word
    told = [part.level for part in health.parts() if part.name == "Postvakken"]
    assert told == ([int(word in {"Stil", "Werkt niet"})] if box.is_active else [])


def test_a_new_key_seals_every_password_anew(box: InboundMailbox, settings: LazySettings) -> None:
    lost = InboundMailboxFactory.create(municipality=box.municipality, password="geen zegel")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een heel nieuw geheim van deze installatie"

    tasks.tidy_inboxes()
    settings.SECRET_KEY_FALLBACKS = []

    box.refresh_from_db()
    assert unseal(box.password) == "oud geheim"
    assert seal_anew() == 1
    assert lost.pk


def test_the_database_itself_refuses_a_mailbox_without_security(box: InboundMailbox) -> None:
    with pytest.raises(IntegrityError, match="meldingen_inboundmailbox_secure"):
        InboundMailbox.objects.filter(pk=box.pk).update(security=Security.NONE)
