"""Who has a role where there are facilities chooses the language of every mail he gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.models import Municipality, User
from core import outbox
from core.languages import Language
from mails.kinds import all_kinds
from mails.models import MailText
from mails.wording import letter
from reminders import engine
from reminders.rules import all_rules
from tests.accounts.test_invitations import INVITE, asked
from tests.conftest import World, sign_in
from tests.reminders.clock import at

if TYPE_CHECKING:
    from django.test import Client

PAGE = "/account/taal/"
OWN = MailText(kind="rapport", subject="nieuw", text="Dag {naam}, {link}",
               french_subject="du neuf", french="Bonjour {naam}, {link}")  # fmt: skip


@pytest.fixture
def place(world: World) -> Municipality:
    world.here.has_facilities = True
    world.here.save()
    return world.here


def in_french(user: User) -> User:
    user.language = Language.FRENCH
    user.save()
    return user


def told(user: User) -> str:
    """Subject and both texts of the one mail that this person got."""
    while outbox.drain("mail"):
        pass
    [message] = [one for one in mail.outbox if one.to == [user.email]]
    [(page, _kind)] = message.alternatives  # type: ignore[attr-defined]
    return f"{message.subject}\n{message.body}\n{page}"


def test_a_digest_is_french_from_its_subject_to_its_links(
    place: Municipality, world: World
) -> None:
    in_french(world.lead)
    engine.run(at("2026-04-13"))

    said = told(world.lead)

    for text in ("ce qui vous attend", "Bonjour", "1 chose", "Actions à mettre à jour",
                 "avril 2026", "Tout sur une seule page", "vos choix", "centre pour la sécurité",
                 '<html lang="fr">'):  # fmt: skip
        assert text in said
    for rule in all_rules().values():
        assert str(rule.name) not in said
        assert str(rule.late) not in said
    for dutch in ("Dag ", "wacht op je", "april"):
        assert dutch not in said


def test_beside_it_a_digest_in_dutch_stays_dutch(place: Municipality, world: World) -> None:
    in_french(world.lead)
    engine.run(at("2026-04-28"))  # by now the coordinator hears of it too

    assert "wat op je wacht" in told(world.coordinator)
    assert '<html lang="nl">' in told(world.coordinator)


def test_one_leaves_something_out_on_a_page_in_the_same_language(
    place: Municipality, world: World, client: Client
) -> None:
    in_french(world.lead)
    engine.run(at("2026-04-13"))
    told(world.lead)
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")

    page = client.get(link).content.decode()

    assert "Pas de mail sur" in page
    assert "Actions à mettre à jour" in page
    assert "Geen mail over" not in page


@pytest.mark.parametrize("chosen", Language.values)
def test_an_own_text_is_read_in_the_language_of_its_reader(
    place: Municipality, world: World, chosen: str
) -> None:
    MailText.objects.create(
        municipality=place, kind=OWN.kind, subject=OWN.subject, text=OWN.text,
        french_subject=OWN.french_subject, french=OWN.french,
    )  # fmt: skip
    world.lead.language = chosen
    made = letter(all_kinds()["rapport"], place, to=world.lead, values={"titel": "", "link": "x"})

    assert made.subject == {"nl": "nieuw", "fr": "du neuf"}[chosen]
    assert made.text == {"nl": OWN.text, "fr": OWN.french}[chosen]


def test_where_no_french_was_written_text_and_subject_are_dutch(
    place: Municipality, world: World
) -> None:
    MailText.objects.create(municipality=place, kind="rapport", subject="nieuw",
                            french_subject="du neuf", text="Dag {link}")  # fmt: skip
    in_french(world.lead)
    made = letter(all_kinds()["rapport"], place, to=world.lead, values={"titel": "", "link": "x"})
    assert (made.subject, made.text) == ("nieuw", "Dag {link}")


def test_one_chooses_it_oneself(place: Municipality, world: World, client: Client) -> None:
    sign_in(client, world.partner)
    assert PAGE in client.get("/account/").content.decode()
    assert client.get(PAGE).status_code == 200

    assert client.post(PAGE, {"language": "fr"}).status_code == 302

    world.partner.refresh_from_db()
    assert world.partner.language == Language.FRENCH
    assert "Frans" in client.get("/account/").content.decode()


@pytest.mark.parametrize("language", ["de", "", "nl-be"])
def test_no_other_language_is_taken(
    place: Municipality, world: World, client: Client, language: str
) -> None:
    sign_in(client, world.partner)
    assert client.post(PAGE, {"language": language}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=world.partner.pk).update(language="xx")


def test_without_facilities_there_is_nothing_to_choose(world: World, client: Client) -> None:
    sign_in(client, world.partner)
    assert PAGE not in client.get("/account/").content.decode()
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"language": "fr"}).status_code == 404


def test_an_invitation_goes_in_the_language_that_the_inviter_chose(
    place: Municipality, world: World, client: Client
) -> None:
    sign_in(client, world.administrator)
    assert 'name="language"' in client.get(INVITE).content.decode()
    assert client.post(INVITE, asked(world, language="fr")).status_code == 302

    said = told(User.objects.get(email="els@zandrode.example"))

    assert "votre invitation" in said
    assert "vous invite dans IV-centrum" in said
    assert "Dag" not in said


def test_who_has_an_account_keeps_the_language_chosen(
    place: Municipality, world: World, client: Client
) -> None:
    sign_in(client, world.administrator)
    known = asked(world, email=world.partner.email, language="fr", role="lezer")
    assert client.post(INVITE, known).status_code == 302
    world.partner.refresh_from_db()
    assert world.partner.language == Language.DUTCH


def test_a_municipality_without_facilities_invites_in_dutch(world: World, client: Client) -> None:
    sign_in(client, world.administrator)
    assert 'name="language"' not in client.get(INVITE).content.decode()
    assert client.post(INVITE, asked(world, language="fr")).status_code == 302
    assert User.objects.get(email="els@zandrode.example").language == Language.DUTCH
