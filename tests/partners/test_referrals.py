"""Referrals: to who is competent, with as little as possible, and with an answer."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from core.models import LogEntry
from core.permissions import ALLOWED
from partners import permissions
from partners.models import Partner, PartnerCompetence, Referral
from partners.operations import referrals
from partners.workflow import (
    REFERRAL_STEPS,
    ReferralStatus,
    referral_steps_from,
)
from tests.conftest import World, build_world
from tests.factories import CompetenceFactory, PartnerFactory
from tests.together import at_once

LIST = "/partners/doorverwijzingen/"
NEW = f"{LIST}nieuw/"


@pytest.fixture
def held(world: World) -> PartnerCompetence:
    """What the care partner is competent for."""
    return holding(world)


def holding(world: World, **words: Any) -> PartnerCompetence:
    competence = CompetenceFactory.create(municipality=world.here, **words)
    return PartnerCompetence.objects.create(partner=world.care, competence=competence)


@pytest.fixture
def street(client: Client, world: World) -> Client:
    client.force_login(world.cast[Role.WARDEN])
    return client


def form(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "form_token": str(uuid.uuid4()),
        "reason": "Vraagt hulp die wij niet geven.",
        "text_to_share": "Iemand zoekt hulp bij gebruik.",
        "consent": "niet nodig",
        "consent_on": "",
        "due": (today + dt.timedelta(days=10)).isoformat(),
        **changes,
    }


def made(world: World, role: Role = Role.WARDEN, **changes: Any) -> Referral:
    words = {
        "municipality": world.here, "partner": world.care, "reason": "Waarom.",
        "text_to_share": "Tekst.", "consent": "niet nodig",
    } | changes  # fmt: skip
    if "competence" not in words:
        words["competence"] = CompetenceFactory.create(municipality=world.here)
    return referrals.refer(Referral(**words), by=world.cast[role])


def step_of(referral: Referral, name: str) -> str:
    return f"{LIST}{referral.pk}/stap/{name}/"


# --- Sending ----------------------------------------------------------------------------------


def test_a_warden_refers_once_from_who_is_competent(
    street: Client, world: World, held: PartnerCompetence
) -> None:
    assert f"{NEW}?aan={held.pk}" in street.get("/partners/wie-is-bevoegd/").content.decode()
    sent = form()

    first, second = (street.post(f"{NEW}?aan={held.pk}", sent) for _ in range(2))

    referral = Referral.objects.get()
    assert first.url == second.url == referral.get_absolute_url()  # type: ignore[attr-defined]
    assert (referral.partner, referral.competence) == (world.care, held.competence)
    assert referral.status == ReferralStatus.SENT
    line = LogEntry.objects.about(referral).get()
    assert (line.verb, line.changes, line.reason) == ("referral.sent", [], "")


def test_one_chooses_first_to_whom(street: Client, world: World, held: PartnerCompetence) -> None:
    assert held.competence.question in street.get(NEW).content.decode()
    page = street.get(f"{NEW}?partner={world.care.pk}").content.decode()
    assert f"?aan={held.pk}" in page
    for wrong in ("0", "abc", "999999999999999999999"):
        assert street.get(f"{NEW}?aan={wrong}").status_code == 422
        assert street.get(f"{NEW}?partner={wrong}").status_code == 200


def test_who_is_archived_or_elsewhere_cannot_be_chosen(
    street: Client, world: World, held: PartnerCompetence
) -> None:
    far = PartnerFactory.create(municipality=world.elsewhere)
    other = CompetenceFactory.create(municipality=world.elsewhere)
    foreign = PartnerCompetence.objects.create(partner=far, competence=other)
    world.care.archived_at = timezone.now()
    world.care.save()
    for row in (foreign, held):
        assert street.get(f"{NEW}?aan={row.pk}").status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"text_to_share": ""},
        {"text_to_share": "a\x00b"},
        {"consent": "misschien"},
        {"consent": "gegeven"},
        {"consent": "gegeven", "consent_on": "2999-01-01"},
        {"due": "2020-01-01"},
        {"text_to_share": "Rijksregister 85.07.30-033 28."},
        {"reason": "Rijksregister 85.07.30-033 28."},
        {"personal_fields": ["bloedgroep"]},
    ],
)
def test_a_bad_referral_is_refused_and_loses_nothing(
    street: Client, held: PartnerCompetence, wrong: dict[str, Any]
) -> None:
    response = street.post(f"{NEW}?aan={held.pk}", form(**wrong))
    assert response.status_code == 422
    assert not Referral.objects.exists()
    if "reason" not in wrong:
        assert "Vraagt hulp die wij niet geven." in response.content.decode()


def test_consent_that_was_given_has_its_day(street: Client, held: PartnerCompetence) -> None:
    today = timezone.localdate()
    sent = form(consent="gegeven", consent_on=today.isoformat())
    assert street.post(f"{NEW}?aan={held.pk}", sent).status_code == 302
    assert Referral.objects.get().consent_on == today


# --- Personal data ----------------------------------------------------------------------------


def test_without_a_protocol_no_personal_data_go(street: Client, held: PartnerCompetence) -> None:
    response = street.post(f"{NEW}?aan={held.pk}", form(personal_fields=["naam"]))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Er is geen gegevensprotocol met deze partner." in page
    assert "bel de partner" in page


def test_what_looks_like_personal_data_has_to_be_owned_up_to(
    street: Client, held: PartnerCompetence
) -> None:
    told = form(text_to_share="Bel 0475 12 34 56.")
    address = f"{NEW}?aan={held.pk}"

    asked = street.post(address, told)
    said = street.post(address, told | {"of_a_service": "on"})

    assert asked.status_code == 422
    assert "een telefoonnummer" in asked.content.decode()
    assert said.status_code == 302


def test_with_a_protocol_they_go_if_consent_was_asked(
    street: Client, world: World, held: PartnerCompetence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permissions, "may_receive_personal_data", lambda *_partner, **_on: ALLOWED)
    told = form(text_to_share="Bel Jan op 0475 12 34 56.", personal_fields=["naam", "contact"])
    address = f"{NEW}?aan={held.pk}"

    assert street.post(address, told | {"consent": "niet gevraagd"}).status_code == 422
    assert street.post(address, told).status_code == 302
    assert Referral.objects.get().personal_fields == ["naam", "contact"]


def test_the_operation_asks_for_the_protocol_itself(world: World) -> None:
    with pytest.raises(PermissionDenied, match="gegevensprotocol"):
        made(world, personal_fields=["naam"])


@pytest.mark.parametrize(
    ("secrecy", "said"),
    [("beroepsgeheim", "beroepsgeheim"), ("", "geen geheimhoudingsplicht"), ("geen", "personen")],
)
def test_the_page_warns_for_the_duty_of_silence(
    street: Client, world: World, held: PartnerCompetence, secrecy: str, said: str
) -> None:
    world.care.secrecy = secrecy
    world.care.save()
    page = street.get(f"{NEW}?aan={held.pk}").content.decode()
    assert said in page
    assert "Er is geen gegevensprotocol met deze partner." in page


# --- Answering --------------------------------------------------------------------------------


def test_every_status_can_be_reached_and_no_name_goes_two_ways() -> None:
    reached = {ReferralStatus.SENT.value}
    for _round in REFERRAL_STEPS:
        reached |= {step.target for step in REFERRAL_STEPS if step.source in reached}
    pairs = [(step.source, step.name) for step in REFERRAL_STEPS]
    assert reached == set(ReferralStatus)
    assert len(pairs) == len(set(pairs))


def test_the_partner_accepts_and_says_how_it_ended(client: Client, world: World) -> None:
    referral = made(world)
    client.force_login(world.partner)

    client.post(step_of(referral, "aanvaarden"), {"text": "We bellen morgen."})
    client.post(step_of(referral, "afronden"), {"text": "Eerste gesprek is geweest."})

    referral.refresh_from_db()
    assert (referral.status, referral.answer) == (ReferralStatus.DONE, "We bellen morgen.")
    assert referral.outcome == "Eerste gesprek is geweest."
    assert referral.answered_on == referral.closed_on == timezone.localdate()
    page = client.get(referral.get_absolute_url()).content.decode()
    assert "Waarom." not in page  # the reason is ours
    assert "Tekst." in page


def test_the_page_speaks_to_the_partner_itself(client: Client, world: World) -> None:
    Partner.objects.filter(pk=world.care.pk).update(contact_email="onthaal@cgg.example")
    referral = made(world)

    for person, told, asked in (
        (world.partner, "Wat we jullie vragen", "Wat antwoorden jullie?"),
        (world.coordinator, "Wat de partner leest", "Wat zegt de partner?"),
    ):
        client.force_login(person)
        page = client.get(referral.get_absolute_url()).content.decode()
        assert told in page
        assert ("onthaal@cgg.example" in page) == (person == world.coordinator)
        assert asked in client.get(step_of(referral, "aanvaarden")).content.decode()


@pytest.mark.parametrize("name", ["geen-capaciteit", "weigeren"])
def test_who_does_not_take_it_says_why(client: Client, world: World, name: str) -> None:
    referral = made(world)
    client.force_login(world.partner)
    assert client.post(step_of(referral, name), {"text": ""}).status_code == 422
    assert client.post(step_of(referral, name), {"text": "Wachtlijst."}).status_code == 302
    again = made(world)
    with pytest.raises(PermissionDenied):
        referrals.answer_referral(again, "geweigerd", "", by=world.partner)


def test_an_answer_can_be_put_right_by_who_sent_it_only(client: Client, world: World) -> None:
    referral = made(world)
    referrals.answer_referral(referral, "geweigerd", "Neen.", by=world.partner)
    client.force_login(world.partner)
    assert client.get(step_of(referral, "rechtzetten")).status_code == 403
    client.force_login(world.cast[Role.WARDEN])
    client.post(step_of(referral, "rechtzetten"), {"text": "Verkeerd genoteerd."})
    referral.refresh_from_db()
    assert (referral.status, referral.answer, referral.answered_on) == ("verzonden", "", None)


def test_an_answer_stays_out_of_the_history(world: World) -> None:
    referral = made(world)
    referrals.answer_referral(referral, "aanvaard", "qzgeheim", by=world.partner)
    told = [(line.changes, line.reason) for line in LogEntry.objects.about(referral)]
    assert "qzgeheim" not in str(told)
    assert "Aanvaard" in str(told)


def test_a_step_that_never_was_or_is_no_longer(client: Client, world: World) -> None:
    referral = made(world)
    client.force_login(world.partner)
    assert client.get(step_of(referral, "toveren")).status_code == 404
    assert client.post(step_of(referral, "afronden"), {"text": "x"}).status_code == 302
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.SENT
    with pytest.raises(referrals.AlreadyAnsweredError):
        referrals.answer_referral(referral, "klaar", "", by=world.partner)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_stands() -> None:
    world = build_world()
    key = made(world).pk

    def say(status: str) -> None:
        by = User.objects.get(pk=world.partner.pk)
        referrals.answer_referral(Referral.objects.get(pk=key), status, "Zo.", by=by)

    found = at_once(lambda: say("aanvaard"), lambda: say("geweigerd"))

    assert sorted(type(outcome).__name__ for outcome in found) == [
        "AlreadyAnsweredError",
        "NoneType",
    ]
    assert LogEntry.objects.filter(verb="referral.step").count() == 1


def test_the_database_refuses_what_is_wrong(world: World) -> None:
    referral = made(world)
    rows = Referral.objects.filter(pk=referral.pk)
    for values in (
        {"status": "aanvaard"}, {"status": "kwijt"}, {"consent": "gegeven"},
        {"consent": "niet gevraagd", "personal_fields": ["naam"]}, {"closed_on": "2026-01-01"},
        {"personal_fields": ["schoenmaat"]}, {"due": dt.date(2020, 1, 1)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


# --- Lists ------------------------------------------------------------------------------------


def test_each_sees_his_own_and_the_centre_sees_all(world: World) -> None:
    referral = made(world)
    seen = {
        role
        for role, user in world.cast.items()
        if Referral.objects.visible_to(user).filter(pk=referral.pk).exists()
    }
    assert seen == {Role.COORDINATOR, Role.CIV_STAFF, Role.WARDEN, Role.PARTNER}
    assert not Referral.objects.visible_to(world.coordinator_elsewhere)


def test_open_late_and_answered(world: World) -> None:
    today = timezone.localdate()
    waiting, late, answered = (made(world) for _ in range(3))
    long_ago = {"sent_on": today - dt.timedelta(days=20), "due": today - dt.timedelta(days=6)}
    Referral.objects.exclude(pk=waiting.pk).update(**long_ago)
    referrals.answer_referral(answered, "geweigerd", "Neen.", by=world.partner)

    assert set(Referral.objects.open()) == {waiting, late}
    assert list(Referral.objects.late(on=today)) == [late]
    assert list(Referral.objects.answered()) == [answered]
    assert Referral.objects.mean_answer_time() == dt.timedelta(days=20)


def test_the_list_is_narrowed_from_the_address(client: Client, world: World) -> None:
    today = timezone.localdate()
    late = made(world, reason="sluikstort")
    Referral.objects.update(sent_on=today - dt.timedelta(9), due=today - dt.timedelta(days=1))
    made(world, reason="lawaai")
    client.force_login(world.coordinator)

    def found(query: str) -> int:
        rows: list[Any] = client.get(f"{LIST}?{query}").context["rows"]
        return len(rows)

    assert found("") == 2
    assert found("toon=te-laat") == found("q=sluikstort") == 1
    assert found(f"partner={world.care.pk}&status=verzonden") == 2
    assert found("partner=abc&status=x&toon=y&page=z") == 2
    part = client.get(LIST, {"toon": "te-laat"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert late.get_absolute_url() in part


def test_the_pages_cost_the_same_for_few_and_many(
    client: Client, world: World, held: PartnerCompetence
) -> None:
    client.force_login(world.coordinator)
    first = made(world)
    pages = (LIST, NEW, first.get_absolute_url(), f"/partners/{world.care.pk}/")

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for address in pages:
        cost(address)
    few = [cost(address) for address in pages]
    for _number in range(12):
        holding(world)
        made(world)
    assert [cost(address) for address in pages] == few
    assert few[0] <= 12
    assert max(few) <= 15


def test_steps_are_offered_to_who_may_take_them(client: Client, world: World) -> None:
    referral = made(world)
    client.force_login(world.partner)
    names = {step.name for step in client.get(referral.get_absolute_url()).context["steps"]}
    assert names == {step.name for step in referral_steps_from("verzonden")} - {"intrekken"}
