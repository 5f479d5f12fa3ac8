"""A melding gets a number, a norm and the service that usually handles it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Border, User
from core.models import LogEntry
from core.workdays import after_working_days
from meldingen.models import Category, CategoryQuestion, Channel, Melding, Reporter, Urgency
from meldingen.operations.intake import take_in
from tests.conftest import World, sign_in
from tests.core.test_geo import SQUARE, polygon
from tests.factories import CategoryFactory, MeldingFactory, NeighbourhoodFactory, SourceFactory
from tests.meldingen.test_photos import picture
from tests.together import at_once


@pytest.fixture
def category(world: World) -> Category:
    return CategoryFactory.create(municipality=world.here, handler=world.service, resolve_days=3)


def told(category: Category, **more: Any) -> Melding:
    place = category.municipality
    source = SourceFactory.create(municipality=place)
    return MeldingFactory.build(municipality=place, category=category, source=source, **more)


def test_it_gets_a_number_a_norm_and_a_handler(world: World, category: Category) -> None:
    today = timezone.localdate()

    made = take_in(told(category), by=world.coordinator)

    assert made.number == f"ZAN-{today.year}-00001"
    assert made.due == after_working_days(today, 3)
    assert (made.handler, made.status) == (world.service, "ontvangen")
    assert LogEntry.objects.about(made).get().verb == "melding.made"


def test_what_is_urgent_has_one_working_day(world: World, category: Category) -> None:
    made = take_in(told(category, urgency=Urgency.URGENT), by=world.coordinator)

    assert made.due == made.ack_due == after_working_days(timezone.localdate(), 1)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers(world: World, category: Category) -> None:
    made = at_once(*(lambda: take_in(told(category), by=world.coordinator) for _ in range(4)))

    numbers = {row.number for row in made if isinstance(row, Melding)}
    assert len(numbers) == 4
    assert Melding.objects.count() == 4


def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def words(category: Category, **more: Any) -> dict[str, Any]:
    return {
        "source": SourceFactory.create(municipality=category.municipality).pk,
        "kind": "probleem",
        "category": category.pk,
        "text": "Er ligt een matras naast de glasbol.",
        "place": "Glasbol",
        "urgency": "gewoon",
        "happened_at": "2026-11-20T10:00",
        "form_token": "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a01",
        **more,
    }


def test_a_form_sent_twice_makes_one(world: World, category: Category, client: Client) -> None:
    form = words(category, reporter_phone="0470 00 00 00", channel=Channel.PHONE)

    first = desk(world, client).post(reverse("meldingen:create"), form)
    second = client.post(reverse("meldingen:create"), form)

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Reporter.objects.get().melding == Melding.objects.get()


def test_a_wish_for_a_call_needs_a_number(world: World, category: Category, client: Client) -> None:
    answer = desk(world, client).post(
        reverse("meldingen:create"), words(category, channel=Channel.PHONE)
    )

    assert answer.status_code == 422
    assert "Nodig om zo te antwoorden." in answer.content.decode()


def test_another_municipality_is_no_choice(world: World, client: Client) -> None:
    far = CategoryFactory.create(municipality=world.elsewhere)

    answer = desk(world, client).post(reverse("meldingen:create"), words(far))

    assert answer.status_code == 422


def test_who_reported_is_no_part_of_the_history(world: World, category: Category) -> None:
    reporter = Reporter(name="Mia Peeters", phone="0470 11 22 33", channel=Channel.PHONE)

    take_in(told(category), reporter, by=world.coordinator)

    lines = "".join(
        f"{line.subject_label}{line.changes}{line.reason}" for line in LogEntry.objects.all()
    )
    assert "Peeters" not in lines
    assert "0470" not in lines
    assert isinstance(world.coordinator, User)


def test_a_category_is_typed(world: World, category: Category, client: Client) -> None:
    desk(world, client).post(
        reverse("meldingen:create"), words(category) | {"category": category.name.upper()}
    )

    assert Melding.objects.get().category == category


def test_the_extra_questions_come_with_the_category(
    world: World, category: Category, client: Client
) -> None:
    asked = CategoryQuestion.objects.create(
        category=category, label="Paalnummer", kind="tekst", is_required=True
    )
    shown = desk(world, client).get(reverse("meldingen:questions"), {"category": category.name})
    assert "Paalnummer" in shown.content.decode()
    refused = client.post(reverse("meldingen:create"), words(category))
    assert refused.status_code == 422
    assert "Paalnummer" in refused.content.decode()
    assert "Er ligt een matras" in refused.content.decode()

    client.post(reverse("meldingen:create"), words(category) | {f"q{asked.pk}": "12B"})

    assert Melding.objects.get().answers == {str(asked.pk): "12B"}


def test_an_answer_that_was_no_choice_is_refused(
    world: World, category: Category, client: Client
) -> None:
    asked = CategoryQuestion.objects.create(
        category=category, label="Soort", kind="keuzes", choices=["zak", "meubel"]
    )

    answer = desk(world, client).post(
        reverse("meldingen:create"), words(category) | {f"q{asked.pk}": ["zak", "auto"]}
    )

    assert answer.status_code == 422


def test_the_source_of_the_last_call_stands_ready(
    world: World, category: Category, client: Client
) -> None:
    form = words(category)
    desk(world, client).post(reverse("meldingen:create"), form)

    shown = client.get(reverse("meldingen:create")).content.decode()

    assert f'<option value="{form["source"]}" selected' in shown


def test_photos_come_along(world: World, category: Category, client: Client) -> None:
    desk(world, client).post(reverse("meldingen:create"), words(category) | {"photos": [picture()]})

    assert Melding.objects.get().photos.count() == 1


def test_taking_in_takes_few_questions(world: World, category: Category, client: Client) -> None:
    form = words(category, reporter_phone="0470 00 00 00", channel=Channel.PHONE)
    take_in(told(category), by=world.coordinator)  # not the first of the year
    desk(world, client).get(reverse("meldingen:create"))

    with CaptureQueriesContext(connection) as asked:
        client.post(reverse("meldingen:create"), form)

    assert Reporter.objects.count() == 1
    assert len(asked) <= 20, [row["sql"][:90] for row in asked.captured_queries]


def test_taking_in_with_everything_takes_few_questions(
    world: World, category: Category, client: Client
) -> None:
    hood = NeighbourhoodFactory.create(municipality=world.here)
    Border.objects.create(neighbourhood=hood, shape=polygon(SQUARE))
    form = words(category, reporter_phone="0470 00 00 00", channel=Channel.PHONE)
    form |= {"neighbourhood": hood.pk, "latitude": "51.1", "longitude": "4.1"}
    desk(world, client).get(reverse("meldingen:create"))

    with CaptureQueriesContext(connection) as asked:
        client.post(reverse("meldingen:create"), form)

    assert Melding.objects.get().neighbourhood == hood
    assert len(asked) <= 20, [row["sql"][:90] for row in asked.captured_queries]
