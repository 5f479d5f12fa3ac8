"""The second step: set up, asked, required."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.operations.second_factor import seal_anew
from accounts.roles import Role
from accounts.tasks import tidy
from core.models import LogEntry
from tests.conftest import World
from tests.factories import PASSWORD

SET_UP = "/account/tweede-stap/instellen/"


def code_of(secret: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def sign_in(world: World, role: Role = Role.READER) -> Client:
    browser = Client()
    browser.post("/aanmelden/", {"login": world.cast[role].email, "password": PASSWORD})
    return browser


@pytest.fixture
def required(settings: Settings) -> None:
    settings.MFA_REQUIRED_ROLES = [Role.COORDINATOR]


def test_setting_it_up_gives_recovery_codes(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    browser = sign_in(world)
    page = browser.get(SET_UP)
    assert "data:image/svg+xml;base64," in page.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(SET_UP, {"code": code_of(browser.session["mfa.totp.secret"])})

    assert response.headers["Location"] == "/account/herstelcodes/"
    codes = browser.get("/account/herstelcodes/").content.decode()
    assert codes.count("<code>") == 10
    assert LogEntry.objects.about(world.reader).get().verb == "user.second_factor_added"


def test_a_wrong_code_changes_nothing(world: World) -> None:
    browser = sign_in(world)
    browser.get(SET_UP)

    assert browser.post(SET_UP, {"code": "000000"}).status_code == 422
    assert not Authenticator.objects.exists()


def test_signing_in_asks_the_code(world: World) -> None:
    secret = generate_totp_secret()
    TOTP.activate(world.reader, secret)
    browser = sign_in(world)
    assert browser.get("/account/").status_code == 302

    assert browser.get("/aanmelden/code/").status_code == 200
    assert browser.post("/aanmelden/code/", {"code": "000000"}).status_code == 422
    browser.post("/aanmelden/code/", {"code": code_of(secret)})

    assert browser.get("/account/").status_code == 200


def test_guessing_codes_is_stopped(world: World) -> None:
    secret = generate_totp_secret()
    TOTP.activate(world.reader, secret)
    browser = sign_in(world)
    for _attempt in range(5):
        browser.post("/aanmelden/code/", {"code": "000000"})

    browser.post("/aanmelden/code/", {"code": code_of(secret)})

    assert browser.get("/account/").status_code == 302


def test_a_role_that_needs_it_is_led_to_the_set_up(world: World, required: None) -> None:
    browser = sign_in(world, Role.COORDINATOR)

    assert browser.get("/account/").headers["Location"] == SET_UP
    assert browser.get(SET_UP).status_code == 200
    assert browser.post("/afmelden/").status_code == 302


def test_other_roles_go_on(world: World, required: None) -> None:
    assert sign_in(world).get("/account/").status_code == 200


def test_who_has_it_goes_on(world: World, required: None) -> None:
    TOTP.activate(world.coordinator, generate_totp_secret())
    client = Client()
    client.force_login(world.coordinator)

    assert client.get("/account/").status_code == 200


def test_who_must_have_it_cannot_switch_it_off(world: World, required: None) -> None:
    secret = generate_totp_secret()
    TOTP.activate(world.coordinator, secret)
    browser = sign_in(world, Role.COORDINATOR)
    browser.post("/aanmelden/code/", {"code": code_of(secret)})

    response = browser.post("/account/tweede-stap/uitzetten/")

    assert response.status_code == 422
    assert Authenticator.objects.filter(user=world.coordinator, type="totp").exists()


def test_only_who_may_switch_it_off_sees_the_button(
    world: World, client: Client, settings: Settings
) -> None:
    TOTP.activate(world.coordinator, generate_totp_secret())
    client.force_login(world.coordinator)
    assert "/uitzetten/" in client.get("/account/tweede-stap/").content.decode()

    settings.MFA_REQUIRED_ROLES = [Role.COORDINATOR]

    assert "/uitzetten/" not in client.get("/account/tweede-stap/").content.decode()


def test_a_phone_opens_its_own_app(world: World) -> None:
    assert 'href="otpauth://totp/' in sign_in(world).get(SET_UP).content.decode()


def test_a_session_of_this_morning_gives_the_password_again(world: World) -> None:
    client = Client()
    client.force_login(world.reader)  # without a record of a password just given

    assert client.get(SET_UP).headers["Location"].startswith("/account/bevestigen/")
    response = client.post(f"/account/bevestigen/?next={SET_UP}", {"password": PASSWORD})
    assert response.headers["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


def stored() -> str:
    return str(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))


def test_the_database_holds_no_readable_secret(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, seed = generate_totp_secret(), "5eed" * 20
    monkeypatch.setattr(RecoveryCodes, "generate_seed", classmethod(lambda _cls: seed))

    app, codes = TOTP.activate(world.reader, secret), RecoveryCodes.activate(world.reader)

    assert secret not in stored()
    assert seed not in stored()
    assert app.validate_code(code_of(secret))
    assert len(codes.get_unused_codes()) == 10


def test_a_new_key_leaves_second_steps_alone(world: World, settings: Settings) -> None:
    secret, old = generate_totp_secret(), settings.SECRET_KEY
    TOTP.activate(world.reader, secret)
    codes = RecoveryCodes.activate(world.reader).get_unused_codes()
    before = stored()

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", [old]
    assert works(world, secret, codes)
    tidy()
    settings.SECRET_KEY_FALLBACKS = []

    assert works(world, secret, codes)
    assert stored() != before


def works(world: World, secret: str, codes: list[str]) -> bool:
    cache.clear()  # a code works once
    mine = Authenticator.objects.filter(user=world.reader)
    right = mine.get(type="totp").wrap().validate_code(code_of(secret))
    return bool(right) and mine.get(type="recovery_codes").wrap().get_unused_codes() == codes


def test_a_lost_key_makes_every_code_wrong_and_no_error(world: World, settings: Settings) -> None:
    secret = generate_totp_secret()
    TOTP.activate(world.reader, secret)
    settings.SECRET_KEY = "another one"
    browser = sign_in(world)

    assert browser.post("/aanmelden/code/", {"code": code_of(secret)}).status_code == 422
    assert seal_anew() == 0
