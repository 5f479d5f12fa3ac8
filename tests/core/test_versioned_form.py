"""Two people on one record: the second gets both texts and chooses."""

from __future__ import annotations

import pytest

from core.forms import ClashError, VersionedModelForm, save_edit
from core.models import LogEntry
from plans.models import Plan, SubTheme
from plans.workflow import PlanStatus
from tests.conftest import World


class SubThemeForm(VersionedModelForm[SubTheme]):
    class Meta:
        model = SubTheme
        fields = ["title", "why"]


class PlanForm(VersionedModelForm[Plan]):
    class Meta:
        model = Plan
        fields = ["title", "starts", "ends"]


def form_of(world: World, **data: str) -> SubThemeForm:
    row = SubTheme.objects.get(pk=world.sub_theme.pk)
    typed = {"title": "Mijn titel", "why": "Mijn reden", "version": "1"} | data
    return SubThemeForm(typed, instance=row)


def test_it_saves_counts_and_logs(world: World) -> None:
    form = form_of(world)
    assert form.is_valid()

    save_edit(form, by=world.coordinator, context=world.plan)

    row = SubTheme.objects.get(pk=world.sub_theme.pk)
    assert (row.title, row.version) == ("Mijn titel", 2)
    line = LogEntry.objects.about(row).get()
    assert [item["field"] for item in line.changes] == ["title", "why"]


def test_nothing_changed_writes_nothing(world: World) -> None:
    row = world.sub_theme
    form = form_of(world, title=row.title, why=row.why)
    assert form.is_valid()

    save_edit(form, by=world.coordinator)

    assert SubTheme.objects.get(pk=row.pk).version == 1
    assert not LogEntry.objects.exists()


def test_an_older_version_shows_both_texts_and_writes_nothing(world: World) -> None:
    SubTheme.objects.update(title="Hun titel", version=2)

    form = form_of(world)

    assert not form.is_valid()
    clash = form.clashes[0]
    assert (clash["name"], clash["theirs"], clash["mine"]) == ("title", "Hun titel", "Mijn titel")
    assert form["title"].value() == "Mijn titel"
    assert form["version"].value() == "2"


def test_the_second_person_chooses_per_field(world: World) -> None:
    SubTheme.objects.update(title="Hun titel", version=2)

    form = form_of(world, version="2", **{"choose-title": "theirs"})
    assert form.is_valid()
    form.save()

    row = SubTheme.objects.get(pk=world.sub_theme.pk)
    assert (row.title, row.why, row.version) == ("Hun titel", "Mijn reden", 3)


def test_of_two_at_the_same_moment_one_is_refused(world: World) -> None:
    first, second = form_of(world), form_of(world, title="Andere")
    assert first.is_valid()
    assert second.is_valid()

    first.save()

    with pytest.raises(ClashError):
        second.save()
    assert SubTheme.objects.get(pk=world.sub_theme.pk).title == "Mijn titel"


def test_it_leaves_a_status_that_changed_meanwhile(world: World) -> None:
    data = {"title": "Anders", "starts": "2026-01-01", "ends": "2031-12-31", "version": "1"}
    form = PlanForm(data, instance=Plan.objects.get(pk=world.plan.pk))
    assert form.is_valid()
    Plan.objects.update(status=PlanStatus.CLOSED)

    form.save()

    assert Plan.objects.get(pk=world.plan.pk).status == PlanStatus.CLOSED


def test_hidden_characters_are_an_error_at_the_field(world: World) -> None:
    form = form_of(world, title="om\u202egekeerd")

    assert "onzichtbare tekens" in form.errors["title"][0]
