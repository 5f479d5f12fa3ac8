"""An invitation: sent, accepted once, expired, withdrawn."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Invitation, User
from accounts.operations import invitations
from accounts.roles import Role
from core import outbox
from core.models import LogEntry, OutboxEntry
from tests.accounts.conftest import sent_link
from tests.conftest import World, sign_in

NEW = "Blauwe fiets op zolder"
NEW_TWICE = {"password1": NEW, "password2": NEW}
INVITE = "/beheer/personen/uitnodigen/"


def asked(world: World, **changes: object) -> dict[str, object]:
    return {
        "form_token": str(uuid.uuid4()),
        "name": "Els Peeters",
        "email": "Els@Zandrode.example",
        "municipality": world.here.pk,
        "role": Role.COORDINATOR.value,
        "starts": timezone.localdate().isoformat(),
        **changes,
    }


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    sign_in(client, world.administrator)
    return client


@pytest.fixture
def invited(desk: Client, world: World) -> User:
    assert desk.post(INVITE, asked(world)).status_code == 302
    return User.objects.get(email="els@zandrode.example")


def test_an_invited_person_chooses_a_password_and_is_in(invited: User) -> None:
    visitor, link = Client(), sent_link()
    assert "els@zandrode.example" in visitor.get(link).content.decode()

    response = visitor.post(link, NEW_TWICE)

    assert response.headers["Location"] == "/"
    assert visitor.get("/account/").status_code == 200
    assert User.objects.get(pk=invited.pk).roles == {Role.COORDINATOR}
    verbs = set(LogEntry.objects.within(invited).values_list("verb", flat=True))
    assert verbs == {"user.made", "membership.given", "invitation.sent", "invitation.accepted"}


def test_who_just_chose_a_password_need_not_give_it_again(
    invited: User, settings: Settings
) -> None:
    settings.MFA_REQUIRED_ROLES = [Role.COORDINATOR]
    visitor = Client()

    page = visitor.post(sent_link(), NEW_TWICE, follow=True)

    assert page.redirect_chain[-1] == ("/account/tweede-stap/instellen/", 302)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kort", "Neem minstens 12 tekens."),
        ("els@zandrode.example", "te veel op je naam"),
        ("Els Peeters 1", "te veel op je naam"),
        ("password1234", "Kies een zin."),
        ("907135864210", "alleen cijfers"),
    ],
)
def test_a_weak_password_is_refused_in_dutch(invited: User, password: str, why: str) -> None:
    typed = {"password1": password, "password2": password}

    assert why in Client().post(sent_link(), typed).content.decode()


def test_nothing_secret_waits_in_the_outbox_or_the_database(invited: User) -> None:
    invitation = Invitation.objects.get()

    assert OutboxEntry.objects.get().payload == {
        "mail": "invitation",
        "invitation": invitation.pk,
    }
    assert invitation.token_hash == Invitation.hash_of(invitation.secret)
    assert invitation.secret not in invitation.token_hash


def test_a_link_works_once(invited: User) -> None:
    link = sent_link()
    Client().post(link, NEW_TWICE)

    late = Client().post(
        link, {"password1": "Iets heel anders 1", "password2": "Iets heel anders 1"}
    )

    assert late.status_code == 404
    assert User.objects.get(pk=invited.pk).check_password(NEW)


def test_of_two_at_once_one_succeeds(invited: User) -> None:
    link = sent_link()
    secret = link.strip("/").rpartition("/")[2]
    first, second = invitations.find(secret), invitations.find(secret)
    assert first
    assert second
    invitations.accept(first, password=NEW)

    with pytest.raises(invitations.GoneError):
        invitations.accept(second, password="Iets heel anders 1")

    assert User.objects.get(pk=invited.pk).check_password(NEW)


def test_a_link_expires(invited: User) -> None:
    link = sent_link()
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))

    assert "Deze uitnodiging werkt niet meer" in Client().get(link).content.decode()


def test_a_new_invitation_ends_the_old_one(desk: Client, invited: User) -> None:
    old = sent_link()

    desk.post(f"/beheer/personen/{invited.pk}/uitnodiging/")

    assert Client().get(old).status_code == 404
    assert Client().get(sent_link()).status_code == 200


def test_a_withdrawn_invitation_is_closed_and_not_mailed(desk: Client, invited: User) -> None:
    desk.post(f"/beheer/personen/{invited.pk}/uitnodiging/intrekken/")
    outbox.drain("mail")

    assert mail.outbox == []
    assert OutboxEntry.objects.get().status == "sent"


def test_stopping_the_account_closes_the_invitation(invited: User, world: World) -> None:
    link = sent_link()
    User.objects.filter(pk=invited.pk).update(is_active=False)

    assert Client().post(link, NEW_TWICE).status_code == 404


def test_a_made_up_link_is_nothing(db: None) -> None:
    assert Client().get(f"/uitnodiging/{'x' * 43}/").status_code == 404


@pytest.mark.parametrize(
    ("one", "two"),
    [("kort", "kort"), (NEW, "Iets anders dan dat"), ("123456789012",) * 2, ("", "")],
)
def test_a_weak_or_mistyped_password_is_refused(invited: User, one: str, two: str) -> None:
    response = Client().post(sent_link(), {"password1": one, "password2": two})

    assert response.status_code == 422
    assert not User.objects.get(pk=invited.pk).has_usable_password()


def test_a_double_click_invites_once(desk: Client, world: World) -> None:
    form = asked(world)
    for _click in range(2):
        desk.post(INVITE, form)

    assert (User.objects.filter(email="els@zandrode.example").count()) == 1
    assert Invitation.objects.count() == 1


def test_whoever_has_an_account_gets_the_role_and_keeps_the_password(
    desk: Client, world: World
) -> None:
    desk.post(INVITE, asked(world, email=world.reader.email.upper(), name="Andere Naam"))

    person = User.objects.get(pk=world.reader.pk)
    assert person.roles == {Role.READER, Role.COORDINATOR}
    assert person.name == world.reader.name
    assert not Invitation.objects.exists()


def test_an_administrator_does_not_invite_himself(desk: Client, world: World) -> None:
    assert desk.post(INVITE, asked(world, email=world.administrator.email)).status_code == 403
    assert User.objects.get(pk=world.administrator.pk).roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    "wrong",
    [{"email": "geen adres"}, {"email": "x" * 250 + "@a.be"}, {"name": "x" * 151}, {"name": ""}],
)
def test_a_wrong_invitation_is_refused_in_words(
    desk: Client, world: World, wrong: dict[str, object]
) -> None:
    response = desk.post(INVITE, asked(world, **wrong))

    assert response.status_code == 422
    assert "Kijk dit nog even na" in response.content.decode()


def test_inviting_a_stopped_account_says_that_it_is_stopped(desk: Client, world: World) -> None:
    User.objects.filter(pk=world.reader.pk).update(is_active=False)

    page = desk.post(INVITE, asked(world, email=world.reader.email), follow=True).content.decode()

    assert "dit account is stopgezet" in page
    assert not User.objects.get(pk=world.reader.pk).is_active
