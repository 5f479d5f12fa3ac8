"""How long things last is set per municipality, in one place."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from core.models import LogEntry
from meldingen.models import Terms, terms_of
from tests.conftest import World, sign_in

PAGE = "/beheer/meldingen/termijnen/"


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def form(months: object = 6, weeks: object = 10, version: int = 1) -> dict[str, object]:
    return {"reporter_months": months, "mailbox_weeks": weeks, "version": version}


def test_who_set_nothing_has_the_usual_terms(world: World, desk: Client) -> None:
    shown = desk.get(PAGE).content.decode()

    assert "12 maanden na afhandeling" in shown
    assert "na 8 weken zonder briefje" in shown
    assert not Terms.objects.exists()


def test_what_is_set_is_shown_and_told_in_the_history(world: World, desk: Client) -> None:
    answer = desk.post(f"{PAGE}ZAN/", form(), follow=True)

    assert "6 maanden na afhandeling" in answer.content.decode()
    line = LogEntry.objects.get(verb="terms.edited")
    assert [change["new"] for change in line.changes] == ["6", "10"]
    assert terms_of(world.elsewhere).reporter_months == 12


@pytest.mark.parametrize(("months", "weeks"), [(0, 8), (37, 8), (12, 1), (12, 53), ("x", 8)])
def test_what_makes_no_sense_is_refused(desk: Client, months: object, weeks: object) -> None:
    assert desk.post(f"{PAGE}ZAN/", form(months, weeks)).status_code == 422
    assert not Terms.objects.exists()


def test_the_database_refuses_it_too(world: World) -> None:
    with pytest.raises(IntegrityError):
        Terms.objects.create(municipality=world.here, reporter_months=99)


def test_two_who_set_it_see_both_texts(desk: Client) -> None:
    desk.post(f"{PAGE}ZAN/", form(6))
    desk.post(f"{PAGE}ZAN/", form(9))

    assert desk.post(f"{PAGE}ZAN/", form(24)).status_code == 409
    assert Terms.objects.get().reporter_months == 9


def test_another_municipality_is_nowhere(desk: Client) -> None:
    assert desk.get(reverse("meldingen:terms-edit", args=["MEL"])).status_code == 404
