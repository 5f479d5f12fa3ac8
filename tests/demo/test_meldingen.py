"""The meldingen of the demo: those written out word for word, and a year drawn around them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from core.models import LogEntry
from demo.loader.square import point
from meldingen import defaults
from meldingen.models import (
    Answer,
    Category,
    Channel,
    ClosureReason,
    Melding,
    NumberSeries,
    Reporter,
    StandardText,
)
from meldingen.workflow import OVER
from tests.conftest import DEMO_DAY

SAMPLES = 38


def number(row: dict[str, Any]) -> str:
    return f"ZAN-2026-0{row['ref'][-4:]}"


def test_every_sample_stands_there_word_for_word(demo: dict[str, Any]) -> None:
    kept = {row.number: row for row in Melding.objects.select_related("category", "handler")}
    assert len(demo["meldingen"]) == SAMPLES
    for row in demo["meldingen"]:
        melding = kept[number(row)]
        day = DEMO_DAY - dt.timedelta(days=row["days_ago"])
        assert (melding.text, melding.place) == (row["text"], row["place"])
        assert melding.entered_at.astimezone().date() == day
        assert melding.category.code == row["category"]
        assert melding.handler
        assert melding.handler.code == row["handler"]
        assert melding.status == row["status"].replace("_", " ").replace("wacht", "wacht op derde")


@pytest.mark.usefixtures("demo")
def test_nobody_was_left_without_an_answer() -> None:
    assert not Reporter.objects.left_without_answer().exists()


def test_the_statuses_of_the_samples_are_those_of_the_data(demo: dict[str, Any]) -> None:
    numbers = [number(row) for row in demo["meldingen"]]
    found = Counter(Melding.objects.filter(number__in=numbers).values_list("status", flat=True))
    assert found == {
        "ontvangen": 1, "toegewezen": 3, "in behandeling": 4, "ingepland": 1, "wacht op derde": 1,
        "heropend": 1, "doorverwezen": 5, "geen actie": 2, "afgehandeld": 20,
    }  # fmt: skip


def test_a_year_is_drawn_around_them_the_same_each_time(demo: dict[str, Any]) -> None:
    assert Melding.objects.count() == SAMPLES + 960
    first, last = Melding.objects.earliest("entered_at"), Melding.objects.latest("entered_at")
    assert DEMO_DAY - dt.timedelta(days=366) < first.entered_at.date()
    assert last.number == "ZAN-2026-00911"
    late = Melding.objects.open().beyond_norm(on=DEMO_DAY).count()
    assert 5 < late < Melding.objects.open().count() < 120
    assert 0 < Melding.objects.floating().count() < 12


def test_numbers_follow_the_order_of_the_year(demo: dict[str, Any]) -> None:
    numbers = Melding.objects.filter(number__startswith="ZAN-2026-").order_by("entered_at", "pk")
    kept = list(numbers.values_list("number", flat=True))
    assert kept == sorted(kept)
    assert NumberSeries.objects.get(year=2026).last == 911


def test_everybody_who_wants_an_answer_got_one(demo: dict[str, Any]) -> None:
    waiting = Reporter.objects.exclude(channel=Channel.NONE).filter(
        melding__status__in=OVER, answers=None
    )
    assert not waiting.exists()
    assert Answer.objects.exclude(text="").count() > 300
    assert Reporter.objects.exclude(email="").exclude(email__endswith=".example").count() == 0


def test_each_has_its_lines_in_the_past_and_none_names_who_told_it(demo: dict[str, Any]) -> None:
    lines = LogEntry.objects.filter(subject__startswith="melding:")
    assert lines.filter(verb="melding.made").count() == Melding.objects.count()
    assert lines.filter(verb="melding.closed").count() >= Melding.objects.over().count()
    assert not lines.filter(at__gt=dt.datetime(2026, 11, 21, 9, 1, tzinfo=dt.UTC)).exists()
    assert not lines.filter(subject_label__icontains="Peeters").exists()


def test_some_belong_to_an_action_of_the_plan(demo: dict[str, Any]) -> None:
    codes = Melding.objects.exclude(action=None).values_list("action__code", flat=True)
    assert set(codes) == {"2.4.1", "4.7.1", "4.1.2", "3.1.3"}


def test_the_lists_are_the_usual_ones(demo: dict[str, Any]) -> None:
    here = {"municipality__code": "ZAN"}
    texts: Any = StandardText.objects.filter(**here)
    assert Category.objects.filter(**here).count() == len(defaults.CATEGORIES) == 27
    assert ClosureReason.objects.filter(**here).count() == 11
    assert texts.exclude(french="").count() == 4
    assert not Category.objects.filter(**here, handler=None).exists()
    usual = {row.code: (row.name, row.ack_days, row.resolve_days) for row in defaults.CATEGORIES}
    told = {row["code"]: (row["name"], row["ack"], row["resolve"]) for row in demo["categories"]}
    assert usual == told


@pytest.mark.parametrize(("place", "where"), [
    ((0, 0), (51.0, 4.1)), ((1000, 1000), (50.9, 4.3)), ((500, 480), (50.952, 4.2)),
])  # fmt: skip
def test_the_drawn_square_lies_on_the_world(
    place: tuple[int, int], where: tuple[float, float]
) -> None:
    assert point(*place) == where
