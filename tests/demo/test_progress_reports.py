"""The reports of the demo municipality: the right counts, and as short as the college wants."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from pypdf import PdfReader
from yaml import safe_load

from accounts.models import User
from core import pdf
from plans.models import Plan
from reports.document import css
from reports.models import Report
from reports.snapshot import take
from reports.tasks import page_of
from tests.conftest import DEMO_DAY
from tests.factories import ReportFactory

MAX_PAGES_FOR_COLLEGE = 4


@pytest.fixture
def plan(demo: dict[str, Any]) -> Plan:
    return Plan.objects.get(code="IVP-ZAN-2")


def report(plan: Plan, audience: str) -> Report:
    return ReportFactory.create(
        plan=plan,
        audience=audience,
        title="Voortgangsrapport 4e kwartaal 2026",
        period_start=dt.date(2026, 10, 1),
        period_end=dt.date(2026, 12, 31),
        foreword="Het voorbije kwartaal werkten diensten en partners verder aan ons plan. " * 3,
        decisions_asked="Kennis nemen van dit rapport.\nDe einddatum van 1.4.2 opschuiven.",
        outlook="In het voorjaar starten de bezoeken aan de nachtwinkels.",
    )


def source() -> list[dict[str, Any]]:
    """The actions as the demo's own file has them."""
    data = safe_load((settings.BASE_DIR / "demo" / "demo.yaml").read_text())
    return [
        action
        for domain in data["domains"]
        for sub_theme in domain["sub_themes"]
        for action in sub_theme["actions"]
    ]


@pytest.mark.parametrize("audience", ["college", "kerngroep"])
def test_the_counts_are_those_of_the_source(plan: Plan, audience: str) -> None:
    taken = take(report(plan, audience), on=DEMO_DAY)

    actions = source()
    statuses = {status: count for status, count in taken["statuses"].items() if count}
    assert len(taken["domains"]) == 7
    assert taken["figures"]["actions"] == len(actions) == 61
    assert statuses == Counter(action["status"] for action in actions)
    lights = Counter(action["light"] or "" for action in actions)
    assert lights["rood"] == taken["lights"]["rood"] == 2
    assert lights["oranje"] == taken["lights"]["oranje"] == 10
    assert taken["figures"]["quick_wins"] == sum(a.get("quick_win", False) for a in actions)


def test_every_amber_or_red_action_says_why_and_what_now(plan: Plan) -> None:
    taken = take(report(plan, "college"), on=DEMO_DAY)

    troubles = [row for domain in taken["domains"] for row in domain["troubles"]]
    assert len(troubles) == 12
    assert all(row["cause"] and row["consequence"] and row["proposal"] for row in troubles)


@pytest.fixture(params=["college", "kerngroep"])
def made(plan: Plan, request: pytest.FixtureRequest) -> tuple[str, PdfReader]:
    row = report(plan, request.param)
    row.snapshot = take(row, on=DEMO_DAY)
    document = pdf.render_pdf(page_of(row), css=css(row.snapshot))
    return request.param, PdfReader(io.BytesIO(document.content))


def test_the_pdf_holds_all_domains_and_all_actions(plan: Plan, made: tuple[str, PdfReader]) -> None:
    audience, reader = made
    pages = [sheet.extract_text() for sheet in reader.pages]
    text = "\n".join(pages)

    for domain in plan.domains.all():
        assert f"{domain.number}. {domain.title}" in text
    annex = next(
        number
        for number, words in enumerate(pages)
        if words and "Bijlage: alle acties\nCode" in words
    )
    table = " ".join("\n".join(pages[annex:]).split())
    assert all(action["code"] in table for action in source())
    assert table.count("Trekker") == len(pages) - annex  # the heads stand on every page
    if audience == "college":
        assert annex <= MAX_PAGES_FOR_COLLEGE


def test_the_core_group_reads_first_who_came_to_its_table(plan: Plan) -> None:
    coordinator = User.objects.get(email__startswith="coordinator@")

    taken = take(report(plan, "kerngroep"), by=coordinator, on=DEMO_DAY)

    first, *others = taken["engagement"]["partners"]
    assert (first["name"], first["on_table"]) == ("Beheersvereniging Kanaalzone", True)
    assert [step["label"] for step in first["steps"] if step["point"]] == ["Punt op de kerngroep"]
    assert not any(row["on_table"] for row in others)
