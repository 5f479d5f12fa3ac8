"""The usual lists: a new municipality starts with them, another takes them over with one button."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from accounts.models import Municipality
from core.models import LogEntry
from partners.defaults import AGREEMENT_TYPES, COMPETENCES
from partners.models import AgreementType, Competence
from partners.operations import defaults
from tests.conftest import World, build_world
from tests.factories import AgreementTypeFactory, CompetenceFactory
from tests.together import at_once

LISTS = [
    ("/afspraken/soorten/", AgreementType, AGREEMENT_TYPES, AgreementTypeFactory),
    ("/partners/bevoegdheden/", Competence, COMPETENCES, CompetenceFactory),
]


def test_the_rows_are_sound(world: World) -> None:
    defaults.start_with(world.here)
    for row in (*AgreementType.objects.all(), *Competence.objects.all()):
        row.full_clean()


@pytest.mark.django_db
def test_a_new_municipality_starts_with_them() -> None:
    call_command("open_municipality", "NEW", "Nieuwrode", zone="Zone", administrator="Els",
                 email="els@nieuwrode.example")  # fmt: skip
    place = Municipality.objects.get(code="NEW")
    assert place.agreement_types.count() == len(AGREEMENT_TYPES) == 14
    assert place.competences.count() == len(COMPETENCES)


@pytest.mark.parametrize(("address", "model", "wanted", "_factory"), LISTS)
def test_an_empty_list_is_filled_with_one_button(
    office: Client, world: World, address: str, model: Any, wanted: tuple[object], _factory: Any
) -> None:
    assert "Standaardlijst overnemen" in office.get(address).content.decode()

    for _click in range(2):
        assert office.post(f"{address}standaardlijst/").status_code == 302

    assert model.objects.filter(municipality=world.here).count() == len(wanted)
    assert not model.objects.filter(municipality=world.elsewhere).exists()
    assert LogEntry.objects.about(world.here).get().actor == world.coordinator
    assert "Standaardlijst overnemen" not in office.get(address).content.decode()


@pytest.mark.parametrize(("address", "model", "_wanted", "factory"), LISTS)
def test_a_list_with_rows_is_left_alone(
    office: Client, world: World, address: str, model: Any, _wanted: object, factory: Any
) -> None:
    factory.create(municipality=world.here)
    office.post(f"{address}standaardlijst/")
    assert model.objects.count() == 1


def test_who_keeps_no_lists_takes_none(world: World) -> None:
    for take in (defaults.take_types, defaults.take_competences):
        with pytest.raises(PermissionDenied):
            take(world.here, by=world.college)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_fill_once() -> None:
    world = build_world()

    def take() -> bool:
        return defaults.take_types(world.here, by=world.coordinator)

    assert sorted(map(str, at_once(take, take))) == ["False", "True"]
    assert AgreementType.objects.count() == len(AGREEMENT_TYPES)
