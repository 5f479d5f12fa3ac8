"""One level for all that was joined, whoever changes it and whatever happens at that moment."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.test import Client

from core.confidentiality import Level
from core.models import LogEntry
from meldingen.forms.desk import EditForm
from meldingen.models import Melding
from meldingen.operations import joining, levels, steps
from meldingen.operations.edit import edit
from tests.conftest import World, sign_in
from tests.factories import CategoryFactory, MeldingFactory
from tests.meldingen.test_desk import page, words
from tests.together import at_once


def told(world: World, **more: Any) -> Melding:
    return MeldingFactory.create(municipality=world.here, **more)


@pytest.fixture
def top(world: World) -> Melding:
    """With two others joined to it."""
    made = told(world)
    for _one in range(2):
        joining.join(told(world), made, by=world.coordinator)
    made.refresh_from_db()
    return made


def raised(melding: Melding, world: World, level: str = Level.CONFIDENTIAL) -> Melding:
    fresh = Melding.objects.get(pk=melding.pk)
    form = EditForm(words(fresh, confidentiality=level), instance=fresh, by=world.coordinator)
    assert form.is_valid(), form.errors
    return edit(form, by=world.coordinator)


def test_all_that_was_joined_follows(top: Melding, world: World, client: Client) -> None:
    sign_in(client, world.coordinator)
    form = words(top, confidentiality=Level.CONFIDENTIAL)

    assert client.post(page(top, "wijzigen/"), form).status_code == 302

    assert set(Melding.objects.values_list("confidentiality", flat=True)) == {Level.CONFIDENTIAL}
    lines = LogEntry.objects.filter(verb="melding.edited")
    assert lines.count() == 3
    assert {line.changes[0]["new"] for line in lines} == {"Vertrouwelijk"}


def test_one_that_opened_again_is_no_longer_of_them(top: Melding, world: World) -> None:
    apart = top.joined.first()
    assert apart
    steps.take(apart, "heropenen", by=world.coordinator, text="Toch iets anders.")

    raised(top, world)

    apart.refresh_from_db()
    assert apart.confidentiality == Level.INTERNAL
    assert top.joined.get().confidentiality == Level.CONFIDENTIAL


def test_who_does_not_see_them_all_is_told_nothing_of_them(world: World, client: Client) -> None:
    top = told(world, handler=world.service, confidentiality=Level.PARTNERS)
    other = told(world, handler=world.care, confidentiality=Level.PARTNERS)
    joining.join(other, top, by=world.coordinator)
    sign_in(client, world.lead)

    answer = client.post(page(top, "wijzigen/"), words(top, confidentiality=Level.INTERNAL))

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "wijzigt de coördinator of een medewerker van het centrum" in said
    assert other.number not in said
    assert "samengevoegd" not in said
    assert set(Melding.objects.values_list("confidentiality", flat=True)) == {Level.PARTNERS}
    assert client.post(page(top, "wijzigen/"), words(top, text="Beter.")).status_code == 302


def test_one_about_people_keeps_them_all_from_public(world: World, client: Client) -> None:
    top, sensitive = told(world), CategoryFactory.create(municipality=world.here, is_sensitive=True)
    joining.join(told(world, category=sensitive), top, by=world.coordinator)
    sign_in(client, world.coordinator)

    answer = client.post(page(top, "wijzigen/"), words(top, confidentiality=Level.PUBLIC))

    assert answer.status_code == 422
    assert "gaat over mensen" in answer.content.decode()
    top.refresh_from_db()
    assert (top.confidentiality, top.version) == (Level.INTERNAL, top.version)


def test_the_form_says_that_it_goes_for_all(top: Melding, world: World, client: Client) -> None:
    sign_in(client, world.coordinator)
    said = "Geldt ook voor wat hiermee samengevoegd is."
    assert said in client.get(page(top, "wijzigen/")).content.decode()
    assert said not in client.get(page(told(world), "wijzigen/")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_joined_and_raised_at_once_they_are_alike(world: World) -> None:
    for _round in range(3):
        top, other = told(world), told(world)
        at_once(
            partial(joining.join, other, top, by=world.coordinator), partial(raised, top, world)
        )
        top.refresh_from_db()
        other.refresh_from_db()
        alike = top.confidentiality == other.confidentiality
        assert alike if other.joined_to else not alike


@pytest.mark.django_db(transaction=True)
def test_two_who_set_the_level_at_once(world: World) -> None:
    top, other = told(world), told(world)
    joining.join(other, top, by=world.coordinator)

    at_once(
        lambda: raised(top, world, Level.CONFIDENTIAL),
        lambda: raised(top, world, Level.RESTRICTED),
    )

    assert len(set(Melding.objects.values_list("confidentiality", flat=True))) == 1


@pytest.mark.django_db(transaction=True)
def test_raised_while_one_of_them_opens_again(world: World) -> None:
    top, other = told(world), told(world)
    joining.join(other, top, by=world.coordinator)

    outcomes = at_once(
        lambda: raised(top, world),
        lambda: steps.take(other, "heropenen", by=world.coordinator, text="Toch."),
    )

    assert not [one for one in outcomes if isinstance(one, Exception)]
    top.refresh_from_db()
    other.refresh_from_db()
    assert (top.confidentiality, other.joined_to) == (Level.CONFIDENTIAL, None)


def test_nothing_joined_asks_nothing(world: World) -> None:
    levels.set_for_joined(told(world), Level.PUBLIC, by=world.lead)
