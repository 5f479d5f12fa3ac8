"""Key figures: asked with consent, read one by one, erased when consent ends."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Neighbourhood
from accounts.roles import Role
from core.models import LogEntry
from partners.models import KeyFigure
from partners.models.key_figures import consent_end
from partners.operations import key_figures
from partners.tasks import erase_expired
from tests.conftest import World
from tests.factories import KeyFigureFactory, NeighbourhoodFactory

LIST = "/partners/sleutelfiguren/"


@pytest.fixture
def place(world: World) -> Neighbourhood:
    return NeighbourhoodFactory.create(municipality=world.here, name="De Linde")


@pytest.fixture
def figure(place: Neighbourhood) -> KeyFigure:
    today = timezone.localdate()
    return KeyFigureFactory.create(
        neighbourhood=place, consent_on=today, consent_until=consent_end(today), name="Kim Peeters"
    )


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def fields(place: Neighbourhood, **changes: object) -> dict[str, object]:
    return {
        "neighbourhood": place.pk,
        "function": "Apotheker",
        "name": "Kim Peeters",
        "email": "kim@zandrode.example",
        "consent_on": timezone.localdate().isoformat(),
        "form_token": str(uuid.uuid4()),
        **changes,
    }


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        (dt.date(2026, 6, 1), dt.date(2027, 5, 31)),
        (dt.date(2028, 2, 29), dt.date(2029, 2, 28)),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_consent_holds_for_a_year(given: dt.date, ends: dt.date) -> None:
    assert consent_end(given) == ends


def test_a_key_figure_is_added_once(desk: Client, world: World, place: Neighbourhood) -> None:
    form = fields(place)
    for _click in range(2):
        assert desk.post(f"{LIST}nieuw/", form).status_code == 302

    found = KeyFigure.objects.get()
    assert found.municipality == world.here
    assert found.consent_until == consent_end(timezone.localdate())
    assert "Kim" not in str(LogEntry.objects.about(found).get().changes)


@pytest.mark.parametrize(
    "wrong", [{"consent_on": "2999-01-01"}, {"consent_on": ""}, {"name": ""}, {"neighbourhood": 0}]
)
def test_without_consent_or_name_there_is_none(
    desk: Client, place: Neighbourhood, wrong: dict[str, object]
) -> None:
    assert desk.post(f"{LIST}nieuw/", fields(place, **wrong)).status_code == 422


def test_a_neighbourhood_elsewhere_cannot_be_chosen(desk: Client, world: World) -> None:
    foreign = NeighbourhoodFactory.create(municipality=world.elsewhere)
    assert desk.post(f"{LIST}nieuw/", fields(foreign)).status_code == 422


def test_a_name_is_shown_on_asking_and_that_is_noted(
    client: Client, world: World, figure: KeyFigure
) -> None:
    staff = world.cast[Role.CIV_STAFF]
    client.force_login(staff)
    for page in (client.get(LIST), client.get(f"{LIST}?q=Kim"), client.get(f"{LIST}{figure.pk}/")):
        assert "Kim Peeters" not in page.content.decode()
        assert figure.email not in page.content.decode()

    shown = client.post(f"{LIST}{figure.pk}/gegevens/")

    assert "Kim Peeters" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert LogEntry.objects.about(figure).get().actor == staff


def test_opening_the_form_counts_as_reading(desk: Client, figure: KeyFigure) -> None:
    assert "Kim Peeters" in desk.get(f"{LIST}{figure.pk}/wijzigen/").content.decode()
    assert LogEntry.objects.about(figure).get().verb == "keyfigure.read"


def test_the_police_read_of_their_own_neighbourhoods(
    client: Client, world: World, figure: KeyFigure
) -> None:
    police = world.cast[Role.NEIGHBOURHOOD_POLICE]
    client.force_login(police)
    assert client.get(f"{LIST}{figure.pk}/").status_code == 404
    assert figure.function not in client.get(LIST).content.decode()

    police.memberships.get().neighbourhoods.add(figure.neighbourhood)

    assert figure.function in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{figure.pk}/gegevens/").status_code == 200
    assert client.get(f"{LIST}{figure.pk}/wijzigen/").status_code == 403


def test_an_edit_tells_the_history_no_names(
    desk: Client, place: Neighbourhood, figure: KeyFigure
) -> None:
    desk.post(
        f"{LIST}{figure.pk}/wijzigen/",
        fields(place, name="Sam Claes", network="Klanten", version=1),
    )

    line = LogEntry.objects.about(figure).get(verb="keyfigure.edited")
    assert {change["field"] for change in line.changes} == {"name", "email", "function", "network"}
    assert "Sam" not in str(line.changes)
    assert "Kim" not in str(line.changes)


def test_the_second_of_two_gets_both_texts(
    desk: Client, place: Neighbourhood, figure: KeyFigure
) -> None:
    url = f"{LIST}{figure.pk}/wijzigen/"
    desk.post(url, fields(place, function="Bakker", version=1))
    assert desk.post(url, fields(place, function="Slager", version=1)).status_code == 409


def test_withdrawing_erases_at_once(desk: Client, figure: KeyFigure) -> None:
    today = timezone.localdate().isoformat()
    desk.post(f"{LIST}{figure.pk}/contact/", {"on": today, "what": "Kim hoort veel"})
    assert "Kim hoort veel" in desk.get(f"{LIST}{figure.pk}/").content.decode()

    for _click in range(2):
        desk.post(f"{LIST}{figure.pk}/intrekken/")

    figure.refresh_from_db()
    assert (figure.name, figure.email, figure.phone) == ("", "", "")
    assert not figure.contacts.exists()
    assert LogEntry.objects.about(figure).filter(verb="keyfigure.withdrawn").count() == 1
    page = desk.get(f"{LIST}{figure.pk}/").content.decode()
    assert "de toestemming is voorbij" in page
    for act in ("gegevens", "contact", "vernieuwen"):
        assert desk.post(f"{LIST}{figure.pk}/{act}/").status_code == 403


@pytest.mark.parametrize(("days_ago", "kept"), [(0, True), (1, False), (400, False)])
def test_the_night_after_the_consent_ended_it_is_erased(
    place: Neighbourhood, days_ago: int, kept: bool
) -> None:
    ended = dt.date(2026, 11, 21) - dt.timedelta(days=days_ago)
    figure = KeyFigureFactory.create(
        neighbourhood=place, consent_on=ended - dt.timedelta(days=364), consent_until=ended
    )

    for _night in range(2):
        key_figures.erase_expired(on=dt.date(2026, 11, 21))

    figure.refresh_from_db()
    assert bool(figure.name) is kept
    assert LogEntry.objects.about(figure).count() == (0 if kept else 1)


def test_nobody_reads_a_name_a_day_longer_than_the_consent(desk: Client, figure: KeyFigure) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    KeyFigure.objects.update(consent_on=dt.date(2020, 1, 1), consent_until=yesterday)

    page = desk.get(f"{LIST}{figure.pk}/").content.decode()
    assert "vraag ze opnieuw" in page
    assert "Toon naam en contact" not in page
    for response in (
        desk.post(f"{LIST}{figure.pk}/gegevens/"),
        desk.get(f"{LIST}{figure.pk}/wijzigen/"),
    ):
        assert response.status_code == 403
        assert figure.name not in response.content.decode()
    today = timezone.localdate().isoformat()
    assert desk.post(f"{LIST}{figure.pk}/vernieuwen/", {"consent_on": today}).status_code == 302
    assert figure.name in desk.post(f"{LIST}{figure.pk}/gegevens/").content.decode()


def test_the_task_of_the_night_uses_today(figure: KeyFigure) -> None:
    erase_expired()
    figure.refresh_from_db()
    assert figure.name


def test_what_is_erased_cannot_come_back(figure: KeyFigure) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyFigure.objects.filter(pk=figure.pk).update(erased_at=timezone.now())


def test_consent_is_renewed_for_a_year(desk: Client, figure: KeyFigure) -> None:
    before = timezone.localdate() - dt.timedelta(days=350)
    KeyFigure.objects.update(consent_on=before, consent_until=consent_end(before))
    assert "loopt binnen de maand af" in desk.get(LIST).content.decode()
    assert figure.function in desk.get(f"{LIST}?toestemming=vernieuwen").content.decode()

    today = timezone.localdate()
    desk.post(f"{LIST}{figure.pk}/vernieuwen/", {"consent_on": today.isoformat()})

    figure.refresh_from_db()
    assert figure.consent_until == consent_end(today)
    assert figure.function not in desk.get(f"{LIST}?toestemming=vernieuwen").content.decode()


@pytest.mark.parametrize("day", ["2999-01-01", "", "gisteren"])
def test_a_wrong_day_is_refused_in_words(desk: Client, figure: KeyFigure, day: str) -> None:
    assert desk.post(f"{LIST}{figure.pk}/vernieuwen/", {"consent_on": day}).status_code == 422
    contact = desk.post(f"{LIST}{figure.pk}/contact/", {"on": day, "what": "Praatje"})
    assert contact.status_code == 422
    assert "Praatje" in contact.content.decode()


def test_it_costs_the_same_for_few_and_many(desk: Client, figure: KeyFigure) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        return len(queries)

    cost()
    few = cost()
    KeyFigureFactory.create_batch(45, neighbourhood=figure.neighbourhood)
    assert cost() == few <= 12
