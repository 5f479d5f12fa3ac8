"""The space of a partner: what was shared, its answers, and nothing else."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership
from partners.models import Direction, PartnerMember, SharingEntry
from plans.models import (
    Action,
    ActionGroupPermission,
    Attachment,
    Contribution,
    Share,
    ShareAnswer,
)
from plans.workflow import LeadAnswer
from tests.conftest import World, sign_in
from tests.factories import ActionFactory, PartnerFactory, ShareFactory

MOST_QUERIES = 12
FILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def space(client: Client, world: World) -> Client:
    sign_in(client, world.partner)
    return client


@pytest.fixture
def share(world: World) -> Share:
    return ShareFactory.create(action=world.action, partner=world.care)


def url(share: Share, what: str = "") -> str:
    return f"/ruimte/gedeeld/{share.pk}/{what}"


def report(**changes: Any) -> dict[str, Any]:
    return {"form_token": str(uuid.uuid4()), "light": "groen", "done": "Drie gesprekken", **changes}


def test_the_partner_sees_the_text_and_the_chosen_fields_only(
    space: Client, share: Share, world: World
) -> None:
    Action.objects.update(why="Waarom wij dit doen", expected_result="Minder klachten")
    Share.objects.update(fields=["resultaat"])

    page = space.get(url(share)).content.decode()

    assert share.text in page
    assert "Minder klachten" in page
    for hidden in ("Waarom wij dit doen", world.action.code, world.service.name, "Op schema</span"):
        assert hidden not in page


def test_the_list_puts_what_waits_for_an_answer_first(space: Client, world: World) -> None:
    done = ShareFactory.create(action=world.action, partner=world.care, accepted=True)
    other = ActionFactory.create(sub_theme=world.sub_theme, code="1.1.7", title="Nog te doen")
    ShareFactory.create(action=other, partner=world.care)

    page = space.get("/ruimte/").content.decode()

    assert page.index("Nog te doen") < page.index(done.action.title)


def test_an_empty_space_says_what_will_come(space: Client) -> None:
    assert "krijg je een mail" in space.get("/ruimte/").content.decode()


def test_a_share_is_gone_at_the_second_it_ends(space: Client, share: Share) -> None:
    assert space.get(url(share)).status_code == 200
    Share.objects.update(ends_at=timezone.now())

    assert space.get(url(share)).status_code == 404
    assert share.action.title not in space.get("/ruimte/").content.decode()


@pytest.mark.parametrize("what", ["antwoord/", "bijdrage/", "bestand/"])
def test_a_form_of_an_old_page_finds_nothing(space: Client, share: Share, what: str) -> None:
    Share.objects.update(closed_at=timezone.now())

    response = space.post(url(share, what), report(antwoord="ja"))

    assert response.status_code == 404
    assert not Contribution.objects.exists()


def test_without_the_grant_there_is_no_share(space: Client, share: Share) -> None:
    ActionGroupPermission.objects.all().delete()

    assert space.get(url(share)).status_code == 404


def test_an_archived_action_is_shared_no_more(space: Client, share: Share) -> None:
    Action.objects.update(archived_at=timezone.now())

    assert space.get(url(share)).status_code == 404


@pytest.mark.parametrize("left", [PartnerMember, Membership])
def test_who_left_sees_nothing(space: Client, share: Share, world: World, left: Any) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    left.objects.filter(user=world.partner).update(ends=yesterday)

    assert space.get(url(share)).status_code == 404


def test_accepting_is_one_tap(space: Client, share: Share, world: World) -> None:
    space.post(url(share, "antwoord/"), {"antwoord": "ja"})

    share.refresh_from_db()
    assert (share.answer, share.answered_by) == (ShareAnswer.ACCEPTED, world.partner)
    assert SharingEntry.objects.get().direction == Direction.IN


def test_declining_says_why(space: Client, share: Share) -> None:
    assert space.post(url(share, "antwoord/"), {"antwoord": "nee"}).status_code == 422
    space.post(url(share, "antwoord/"), {"antwoord": "nee", "reason": "Geen volk in de zomer"})

    share.refresh_from_db()
    assert (share.answer, share.answer_reason) == (ShareAnswer.DECLINED, "Geen volk in de zomer")


def test_a_no_may_become_a_yes_and_a_yes_stays(space: Client, share: Share) -> None:
    space.post(url(share, "antwoord/"), {"antwoord": "nee", "reason": "Geen volk"})
    space.post(url(share, "antwoord/"), {"antwoord": "ja"})
    again = space.post(url(share, "antwoord/"), {"antwoord": "nee", "reason": "Toch niet"})

    share.refresh_from_db()
    assert (share.answer, again.status_code) == (ShareAnswer.ACCEPTED, 403)


def test_the_answer_of_who_was_asked_to_lead_is_the_answer_of_the_lead(
    space: Client, share: Share, world: World
) -> None:
    Action.objects.update(lead_partner=world.care, lead_answer=LeadAnswer.ASKED, lead_person=None)

    space.post(url(share, "antwoord/"), {"antwoord": "ja"})

    world.action.refresh_from_db()
    assert world.action.lead_answer == LeadAnswer.ACCEPTED
    assert world.action.lead_person == world.partner


def test_before_the_answer_there_is_nothing_to_report(space: Client, share: Share) -> None:
    assert space.post(url(share, "bijdrage/"), report()).status_code == 403
    assert "Jullie bijdrage" not in space.get(url(share)).content.decode()


def test_a_report_reaches_the_municipality_once(space: Client, share: Share, world: World) -> None:
    Share.objects.update(answer=ShareAnswer.ACCEPTED)
    data = report()

    space.post(url(share, "bijdrage/"), data)
    space.post(url(share, "bijdrage/"), data)

    assert Contribution.objects.get().by == world.partner
    assert "Drie gesprekken" in space.get(url(share)).content.decode()
    desk = Client()
    desk.force_login(world.coordinator)
    page = desk.get(f"/acties/{world.action.pk}/samenwerking/").content.decode()
    assert "Drie gesprekken" in page


def test_a_bad_report_keeps_what_was_typed(space: Client, share: Share) -> None:
    Share.objects.update(answer=ShareAnswer.ACCEPTED)

    response = space.post(
        url(share, "bijdrage/"), report(light="paars", done="Niet kwijt te raken")
    )

    assert response.status_code == 422
    assert "Niet kwijt te raken" in response.content.decode()


def test_a_report_of_the_lead_is_news(space: Client, share: Share, world: World) -> None:
    Share.objects.update(answer=ShareAnswer.ACCEPTED)
    Action.objects.update(lead_partner=world.care, last_update_on=None)

    space.post(url(share, "bijdrage/"), report())

    world.action.refresh_from_db()
    assert world.action.last_update_on == timezone.localdate()


def test_a_file_is_handed_in_and_read_back(space: Client, share: Share, world: World) -> None:
    Share.objects.update(answer=ShareAnswer.ACCEPTED)
    data = {
        "form_token": str(uuid.uuid4()),
        "file": SimpleUploadedFile("cijfers.pdf", FILE, "application/pdf"),
    }

    assert space.post(url(share, "bestand/"), data).status_code == 302

    file = Attachment.objects.get()
    assert (file.share, file.confidentiality) == (share, "partners")
    assert space.get(f"/ruimte/bestanden/{file.pk}/").content == FILE
    Share.objects.update(closed_at=timezone.now())
    assert space.get(f"/ruimte/bestanden/{file.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["virus.exe", "vermomd.pdf"])
def test_a_file_of_the_wrong_kind_is_refused(space: Client, share: Share, name: str) -> None:
    Share.objects.update(answer=ShareAnswer.ACCEPTED)
    data = {"form_token": str(uuid.uuid4()), "file": SimpleUploadedFile(name, b"MZ niets")}

    assert space.post(url(share, "bestand/"), data).status_code == 422
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("path", ["/", "/ruimte/"])
@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_stays_within_its_queries(
    world: World, rows: int, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        action = ActionFactory.create(sub_theme=world.sub_theme, code=f"7.{number}")
        ShareFactory.create(action=action, partner=world.care)
    client = Client()
    sign_in(client, world.partner)
    client.get("/ruimte/")  # the first page of a session also writes that it began
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code in {200, 302}


def test_the_page_of_a_share_stays_within_its_queries(
    space: Client, share: Share, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Share.objects.update(answer=ShareAnswer.ACCEPTED)
    for number in range(30):
        Contribution.objects.create(
            share=share, done=f"Keer {number}", light="groen", by=share.given_by
        )
    space.get("/ruimte/")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert space.get(url(share)).status_code == 200


def test_who_works_for_two_partners_sees_which(space: Client, world: World) -> None:
    second = PartnerFactory.create(municipality=world.here, name="CAW Zand")
    PartnerMember.objects.create(partner=second, user=world.partner, starts=dt.date(2026, 1, 1))
    ShareFactory.create(action=world.action, partner=second)

    page = space.get("/ruimte/").content.decode()

    assert page.count("CAW Zand") == 2


@pytest.mark.parametrize(
    "path", ["/acties/", "/plannen/", "/partners/", "/rapporten/", "/stijl/", "/wie-mag-wat/"]
)
def test_nothing_else_exists(space: Client, path: str) -> None:
    assert space.get(path).status_code == 404
