"""Contact officers: one at a time, in good time, and the first that one turns to."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from core.models import LogEntry
from partners.models import (
    Agreement,
    AgreementParty,
    ContactOfficer,
    Partner,
    PartnerCompetence,
    first_contact,
)
from tests.conftest import World
from tests.factories import (
    AgreementPartyFactory,
    CompetenceFactory,
    ContactOfficerFactory,
    PartnerFactory,
)

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def new_of(partner: Partner) -> str:
    return f"/partners/{partner.pk}/aanspreekpunten/nieuw/"


def fields(**changes: object) -> dict[str, object]:
    token = str(uuid.uuid4())
    return {"function": "Preventiewerker", "starts": "2026-01-01", "form_token": token, **changes}


def test_a_contact_officer_is_noted_once(desk: Client, world: World) -> None:
    form = fields(name="Kim", email="kim@cgg.example")
    for _click in range(2):
        assert desk.post(new_of(world.care), form).status_code == 302

    officer = world.care.contact_officers.get()
    line = LogEntry.objects.about(officer).get()
    assert line.verb == "contactofficer.added"
    assert "kim@cgg.example" not in str(line.changes)
    page = desk.get(f"/partners/{world.care.pk}/").content.decode()
    assert "kim@cgg.example" in page
    assert "Aanspreekpunt toegevoegd" in page


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({"starts": "2026-06-01"}, True),
        ({"starts": "2026-06-01", "topic": "Drugs"}, False),
        ({"starts": "2026-06-01", "is_deputy": "on"}, False),
        ({"starts": "2025-06-01", "ends": "2025-12-31"}, False),
        ({"starts": "2025-06-01", "ends": "2026-01-01"}, True),
    ],
)
def test_there_is_one_first_contact_at_a_time(
    desk: Client, world: World, other: dict[str, object], refused: bool
) -> None:
    ContactOfficerFactory.create(partner=world.care)

    response = desk.post(new_of(world.care), fields(**other))

    assert response.status_code == (422 if refused else 302)
    said = "hiervoor al een aanspreekpunt" in response.content.decode()
    assert said == refused


def test_a_topic_is_the_same_in_capitals(world: World) -> None:
    ContactOfficerFactory.create(partner=world.care, topic="drugs")
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactOfficerFactory.create(partner=world.care, topic="Drugs")


def test_an_end_before_the_start_is_told_in_words(desk: Client, world: World) -> None:
    response = desk.post(new_of(world.care), fields(ends="2025-01-01"))
    assert response.status_code == 422
    assert "De einddatum ligt voor de begindatum." in response.content.decode()
    assert "Preventiewerker" in response.content.decode()


def test_two_who_edit_at_once_both_see_it(desk: Client, world: World) -> None:
    officer = ContactOfficerFactory.create(partner=world.care)
    url = f"/partners/aanspreekpunten/{officer.pk}/wijzigen/"
    assert desk.post(url, fields(function="Eerste", version=1)).status_code == 302

    response = desk.post(url, fields(function="Tweede", version=1))

    assert response.status_code == 409
    assert "Eerste" in response.content.decode()


def test_who_was_noted_by_mistake_is_taken_off(desk: Client, world: World) -> None:
    officer = ContactOfficerFactory.create(partner=world.care)
    desk.post(f"/partners/aanspreekpunten/{officer.pk}/weghalen/")
    assert not ContactOfficer.objects.exists()
    assert LogEntry.objects.about(officer).get().verb == "contactofficer.removed"


def test_a_contact_officer_elsewhere_does_not_exist(desk: Client, world: World) -> None:
    foreign = ContactOfficerFactory.create(partner__municipality=world.elsewhere)
    assert desk.get(f"/partners/aanspreekpunten/{foreign.pk}/wijzigen/").status_code == 404
    assert desk.post(f"/partners/aanspreekpunten/{foreign.pk}/weghalen/").status_code == 404


@pytest.mark.parametrize(
    ("ends", "successor", "signalled"),
    [
        (dt.date(2026, 12, 21), None, True),
        (dt.date(2026, 12, 22), None, False),
        (dt.date(2026, 1, 31), None, True),
        (None, None, False),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 2), False),
    ],
)
def test_an_end_without_a_successor_is_signalled(
    world: World, ends: dt.date | None, successor: dt.date | None, signalled: bool
) -> None:
    officer = ContactOfficerFactory.create(partner=world.care, ends=ends)
    if successor:
        ContactOfficerFactory.create(partner=world.care, starts=successor)

    found = ContactOfficer.objects.needing_attention(on=TODAY)

    assert list(found) == ([officer] if signalled else [])
    ending = Partner.objects.with_ending_contact(on=TODAY)
    assert list(ending) == ([world.care] if signalled else [])


def test_the_list_and_the_page_tell_who_stops(desk: Client, world: World) -> None:
    soon = timezone.localdate() + dt.timedelta(days=5)
    ContactOfficerFactory.create(partner=world.care, ends=soon)

    found = desk.get("/partners/?aandacht=aanspreekpunt").content.decode()

    assert f"/partners/{world.care.pk}/" in found
    assert f"/partners/{world.service.pk}/" not in found
    assert "zonder opvolger" in desk.get(f"/partners/{world.care.pk}/").content.decode()


def test_a_warden_reaches_the_contact_of_today_first(client: Client, world: World) -> None:
    Partner.objects.update(contact_phone="03 111 11 11")
    competence = CompetenceFactory.create(municipality=world.here)
    for partner in (world.care, world.service):
        PartnerCompetence.objects.create(partner=partner, competence=competence)
    ContactOfficerFactory.create(partner=world.care, phone="03 222 22 22")
    client.force_login(world.cast[Role.WARDEN])

    page = client.get("/partners/wie-is-bevoegd/").content.decode()

    assert page.count("tel:032222222") == 1
    assert page.count("tel:031111111") == 1


def test_of_two_partners_each_has_its_own_first_contact(world: World) -> None:
    for partner in PartnerFactory.create_batch(2, municipality=world.here):
        ContactOfficerFactory.create(partner=partner)
    assert ContactOfficer.objects.count() == 2


# --- For one agreement ------------------------------------------------------------------------


def test_one_is_noted_from_the_page_of_an_agreement(
    desk: Client, world: World, agreement: Agreement
) -> None:
    address = f"{new_of(world.care)}?afspraak={agreement.pk}"
    assert f'href="{address}"' in desk.get(agreement.get_absolute_url()).content.decode()
    assert desk.get(address).context["form"].initial["agreement"] == agreement

    sent = fields(agreement=agreement.pk, email="kim@cgg.example")
    response = desk.post(address, sent)

    assert response.headers["Location"] == f"{agreement.get_absolute_url()}#partijen"
    page = desk.get(agreement.get_absolute_url()).content.decode()
    assert "kim@cgg.example" in page
    assert "voor deze afspraak" in page
    assert "Aanspreekpunt toegevoegd" in page  # in its story


@pytest.mark.parametrize("wrong", ["topic", "no party", "elsewhere"])
def test_only_for_an_agreement_of_which_the_partner_is_a_party(
    desk: Client, world: World, agreement: Agreement, wrong: str
) -> None:
    other = AgreementPartyFactory.create(agreement__municipality=world.here).agreement
    foreign = AgreementPartyFactory.create(agreement__municipality=world.elsewhere).agreement
    chosen = {"topic": agreement, "no party": other, "elsewhere": foreign}[wrong]
    words = {"topic": "Drugs"} if wrong == "topic" else {}
    response = desk.post(new_of(world.care), fields(agreement=chosen.pk, **words))
    said = "niet allebei" if wrong == "topic" else "geen partij bij die afspraak"
    assert response.status_code == 422
    assert said in response.content.decode()


def test_there_is_one_at_a_time_beside_the_general_one(
    desk: Client, world: World, agreement: Agreement
) -> None:
    ContactOfficerFactory.create(partner=world.care)
    codes = [
        desk.post(new_of(world.care), fields(agreement=agreement.pk)).status_code for _n in range(2)
    ]
    assert codes == [302, 422]


def test_about_an_agreement_its_own_comes_first(world: World, agreement: Agreement) -> None:
    general = ContactOfficerFactory.create(partner=world.care)
    own = ContactOfficerFactory.create(partner=world.care, agreement=agreement)
    assert first_contact([general, own], world.care) == general
    assert first_contact([general, own], world.care, agreement.pk) == own
    assert first_contact([general], world.care, agreement.pk) == general


def test_one_that_left_unreplaced_is_missed_by_the_agreement(
    world: World, agreement: Agreement
) -> None:
    for partner in (world.care, world.service):
        ContactOfficerFactory.create(partner=partner, email="algemeen@cgg.example")
    last = dt.date(2026, 10, 1)
    ContactOfficerFactory.create(partner=world.care, agreement=agreement, ends=last)

    (lost,) = AgreementParty.objects.without_contact(on=TODAY)
    assert lost.partner == world.care
    assert not Partner.objects.with_ending_contact(on=TODAY).exists()  # that is for all else

    ContactOfficerFactory.create(
        partner=world.care, agreement=agreement, starts=last + dt.timedelta(days=1)
    )
    assert not AgreementParty.objects.without_contact(on=TODAY).exists()


def test_one_of_an_agreement_that_one_may_not_read_does_not_exist(
    desk: Client, client: Client, world: World, agreement: Agreement
) -> None:
    officer = ContactOfficerFactory.create(
        partner=world.service, agreement=agreement, email="stil@tech.example"
    )
    page = f"/partners/{world.service.pk}/"
    assert "stil@tech.example" in desk.get(page).content.decode()
    assert "stil@tech.example" in b"".join(desk.get("/partners/export.csv")).decode()
    client.force_login(world.administrator)  # reads the register, and no agreements
    assert "stil@tech.example" not in client.get(page).content.decode()
    assert client.get(f"/partners/aanspreekpunten/{officer.pk}/wijzigen/").status_code == 404
    assert "stil@tech.example" not in b"".join(client.get("/partners/export.csv")).decode()


def test_who_is_no_party_any_more_has_no_contact_there(
    desk: Client, world: World, agreement: Agreement
) -> None:
    ContactOfficerFactory.create(partner=world.care, agreement=agreement)
    party = agreement.parties.get(partner=world.care)
    desk.post(f"/afspraken/partijen/{party.pk}/weghalen/")
    assert not ContactOfficer.objects.exists()


def test_the_partner_sees_its_own(client: Client, world: World, agreement: Agreement) -> None:
    ContactOfficerFactory.create(partner=world.care, agreement=agreement, email="kim@cgg.example")
    client.force_login(world.partner)
    Agreement.objects.update(status="ontwerp")  # not shown there yet
    assert "kim@cgg.example" not in client.get("/ruimte/gegevens/").content.decode()
    Agreement.objects.update(status="actief")
    assert "kim@cgg.example" in client.get("/ruimte/gegevens/").content.decode()
