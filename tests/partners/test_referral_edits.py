"""A referral after it was sent: changed before the answer, read, and told about by mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core import outbox
from core.forms import ClashError
from core.models import LogEntry
from partners.forms.referrals import ReferralEditForm
from partners.models import PartnerMember, Referral, SharingEntry
from partners.operations import referrals
from tests.conftest import World, build_world
from tests.partners.test_referrals import made, step_of
from tests.together import at_once


def edit_of(referral: Referral) -> str:
    return f"{referral.get_absolute_url()}wijzigen/"


def fields(referral: Referral, **changes: Any) -> dict[str, Any]:
    return {
        "reason": referral.reason,
        "text_to_share": "Nieuwe tekst.",
        "consent": "niet nodig",
        "consent_on": "",
        "due": (timezone.localdate() + dt.timedelta(days=5)).isoformat(),
        "version": referral.version,
        **changes,
    }


@pytest.fixture
def referral(world: World) -> Referral:
    return made(world)


@pytest.fixture
def sender(client: Client, world: World) -> Client:
    client.force_login(world.cast[Role.WARDEN])
    return client


def deliver() -> list[tuple[str, str]]:
    """To whom mail went, and what it is about."""
    mail.outbox.clear()
    while outbox.drain("mail"):
        pass
    return [(message.to[0], str(message.subject)) for message in mail.outbox]


# --- Editing ----------------------------------------------------------------------------------


def test_who_sent_it_changes_it_before_the_answer(sender: Client, referral: Referral) -> None:
    assert f'href="{edit_of(referral)}"' in sender.get(referral.get_absolute_url()).content.decode()
    assert sender.post(edit_of(referral), fields(referral)).status_code == 302

    referral.refresh_from_db()
    assert (referral.text_to_share, referral.version) == ("Nieuwe tekst.", 2)
    assert referral.changed_at is None  # nobody had read it
    line = LogEntry.objects.about(referral).get(verb="referral.edited")
    assert "Nieuwe tekst." not in str(line.changes)
    assert SharingEntry.objects.filter(what__startswith="Doorverwijzing gewijzigd").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text_to_share": "Bel Jan Peeters."}, "een naam"),
        ({"text_to_share": "Rijksregister 85.07.30-033 28."}, "rijksregisternummer"),
        ({"personal_fields": ["naam"]}, "geen gegevensprotocol"),
        ({"due": "2020-01-01"}, "al voorbij"),
    ],
)
def test_what_is_asked_of_a_new_one_is_asked_again(
    sender: Client, referral: Referral, wrong: dict[str, Any], said: str
) -> None:
    response = sender.post(edit_of(referral), fields(referral, **wrong))
    assert response.status_code == 422
    assert said in response.content.decode()


def test_nobody_else_changes_it_and_not_after_the_answer(
    client: Client, sender: Client, world: World, referral: Referral
) -> None:
    referrals.answer_referral(referral, "aanvaard", "Ja.", by=world.partner)
    assert sender.get(edit_of(referral)).status_code == 403
    assert sender.post(edit_of(referral), fields(referral)).status_code == 302
    referral.refresh_from_db()
    assert referral.text_to_share == "Tekst."
    client.force_login(world.coordinator)
    assert client.get(edit_of(made(world))).status_code == 403


def test_what_was_read_shows_that_it_changed(
    sender: Client, world: World, referral: Referral
) -> None:
    partner = Client()
    partner.force_login(world.partner)
    partner.get(referral.get_absolute_url())
    assert "al gelezen" in sender.get(edit_of(referral)).content.decode()

    sender.post(edit_of(referral), fields(referral))

    today = f"gewijzigd op {timezone.localdate():%d/%m/%Y}"
    assert today in partner.get(referral.get_absolute_url()).content.decode()
    assert today in partner.get("/partners/doorverwijzingen/").content.decode()


def test_of_two_who_edit_the_second_sees_both(sender: Client, referral: Referral) -> None:
    stale = fields(referral, text_to_share="Tweede.")
    sender.post(edit_of(referral), fields(referral, text_to_share="Eerste."))
    response = sender.post(edit_of(referral), stale)
    assert response.status_code == 409
    assert "Eerste." in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_an_edit_at_once_do_not_mix() -> None:
    world = build_world()
    row = made(world)
    form = ReferralEditForm(fields(row), instance=Referral.objects.get(pk=row.pk))
    assert form.is_valid()

    def answer() -> None:
        by = User.objects.get(pk=world.partner.pk)
        referrals.answer_referral(Referral.objects.get(pk=row.pk), "aanvaard", "Ja.", by=by)

    found = at_once(answer, lambda: referrals.edit(form, by=world.cast[Role.WARDEN]))

    row.refresh_from_db()
    errors = (ClashError, PermissionDenied, referrals.AlreadyAnsweredError)
    if isinstance(found[1], errors):
        assert row.text_to_share == "Tekst."
    assert row.status == "aanvaard"


# --- Mail -------------------------------------------------------------------------------------


def test_the_people_of_the_partner_are_told_once(world: World, referral: Referral) -> None:
    found = deliver()
    assert found == [(world.partner.email, "Zandrode: er staat een doorverwijzing klaar")]
    body = mail.outbox[0].body
    assert referral.get_absolute_url() in body
    assert "Tekst." not in body
    assert "Waarom." not in body
    assert deliver() == []


def test_who_left_or_may_not_read_it_gets_nothing(world: World, referral: Referral) -> None:
    PartnerMember.objects.filter(user=world.partner).update(ends=dt.date(2026, 1, 2))
    PartnerMember.objects.create(partner=world.care, user=world.reader, starts=dt.date(2026, 1, 1))
    assert deliver() == []


def test_a_referral_that_was_withdrawn_before_the_mail_went_is_not_announced(
    client: Client, sender: Client, world: World, referral: Referral
) -> None:
    sender.post(step_of(referral, "intrekken"), {"text": "Niet meer nodig."})
    assert deliver() == [(world.partner.email, "Zandrode: een doorverwijzing is ingetrokken")]
    assert "Niet meer nodig." not in mail.outbox[0].body


def test_who_sent_it_is_told_of_each_answer(world: World, referral: Referral) -> None:
    deliver()
    referrals.answer_referral(referral, "aanvaard", "qzgeheim", by=world.partner)
    assert deliver() == [(world.cast[Role.WARDEN].email, "Zandrode: antwoord op je doorverwijzing")]
    assert "qzgeheim" not in mail.outbox[0].body


def test_who_notes_the_answer_himself_needs_no_mail(world: World, referral: Referral) -> None:
    deliver()
    referrals.answer_referral(referral, "aanvaard", "", by=world.cast[Role.WARDEN])
    assert deliver() == []
