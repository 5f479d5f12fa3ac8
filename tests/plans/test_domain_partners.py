"""Partners × domains: who leads, helps or is named, and who is missing."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core.models import LogEntry
from partners.models import Kind
from plans.forms.practices import DomainContactsForm
from plans.models import Action, ActionPartner, DomainPartner, PartnerRole
from plans.operations.edition import EditionChoices, make_edition
from plans.operations.practices import name_contacts
from plans.partner_map import Cell, partner_map
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    CompetenceFactory,
    ContactOfficerFactory,
    DomainFactory,
    GoodPracticeFactory,
    PartnerFactory,
)


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def page_of(world: World) -> str:
    return f"/plannen/{world.plan.code}/partners/"


def edit_of(world: World) -> str:
    return f"/plannen/{world.plan.code}/domeinen/{world.domain.number}/partners/"


def cells(world: World) -> dict[str, list[str]]:
    found = partner_map(world.plan, world.coordinator)
    return {line.partner.code: line.cells[0].words for line in found.lines}


def test_a_cell_tells_what_a_partner_does(world: World) -> None:
    ActionPartner.objects.create(
        action=world.action, partner=world.care, role=PartnerRole.SUPPORTER
    )
    DomainPartner.objects.create(domain=world.domain, partner=world.civ)

    assert cells(world) == {
        "tech": ["trekt 1 actie"],
        "cgg": ["werkt mee aan 1"],
        "civ": ["genoemd"],
    }
    assert not Cell()


def test_the_gaps_are_named(desk: Client, world: World) -> None:
    lonely = CompetenceFactory.create(municipality=world.here)

    found = partner_map(world.plan, world.coordinator)

    assert [gap.missing for gap in found.gaps] == [["politie", "justitie", "welzijn en zorg"]]
    assert {partner.code for partner in found.without_domain} == {"civ", "cgg"}
    assert found.unanswered == [lonely]
    page = desk.get(page_of(world)).content.decode()
    assert lonely.question in page
    assert "justitie" in page


def test_with_all_kinds_there_is_no_gap(world: World) -> None:
    for kind in (Kind.POLICE, Kind.JUSTICE, Kind.CARE):
        partner = PartnerFactory.create(municipality=world.here, kind=kind)
        DomainPartner.objects.create(domain=world.domain, partner=partner)
    assert partner_map(world.plan, world.coordinator).gaps == []


def test_what_one_may_not_read_does_not_count(world: World) -> None:
    Action.objects.update(confidentiality="vertrouwelijk")
    staff = world.cast[Role.CIV_STAFF]
    assert partner_map(world.plan, staff).lines == []
    assert cells(world) == {"tech": ["trekt 1 actie"]}


def test_the_coordinator_says_who_counts(desk: Client, world: World) -> None:
    for _click in range(2):
        assert desk.post(edit_of(world), {"partners": [world.care.pk]}).status_code == 302
    assert world.domain.named_partners.get().partner == world.care
    assert LogEntry.objects.about(world.domain).get().changes[0]["new"] == world.care.name

    desk.post(edit_of(world), {})
    assert not world.domain.named_partners.exists()


@pytest.mark.parametrize("who", ["elsewhere", "x", "9" * 30])
def test_a_partner_of_elsewhere_is_refused(desk: Client, world: World, who: str) -> None:
    foreign = PartnerFactory.create(municipality=world.elsewhere)
    response = desk.post(edit_of(world), {"partners": [foreign.pk if who == "elsewhere" else who]})
    assert response.status_code == 422


def test_a_domain_that_is_not_there_is_not_found(desk: Client, world: World) -> None:
    assert desk.get(f"/plannen/{world.plan.code}/domeinen/99/partners/").status_code == 404


def test_it_costs_the_same_for_few_and_many(desk: Client, world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(page_of(world))
        return len(queries)

    cost()
    few = cost()
    for number in range(5):
        DomainFactory.create(plan=world.plan, number=number + 2)
    for partner in PartnerFactory.create_batch(20, municipality=world.here):
        ActionFactory.create(sub_theme=world.sub_theme, lead_partner=partner)
        officer = ContactOfficerFactory.create(partner=partner)
        DomainPartner.objects.create(domain=world.domain, partner=partner, contact=officer)
    assert cost() == few <= 15


def test_the_next_edition_keeps_who_counts_and_what_an_action_stands_on(
    desk: Client, world: World
) -> None:
    practice = GoodPracticeFactory.create(municipality=world.here)
    world.action.practices.add(practice)
    officer = ContactOfficerFactory.create(partner=world.care)
    gone = ContactOfficerFactory.create(
        partner=world.civ, starts=dt.date(2020, 1, 1), ends=dt.date(2021, 1, 1)
    )
    for one in (officer, gone):
        DomainPartner.objects.create(domain=world.domain, partner=one.partner, contact=one)
    starts, ends = dt.date(2032, 1, 1), dt.date(2037, 12, 31)
    choices = EditionChoices("Volgend plan", starts, ends, actions=True)

    new = make_edition(world.plan, choices, token=uuid.uuid4(), by=world.coordinator)

    named = DomainPartner.objects.filter(domain__plan=new)
    assert {row.partner: row.contact for row in named} == {world.care: officer, world.civ: None}
    assert list(new.actions.get().practices.all()) == [practice]


# --- Whom to turn to for a domain -----------------------------------------------------------------


def contacts_of(world: World) -> str:
    return f"/plannen/{world.plan.code}/domeinen/{world.domain.number}/aanspreekpunten/"


def named(world: World, **values: object) -> DomainPartner:
    """The care partner counts in the domain, and has a contact officer."""
    ContactOfficerFactory.create(partner=world.care, function="Preventiewerker", **values)
    return DomainPartner.objects.create(domain=world.domain, partner=world.care)


def test_a_contact_is_chosen_and_shown(desk: Client, world: World) -> None:
    row, officer = named(world), world.care.contact_officers.get()

    for _click in range(2):
        sent = desk.post(contacts_of(world), {f"partner_{world.care.pk}": officer.pk})
        assert sent.status_code == 302

    row.refresh_from_db()
    assert row.contact == officer
    for page in (page_of(world), world.domain.get_absolute_url()):
        assert "Preventiewerker" in desk.get(page).content.decode()
    told = LogEntry.objects.about(world.domain).get().changes[0]
    assert (told["label"], told["new"]) == ("aanspreekpunt CGG", str(officer))

    desk.post(contacts_of(world), {f"partner_{world.care.pk}": ""})
    row.refresh_from_db()
    assert row.contact is None


def test_the_contact_of_another_partner_is_refused(desk: Client, world: World) -> None:
    row, foreign = named(world), ContactOfficerFactory.create(partner=world.civ)

    sent = desk.post(contacts_of(world), {f"partner_{world.care.pk}": foreign.pk})

    assert sent.status_code == 422
    assert "hoort niet of niet meer bij deze partner" in sent.content.decode()
    with pytest.raises(ValidationError):
        name_contacts(world.domain, {row: foreign}, by=world.coordinator)


def held() -> None:
    """Ask now what the database asks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_the_contact_of_another_partner(world: World) -> None:
    row, foreign = named(world), ContactOfficerFactory.create(partner=world.civ)
    held()
    with pytest.raises(IntegrityError, match="own_contact"), transaction.atomic():
        DomainPartner.objects.filter(pk=row.pk).update(contact=foreign)
    officer = world.care.contact_officers.get()
    DomainPartner.objects.filter(pk=row.pk).update(contact=officer)
    with pytest.raises(IntegrityError, match="own_contact"), transaction.atomic():
        world.care.contact_officers.update(partner=world.civ, is_deputy=True)


