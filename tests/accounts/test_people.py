"""Managing people: what an administrator does, and what the rules refuse."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership, User
from accounts.operations import people as operations
from accounts.roles import Role
from core import outbox
from core.models import LogEntry
from tests.conftest import World, build_world, sign_in
from tests.factories import NeighbourhoodFactory, UserFactory, member
from tests.together import at_once

PEOPLE = "/beheer/personen/"
TODAY = timezone.localdate


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    """The administrator at work."""
    sign_in(client, world.administrator)
    return client


def page_of(person: User) -> str:
    return f"{PEOPLE}{person.pk}/"


def role(world: World, **changes: object) -> dict[str, object]:
    return {
        "form_token": str(uuid.uuid4()),
        "municipality": world.here.pk,
        "role": Role.SERVICE.value,
        "starts": TODAY().isoformat(),
        "ends": "",
        **changes,
    }


def test_the_list_shows_the_people_of_this_municipality_only(desk: Client, world: World) -> None:
    page = desk.get(PEOPLE).content.decode()

    assert world.reader.name in page
    assert world.coordinator_elsewhere.name not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=lezer", {Role.READER}),
        ("rol=partner", {Role.PARTNER}),
        ("toestand=gestopt", {Role.COLLEGE}),
        ("toestand=uitgenodigd", {Role.WARDEN}),
        ("q=bestaat-niet", set()),
    ],
)
def test_the_list_can_be_narrowed(desk: Client, world: World, query: str, found: set[Role]) -> None:
    User.objects.filter(pk=world.college.pk).update(is_active=False)
    User.objects.filter(pk=world.cast[Role.WARDEN].pk).update(password="!x")

    page = desk.get(f"{PEOPLE}?{query}").content.decode()

    assert {each for each, user in world.cast.items() if page_of(user) in page} == found


@pytest.mark.parametrize("query", ["q=%00", "rol=koning", "page=999", "page=x", "q=" + "x" * 3000])
def test_rubbish_in_the_address_does_no_harm(desk: Client, query: str) -> None:
    assert desk.get(f"{PEOPLE}?{query}").status_code == 200


def test_the_list_costs_the_same_for_three_and_for_three_hundred(
    desk: Client, world: World
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(PEOPLE)
        return len(queries)

    cost()  # the first page also starts the clock of the session
    few = cost()
    people = User.objects.bulk_create(
        User(email=f"p{number}@x.example", name=f"P{number}") for number in range(60)
    )
    Membership.objects.bulk_create(
        Membership(user=person, municipality=world.here, role=Role.READER, starts=TODAY())
        for person in people
    )

    assert cost() == few
    assert few <= 12


def test_a_person_page_shows_roles_and_history(desk: Client, world: World) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = desk.get(page_of(world.reader)).content.decode()

    assert "Lezer (raadslid, stagiair)" in page
    assert len(queries) <= 15


def test_someone_elses_people_do_not_exist(desk: Client, world: World) -> None:
    assert desk.get(page_of(world.coordinator_elsewhere)).status_code == 404


def test_a_role_is_given_with_its_neighbourhoods(desk: Client, world: World) -> None:
    hood = NeighbourhoodFactory.create(municipality=world.here)
    given = role(world, role=Role.NEIGHBOURHOOD_POLICE.value, neighbourhoods=[hood.pk])

    response = desk.post(f"{page_of(world.reader)}rollen/", given)

    assert response.headers["Location"] == page_of(world.reader)
    membership = world.reader.memberships.get(role=Role.NEIGHBOURHOOD_POLICE)
    assert list(membership.neighbourhoods.all()) == [hood]
    assert LogEntry.objects.within(world.reader).get().verb == "membership.given"
    outbox.drain("mail")
    assert mail.outbox[0].to == [world.reader.email]


def test_a_double_click_gives_one_role(desk: Client, world: World) -> None:
    given = role(world)
    for _click in range(2):
        assert desk.post(f"{page_of(world.reader)}rollen/", given).status_code == 302

    assert world.reader.memberships.filter(role=Role.SERVICE).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": Role.READER.value},  # held already
        {"role": "koning"},
        {"ends": "2020-01-01"},
        {"starts": "9999-12-31"},
        {"starts": "gisteren"},
        {"municipality": 999999},
    ],
)
def test_a_wrong_role_is_refused_in_words(
    desk: Client, world: World, wrong: dict[str, object]
) -> None:
    response = desk.post(f"{page_of(world.reader)}rollen/", role(world, **wrong))

    assert response.status_code == 422
    assert "Kijk dit nog even na" in response.content.decode()
    assert world.reader.memberships.count() == 1


def test_a_role_elsewhere_is_not_his_to_give(desk: Client, world: World) -> None:
    elsewhere = role(world, municipality=world.elsewhere.pk)

    assert desk.post(f"{page_of(world.reader)}rollen/", elsewhere).status_code == 422


def test_neighbourhoods_do_not_go_with_every_role(desk: Client, world: World) -> None:
    hood = NeighbourhoodFactory.create(municipality=world.here)
    given = role(world, neighbourhoods=[hood.pk])

    response = desk.post(f"{page_of(world.reader)}rollen/", given)

    assert "Bij deze rol horen geen wijken." in response.content.decode()


def test_a_role_ends_on_a_day(desk: Client, world: World) -> None:
    membership = world.reader.memberships.get()

    desk.post(f"/beheer/rollen/{membership.pk}/beeindigen/", {"ends": "2026-12-31"})

    membership.refresh_from_db()
    assert membership.ends == dt.date(2026, 12, 31)


def test_a_role_cannot_end_before_it_began(desk: Client, world: World) -> None:
    membership = world.reader.memberships.get()
    url = f"/beheer/rollen/{membership.pk}/beeindigen/"

    assert desk.post(url, {"ends": "2025-12-31"}).status_code == 422


def test_nobody_changes_his_own_access(desk: Client, world: World) -> None:
    me = world.administrator
    own = me.memberships.get()
    urls = [f"{page_of(me)}{what}/" for what in ("rollen", "stoppen", "heractiveren", "naam")]
    urls.append(f"/beheer/rollen/{own.pk}/beeindigen/")

    assert {desk.post(url, role(world)).status_code for url in urls} == {403}
    assert "andere beheerder" in desk.get(page_of(me)).content.decode()


def test_a_superuser_gives_himself_nothing(client: Client, world: World) -> None:
    rescuer = UserFactory.create(is_superuser=True)
    sign_in(client, rescuer)

    assert client.get(PEOPLE).status_code == 200
    assert client.post(f"{page_of(rescuer)}rollen/", role(world)).status_code == 403


def test_an_administrator_does_not_touch_the_break_glass_account(
    desk: Client, world: World
) -> None:
    User.objects.filter(pk=world.reader.pk).update(is_superuser=True)

    assert desk.post(f"{page_of(world.reader)}stoppen/", {"reason": "x"}).status_code == 403


def test_stopping_an_account_throws_the_person_out(desk: Client, world: World) -> None:
    inside = Client()
    inside.force_login(world.reader)

    desk.post(f"{page_of(world.reader)}stoppen/", {"reason": "Uit dienst"})

    assert inside.get("/account/").status_code == 302
    line = LogEntry.objects.about(world.reader).get()
    assert (line.verb, line.reason) == ("user.stopped", "Uit dienst")


def test_stopping_asks_a_reason(desk: Client, world: World) -> None:
    assert desk.post(f"{page_of(world.reader)}stoppen/", {"reason": ""}).status_code == 422


def test_a_stopped_account_can_be_started_again(desk: Client, world: World) -> None:
    operations.stop(world.reader, by=world.administrator)

    desk.post(f"{page_of(world.reader)}heractiveren/")

    assert User.objects.get(pk=world.reader.pk).is_active


def test_who_also_works_elsewhere_is_not_stopped_here(desk: Client, world: World) -> None:
    Membership.objects.create(
        user=world.reader, municipality=world.elsewhere, role=Role.READER, starts=TODAY()
    )

    response = desk.post(f"{page_of(world.reader)}stoppen/", {"reason": "x"})

    assert response.status_code == 403
    assert "andere gemeente" in response.content.decode()


def test_the_last_administrator_stays(world: World) -> None:
    rescuer = UserFactory.create(is_superuser=True)
    held = world.administrator.memberships.get()

    with pytest.raises(PermissionDenied, match="laatste beheerder van Zandrode"):
        operations.stop(world.administrator, by=rescuer)
    with pytest.raises(PermissionDenied, match="laatste beheerder van Zandrode"):
        operations.end_role(held, ends=TODAY(), by=rescuer)


def test_with_a_second_administrator_the_first_may_go(world: World) -> None:
    second = member(world.here, Role.ADMINISTRATOR)

    operations.stop(world.administrator, by=second)

    assert not User.objects.get(pk=world.administrator.pk).is_active


def test_who_has_not_accepted_yet_does_not_count_as_an_administrator(world: World) -> None:
    second = member(world.here, Role.ADMINISTRATOR)
    User.objects.filter(pk=second.pk).update(password="!x")
    rescuer = UserFactory.create(is_superuser=True)

    with pytest.raises(PermissionDenied):
        operations.stop(world.administrator, by=rescuer)


def test_a_lost_second_step_is_wiped_with_a_reason(desk: Client, world: World) -> None:
    TOTP.activate(world.reader, generate_totp_secret())
    url = f"{page_of(world.reader)}tweede-stap/wissen/"
    assert desk.get(url).status_code == 200

    desk.post(url, {"reason": "Telefoon kwijt, teruggebeld"})

    assert not Authenticator.objects.exists()
    assert LogEntry.objects.about(world.reader).get().verb == "user.second_factor_reset"
    outbox.drain("mail")
    assert "tweede stap gewist" in str(mail.outbox[0].body)


def test_a_name_is_corrected(desk: Client, world: World) -> None:
    desk.post(f"{page_of(world.reader)}naam/", {"name": "Els Peeters"})

    assert User.objects.get(pk=world.reader.pk).name == "Els Peeters"
    assert LogEntry.objects.about(world.reader).get().changes[0]["new"] == "Els Peeters"


def test_who_works_elsewhere_too_is_not_renamed_from_here(desk: Client, world: World) -> None:
    Membership.objects.create(user=world.reader, municipality=world.elsewhere, role=Role.READER)
    response = desk.post(f"{page_of(world.reader)}naam/", {"name": "Els Peeters"})
    assert response.status_code == 403


def other_address(client: Client, person: User, email: str) -> Any:
    return client.post(f"{page_of(person)}e-mailadres/", {"email": email, "reason": "Getrouwd"})


def test_another_address_signs_in_from_now_on_and_both_are_told(desk: Client, world: World) -> None:
    before, inside = world.reader.email, Client()
    inside.force_login(world.reader)
    key = inside.session.session_key
    UserSession.objects.create(user=world.reader, session_key=key, ip="127.0.0.1", user_agent="x")

    other_address(desk, world.reader, "Els.Peeters@zandrode.example")
    outbox.drain("mail")

    world.reader.refresh_from_db()
    assert world.reader.email == "els.peeters@zandrode.example"
    assert inside.get("/account/").status_code == 302
    assert {
        message.to[0]: "Dit adres werkt er niet" in message.body for message in mail.outbox
    } == {
        before: True,
        "els.peeters@zandrode.example": False,
    }
    line = LogEntry.objects.about(world.reader).get()
    assert (line.verb, line.reason) == ("user.email_changed", "Getrouwd")


def test_a_link_to_the_old_address_works_no_more(desk: Client, world: World) -> None:
    person = operations.invite(
        name="Els", email="tikfout@zandrode.example", municipality=world.here, role=Role.READER,
        by=world.administrator,
    )  # fmt: skip
    outbox.drain("mail")
    [first] = mail.outbox
    link = next(word for word in first.body.split() if "/uitnodiging/" in word)

    other_address(desk, person, "els@zandrode.example")
    outbox.drain("mail")

    assert mail.outbox[-1].to == ["els@zandrode.example"]
    assert len(mail.outbox) == 2
    assert Client().get(urlsplit(link).path).status_code in {404, 410}


def test_the_address_of_another_is_refused(desk: Client, world: World) -> None:
    response = other_address(desk, world.reader, world.lead.email.upper())

    assert response.status_code == 422
    assert "al een account" in response.content.decode()


def test_an_address_given_away_in_the_meantime_is_refused(world: World) -> None:
    with pytest.raises(ValidationError, match="Er bestaat al"):
        operations.change_email(
            world.reader, world.lead.email, by=world.administrator, reason="Te laat"
        )


def test_who_works_elsewhere_too_keeps_the_address(desk: Client, world: World) -> None:
    Membership.objects.create(user=world.reader, municipality=world.elsewhere, role=Role.READER)

    assert other_address(desk, world.reader, "els@zandrode.example").status_code == 403


def test_the_history_of_a_person_tells_nothing_of_another_municipality(
    desk: Client, world: World
) -> None:
    there = member(world.elsewhere, Role.ADMINISTRATOR)
    Membership.objects.create(user=world.reader, municipality=world.elsewhere, role=Role.READER)
    operations.give_role(world.reader, world.elsewhere, Role.WARDEN, by=there)
    operations.give_role(world.reader, world.here, Role.SERVICE, by=world.administrator)

    page = desk.get(page_of(world.reader)).content.decode()

    assert world.elsewhere.name not in page
    assert "Rol gekregen" in page


def test_the_administrator_reads_no_content(desk: Client, world: World) -> None:
    assert desk.get(f"/plannen/{world.plan.code}/").status_code == 404
    assert desk.get(f"/acties/{world.action.pk}/").status_code == 404


def test_a_role_is_given_only_just_after_the_password(client: Client, world: World) -> None:
    sign_in(client, world.administrator, seconds_ago=16 * 60)

    asked: Any = client.post(f"{page_of(world.reader)}rollen/", role(world))

    assert asked.url.startswith("/account/bevestigen/")
    assert not world.reader.memberships.filter(role=Role.SERVICE).exists()


def test_what_was_sent_goes_on_after_the_password(client: Client, world: World) -> None:
    world.administrator.set_password("een lang wachtwoord")
    world.administrator.save()
    sign_in(client, world.administrator, seconds_ago=16 * 60)
    asked: Any = client.post(f"{page_of(world.reader)}rollen/", role(world))

    client.post(asked.url, {"password": "een lang wachtwoord"})

    assert world.reader.memberships.filter(role=Role.SERVICE).exists()


@pytest.mark.parametrize("act", ["stoppen/", "tweede-stap/wissen/"])
def test_taking_away_access_asks_the_password_before_the_form(
    client: Client, world: World, act: str
) -> None:
    sign_in(client, world.administrator, seconds_ago=16 * 60)
    asked: Any = client.get(page_of(world.reader) + act)
    assert asked.url.startswith("/account/bevestigen/")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_at_once_leave_one() -> None:
    world = build_world()
    first, second = world.administrator, member(world.here, Role.ADMINISTRATOR)

    def end(person: User, by: User) -> None:
        held = person.memberships.get(role=Role.ADMINISTRATOR)
        operations.end_role(held, ends=TODAY(), by=User.objects.get(pk=by.pk))

    outcomes = at_once(lambda: end(first, second), lambda: end(second, first))

    assert {type(outcome) for outcome in outcomes} == {type(None), PermissionDenied}
    tomorrow = TODAY() + dt.timedelta(days=1)
    assert Membership.objects.administrators().active(on=tomorrow).exists()
