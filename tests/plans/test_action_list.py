"""The list of actions: filters, search, order, groups, and what it costs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from core.confidentiality import Level
from plans.models import Action, Dimension
from plans.workflow import ActionStatus, LeadAnswer, Light
from tests.conftest import World
from tests.factories import (
    ActionFactory,
    NeighbourhoodFactory,
    PartnerFactory,
    RevisionFactory,
    SubThemeFactory,
)

URL = "/acties/"


@pytest.fixture
def client(client: Client, world: World) -> Client:
    client.force_login(world.coordinator)
    return client


def make(world: World, **fields: object) -> Action:
    return ActionFactory.create(sub_theme=world.sub_theme, running=True, **fields)


def codes(client: Client, query: str) -> list[str]:
    response = client.get(f"{URL}{query}")
    assert response.status_code == 200
    return [row["code"] for row in response.context["rows"]]


def test_it_shows_each_visible_action_of_the_plan(client: Client, world: World) -> None:
    ActionFactory.create(title="Van een andere gemeente")

    html = client.get(URL).content.decode()

    assert world.action.title in html
    assert "Van een andere gemeente" not in html


def test_htmx_gets_the_results_only(client: Client) -> None:
    html = client.get(URL, headers={"hx-request": "true"}).content.decode()

    assert html.strip().startswith('<div class="stack" id="results">')


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("?status=gepland", {"status": ActionStatus.PLANNED}),
        ("?stand=rood", {"light": Light.RED}),
        ("?stand=nvt", {"light": ""}),
        ("?dimensie=proactief", {"dimension": Dimension.PROACTIVE}),
        ("?thema=overlast", {"themes": ["overlast"]}),
        ("?toon=quick-win", {"quick_win": True}),
        ("?toon=te-laat", {"due": dt.date(2026, 2, 1)}),
        ("?toon=zonder-trekker", {"lead_answer": LeadAnswer.ASKED}),
    ],
)
def test_a_filter_keeps_what_fits(
    client: Client, world: World, query: str, fields: dict[str, object]
) -> None:
    Action.objects.update(last_update_on=dt.date.today())  # noqa: DTZ011 - the day of the test
    make(world, code="1.1.99", **fields)

    assert codes(client, query) == ["1.1.99"]


def test_still_to_do_leaves_out_what_is_over(client: Client, world: World) -> None:
    make(world, code="1.1.98", status=ActionStatus.STOPPED, light=Light.RED)
    make(world, code="1.1.99", light=Light.RED)

    assert codes(client, "?stand=rood&toon=open") == ["1.1.99"]


def test_without_news_means_ninety_days(client: Client, world: World) -> None:
    Action.objects.update(last_update_on=dt.date.today())  # noqa: DTZ011 - the day of the test
    make(world, code="1.1.99", last_update_on=dt.date(2026, 1, 20), start=dt.date(2026, 1, 12))

    assert codes(client, "?toon=zonder-nieuws") == ["1.1.99"]


def test_by_plan_domain_lead_and_neighbourhood(client: Client, world: World) -> None:
    lead = PartnerFactory.create(municipality=world.here)
    place = NeighbourhoodFactory.create(municipality=world.here)
    found = make(world, code="1.1.99", lead_partner=lead, whole_territory=False)
    found.neighbourhoods.add(place)
    Action.objects.exclude(pk=found.pk).update(whole_territory=False)

    assert codes(client, f"?plan={world.plan.code}&trekker={lead.pk}") == ["1.1.99"]
    assert (
        codes(client, f"?domein={world.domain.pk}") == ["1.1.99"]
        or len(codes(client, f"?domein={world.domain.pk}")) == 2
    )
    assert codes(client, f"?wijk={place.pk}") == ["1.1.99"]


def test_new_since_adoption(client: Client, world: World) -> None:
    make(world, code="1.1.99", revision=RevisionFactory.create(plan=world.plan))

    assert codes(client, "?toon=nieuw") == ["1.1.99"]


def test_archived_actions_are_apart(client: Client, world: World) -> None:
    gone = make(world, code="1.1.99")
    Action.objects.filter(pk=gone.pk).update(archived_at="2026-10-01T10:00Z")

    assert "1.1.99" not in codes(client, "")
    assert codes(client, "?archief=on") == ["1.1.99"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("fietsen", "Een fiets voor iedereen"),  # stems
        ("cafe", "Overleg met elk café"),  # accents
        ("verlichtng", "Betere verlichting"),  # a typo
    ],
)
def test_search_reads_dutch(client: Client, world: World, words: str, title: str) -> None:
    make(world, code="1.1.99", title=title)

    assert codes(client, f"?q={words}") == ["1.1.99"]


def test_a_code_comes_first(client: Client, world: World) -> None:
    make(world, code="1.2.3", title="Iets anders", position=90)
    make(world, code="1.2.30", title="Nog iets", position=1)

    assert codes(client, "?q=1.2.3") == ["1.2.3", "1.2.30"]


@pytest.mark.parametrize(
    "query",
    [
        "?plan=bestaat-niet",
        "?domein=99999999999999999999",
        "?domein=x",
        "?status=onbekend&toon=raar",
        "?q=%00",
        "?q=%E2%80%AE",
        "?q=" + "x" * 5000,
        "?trekker=-1&wijk=%00",
        "?sort=drop+table&groep=x&page=abc",
        "?page=99999999999999999999999",
        "?q=%27%22%3Cscript%3E",
        "?q=a%20%26%20%7C%20!%20(%20%3A*",
        "?plan=%ED%A0%80",
    ],
)
def test_nonsense_in_the_address_is_ignored(client: Client, query: str) -> None:
    assert client.get(f"{URL}{query}").status_code == 200


@pytest.mark.parametrize("sort", ["code", "titel", "domein", "trekker", "status", "stand",
                                  "voortgang", "einde", "nieuws"])  # fmt: skip
def test_each_column_sorts_both_ways(client: Client, world: World, sort: str) -> None:
    lead = PartnerFactory.create(municipality=world.here, name="AAA")
    make(
        world,
        code="1.1.99",
        title="AAA",
        lead_partner=lead,
        progress=90,
        light=Light.RED,
        status=ActionStatus.DONE,
        due=dt.date(2030, 1, 1),
        last_update_on=dt.date(2026, 1, 1),
        position=999,
    )
    Action.objects.filter(pk=world.action.pk).update(last_update_on=dt.date(2026, 5, 5))

    up, down = codes(client, f"?sort={sort}"), codes(client, f"?sort=-{sort}")

    assert sorted(up) == sorted(down)
    assert sort == "domein" or up == down[::-1]


def test_groups_have_headings(client: Client, world: World) -> None:
    second = PartnerFactory.create(municipality=world.here, name="Aaa-dienst")
    make(world, lead_partner=second)

    rows = client.get(f"{URL}?groep=trekker").context["rows"]

    assert [row["heading"] for row in rows] == ["Aaa-dienst", world.service.name]


def test_active_filters_are_chips_that_go_away(client: Client) -> None:
    response = client.get(f"{URL}?status=lopend&toon=te-laat&toon=nieuw")

    chips = {chip.label: chip.url for chip in response.context["chips"]}
    assert chips["Te laat"] == "?status=lopend&toon=nieuw"
    assert chips["Status: Lopend"] == "?toon=te-laat&toon=nieuw"


def test_nothing_found_says_what_to_do(client: Client) -> None:
    html = client.get(f"{URL}?q=onvindbaarwoord").content.decode()

    assert "Geen acties gevonden" in html
    assert "Wis alle filters" in html


def test_a_long_list_of_leads_is_typed_not_scrolled(client: Client, world: World) -> None:
    for number in range(51):
        lead = PartnerFactory.create(municipality=world.here, name=f"Dienst {number:02}")
        make(world, code=f"2.{number}", lead_partner=lead)

    html = client.get(URL).content.decode()
    assert '<datalist id="suggestions-trekker">' in html
    assert codes(client, "?trekker=dienst+07") == ["2.7"]


def test_a_service_does_not_see_a_confidential_action(client: Client, world: World) -> None:
    make(world, code="1.1.99", confidentiality=Level.CONFIDENTIAL, title="Heel geheim")
    client.force_login(world.cast[Role.COLLEGE])

    assert codes(client, "?q=geheim") == []


@pytest.mark.parametrize("query", ["", "?q=actie", "?groep=trekker&toon=te-laat"])
def test_it_costs_the_same_for_3_and_for_300_rows(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries, query: str
) -> None:
    def cost() -> int:
        with django_assert_max_num_queries(12) as asked:
            client.get(f"{URL}{query}")
        return len(asked)

    due = dt.date(2026, 2, 1)
    make(world, due=due)
    client.get(URL)  # a session notes its first page of the day
    few = cost()
    themes = [SubThemeFactory.create(domain=world.domain, code=f"9.{n}") for n in range(3)]
    for theme in themes:
        ActionFactory.create_batch(
            99, sub_theme=theme, running=True, lead_partner=world.service, due=due
        )

    assert cost() == few
