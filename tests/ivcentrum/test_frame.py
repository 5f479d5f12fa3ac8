"""The frame around each page: who is looking, and where this person can go."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from ivcentrum import navigation
from ivcentrum.context import house
from tests.conftest import World


def asks(rf: RequestFactory, user: User | AnonymousUser, path: str = "/") -> HttpRequest:
    request = rf.get(path)
    request.user = user
    return request


def labels(user: User, path: str = "/") -> list[str]:
    return [str(link.label) for link in navigation.for_user(user, path)]


@pytest.mark.django_db
def test_a_stranger_costs_no_query(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        frame = house(asks(rf, AnonymousUser()))["house"]

    assert (frame.navigation, frame.municipality, frame.user_name) == ((), None, "")


def test_a_page_that_comes_before_the_user_is_known_has_a_frame_too(rf: RequestFactory) -> None:
    assert house(rf.get("/"))["house"].navigation == ()


def test_one_query_knows_the_person(
    rf: RequestFactory, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fresh = User.objects.get(pk=world.coordinator.pk)

    with django_assert_num_queries(1):
        frame = house(asks(rf, fresh))["house"]

    assert frame.municipality == world.here
    assert frame.roles == "Coördinator integrale veiligheid"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (
            Role.COORDINATOR,
            [
                "Vandaag",
                "Mijn acties",
                "Meldingen",
                "Plannen",
                "Acties",
                "Partners",
                "Evaluaties",
                "Bevoegd",
                "Rapporten",
            ],
        ),
        (
            Role.WARDEN,
            ["Vandaag", "Op straat", "Meldingen", "Bevoegd", "Mijn acties", "Plannen", "Acties"],
        ),
        (Role.PARTNER, ["Partnerruimte"]),
        (
            Role.COLLEGE,
            ["Vandaag", "Plannen", "Acties", "Partners", "Evaluaties", "Bevoegd", "Rapporten"],
        ),
        (Role.ADMINISTRATOR, ["Vandaag", "Partners", "Beheer"]),
        (Role.READER, ["Vandaag", "Plannen", "Acties", "Rapporten"]),
    ],
)
def test_everybody_sees_where_he_may_go(world: World, role: Role, expected: list[str]) -> None:
    assert labels(world.cast[role]) == expected


def test_the_deepest_place_is_where_you_are(world: World) -> None:
    links = navigation.for_user(world.coordinator, "/acties/mijn/")

    assert [str(link.label) for link in links if link.current] == ["Mijn acties"]


@pytest.mark.parametrize("path", ["/beheer/personen/3/", "/beheer/toestand/", "/beheer/huisstijl/"])
def test_all_of_beheer_is_beheer(world: World, path: str) -> None:
    links = navigation.for_user(world.administrator, path)

    assert [str(link.label) for link in links if link.current] == ["Beheer"]


@pytest.mark.parametrize("path", ["/partners/3/", "/afspraken/", "/afspraken/3/stappen/"])
def test_agreements_are_found_with_the_partners(world: World, path: str) -> None:
    links = navigation.for_user(world.coordinator, path)

    assert [str(link.label) for link in links if link.current] == ["Partners"]


def test_home_is_no_part_of_every_other_page(world: World) -> None:
    links = navigation.for_user(world.coordinator, "/stijl/")

    assert [link for link in links if link.current] == []


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><b>', "")])
def test_only_a_theme_we_know_is_drawn(rf: RequestFactory, cookie: str, theme: str) -> None:
    request = rf.get("/")
    request.COOKIES["theme"] = cookie

    assert house(request)["house"].theme == theme
