"""Which chapters a report holds and in which order: chosen per municipality, frozen with a report."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.models import LogEntry
from reports.document import Document
from reports.models import Chapter, ChapterChoice, Report, Variant, shown_in
from reports.models.chapters import DEFAULTS, FORMER, OFF, in_order, usual
from reports.operations import chapters
from reports.snapshot import take
from tests.conftest import World, build_world
from tests.reports.stage import draft, frozen

PAGE = "/rapporten/hoofdstukken/ZAN/college/"


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    client.force_login(world.coordinator)
    return client


def keep(client: Client, version: int = 0, **button: str) -> int:
    return client.post(f"{PAGE}bewaren/", {"version": version, **button}).status_code


def shown(world: World) -> list[str]:
    return [chapter.value for chapter in shown_in(world.here, Variant.COLLEGE)]


def test_the_buttons_move_and_switch(desk: Client, world: World) -> None:
    assert keep(desk, move="budget:up") == 302
    assert keep(desk, version=1, switch="balans:off") == 302

    order = shown(world)
    assert "balans" not in order
    assert order.index("budget") == order.index("domeinen") + 1
    page = desk.get(PAGE).content.decode()
    assert "niet in het rapport" in page
    assert "Terug naar standaard" in page
    told = LogEntry.objects.filter(verb="chapterchoice.edited").latest("pk").changes[0]
    assert "Balans" in told["old"]
    assert "Balans" not in told["new"]


def test_draft_page_and_remarks_follow_the_choice(desk: Client, world: World) -> None:
    report = draft(world)
    keep(desk, move="woord-vooraf:down")
    keep(desk, version=1, switch="domeinen:off")
    page = desk.get(report.get_absolute_url()).content.decode()
    assert 'id="domeinen"' not in page
    assert f"remark_{world.domain.pk}" not in page
    frozen_one = frozen(world, foreword="Beste college")
    anchors = [one.anchor for one in Document.of(frozen_one.content).sections]
    assert anchors[:2] == ["kerncijfers", "woord-vooraf"]
    remark = desk.get(reverse("reports:remark", args=[frozen_one.pk])).content.decode()
    assert 'value="budget"' in remark
    assert 'value="domeinen"' not in remark


def test_dragging_keeps_the_order_and_the_annex_last(desk: Client, world: World) -> None:
    order = ["bijlage", "budget", "meldingen"]
    client_form = {"version": 0, "order": order}
    desk.post(f"{PAGE}bewaren/", client_form)
    found = shown(world)
    assert found.index("budget") < found.index("meldingen")
    assert found[-1] == "bijlage"
    assert set(found) == {chapter.value for chapter in DEFAULTS[Variant.COLLEGE]}


def test_what_is_fixed_stays(desk: Client, world: World) -> None:
    keep(desk, switch="kerncijfers:off")
    assert "kerncijfers" in shown(world)
    assert not ChapterChoice.objects.exists()
    assert "Staat altijd in het rapport" in desk.get(PAGE).content.decode()


def test_back_to_the_product_s_own(desk: Client, world: World) -> None:
    keep(desk, switch="budget:off")
    desk.post(f"{PAGE}standaard/")
    assert shown(world) == [slot.chapter.value for slot in usual(Variant.COLLEGE)]
    assert not ChapterChoice.objects.exists()


def test_who_comes_second_looks_again(desk: Client, world: World) -> None:
    keep(desk, switch="budget:off")
    answer = desk.post(f"{PAGE}bewaren/", {"version": 0, "switch": "balans:off"}, follow=True)
    assert "Iemand anders wijzigde dit net" in answer.content.decode()
    assert "balans" in shown(world)


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_of_two_at_once_one_chooses() -> None:
    world = build_world()
    start, lost = threading.Barrier(2), []

    def attempt(chapter: Chapter) -> None:
        start.wait()
        try:
            chapters.switch(
                world.here, Variant.COLLEGE, chapter, on=False, version=0, by=world.coordinator
            )
        except chapters.MovedError:
            lost.append(chapter)
        finally:
            connection.close()

    pair = [
        threading.Thread(target=attempt, args=[one]) for one in (Chapter.BUDGET, Chapter.BALANCE)
    ]
    for one in pair:
        one.start()
    for one in pair:
        one.join()
    assert len(lost) == 1
    assert ChapterChoice.objects.get().version == 1


def test_another_municipality_has_its_own(desk: Client, world: World, client: Client) -> None:
    keep(desk, switch="budget:off")
    assert Chapter.BUDGET in shown_in(world.elsewhere, Variant.COLLEGE)
    client.force_login(world.coordinator_elsewhere)
    assert client.get(PAGE).status_code == 404
    assert keep(client, switch="balans:off") == 404


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/rapporten/hoofdstukken/ZAN/iets/", None, 404),
        ("/rapporten/hoofdstukken/XXX/college/", None, 404),
        (f"{PAGE}bewaren/", {"version": "0", "move": "engagement:up"}, 404),
        (f"{PAGE}bewaren/", {"version": "9" * 60, "move": "budget:up"}, 302),
        (f"{PAGE}bewaren/", {"version": "\x00", "order": ["\x00", "x" * 900]}, 302),
    ],
)
def test_nonsense_changes_nothing(
    desk: Client, path: str, form: dict[str, str] | None, status: int
) -> None:
    answer = desk.get(path) if form is None else desk.post(path, form)
    assert answer.status_code == status
    assert not ChapterChoice.objects.exists()


def test_a_frozen_report_keeps_what_it_was_made_with(desk: Client, world: World) -> None:
    report = frozen(world)
    before = [one.anchor for one in Document.of(report.content).sections]
    for version, button in enumerate(("budget:off", "balans:off", "meldingen:off")):
        keep(desk, version=version, switch=button)
    report.refresh_from_db()
    assert [one.anchor for one in Document.of(report.content).sections] == before
    assert 'id="budget"' in desk.get(report.get_absolute_url()).content.decode()


def test_nothing_is_kept_of_a_chapter_that_is_off(desk: Client, world: World) -> None:
    for version, name in enumerate(
        ("budget", "nieuw", "vooruitblik", "woord-vooraf", "beslissingen", "bijlage")
    ):
        keep(desk, version=version, switch=f"{name}:off")
    report = draft(world, foreword="Zeehond", outlook="Zeehond", decisions_asked="Zeehond")
    kept = take(report)
    assert not {"budget", "changes", "coming"} & set(kept)
    assert "Zeehond" not in str(kept)
    one = frozen(world)
    assert desk.get(reverse("reports:xlsx", args=[one.pk])).status_code == 404
    assert "Acties in Excel" not in desk.get(one.get_absolute_url()).content.decode()


def test_a_report_from_before_there_was_a_choice_reads_as_it_did(world: World) -> None:
    """What had nothing to say was left out then, and still is."""
    old = take(draft(world, foreword="Beste college"))
    for name in ("chapters", "variant", "comparison", "resolutions"):
        old.pop(name, None)
    anchors = [one.anchor for one in Document.of(old).chapters]
    assert anchors == [
        one.value
        for one in FORMER
        if one.value not in {"beslissingen", "opvolging", "engagement", "meldingen"}
    ]


def test_a_chapter_that_comes_later_finds_its_place() -> None:
    known = [one.value for one in DEFAULTS[Variant.COLLEGE] if one != Chapter.COMPARED]
    found = [slot.chapter for slot in in_order(Variant.COLLEGE, [*known, "weg"], [])]
    assert found == list(DEFAULTS[Variant.COLLEGE])


@pytest.mark.parametrize("variant", list(Variant))
def test_each_kind_can_be_shown_from_its_own_list(variant: Variant) -> None:
    assert Chapter.FIGURES in DEFAULTS[variant]
    assert OFF.get(variant, frozenset()) <= set(DEFAULTS[variant])
    assert len(set(DEFAULTS[variant])) == len(DEFAULTS[variant])


def test_only_the_core_group_can_hear_of_engagement() -> None:
    told = {variant for variant in Variant if Chapter.ENGAGEMENT in DEFAULTS[variant]}
    assert told == {Variant.CORE_GROUP, Variant.PARTNER}


def test_an_empty_chapter_says_so_in_words(desk: Client, world: World) -> None:
    page = desk.get(draft(world).get_absolute_url()).content.decode()
    for words in (
        "Dit rapport vraagt geen beslissing.",
        "niets beslist, en er staat niets open",
        "er is nog geen vorig om mee te vergelijken",
        "nog geen meldingen",
    ):
        assert words in page
    assert Report.objects.exists()


@pytest.mark.parametrize("address", ["/rapporten/hoofdstukken/", PAGE])
def test_the_pages_ask_little(
    desk: Client, address: str, django_assert_max_num_queries: object
) -> None:
    desk.get(address)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert desk.get(address).status_code == 200
