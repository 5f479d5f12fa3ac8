"""One way to save a form: what goes wrong is shown, and what was sent twice is made once."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest
from django.db import IntegrityError, transaction

from core.form_page import try_save
from core.forms import OvertakenError, VersionedModelForm, form_status, save_edit
from plans.models import SubTheme
from tests.conftest import World


class SubThemeForm(VersionedModelForm[SubTheme]):
    class Meta:
        model = SubTheme
        fields = ["title", "why"]


class GoneError(OvertakenError):
    message = "Te laat."
    field = "why"


def make(world: World) -> SubThemeForm:
    typed = {"title": "Mijn titel", "why": "Mijn reden", "version": "1"}
    return SubThemeForm(typed, instance=SubTheme.objects.get(pk=world.sub_theme.pk))


def refuse(error: Exception) -> Any:
    def save(_form: SubThemeForm) -> NoReturn:
        with transaction.atomic():
            raise error

    return save


def test_what_is_right_is_saved(world: World) -> None:
    _form, row = try_save(lambda: make(world), lambda form: save_edit(form, by=world.coordinator))

    assert row.title == "Mijn titel"


def test_who_is_a_moment_later_sees_both_texts(world: World) -> None:
    def save(form: SubThemeForm) -> SubTheme:
        SubTheme.objects.filter(title=world.sub_theme.title).update(title="Van hen", version=2)
        return save_edit(form, by=world.coordinator)

    form, row = try_save(lambda: make(world), save)

    assert row is None
    assert form_status(form) == 409
    assert next((clash["theirs"], clash["mine"]) for clash in form.clashes) == (
        "Van hen",
        "Mijn titel",
    )


@pytest.mark.parametrize(
    ("error", "field", "sentence"),
    [
        (GoneError(), "why", "Te laat."),
        (
            IntegrityError(),
            "__all__",
            "Iemand anders bewaarde net iets gelijkaardigs. Kijk het na.",
        ),
    ],
)
def test_what_stands_in_the_way_is_said(
    world: World, error: Exception, field: str, sentence: str
) -> None:
    form, row = try_save(lambda: make(world), refuse(error))

    assert row is None
    assert form_status(form) == 422
    assert form.errors[field] == [sentence]