def test_who_stopped_is_flagged_and_who_was_taken_off_is_gone(desk: Client, world: World) -> None:
    row = named(world, starts=dt.date(2020, 1, 1), ends=dt.date(2021, 1, 1))
    officer = world.care.contact_officers.get()
    DomainPartner.objects.filter(pk=row.pk).update(contact=officer)

    assert "gestopt" in desk.get(page_of(world)).content.decode()
    assert "Gestopt" in desk.get(world.domain.get_absolute_url()).content.decode()
    assert "(gestopt)" in desk.get(contacts_of(world)).content.decode()

    officer.delete()
    row.refresh_from_db()
    assert row.contact is None


def test_two_people_who_choose_for_two_partners_both_keep_it(desk: Client, world: World) -> None:
    named(world)
    other = ContactOfficerFactory.create(partner=world.civ)
    second = DomainPartner.objects.create(domain=world.domain, partner=world.civ)
    form = DomainContactsForm(
        {f"partner_{world.care.pk}": world.care.contact_officers.get().pk}, domain=world.domain
    )
    assert form.is_valid()
    DomainPartner.objects.filter(pk=second.pk).update(contact=other)

    name_contacts(world.domain, form.chosen(), by=world.coordinator)

    assert set(world.domain.named_partners.values_list("contact", flat=True)) == {
        other.pk, world.care.contact_officers.get().pk,
    }  # fmt: skip


def test_a_domain_without_partners_says_what_to_do_first(desk: Client, world: World) -> None:
    assert "Zeg eerst wie meetelt" in desk.get(contacts_of(world)).content.decode()


def test_who_may_not_read_partners_sees_none_on_the_domain(client: Client, world: World) -> None:
    named(world)
    client.force_login(world.cast[Role.WARDEN])
    assert "Wie meetelt" not in client.get(world.domain.get_absolute_url()).content.decode()
