"""Sessions end: by the clock, by a button, with the account, with the role."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.tasks import tidy
from tests.conftest import World
from tests.factories import PASSWORD

PAGE = "/account/"
HALF_AN_HOUR = 30 * 60


def go_back(client: Client, *, seen: int = 0, began: int = 0) -> None:
    """Make the session older by so many seconds."""
    session = client.session
    session["seen_at"] -= seen
    session["began_at"] -= began
    session.save()


@pytest.fixture
def inside(client: Client, world: World) -> Client:
    client.force_login(world.reader)
    assert client.get(PAGE).status_code == 200
    return client


def test_a_session_that_lay_still_too_long_is_over(inside: Client) -> None:
    go_back(inside, seen=HALF_AN_HOUR + 1)

    assert inside.get(PAGE).headers["Location"] == "/aanmelden/?next=%2Faccount%2F&verlopen=1"
    assert inside.get(PAGE).status_code == 302


def test_the_sign_in_page_says_why(client: Client, db: None) -> None:
    page = client.get("/aanmelden/?next=%2Faccount%2F&verlopen=1").content.decode()

    assert "Je sessie is afgelopen" in page


def test_a_session_lasts_a_day_of_work_however_busy(inside: Client) -> None:
    go_back(inside, began=12 * 3600 + 1)

    assert inside.get(PAGE).status_code == 302


def test_a_warden_in_the_street_keeps_a_session_longer(client: Client, world: World) -> None:
    client.force_login(world.cast[Role.WARDEN])
    client.get(PAGE)
    go_back(client, seen=4 * 3600)

    assert client.get(PAGE).status_code == 200


def test_the_clock_writes_at_most_once_a_minute(
    inside: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):  # session, person, roles
        inside.get("/wie-mag-wat/")
    go_back(inside, seen=61)
    inside.get(PAGE)

    assert time.time() - inside.session["seen_at"] < 5


def test_a_part_of_a_page_is_told_401(inside: Client) -> None:
    go_back(inside, seen=HALF_AN_HOUR + 1)

    assert inside.get(PAGE, headers={"HX-Request": "true"}).status_code == 401


def test_stopping_an_account_works_at_the_next_request(inside: Client, world: World) -> None:
    User.objects.filter(pk=world.reader.pk).update(is_active=False)

    assert inside.get(PAGE).headers["Location"].startswith("/aanmelden/")


def test_a_role_that_ended_yesterday_gives_nothing_today(client: Client, world: World) -> None:
    client.force_login(world.coordinator)
    assert client.get("/partners/").status_code == 200
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=world.coordinator).update(ends=yesterday)

    assert client.get("/partners/").status_code == 403


def signed_in(world: World) -> Client:
    browser = Client(headers={"user-agent": "Firefox"})
    browser.post("/aanmelden/", {"login": world.reader.email, "password": PASSWORD})
    return browser


def test_a_person_sees_and_ends_his_sessions(world: World) -> None:
    here, there = signed_in(world), signed_in(world)
    assert here.get("/account/sessies/").content.decode().count("Firefox") == 2
    other = UserSession.objects.get(session_key=there.session.session_key)

    here.post(f"/account/sessies/{other.pk}/beeindigen/")

    assert there.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200


def test_all_other_sessions_end_at_once(world: World) -> None:
    here, there = signed_in(world), signed_in(world)

    here.post("/account/sessies/")

    assert (here.get(PAGE).status_code, there.get(PAGE).status_code) == (200, 302)


def test_nobody_ends_the_session_of_another(client: Client, world: World) -> None:
    signed_in(world)
    client.force_login(world.coordinator)
    session = UserSession.objects.get(user=world.reader)

    assert client.post(f"/account/sessies/{session.pk}/beeindigen/").status_code == 404


def test_the_night_throws_away_what_ran_out(client: Client, world: World) -> None:
    cache.set("attempts", [1], timeout=-1)
    cache.set("fresh", [1], timeout=60)
    client.force_login(world.reader)
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(days=1))

    tidy()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache")
        assert cursor.fetchone() == (1,)
    assert not Session.objects.exists()
