"""The home page tells who handles meldingen what waits, in numbers that the list shows too."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from ivcentrum.today.meldingen import tasks
from tests.conftest import World, sign_in
from tests.factories import MeldingFactory


def told(world: World, role: Role) -> dict[str, int]:
    found = tasks(world.cast[role], on=timezone.localdate())
    return {str(task.title): task.count for task in found}


def test_late_comes_apart_from_what_is_open(world: World) -> None:
    late = timezone.localdate() - dt.timedelta(days=1)
    MeldingFactory.create(municipality=world.here, handler=world.service, due=late)
    MeldingFactory.create(municipality=world.here, handler=world.service)
    MeldingFactory.create(municipality=world.here)

    assert told(world, Role.SERVICE) == {
        "Jouw meldingen voorbij de norm": 1,
        "Jouw open meldingen": 1,
    }
    assert told(world, Role.COORDINATOR)["Meldingen die niemand heeft"] == 1


def test_what_a_colleague_has_is_not_mine(world: World) -> None:
    warden = world.cast[Role.WARDEN]
    MeldingFactory.create(municipality=world.here, handler=world.service, assignee=warden)

    assert told(world, Role.SERVICE)["Jouw open meldingen"] == 0
    assert told(world, Role.WARDEN)["Jouw open meldingen"] == 1


def test_who_handles_none_hears_nothing(world: World) -> None:
    MeldingFactory.create(municipality=world.here)

    assert told(world, Role.COLLEGE) == told(world, Role.ADMINISTRATOR) == {}


def test_each_number_is_that_of_the_list_behind_it(world: World, client: Client) -> None:
    late = timezone.localdate() - dt.timedelta(days=1)
    MeldingFactory.create_batch(2, municipality=world.here, handler=world.civ, due=late)
    MeldingFactory.create_batch(3, municipality=world.here)
    sign_in(client, world.coordinator)

    for task in tasks(world.coordinator, on=timezone.localdate()):
        if task.count:
            page = client.get(task.url)
            assert len(page.context["rows"]) == task.count, task.url
