"""A municipality that starts has lists to work with, and keeps what it made itself."""

from __future__ import annotations

from meldingen import defaults
from meldingen.models import Category, ClosureReason, Source, StandardText
from meldingen.operations.defaults import bare_lists, start_with, take_lists
from tests.conftest import World
from tests.factories import CategoryGroupFactory, SourceFactory


def test_a_new_municipality_has_every_list(world: World) -> None:
    start_with(world.here)

    assert Source.objects.count() == len(defaults.SOURCES) == 13
    assert Category.objects.count() == 27
    assert ClosureReason.objects.filter(needs_text=True).count() == 6
    assert StandardText.objects.count() == 6


def test_the_handler_is_the_partner_of_that_code(world: World) -> None:
    start_with(world.here)

    assert Category.objects.get(code="N01").handler == world.service
    assert Category.objects.get(code="O03").handler is None


def test_a_list_that_has_lines_stays_as_it_is(world: World) -> None:
    SourceFactory.create(municipality=world.here, name="Onze bus")
    own = CategoryGroupFactory.create(municipality=world.here, code="netheid", name="Proper")

    assert take_lists(world.here, by=world.coordinator)

    assert Source.objects.get().name == "Onze bus"
    assert Category.objects.get(code="N01").group == own


def test_taking_them_twice_does_nothing(world: World) -> None:
    assert take_lists(world.here, by=world.coordinator)
    assert not take_lists(world.here, by=world.coordinator)
    assert Category.objects.count() == 27


def test_who_lacks_a_list_is_known(world: World) -> None:
    start_with(world.here)

    places = frozenset({world.here.pk, world.elsewhere.pk})
    assert bare_lists(places) == [world.elsewhere]
