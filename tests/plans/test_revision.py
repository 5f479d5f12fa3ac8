"""After adoption the text changes through a bijsturing only."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied

from core.forms import CreateForm, VersionedModelForm
from core.models import LogEntry
from plans.forms.revision import RevisionFields
from plans.models import Plan, PlanRevision, PlanUserPermission, SubTheme
from plans.operations.plan import MovedError, save_text
from plans.workflow import PlanStatus
from tests.conftest import World

WHY = {
    "revision_reason": "veranderende fenomenen",
    "revision_decision": "CBS-2026-1102-04",
    "revision_decided_on": "2026-11-02",
    "revision_text": "De buurt vraagt het.",
}


class EditForm(RevisionFields, VersionedModelForm[SubTheme]):
    class Meta:
        model = SubTheme
        fields = ["title", "why"]


class NewForm(RevisionFields, CreateForm[SubTheme]):
    class Meta:
        model = SubTheme
        fields = ["title", "code"]


def edit(world: World, **data: str) -> EditForm:
    row = SubTheme.objects.get(pk=world.sub_theme.pk)
    typed = {"title": "Nieuwe titel", "why": "", "version": str(row.version)} | data
    plan = Plan.objects.get()
    return EditForm(typed, instance=row, plan=plan, by=world.coordinator)


def in_the_making() -> None:
    Plan.objects.update(status=PlanStatus.DRAFT, adopted_on=None, version_label="0.3")


def test_before_adoption_the_form_asks_no_decision(world: World) -> None:
    in_the_making()
    form = edit(world)

    assert form.is_valid()
    save_text(form, form.plan, by=world.coordinator)

    assert not PlanRevision.objects.exists()
    assert SubTheme.objects.get().title == "Nieuwe titel"


def test_after_adoption_it_asks_reason_decision_and_date(world: World) -> None:
    form = edit(world)

    assert not form.is_valid()
    assert set(form.errors) == {"revision_reason", "revision_decision", "revision_decided_on"}


def test_a_change_counts_the_version_and_is_logged_under_the_decision(world: World) -> None:
    form = edit(world, **WHY)
    assert form.is_valid()

    save_text(form, form.plan, by=world.coordinator)

    revision = PlanRevision.objects.get()
    assert (revision.version_label, revision.decided_on) == ("1.1", dt.date(2026, 11, 2))
    assert Plan.objects.get().version_label == "1.1"
    line = LogEntry.objects.about(world.sub_theme).get()
    assert line.reason == "Versie 1.1: Veranderende fenomenen (CBS-2026-1102-04)"


def test_two_changes_under_one_decision_are_one_bijsturing(world: World) -> None:
    for title in ("Eerste", "Tweede"):
        form = edit(world, title=title, **WHY)
        assert form.is_valid()
        save_text(form, form.plan, by=world.coordinator)

    assert PlanRevision.objects.get().version_label == "1.1"


def test_the_next_form_of_today_starts_from_the_same_decision(world: World) -> None:
    form = edit(world, **WHY)
    assert form.is_valid()
    save_text(form, form.plan, by=world.coordinator)

    again = EditForm(instance=world.sub_theme, plan=Plan.objects.get(), by=world.coordinator)
    other = EditForm(instance=world.sub_theme, plan=Plan.objects.get(), by=world.lead)

    assert again.is_prefilled
    assert again.initial["revision_decision"] == "CBS-2026-1102-04"
    assert not other.is_prefilled


def test_nothing_changed_records_no_bijsturing(world: World) -> None:
    form = edit(world, title=world.sub_theme.title, **WHY)
    assert form.is_valid()

    save_text(form, form.plan, by=world.coordinator)

    assert not PlanRevision.objects.exists()


def test_a_decision_is_not_dated_in_the_future(world: World) -> None:
    form = edit(world, **WHY | {"revision_decided_on": "2999-01-01"})

    assert form.errors["revision_decided_on"] == ["Deze datum ligt in de toekomst."]


def test_a_new_element_is_marked_and_made_once(world: World) -> None:
    token = str(uuid.uuid4())
    typed = {"title": "Deelfietsen", "code": "1.9", "form_token": token} | WHY
    for _click in range(2):
        row = SubTheme(domain=world.domain)
        form = NewForm(typed, instance=row, plan=world.plan, by=world.coordinator)
        assert form.is_valid()
        made = save_text(form, world.plan, by=world.coordinator)
        assert made.code == "1.9"

    made = SubTheme.objects.get(code="1.9")
    assert made.revision == PlanRevision.objects.get()


def test_who_only_helps_does_not_revise(world: World) -> None:
    PlanUserPermission.grant(world.lead, world.plan)
    form = edit(world, **WHY)
    assert form.is_valid()

    with pytest.raises(PermissionDenied):
        save_text(form, form.plan, by=world.lead)
    assert SubTheme.objects.get().title != "Nieuwe titel"


def test_a_plan_adopted_meanwhile_asks_its_decision_after_all(world: World) -> None:
    in_the_making()
    form = edit(world)
    assert form.is_valid()
    Plan.objects.update(status=PlanStatus.ADOPTED, adopted_on=dt.date(2026, 3, 26))

    with pytest.raises(MovedError):
        save_text(form, form.plan, by=world.coordinator)
    assert SubTheme.objects.get().title != "Nieuwe titel"
