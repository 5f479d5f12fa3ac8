"""The municipality's own lists: kept by who may, versioned, and never taken from under a melding."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import LogEntry
from meldingen.models import Category, CategoryQuestion, Source, StandardText
from tests.conftest import World, sign_in
from tests.factories import (
    CategoryFactory,
    CategoryGroupFactory,
    MeldingFactory,
    PartnerFactory,
    SourceFactory,
)

TOKEN = "9d0e5a52-8d8c-4b0c-8f9e-0a8d5d7d2a04"


@pytest.fixture
def keeper(world: World, client: Client) -> Client:
    sign_in(client, world.administrator)
    return client


def items(slug: str, name: str = "list-items", **more: Any) -> str:
    return reverse(f"meldingen:{name}", kwargs={"slug": slug, **more})


def test_a_source_is_made_once(world: World, keeper: Client) -> None:
    form = {"municipality": world.here.pk, "code": "app", "name": "App", "form_token": TOKEN}
    for _click in range(2):
        assert keeper.post(items("bronnen", "item-create"), form).status_code == 302

    assert Source.objects.get().name == "App"
    assert LogEntry.objects.filter(verb="source.made").count() == 1


def test_a_code_exists_once_in_a_municipality(world: World, keeper: Client) -> None:
    SourceFactory.create(municipality=world.here, code="app")
    other = SourceFactory.create(municipality=world.here, code="box")
    form = {"code": "app", "name": "App", "version": 1}

    made = keeper.post(items("bronnen", "item-create"),
                       form | {"municipality": world.here.pk, "form_token": TOKEN})  # fmt: skip
    edited = keeper.post(items("bronnen", "item-edit", pk=other.pk), form)

    for answer in (made, edited):
        assert answer.status_code == 422
        assert "Deze code bestaat al in deze gemeente." in answer.content.decode()


def test_two_who_change_one_line_see_both_texts(world: World, keeper: Client) -> None:
    source = SourceFactory.create(municipality=world.here, version=2, name="Van een ander")
    form = {"code": source.code, "name": "Van mij", "version": 1}

    answer = keeper.post(items("bronnen", "item-edit", pk=source.pk), form)

    assert answer.status_code == 409
    source.refresh_from_db()
    assert source.name == "Van een ander"


def test_what_is_archived_is_no_choice_and_stays_where_it_is_used(
    world: World, keeper: Client
) -> None:
    melding = MeldingFactory.create(municipality=world.here)

    keeper.post(items("bronnen", "item-archive", pk=melding.source_id))

    assert not Source.objects.current().exists()
    melding.refresh_from_db()
    assert melding.source.archived_at
    keeper.post(items("bronnen", "item-restore", pk=melding.source_id))
    assert Source.objects.current().exists()


def test_a_group_with_categories_stays(world: World, keeper: Client) -> None:
    group = CategoryFactory.create(municipality=world.here).group

    page = keeper.post(items("hoofdcategorieen", "item-archive", pk=group.pk), follow=True)

    group.refresh_from_db()
    assert group.archived_at is None
    assert "Er staan nog categorieën in." in page.content.decode()


def test_a_category_has_its_group_and_handler_at_home(world: World, keeper: Client) -> None:
    far = CategoryGroupFactory.create(municipality=world.elsewhere)
    partner = PartnerFactory.create(municipality=world.elsewhere)
    form = {"municipality": world.here.pk, "code": "Z", "name": "Zand", "group": far.pk,
            "handler": partner.pk, "ack_days": 0, "resolve_days": 3,
            "warden_role": "geen", "form_token": TOKEN}  # fmt: skip

    answer = keeper.post(items("categorieen", "item-create"), form)

    assert answer.status_code == 422
    assert {"group", "handler", "ack_days"} <= set(answer.context["form"].errors)
    assert not Category.objects.exists()


@pytest.mark.parametrize(("asked", "order"), [
    ({"move": "2:up"}, "213"), ({"move": "1:up"}, "123"), ({"move": "3:down"}, "123"),
    ({"order": "321"}, "321"), ({"order": "3"}, "312"), ({"move": "x:up"}, "123"),
])  # fmt: skip
def test_lines_are_put_in_order(
    world: World, keeper: Client, asked: dict[str, str], order: str
) -> None:
    rows = [SourceFactory.create(municipality=world.here, code=str(n), position=n)
            for n in range(1, 4)]  # fmt: skip
    keys = {row.code: row.pk for row in rows}
    number, _colon, way = asked.get("move", "").partition(":")
    sent = {"order": [keys[code] for code in asked.get("order", "123")],
            "move": f"{keys.get(number, 'x')}:{way}"}  # fmt: skip

    keeper.post(items("bronnen", "items-order"), sent)

    assert "".join(Source.objects.values_list("code", flat=True)) == order


def test_a_text_with_an_unknown_word_is_refused(world: World, keeper: Client) -> None:
    form = {"municipality": world.here.pk, "occasion": "afgehandeld", "dutch": "Dag {naam}",
            "form_token": TOKEN}  # fmt: skip
    address = items("teksten", "item-create")

    refused = keeper.post(address, form)
    keeper.post(address, form | {"dutch": "Uw melding {ref} is af."})

    assert "Dit wordt niet ingevuld: naam" in refused.content.decode()
    assert StandardText.objects.get().dutch == "Uw melding {ref} is af."
    shown = keeper.get(items("teksten")).content.decode()
    assert "Uw melding ZAN-2026-00421 is af." in shown


def test_a_choice_needs_two_answers(world: World, keeper: Client) -> None:
    category = CategoryFactory.create(municipality=world.here)
    address = reverse("meldingen:question-create", args=[category.pk])
    form = {"label": "Hoe groot?", "kind": "keuze", "choices": "Klein", "form_token": TOKEN}

    assert keeper.post(address, form).status_code == 422
    keeper.post(address, form | {"choices": "Klein\n\nGroot\nKlein"})

    question = CategoryQuestion.objects.get()
    assert question.choices == ["Klein", "Groot"]
    keeper.post(reverse("meldingen:question-archive", args=[question.pk]))
    assert (
        "Herstellen"
        in keeper.get(reverse("meldingen:category-questions", args=[category.pk])).content.decode()
    )


def test_a_question_is_changed_with_its_choices(world: World, keeper: Client) -> None:
    category = CategoryFactory.create(municipality=world.here)
    question = CategoryQuestion.objects.create(
        category=category, label="Groot?", kind="keuze", choices=["Ja", "Nee"]
    )
    address = reverse("meldingen:question-edit", args=[question.pk])

    assert "Ja\nNee" in keeper.get(address).content.decode()
    keeper.post(address, {"label": "Hoe groot?", "kind": "keuze", "choices": "Ja\nNee\nBeetje",
                          "version": 1})  # fmt: skip

    question.refresh_from_db()
    assert question.choices == ["Ja", "Nee", "Beetje"]


def test_an_empty_list_is_filled_with_the_usual_one(world: World, keeper: Client) -> None:
    assert "Standaardlijst overnemen" in keeper.get(items("redenen")).content.decode()

    keeper.post(reverse("meldingen:lists-defaults"))

    page = keeper.get(items("redenen")).content.decode()
    assert "Niet (meer) vastgesteld" in page
    assert "Standaardlijst overnemen" not in page


def test_a_list_that_does_not_exist_is_no_page(keeper: Client) -> None:
    assert keeper.get(items("iets")).status_code == 404
    assert keeper.post(items("teksten", "items-order")).status_code == 404


@pytest.mark.parametrize("slug", ["categorieen", "bronnen", "teksten"])
@pytest.mark.parametrize("count", [3, 300])
def test_a_list_costs_the_same_for_few_and_for_many(
    world: World,
    keeper: Client,
    slug: str,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    if slug == "bronnen":
        SourceFactory.create_batch(count, municipality=world.here)
    else:
        CategoryFactory.create_batch(count, municipality=world.here, handler=world.service)
    keeper.get(items(slug))
    with django_assert_max_num_queries(15):
        keeper.get(items(slug))
