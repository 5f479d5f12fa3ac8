"""Signing in: it works, and nobody learns from it who has an account."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.conftest import World
from tests.factories import PASSWORD, UserFactory

LOGIN = "/aanmelden/"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> tuple[int, str]:
    response = client.post(LOGIN, {"login": email, "password": password})
    return response.status_code, _without_tokens(response.content.decode(), email)


def _without_tokens(page: str, email: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page).replace(email, "")


def test_a_person_signs_in_with_an_address_in_capitals(client: Client, world: World) -> None:
    status, _page = sign_in(client, world.reader.email.upper())

    assert status == 302
    assert client.session["_auth_user_id"] == str(world.reader.pk)


def test_it_leads_on_to_the_page_asked_for(client: Client, world: World) -> None:
    response = client.post(
        LOGIN, {"login": world.reader.email, "password": PASSWORD, "next": "/wie-mag-wat/"}
    )

    assert response.headers["Location"] == "/wie-mag-wat/"


def test_it_does_not_lead_to_another_site(client: Client, world: World) -> None:
    data = {"login": world.reader.email, "password": PASSWORD, "next": "https://evil.example/"}

    assert client.post(LOGIN, data).headers["Location"] == "/"


def test_unknown_known_and_stopped_accounts_get_the_same_answer(world: World) -> None:
    stopped = UserFactory.create(is_active=False)
    answers = {
        sign_in(Client(), "niemand@zandrode.example", "verkeerd-wachtwoord"),
        sign_in(Client(), world.reader.email, "verkeerd-wachtwoord"),
        sign_in(Client(), stopped.email, "verkeerd-wachtwoord"),
        sign_in(Client(), stopped.email, PASSWORD),
    }

    assert len(answers) == 1
    assert answers.pop()[0] == 422


@pytest.mark.parametrize("exists", [True, False])
def test_five_mistakes_lock_an_address_known_or_not(world: World, exists: bool) -> None:
    email = world.reader.email if exists else "niemand@zandrode.example"
    for _attempt in range(5):
        sign_in(Client(), email, "verkeerd-wachtwoord")

    status, page = sign_in(Client(), email, PASSWORD)

    assert status == 422
    assert "Dit ging te vaak mis" in page


def test_a_stopped_account_locks_as_an_unknown_one_also_with_the_right_password(
    world: World,
) -> None:
    stopped = UserFactory.create(is_active=False)
    for _attempt in range(5):
        sign_in(Client(), stopped.email, PASSWORD)

    assert "Dit ging te vaak mis" in sign_in(Client(), stopped.email, PASSWORD)[1]


def test_one_network_that_tries_many_addresses_is_stopped(world: World, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/h/ip"}
    for number in range(3):
        sign_in(Client(), f"{number}@zandrode.example", "verkeerd-wachtwoord")

    assert "Dit ging te vaak mis" in sign_in(Client(), world.reader.email, PASSWORD)[1]


def test_too_many_requests_get_a_page_of_the_house(
    client: Client, world: World, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/h/ip"}
    sign_in(client, "a@zandrode.example")

    status, page = sign_in(client, "a@zandrode.example")

    assert status == 429
    assert "Dat ging te vaak na elkaar" in page


def test_the_counters_do_not_need_redis(client: Client, world: World, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    test_five_mistakes_lock_an_address_known_or_not(world, exists=True)


@pytest.mark.parametrize(
    "text", ["nul\0@zandrode.example", "x" * 5000, "geen adres", "\u202e@a.be"]
)
def test_rubbish_is_refused_in_words(client: Client, db: None, text: str) -> None:
    assert sign_in(client, text)[0] == 422


def test_signing_out_takes_a_button(client: Client, world: World) -> None:
    client.force_login(world.reader)

    assert client.get("/afmelden/").status_code == 200
    assert client.session["_auth_user_id"]
    assert client.post("/afmelden/").headers["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/signup/", "/account/email/", "/admin/", "/accounts/signup/"]
)
def test_what_we_do_not_use_is_closed(client: Client, world: World, path: str) -> None:
    client.force_login(world.reader)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", [LOGIN, "/afmelden/", "/wachtwoord-vergeten/", "/account/sessies/"]
)
def test_other_methods_are_refused(client: Client, world: World, path: str) -> None:
    client.force_login(world.reader)

    assert client.put(path).status_code == 405


def test_a_superuser_is_made_with_an_address_and_a_name(db: None) -> None:
    user = User.objects.create_superuser("Nood@Zandrode.example", "Noodaccount", PASSWORD)

    assert (user.email, user.is_superuser) == ("nood@zandrode.example", True)


def test_the_command_makes_a_superuser(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", email="nood@x.example", name="Nood", verbosity=0)

    status, _page = sign_in(Client(), "nood@x.example")

    assert status == 302


def test_every_attempt_costs_one_hash_whoever_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped, invited = UserFactory.create(is_active=False), UserFactory.create(password=None)
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    costs = []
    for email in (world.reader.email, "niemand@x.example", stopped.email, invited.email):
        hashed.clear()
        sign_in(Client(), email, "verkeerd-wachtwoord")
        costs.append(len(hashed))

    assert costs == [1, 1, 1, 1]
