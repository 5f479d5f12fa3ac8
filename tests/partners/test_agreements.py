"""Agreements: made from their kind, found, read by their level, changed without a clash or a circle."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core.confidentiality import Level
from core.models import LogEntry
from partners.forms.agreements import AgreementEditForm
from partners.models import Agreement, AgreementParty, AgreementType, DataAnnex
from partners.operations import agreements
from partners.workflow import AgreementStatus
from tests.conftest import World
from tests.factories import (
    AgreementFactory,
    AgreementPartyFactory,
    AgreementTypeFactory,
    CommitmentFactory,
    PartnerFactory,
)

NEW = "/afspraken/nieuw/"
TODAY = dt.date(2026, 11, 21)


def typed(kind: AgreementType, **fields: object) -> dict[str, object]:
    return {
        "type": kind.pk,
        "title": "Samen naar huis",
        "object": "Waarover het gaat.",
        "starts": "2027-01-01",
        "notice_months": 3,
        "renewal": "beslissing",
        "confidentiality": "intern",
        "form_token": str(uuid.uuid4()),
    } | fields


@pytest.fixture
def kind(world: World) -> AgreementType:
    return AgreementTypeFactory.create(municipality=world.here)


# --- Making one -------------------------------------------------------------------------------


def test_what_is_left_open_follows_from_the_kind(office: Client, kind: AgreementType) -> None:
    office.post(NEW, typed(kind))

    row = Agreement.objects.get()
    assert (row.code, row.status) == ("AF-01", AgreementStatus.DRAFT)
    assert row.ends == dt.date(2029, 12, 31)
    assert row.notice_on == dt.date(2029, 9, 30)
    assert (row.evaluation_months, row.next_evaluation) == (12, dt.date(2028, 1, 1))
    assert LogEntry.objects.about(row).get().verb == "agreement.made"


def test_one_for_ever_has_no_end(office: Client, kind: AgreementType) -> None:
    office.post(NEW, typed(kind, indefinite="on", ends="2028-01-01"))
    assert Agreement.objects.get().ends is None


def test_a_form_sent_twice_makes_one(office: Client, kind: AgreementType) -> None:
    data = typed(kind)
    places = {office.post(NEW, data).headers["Location"] for _ in range(2)}
    assert len(places) == Agreement.objects.count() == 1


def test_codes_go_on_after_the_last(office: Client, kind: AgreementType, world: World) -> None:
    AgreementFactory.create(municipality=world.here, code="AF-41")
    AgreementFactory.create(municipality=world.elsewhere, code="AF-77")
    office.post(NEW, typed(kind))
    assert Agreement.objects.filter(code="AF-42", municipality=world.here).exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends": "2026-12-31"}, "De einddatum ligt voor de begindatum."),
        ({"next_evaluation": "2026-12-31"}, "De volgende evaluatie ligt voor de begindatum."),
        ({"renewal": "stilzwijgend"}, "Zeg met hoeveel maanden de afspraak stilzwijgend verlengt."),
        ({"starts": "0001-01-01"}, "1950"),
        ({"title": "a\x00b"}, "onzichtbare tekens"),
        ({"title": "x" * 201}, "201"),
        ({"notice_months": -1}, "0"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    office: Client, kind: AgreementType, wrong: dict[str, object], sentence: str
) -> None:
    response = office.post(NEW, typed(kind, object="Mijn lange tekst") | wrong)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Mijn lange tekst" in response.content.decode()
    assert not Agreement.objects.exists()


def test_a_kind_of_elsewhere_or_archived_is_no_choice(office: Client, world: World) -> None:
    foreign = AgreementTypeFactory.create(municipality=world.elsewhere)
    assert office.post(NEW, typed(foreign)).status_code == 422


# --- Changing one -----------------------------------------------------------------------------


def edited(row: Agreement, **fields: object) -> dict[str, object]:
    kept = ("title", "object", "notice_months", "renewal", "confidentiality", "version")
    return {name: getattr(row, name) for name in kept} | {
        "type": row.type_id, "starts": "2026-01-01", "ends": "2029-12-31",
        "evaluation_months": 12, "next_evaluation": "2027-06-01",
    } | fields  # fmt: skip


def test_a_change_is_kept_with_the_old_and_the_new(office: Client, agreement: Agreement) -> None:
    office.post(f"/afspraken/{agreement.pk}/wijzigen/", edited(agreement, notice_months=6))

    line = LogEntry.objects.about(agreement).get()
    assert [(c["old"], c["new"]) for c in line.changes] == [("3", "6")]


def test_the_second_of_two_sees_both_texts(office: Client, agreement: Agreement) -> None:
    url = f"/afspraken/{agreement.pk}/wijzigen/"
    office.post(url, edited(agreement, title="Eerst"))

    response = office.post(url, edited(agreement, title="Daarna"))

    assert response.status_code == 409
    assert "Eerst" in response.content.decode()
    assert "Daarna" in response.content.decode()
    agreement.refresh_from_db()
    assert agreement.title == "Eerst"


def test_a_renewal_is_no_circle(office: Client, agreement: Agreement, world: World) -> None:
    middle = AgreementFactory.create(municipality=world.here, predecessor=agreement)
    last = AgreementFactory.create(municipality=world.here, predecessor=middle)

    response = office.post(
        f"/afspraken/{agreement.pk}/wijzigen/", edited(agreement, predecessor=last.pk)
    )

    assert response.status_code == 422
    assert "Dat is een kring" in response.content.decode()


def test_an_agreement_renews_once(office: Client, agreement: Agreement, world: World) -> None:
    AgreementFactory.create(municipality=world.here, predecessor=agreement)
    other = AgreementFactory.create(municipality=world.here)

    response = office.post(
        f"/afspraken/{other.pk}/wijzigen/", edited(other, predecessor=agreement.pk)
    )

    assert "Deze afspraak heeft al een opvolger." in response.content.decode()


def test_the_database_refuses_what_comes_after_itself(agreement: Agreement) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(predecessor=agreement.pk)


def test_what_is_over_is_no_longer_changed(office: Client, agreement: Agreement) -> None:
    Agreement.objects.update(status=AgreementStatus.ENDED)
    assert office.get(f"/afspraken/{agreement.pk}/wijzigen/").status_code == 403


# --- Who reads it -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "role", "sees"),
    [
        (Level.PUBLIC, Role.SERVICE, True),
        (Level.INTERNAL, Role.NEIGHBOURHOOD_POLICE, True),
        (Level.PARTNERS, Role.NEIGHBOURHOOD_POLICE, False),
        (Level.PARTNERS, Role.SERVICE, True),  # its organisation is a party
        (Level.PARTNERS, Role.COLLEGE, True),
        (Level.RESTRICTED, Role.SERVICE, False),
        (Level.RESTRICTED, Role.CORE_GROUP, True),
        (Level.CONFIDENTIAL, Role.CORE_GROUP, False),
        (Level.CONFIDENTIAL, Role.COORDINATOR, True),
        (Level.PUBLIC, Role.WARDEN, False),
        (Level.PUBLIC, Role.PARTNER, False),
        (Level.PUBLIC, Role.ADMINISTRATOR, False),
    ],
)
def test_each_reads_up_to_the_level(
    world: World, agreement: Agreement, level: Level, role: Role, sees: bool
) -> None:
    Agreement.objects.update(confidentiality=level)
    visible = Agreement.objects.visible_to(world.cast[role])
    assert visible.filter(pk=agreement.pk).exists() is sees


def test_the_neighbour_does_not_know_it_exists(
    client: Client, world: World, agreement: Agreement
) -> None:
    client.force_login(world.coordinator_elsewhere)
    assert client.get(f"/afspraken/{agreement.pk}/").status_code == 404
    assert agreement.title not in client.get("/afspraken/").content.decode()


def test_a_partner_shows_its_agreements(
    client: Client, office: Client, world: World, agreement: Agreement
) -> None:
    address = f"/partners/{world.care.pk}/rondom/"
    assert agreement.title in office.get(address).content.decode()
    client.force_login(world.partner)
    assert agreement.title not in client.get(address).content.decode()


def test_what_came_before_shows_only_to_who_reads_it(
    client: Client, world: World, agreement: Agreement
) -> None:
    secret = AgreementFactory.create(
        municipality=world.here, title="Geheim", confidentiality=Level.CONFIDENTIAL
    )
    Agreement.objects.filter(pk=agreement.pk).update(predecessor=secret)
    client.force_login(world.lead)
    assert "Geheim" not in client.get(f"/afspraken/{agreement.pk}/").content.decode()


# --- The list ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["AF-01", "AF-02"]),
        ("?q=straat", ["AF-01"]),
        ("?q=af-02", ["AF-02"]),
        ("?q=CGG", ["AF-01"]),
        ("?status=actief", ["AF-01"]),
        ("?aandacht=ondertekenen", ["AF-02"]),
        ("?afgelopen=ja", ["AF-03"]),
        ("?status=verlopen", ["AF-03"]),
        ("?status=bestaat-niet&partner=x", ["AF-01", "AF-02"]),
        ("?q=a%00b", ["AF-01", "AF-02"]),
    ],
)
def test_the_list_is_narrowed(
    office: Client, world: World, agreement: Agreement, query: str, found: list[str]
) -> None:
    for code, status in (("AF-02", AgreementStatus.TO_SIGN), ("AF-03", AgreementStatus.EXPIRED)):
        AgreementFactory.create(municipality=world.here, code=code, status=status)

    rows = office.get(f"/afspraken/{query}").context["rows"]

    assert [row["code"] for row in rows] == found
    lines = csv.reader(io.StringIO(office.get(f"/afspraken/export.csv{query}").getvalue().decode("utf-8-sig")), delimiter=";")  # fmt: skip
    assert [line[0] for line in lines][1:] == found


def test_the_list_is_narrowed_to_one_partner(
    office: Client, world: World, agreement: Agreement
) -> None:
    AgreementFactory.create(municipality=world.here)
    rows = office.get("/afspraken/", {"partner": world.care.pk}).context["rows"]
    assert [row["code"] for row in rows] == [agreement.code]


def test_a_name_is_never_a_formula(office: Client, agreement: Agreement) -> None:
    Agreement.objects.update(title='=HYPERLINK("http://x")')
    text = office.get("/afspraken/export.csv").getvalue().decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert office.get("/afspraken/export.xlsx").status_code == 200


def many(world: World, count: int) -> None:
    for _ in range(count):
        row = AgreementFactory.create(municipality=world.here, status=AgreementStatus.TO_SIGN)
        party = AgreementPartyFactory.create(agreement=row)
        CommitmentFactory.create(party=party, due=dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("address", "most"), [("/afspraken/", 12), ("/afspraken/aandacht/", 12), ("/", 18)]
)
def test_a_list_costs_the_same_for_few_and_many(
    office: Client, world: World, address: str, most: int
) -> None:
    many(world, 3)
    office.get(address)
    with CaptureQueriesContext(connection) as few:
        office.get(address)
    many(world, 40)
    with CaptureQueriesContext(connection) as all_of_them:
        office.get(address)
    assert len(few) == len(all_of_them) <= most


def test_a_page_costs_the_same_for_few_and_many(
    office: Client, world: World, agreement: Agreement
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.get(f"/afspraken/{agreement.pk}/")
        return len(queries)

    CommitmentFactory.create(party=agreement.parties.order_by("pk")[0])  # with what is said of it
    cost()
    few = cost()
    for partner in PartnerFactory.create_batch(20, municipality=world.here):
        party = AgreementPartyFactory.create(agreement=agreement, partner=partner)
        CommitmentFactory.create_batch(2, party=party)
    assert cost() == few <= 15


# --- Personal data ----------------------------------------------------------------------------


def annexed(agreement: Agreement, **fields: object) -> DataAnnex:
    return DataAnnex.objects.create(
        **{"agreement": agreement, "data": "Plaats", "ground": "algemeen belang",
           "starts": dt.date(2026, 1, 1)} | fields
    )  # fmt: skip


def allowed(world: World, on: dt.date = TODAY) -> bool:
    return Agreement.objects.allowing_personal_data(world.care, on=on).exists()


def test_an_annex_of_an_agreement_in_force_allows_personal_data(
    world: World, agreement: Agreement
) -> None:
    assert not allowed(world)
    annexed(agreement, ends=dt.date(2026, 11, 21))
    assert allowed(world)
    assert not allowed(world, TODAY + dt.timedelta(days=1))
    assert not allowed(world, dt.date(2025, 12, 31))


@pytest.mark.parametrize("status", sorted(set(AgreementStatus) - {"actief"}))
def test_only_an_agreement_in_force_allows_them(
    world: World, agreement: Agreement, status: str
) -> None:
    annexed(agreement)
    Agreement.objects.update(status=status)
    assert allowed(world) is (status in {"te evalueren", "te hernieuwen"})


def test_who_did_not_sign_or_take_part_gets_none(world: World, agreement: Agreement) -> None:
    annexed(agreement)
    assert not Agreement.objects.allowing_personal_data(world.civ, on=TODAY).exists()
    AgreementParty.objects.filter(partner=world.care).update(signed_on=None)
    assert not allowed(world)


def test_the_annex_is_written_down_and_changed(office: Client, agreement: Agreement) -> None:
    url = f"/afspraken/{agreement.pk}/gegevens/"
    data = {"data": "Plaats en aard", "ground": "algemeen belang", "starts": "2026-01-01"}

    office.post(url, data | {"version": 1})
    office.post(url, data | {"version": 1, "data": "Plaats"})

    assert DataAnnex.objects.get().data == "Plaats"
    verbs = LogEntry.objects.within(agreement).values_list("verb", flat=True)
    assert sorted(verbs) == ["dataannex.edited", "dataannex.made"]
    wrong = data | {"version": 2, "ends": "2025-01-01"}
    assert "De einddatum ligt voor" in office.post(url, wrong).content.decode()


# --- Kinds ------------------------------------------------------------------------------------


def test_a_kind_is_made_changed_and_put_away(office: Client, world: World) -> None:
    data = {
        "code": "A15", "name": "Nieuwe soort", "form": "charter", "default_term_months": 12,
        "evaluation_months": 6, "data_sharing": "nee", "municipality": world.here.pk,
        "form_token": str(uuid.uuid4()),
    }  # fmt: skip
    office.post("/afspraken/soorten/nieuw/", data)
    row = AgreementType.objects.get(code="A15")

    office.post(f"/afspraken/soorten/{row.pk}/wijzigen/", data | {"name": "Anders", "version": 1})
    office.post(f"/afspraken/soorten/{row.pk}/archiveren/")

    row.refresh_from_db()
    assert row.name == "Anders"
    assert row.archived_at
    assert office.post(NEW, typed(row)).status_code == 422
    assert LogEntry.objects.about(row).count() == 3


@pytest.mark.parametrize("meanwhile", ["a circle", "another successor"])
def test_what_two_say_at_once_of_the_order_is_refused_to_the_second(
    world: World, agreement: Agreement, meanwhile: str
) -> None:
    other = AgreementFactory.create(municipality=world.here)
    form = AgreementEditForm(
        edited(agreement, predecessor=other.pk), instance=agreement, by=world.coordinator
    )
    assert form.is_valid()
    if meanwhile == "a circle":
        Agreement.objects.filter(pk=other.pk).update(predecessor=agreement)
    else:
        AgreementFactory.create(municipality=world.here, predecessor=other)

    with pytest.raises(agreements.SuccessionError):
        agreements.edit(form, by=world.coordinator)
