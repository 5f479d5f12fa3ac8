"""The triage list: its tabs, its filters, its words, and what it costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from meldingen.models import Melding, Note, Photo, Reporter, SavedView
from meldingen.workflow import MeldingStatus
from tests.conftest import World, sign_in
from tests.factories import (
    CategoryFactory,
    ClosureReasonFactory,
    MeldingFactory,
    SavedViewFactory,
    SourceFactory,
)

LIST = "/meldingen/"
MOST_QUERIES = 12


@pytest.fixture
def told(world: World) -> dict[str, Any]:
    category = CategoryFactory.create(municipality=world.here)
    source = SourceFactory.create(municipality=world.here)
    return {"municipality": world.here, "category": category, "source": source}


def closed(told: dict[str, Any], **more: Any) -> Melding:
    reason = ClosureReasonFactory.create(municipality=told["municipality"])
    return MeldingFactory.create(**told, status=MeldingStatus.CLOSED, closed_at=timezone.now(),
                                 closure_reason=reason, **more)  # fmt: skip


def shown(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return [row["number"] for row in answer.context["rows"]]


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    sign_in(client, world.coordinator)
    return client


def test_it_begins_with_what_is_open_newest_first(desk: Client, told: dict[str, Any]) -> None:
    old = MeldingFactory.create(**told, entered_at=timezone.now() - dt.timedelta(days=2))
    new = MeldingFactory.create(**told)
    closed(told)

    assert shown(desk) == [new.number, old.number]
    assert len(shown(desk, "lijst=alle")) == 3


def test_the_tabs_count_what_they_hold(world: World, desk: Client, told: dict[str, Any]) -> None:
    late = timezone.localdate() - dt.timedelta(days=1)
    MeldingFactory.create(**told, assignee=world.coordinator)
    MeldingFactory.create(**told, handler=world.civ, due=late)
    MeldingFactory.create(**told)

    tabs = {tab.label: tab.count for tab in desk.get(LIST).context["tabs"]}
    assert tabs == {"Alle open": 3, "Van mij": 1, "Van mijn dienst": 1, "Zwevend": 1,
                    "Voorbij de norm": 1, "Alles": None}  # fmt: skip
    assert len(shown(desk, "lijst=zwevend")) == len(shown(desk, "lijst=norm")) == 1
    assert len(shown(desk, "lijst=mijn")) == len(shown(desk, "lijst=dienst")) == 1


def test_an_exact_number_gives_exactly_that_one(desk: Client, told: dict[str, Any]) -> None:
    one = MeldingFactory.create(**told, number="ZAN-2026-00421")
    MeldingFactory.create(**told, number="ZAN-2026-00422", text="Zie ZAN-2026-00421")

    assert shown(desk, "q=zan-2026-00421") == [one.number]
    assert len(shown(desk, "q=ZAN-2026-0042")) == 2


@pytest.mark.parametrize("word", ["zak", "GLASBOL", "gehaald", "buurvrouw"])
def test_words_are_found_in_text_place_closure_and_notes(
    desk: Client, told: dict[str, Any], word: str
) -> None:
    found = closed(told, text="Drie zakken.", place="Glasbol", closure_text="Is gehaald.")
    MeldingFactory.create(**told, text="Iets anders", place="Markt")
    Note.objects.create(melding=found, text="De buurvrouw belde.", by_name="CIV")

    assert shown(desk, f"q={word}") == [found.number]


def test_words_and_filters_go_together(desk: Client, told: dict[str, Any]) -> None:
    MeldingFactory.create(**told, text="Een matras.")
    over = closed(told, text="Een matras.")
    other = CategoryFactory.create(municipality=told["municipality"])
    MeldingFactory.create(**{**told, "category": other}, text="Een matras.")

    assert shown(desk, "q=matras&status=afgehandeld") == [over.number]
    assert shown(desk, f"q=matras&status=open&categorie={other.pk}") != []
    assert shown(desk, f"q=stoel&categorie={other.pk}") == []


@pytest.mark.parametrize("query", [
    "status=open", "soort=vraag", "dringend=dringend", "niveau=partners", "toon=foto",
    "van=2026-01-02", "tot=2025-01-01",
])  # fmt: skip
def test_each_filter_takes_the_others_away(desk: Client, told: dict[str, Any], query: str) -> None:
    old = dt.datetime(2025, 1, 1, 23, 30, tzinfo=dt.UTC)
    closed(told, entered_at=dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC))
    wanted: dict[str, Any] = {
        "status": {"status": "ontvangen", "entered_at": old},
        "soort": {"kind": "vraag"},
        "dringend": {"urgency": "dringend"},
        "niveau": {"confidentiality": "partners"},
        "toon": {},
        "van": {},
        "tot": {"entered_at": old - dt.timedelta(hours=1)},
    }
    one = MeldingFactory.create(**told, **wanted[query.partition("=")[0]])
    Photo.objects.create(melding=one, name="f.jpg", content_type="image/jpeg", size=1, sha256="0")

    assert shown(desk, f"lijst=alle&{query}") == [one.number]


def test_a_chip_takes_its_filter_off(desk: Client, told: dict[str, Any]) -> None:
    MeldingFactory.create(**told)

    page = desk.get(f"{LIST}?q=matras&status=open&toon=zwevend&toon=norm&page=2")

    chips = {chip.label: chip.url for chip in page.context["chips"]}
    assert chips["“matras”"] == "?status=open&toon=zwevend&toon=norm"
    assert chips["Voorbij de norm"] == "?q=matras&status=open&toon=zwevend"


@pytest.mark.parametrize("query", [
    "status=bestaat-niet", "categorie=abc", "page=nul", "page=99999", "van=gisteren", "sort=x",
    "lijst=weg", "q=%00", "wijk=9223372036854775808", "q=%22%26%7C!%28",
])  # fmt: skip
def test_nonsense_is_no_error(desk: Client, told: dict[str, Any], query: str) -> None:
    MeldingFactory.create(**told)

    assert desk.get(f"{LIST}?{query}").status_code == 200


def test_a_row_leads_back_to_this_very_list(desk: Client, told: dict[str, Any]) -> None:
    melding = MeldingFactory.create(**told)

    page = desk.get(f"{LIST}?status=open&sort=norm&vreemd=1")

    assert page.context["rows"][0]["url"] == (
        f"{melding.get_absolute_url()}?terug=status%3Dopen%26sort%3Dnorm"
    )
    assert f'id="melding-{melding.pk}"' in page.content.decode()


@pytest.mark.parametrize(("back", "address"), [
    ("status=open&sort=norm", "/meldingen/?status=open&sort=norm"),
    ("//elders.example", "/meldingen/"), ("status=a%0d%0ab&x=1", "/meldingen/?status=a%0D%0Ab"),
    ("q=" + "a" * 5000, "/meldingen/?q=" + "a" * 998), ("\x00", "/meldingen/"),
])  # fmt: skip
def test_the_way_back_is_always_the_list(
    desk: Client, told: dict[str, Any], back: str, address: str
) -> None:
    melding = MeldingFactory.create(**told)

    page = desk.get(melding.get_absolute_url(), {"terug": back})

    assert page.context["list_url"] == f"{address}#melding-{melding.pk}"


def test_the_place_in_the_list_is_kept_over_all_that_is_done(
    desk: Client, told: dict[str, Any]
) -> None:
    melding = MeldingFactory.create(**told)
    desk.get(f"{melding.get_absolute_url()}?terug=wijk%3D4%26sort%3Dnorm")

    desk.post(f"{melding.get_absolute_url()}notitie/", {"text": "Gebeld."})

    page = desk.get(melding.get_absolute_url())
    assert f'href="/meldingen/?wijk=4&amp;sort=norm#melding-{melding.pk}"' in page.content.decode()


def test_who_reported_is_nowhere_in_the_list(desk: Client, told: dict[str, Any]) -> None:
    melding = MeldingFactory.create(**told)
    Reporter.objects.create(melding=melding, name="Mia Peeters", phone="0470 11 22 33")

    assert "Peeters" not in desk.get(LIST).content.decode()
    assert shown(desk, "q=Peeters") == []


def test_a_service_sees_its_own_alone(world: World, client: Client, told: dict[str, Any]) -> None:
    own = MeldingFactory.create(**told, handler=world.service)
    MeldingFactory.create(**told, handler=world.civ)
    sign_in(client, world.lead)

    assert shown(client) == [own.number]
    assert "Centrum IV" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("query", ["", "status=open&q=matras"])
@pytest.mark.parametrize("count", [3, 300])
def test_it_costs_the_same_for_few_and_for_many(
    desk: Client,
    told: dict[str, Any],
    count: int,
    query: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    MeldingFactory.create_batch(count, **told)
    desk.get(LIST)  # the first page of a session also writes that it began
    with django_assert_max_num_queries(MOST_QUERIES):
        desk.get(f"{LIST}?{query}")


def keep(client: Client, query: str, **more: Any) -> Any:
    token = "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a02"
    address = f"{reverse('meldingen:view-create')}?van-lijst={query}"
    return client.post(address, {"name": "Netheid", "form_token": token, **more})


def test_a_list_is_kept_under_a_name(world: World, desk: Client, told: dict[str, Any]) -> None:
    asked = "status%3Dopen%26vreemd%3D1%26page%3D3"
    first, second = (keep(desk, asked, municipality=world.here.pk) for _click in range(2))

    view = SavedView.objects.get()
    assert (
        first["Location"] == second["Location"] == view.get_absolute_url() == f"{LIST}?status=open"
    )
    assert "Netheid" in desk.get(LIST).content.decode()


def test_a_list_without_filters_is_none(world: World, desk: Client) -> None:
    assert keep(desk, "", municipality=world.here.pk).status_code == 422


def test_what_is_shared_shows_to_who_follows_them_all(world: World, client: Client) -> None:
    for shared in (True, False):
        SavedViewFactory.create(municipality=world.here, owner=world.coordinator, is_shared=shared,
                                name=f"Gedeeld {shared}")  # fmt: skip
    sign_in(client, world.cast[Role.WARDEN])
    page = client.get(LIST).content.decode()
    assert "Gedeeld True" in page
    assert "Gedeeld False" not in page
    sign_in(client, world.lead)
    assert "Gedeeld True" not in client.get(LIST).content.decode()


def test_twenty_lists_are_enough(world: World, desk: Client) -> None:
    SavedViewFactory.create_batch(20, municipality=world.here, owner=world.coordinator)

    answer = keep(desk, "status%3Dopen", municipality=world.here.pk)

    assert answer.status_code == 422
    assert SavedView.objects.count() == 20
