"""Told twice, or two things in one; and sent on to a partner."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from core.confidentiality import Level
from meldingen.doubles import doubles
from meldingen.forms.joining import JoinForm
from meldingen.models import Answer, Channel, Melding, Reporter
from meldingen.operations import joining, steps
from partners.models import PartnerCompetence, Referral
from tests.conftest import World, sign_in
from tests.factories import (
    CategoryFactory,
    ClosureReasonFactory,
    CompetenceFactory,
    MeldingFactory,
    NeighbourhoodFactory,
    ReporterFactory,
)
from tests.together import at_once

POINT = {"latitude": 50.9, "longitude": 4.2}


def told(world: World, **more: Any) -> Melding:
    category = more.pop("category", None) or CategoryFactory.create(municipality=world.here)
    return MeldingFactory.create(municipality=world.here, category=category, **more)


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def found(world: World, melding: Melding) -> list[Melding]:
    return [double.melding for double in doubles(melding, world.coordinator)]


def test_the_nearest_of_the_same_category_goes_first(world: World) -> None:
    melding = told(world, **POINT)
    near = told(world, category=melding.category, latitude=50.9001, longitude=4.2)
    other = told(world, latitude=50.9, longitude=4.2001)
    told(world, category=melding.category, latitude=50.91, longitude=4.2)  # a kilometre off

    assert found(world, melding) == [near, other]
    (first, _second) = doubles(melding, world.coordinator)
    assert first.reasons == "zelfde categorie, op 11 meter, vandaag"


def test_without_a_point_the_place_in_words_tells(world: World) -> None:
    hood = NeighbourhoodFactory.create(municipality=world.here)
    melding = told(world, neighbourhood=hood, place="Glasbol Dorpsplein")
    like = told(world, neighbourhood=hood, place="glasbol aan het Dorpsplein")
    told(world, neighbourhood=hood, place="Kanaaldijk 12")
    told(world, place="Glasbol Dorpsplein", category=melding.category)  # of no neighbourhood

    assert found(world, melding) == [like]


def test_what_is_long_ago_is_no_double(world: World) -> None:
    melding = told(world, **POINT)
    long_ago = timezone.now() - dt.timedelta(weeks=13)
    told(world, category=melding.category, happened_at=long_ago, **POINT)

    assert found(world, melding) == []


def test_what_one_may_not_see_is_no_double(world: World) -> None:
    melding = told(world, **POINT)
    told(world, category=melding.category, confidentiality="vertrouwelijk", **POINT)

    assert doubles(melding, world.cast[Role.WARDEN]) == []


def test_they_are_found_while_typing(desk: Client, world: World) -> None:
    hood = NeighbourhoodFactory.create(municipality=world.here)
    before = told(world, neighbourhood=hood, place="Glasbol")
    typed: dict[str, Any] = {
        "category": before.category.name,
        "place": "glasbol",
        "neighbourhood": hood.pk,
    }

    assert before.number in desk.get("/meldingen/nieuw/dubbels/", typed).content.decode()
    empty = desk.get("/meldingen/nieuw/dubbels/", {"category": "x", "neighbourhood": "9" * 40})
    assert empty.status_code == 200


@pytest.mark.parametrize("many", [3, 40])
def test_around_takes_few_questions(desk: Client, world: World, many: int) -> None:
    melding = told(world, **POINT)
    for _number in range(many):
        told(world, category=melding.category, **POINT)
    desk.get(f"/meldingen/{melding.pk}/rondom/")

    with CaptureQueriesContext(connection) as asked:
        desk.get(f"/meldingen/{melding.pk}/rondom/")

    assert len(asked) <= 12


def test_who_told_the_double_hears_the_end_of_the_other(desk: Client, world: World) -> None:
    one, other = told(world), told(world)
    deeper = told(world)
    for melding in (one, other, deeper):
        ReporterFactory.create(melding=melding)
    joining.join(deeper, one, by=world.coordinator)

    desk.post(f"/meldingen/{one.pk}/samenvoegen/", {"number": other.number.lower()})

    one.refresh_from_db()
    assert one.closure_reason
    assert (one.status, one.joined_to, one.closure_reason.code) == ("geen actie", other, "dubbel")
    assert not Answer.objects.exists()
    assert not Reporter.objects.left_without_answer().exists()
    steps.close(other, ClosureReasonFactory.create(municipality=world.here), by=world.coordinator)
    texts = sorted(answer.text for answer in Answer.objects.all())
    assert [text.split()[2] for text in texts] == sorted(row.number for row in (one, other, deeper))
    assert not Reporter.objects.left_without_answer().exists()


def test_opened_again_it_stands_alone(world: World) -> None:
    one, other = told(world), told(world)
    joining.join(one, other, by=world.coordinator)

    steps.take(one, "heropenen", by=world.coordinator, text="Toch iets anders.")

    one.refresh_from_db()
    assert one.joined_to is None


@pytest.mark.parametrize("number", ["", "ZAN-1999-1", "self", "far", "over"])
def test_what_cannot_be_joined(desk: Client, world: World, number: str) -> None:
    melding, over = told(world), told(world)
    far = MeldingFactory.create(municipality=world.elsewhere)
    steps.close(over, ClosureReasonFactory.create(municipality=world.here), by=world.coordinator)
    numbers = {"self": melding.number, "far": far.number, "over": over.number}

    answer = desk.post(
        f"/meldingen/{melding.pk}/samenvoegen/", {"number": numbers.get(number, number)}
    )

    assert answer.status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_joined_to_each_other_at_once(world: World) -> None:
    one, other = told(world), told(world)

    outcomes = at_once(
        lambda: joining.join(one, other, by=world.coordinator),
        lambda: joining.join(other, one, by=world.coordinator),
    )

    assert sum(isinstance(row, joining.NotJoinableError) for row in outcomes) == 1
    assert Melding.objects.open().count() == 1


def test_a_part_stands_apart_with_its_own_number(desk: Client, world: World) -> None:
    melding = told(world)
    ReporterFactory.create(melding=melding)
    category = CategoryFactory.create(municipality=world.here, handler=world.service)
    form = {
        "category": category.pk, "text": "En de lamp is stuk.", "place": "Glasbol",
        "form_token": str(uuid.uuid4()),
    }  # fmt: skip

    first = desk.post(f"/meldingen/{melding.pk}/splitsen/", form)
    again = desk.post(f"/meldingen/{melding.pk}/splitsen/", form)

    part = Melding.objects.get(split_from=melding)
    assert first["Location"] == again["Location"] == part.get_absolute_url()
    assert (part.handler, part.source) == (world.service, melding.source)
    assert part.reporters.get().phone == "0470 11 22 33"
    assert part.number != melding.number


def test_sent_on_to_a_partner_without_who_reported(desk: Client, world: World) -> None:
    melding = told(world)
    ReporterFactory.create(melding=melding, channel=Channel.COUNTER)
    competence = CompetenceFactory.create(municipality=world.here)
    held = PartnerCompetence.objects.create(partner=world.care, competence=competence)
    form = {
        "form_token": str(uuid.uuid4()), "reason": "Niet van ons.", "text_to_share": "Een tekst.",
        "consent": "niet nodig", "due": timezone.localdate().isoformat(),
    }  # fmt: skip
    where = f"/meldingen/{melding.pk}/doorverwijzen/?aan={held.pk}"

    assert desk.post(where, form).status_code == 302
    assert desk.post(where, form).status_code == 302

    melding.refresh_from_db()
    referral = Referral.objects.get(melding_link__melding=melding)
    assert melding.status == "doorverwezen"
    assert "hoort bij CGG" in Answer.objects.get().text
    assert "Peeters" not in f"{referral.text_to_share}{referral.reason}"
    back = desk.get(f"/meldingen/van-doorverwijzing/{referral.pk}/").content.decode()
    assert melding.number in back


def test_another_level_is_not_joined(world: World) -> None:
    one = MeldingFactory.create(municipality=world.here)
    other = MeldingFactory.create(municipality=world.here, confidentiality=Level.RESTRICTED)
    form = JoinForm({"number": other.number}, melding=one, by=world.coordinator)

    assert "vertrouwelijkheid verschilt" in form.errors["number"][0]
    with pytest.raises(joining.NotJoinableError):
        joining.join(one, other, by=world.coordinator)
