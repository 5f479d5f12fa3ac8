"""Two partners become one, and nothing stays behind with the one that goes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from core.models import LogEntry
from meetings.models import Attendance, Meeting, Presence
from partners.models import (
    ContactCorrection,
    EscalationStep,
    Partner,
    PartnerCompetence,
    PartnerMember,
    PartnerNote,
    Referral,
    Rung,
    SharingEntry,
)
from partners.operations import merge
from partners.operations.notes import make_note
from partners.operations.referrals import refer
from plans.models import ActionPartner, DomainPartner, PartnerRole, Share
from reports.models import Audience, Report, ReportRhythm
from reports.operations import freeze
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    AgreementFactory,
    AgreementPartyFactory,
    CategoryFactory,
    CompetenceFactory,
    ContactOfficerFactory,
    EvaluationFactory,
    MeetingFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    ParticipantFactory,
    PartnerFactory,
    ReportFactory,
    ResolutionFactory,
    ShareFactory,
)


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def pair(world: World) -> tuple[Partner, Partner]:
    """A partner that was entered twice: the first is to go up in the second."""
    double = PartnerFactory.create(municipality=world.here, name="CGG vzw")
    competence = CompetenceFactory.create(municipality=world.here)
    other = ActionFactory.create(sub_theme=world.sub_theme, lead_partner=double)
    for partner in (double, world.care):
        PartnerCompetence.objects.create(partner=partner, competence=competence)
        ContactOfficerFactory.create(partner=partner)
        DomainPartner.objects.create(domain=world.domain, partner=partner)
        PartnerNote.objects.create(partner=partner, text="x", made_by=world.coordinator)
        ActionPartner.objects.create(
            action=world.action, partner=partner, role=PartnerRole.EXECUTOR
        )
        _around(world, partner)
    ShareFactory.create(action=other, partner=double)
    PartnerMember.objects.create(partner=double, user=world.partner, starts=dt.date(2026, 1, 1))
    PartnerMember.objects.create(partner=double, user=world.reader, starts=dt.date(2026, 1, 1))
    ActionPartner.objects.create(action=other, partner=world.care, role=PartnerRole.SUPPORTER)
    double.neighbourhoods.add(NeighbourhoodFactory.create(municipality=world.here))
    PartnerFactory.create(municipality=world.here, merged_into=double, archived_at=timezone.now())
    return double, world.care


def _around(world: World, partner: Partner) -> None:
    """What passes between the municipality and a partner."""
    place, by = world.here, world.coordinator
    make_note("x", by=by, municipality=place, partner=partner)
    AgreementPartyFactory.create(
        agreement=AgreementFactory.create(municipality=place), partner=partner
    )
    refer(
        Referral(
            municipality=place, partner=partner, consent="niet nodig", reason="x",
            competence=CompetenceFactory.create(municipality=place), text_to_share="x",
        ), by=by,
    )  # fmt: skip
    ShareFactory.create(action=world.action, partner=partner)
    ContactCorrection.objects.create(partner=partner, by=by)
    EscalationStep.objects.create(partner=partner, rung=Rung.REMINDER, about="x", by=by)
    MeldingFactory.create(municipality=place, handler=partner)
    ResolutionFactory.create(municipality=place, owner=partner)
    CategoryFactory.create(municipality=place, handler=partner)
    both = Meeting.objects.filter(municipality=place).first() or MeetingFactory.create(
        municipality=place
    )
    Attendance.objects.create(meeting=both, partner=partner, presence=Presence.CAME)
    evaluation = EvaluationFactory.create(municipality=place)
    ParticipantFactory.create(evaluation=evaluation, partner=partner)
    about: dict[str, Any] = {"plan": world.plan, "municipality": place, "partner": partner}
    report = ReportFactory.create(**about, audience=Audience.PARTNER, created_by=by)
    freeze(report, version=report.version, by=by)
    # Whole, as once its PDF is there: the database lets nothing but the partner change.
    Report.objects.filter(pk=report.pk).update(pdf="rapport.pdf", pdf_sha256="0" * 64)
    ReportRhythm.objects.create(
        **about, audience=Audience.PARTNER, weeks=26, next_on=dt.date(2027, 1, 4), kept_by=by
    )


def test_what_one_saw_the_other_sees(world: World) -> None:
    double, stays = pair(world)
    other = double.led_actions.get()

    merge.merge(double, stays, by=world.coordinator)

    shown = Share.objects.in_space_of(world.partner, at=timezone.now())
    assert {share.action for share in shown} == {world.action, other}
    assert SharingEntry.objects.filter(partner=stays).exists()


def test_whom_to_turn_to_for_a_domain_comes_along(world: World) -> None:
    double, stays = pair(world)
    officer = double.contact_officers.get()
    DomainPartner.objects.filter(partner=double).update(contact=officer)

    merge.merge(double, stays, by=world.coordinator)

    with connection.cursor() as cursor:  # what the database asks at the end of the transaction
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    row = DomainPartner.objects.get(domain=world.domain)
    officer.refresh_from_db()
    assert (row.partner, row.contact) == (stays, officer)
    assert officer.partner == stays


def test_nothing_points_to_the_one_that_went(world: World) -> None:
    double, stays = pair(world)
    every = {relation.related_model.__name__ for relation in merge.relations()}
    filled = {
        relation.related_model.__name__
        for relation in merge.relations()
        if merge.rows_of(double, relation)
    }
    assert every == filled  # the test knows all that can point to a partner

    merge.merge(double, stays, by=world.coordinator)

    left = {r.related_model.__name__ for r in merge.relations() if merge.rows_of(double, r)}
    assert left == set()


def test_all_of_it_is_with_the_one_that_stays(world: World) -> None:
    double, stays = pair(world)

    merge.merge(double, stays, by=world.coordinator)

    assert stays.led_actions.count() == 1
    assert {row.user for row in stays.memberships.all()} == {world.partner, world.reader}
    assert [officer.is_deputy for officer in stays.contact_officers.all()] == [False, True]
    assert stays.notes.count() == 2
    assert stays.action_roles.get().action == world.action
    double.refresh_from_db()
    assert double.merged_into == stays
    assert double.archived_at is not None


def test_the_history_tells_what_became_of_it(desk: Client, world: World) -> None:
    double, stays = pair(world)

    desk.post(f"/partners/{double.pk}/samenvoegen/", {"met": stays.pk})

    line = LogEntry.objects.about(stays).get(verb="partner.merged")
    labels = [change["label"] for change in line.changes]
    assert labels[0] == "naam"
    assert "stond dubbel" in labels
    led = stays.led_actions.get()
    assert LogEntry.objects.about(led).get().changes[0]["new"] == stays.name
    assert "Samengevoegd" in desk.get(f"/partners/{stays.pk}/").content.decode()


def test_what_moves_is_shown_before_it_does(desk: Client, world: World) -> None:
    double, stays = pair(world)

    page = desk.get(f"/partners/{double.pk}/samenvoegen/?met={stays.pk}").content.decode()

    assert f"{double.name} gaat op in {stays.name}" in page
    assert "Aanspreekpunten" in page
    assert not Partner.objects.exclude(merged_into=None).filter(pk=double.pk).exists()


def test_the_old_page_leads_to_the_new_one(desk: Client, world: World) -> None:
    double, stays = pair(world)
    merge.merge(double, stays, by=world.coordinator)

    assert desk.get(f"/partners/{double.pk}/")["Location"] == f"/partners/{stays.pk}/"
    assert desk.post(f"/partners/{double.pk}/herstellen/").status_code == 403


def test_a_number_comes_along(world: World) -> None:
    double = PartnerFactory.create(municipality=world.here, enterprise_number="0403170701")
    merge.merge(double, world.care, by=world.coordinator)
    world.care.refresh_from_db()
    assert world.care.enterprise_number == "0403170701"


@pytest.mark.parametrize("wrong", ["itself", "archived", "elsewhere"])
def test_only_with_another_of_here_and_in_use(desk: Client, world: World, wrong: str) -> None:
    others = {
        "itself": world.care,
        "archived": PartnerFactory.create(municipality=world.here, archived_at=timezone.now()),
        "elsewhere": PartnerFactory.create(municipality=world.elsewhere),
    }
    other = others[wrong]

    response = desk.post(f"/partners/{world.care.pk}/samenvoegen/", {"met": other.pk})

    assert response.status_code == 422
    with pytest.raises((ValidationError, PermissionDenied)):
        merge.merge(world.care, other, by=world.coordinator)


def test_a_second_click_changes_nothing(desk: Client, world: World) -> None:
    double, stays = pair(world)
    codes = [
        desk.post(f"/partners/{double.pk}/samenvoegen/", {"met": stays.pk}).status_code
        for _click in range(2)
    ]
    assert codes == [302, 302]
    assert LogEntry.objects.filter(verb="partner.merged").count() == 1


def test_who_manages_no_partners_merges_none(world: World) -> None:
    double, stays = pair(world)
    with pytest.raises(PermissionDenied):
        merge.merge(double, stays, by=world.cast[Role.CIV_STAFF])


def test_who_is_there_for_one_agreement_comes_along(world: World) -> None:
    double, stays = pair(world)
    shared = AgreementFactory.create(municipality=world.here)
    AgreementPartyFactory.create(agreement=shared, partner=stays)
    first = ContactOfficerFactory.create(partner=stays, agreement=shared)
    ContactOfficerFactory.create(partner=double, agreement=shared)

    merge.merge(double, stays, by=world.coordinator)

    mains = stays.contact_officers.filter(agreement=shared, is_deputy=False)
    assert list(mains) == [first]
    assert stays.contact_officers.filter(agreement=shared).count() == 2
