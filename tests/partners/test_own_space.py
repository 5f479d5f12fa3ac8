"""A partner's own data and people in its space, and what the municipality makes of them."""

from __future__ import annotations

import html
import re
import uuid
from http import HTTPStatus
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Membership, User
from accounts.roles import Role
from core import outbox
from core.models import LogEntry
from partners.models import Commitment, ContactCorrection, PartnerMember, Referral
from partners.operations.referrals import refer
from tests.conftest import World, sign_in
from tests.factories import (
    AgreementFactory,
    AgreementPartyFactory,
    CompetenceFactory,
    PartnerFactory,
    ShareFactory,
)


@pytest.fixture
def space(client: Client, world: World) -> Client:
    sign_in(client, world.partner)
    return client


@pytest.fixture
def desk(world: World) -> Client:
    client = Client()
    sign_in(client, world.coordinator)
    return client


def own(world: World, what: str) -> str:
    return f"/ruimte/gegevens/{world.care.pk}/{what}/"


def colleague(**changes: Any) -> dict[str, Any]:
    token = str(uuid.uuid4())
    return {"form_token": token, "name": "Els", "email": "Els@cgg.example", **changes}


CONTACT = {
    "contact_name": "Teamcoach",
    "contact_email": "team@cgg.example",
    "contact_phone": "053 12",
}


def test_contact_data_count_once_they_are_confirmed(
    space: Client, desk: Client, world: World
) -> None:
    space.post(own(world, "wijzigen"), CONTACT)
    world.care.refresh_from_db()
    assert world.care.contact_name == ""
    assert (
        "stelt andere contactgegevens voor"
        in desk.get(f"/partners/{world.care.pk}/").content.decode()
    )
    assert "Contactgegevens die een partner verbetert" in desk.get("/").content.decode()

    proposal = ContactCorrection.objects.get()
    desk.post(f"/partners/verbeteringen/{proposal.pk}/", {"besluit": "ja"})

    world.care.refresh_from_db()
    assert world.care.contact_email == "team@cgg.example"
    [line] = LogEntry.objects.filter(verb="partner.contact_confirmed")
    assert {change["field"] for change in line.changes} == set(CONTACT)


def test_what_is_not_confirmed_changes_nothing(space: Client, desk: Client, world: World) -> None:
    space.post(own(world, "wijzigen"), CONTACT)
    proposal = ContactCorrection.objects.get()

    desk.post(f"/partners/verbeteringen/{proposal.pk}/", {"besluit": "nee"})
    desk.post(f"/partners/verbeteringen/{proposal.pk}/", {"besluit": "ja"})

    world.care.refresh_from_db()
    assert world.care.contact_name == ""


def test_a_second_proposal_takes_the_place_of_the_first(space: Client, world: World) -> None:
    space.post(own(world, "wijzigen"), CONTACT)
    space.post(own(world, "wijzigen"), {**CONTACT, "contact_name": "Onthaal"})

    assert ContactCorrection.objects.open().get().contact_name == "Onthaal"


def test_a_wrong_address_is_told(space: Client, world: World) -> None:
    response = space.post(own(world, "wijzigen"), {**CONTACT, "contact_email": "geen adres"})

    assert response.status_code == 422
    assert "Teamcoach" in response.content.decode()


def test_another_partner_is_not_there(space: Client, world: World) -> None:
    other = PartnerFactory.create(municipality=world.here)

    assert space.post(f"/ruimte/gegevens/{other.pk}/wijzigen/", CONTACT).status_code == 404


def test_only_who_may_invites_a_colleague(space: Client, desk: Client, world: World) -> None:
    assert space.post(own(world, "collega"), colleague()).status_code == 403

    member = world.care.memberships.get()
    desk.post(f"/partners/mensen/{member.pk}/nodigt-uit/", {"mag": "ja"})
    assert space.post(own(world, "collega"), colleague()).status_code == 302

    person = User.objects.get(email="els@cgg.example")
    assert PartnerMember.objects.filter(user=person, partner=world.care).exists()
    assert person.memberships.get().role == Role.PARTNER
    outbox.drain("mail")
    assert mail.outbox[0].to == ["els@cgg.example"]


def test_inviting_somebody_who_is_known_tells_nothing_of_that(space: Client, world: World) -> None:
    world.care.memberships.update(may_invite=True)

    known = space.post(own(world, "collega"), colleague(email=world.reader.email))
    fresh = space.post(own(world, "collega"), colleague())

    assert known.status_code == fresh.status_code == 302
    assert known.headers["Location"] == fresh.headers["Location"]


def test_inviting_twice_gives_one_role(space: Client, world: World) -> None:
    world.care.memberships.update(may_invite=True)

    space.post(own(world, "collega"), colleague())
    space.post(own(world, "collega"), colleague())

    assert Membership.objects.filter(user__email="els@cgg.example").count() == 1


def test_the_coordinator_invites_for_a_partner(desk: Client, world: World) -> None:
    response = desk.post(f"/partners/{world.care.pk}/uitnodigen/", colleague())

    assert response.status_code == 302
    assert world.care.memberships.filter(user__email="els@cgg.example").exists()


def test_a_partner_reads_its_agreements_and_what_it_promised_itself(
    space: Client, world: World
) -> None:
    agreement = AgreementFactory.create(municipality=world.here, confidentiality="partners")
    for partner, gives in ((world.care, "Wij komen elke week"), (world.service, "Van een ander")):
        party = AgreementPartyFactory.create(agreement=agreement, partner=partner)
        Commitment.objects.create(party=party, gives=gives)

    page = space.get("/ruimte/afspraken/").content.decode()

    assert agreement.title in page
    assert "Wij komen elke week" in page
    assert "Van een ander" not in page


ASIDE = ("/static/", "/huisstijl/", "/account/")  # files, and one's own account
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')


def test_no_page_of_the_space_leads_to_a_closed_door(space: Client, world: World) -> None:
    agreement = AgreementFactory.create(municipality=world.here, confidentiality="partners")
    party = AgreementPartyFactory.create(agreement=agreement, partner=world.care)
    Commitment.objects.create(party=party, gives="Wij komen elke week")
    ShareFactory.create(action=world.action, partner=world.care)
    refer(
        Referral(
            municipality=world.here, partner=world.care, consent="niet nodig", reason="x",
            competence=CompetenceFactory.create(municipality=world.here), text_to_share="x",
        ), by=world.coordinator,
    )  # fmt: skip
    asked, closed = {"/"}, {}
    waiting = ["/ruimte/"]
    while waiting:
        here = waiting.pop()
        response = space.get(here, follow=True)
        if response.status_code != HTTPStatus.OK:
            closed[here] = response.status_code
        if "text/html" in response.headers["Content-Type"]:
            found = {html.unescape(link) for link in LINK.findall(response.content.decode())}
            new = {link for link in found if not link.startswith(ASIDE)} - asked
            asked |= new
            waiting += new
    assert closed == {}
    assert {"/ruimte/afspraken/", "/ruimte/gegevens/", "/partners/doorverwijzingen/"} <= asked
    assert any(address.startswith("/ruimte/engagementen/") for address in asked)


@pytest.mark.parametrize(
    "changes", [{"status": "ontwerp"}, {"confidentiality": "beperkt"}], ids=["draft", "level"]
)
def test_a_draft_or_a_stricter_agreement_is_not_shown(
    space: Client, world: World, changes: dict[str, str]
) -> None:
    values = {"confidentiality": "partners", **changes}
    agreement = AgreementFactory.create(municipality=world.here, **values)
    AgreementPartyFactory.create(agreement=agreement, partner=world.care)

    assert agreement.title not in space.get("/ruimte/afspraken/").content.decode()
