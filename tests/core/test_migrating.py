"""Several tables in one operation of a migration."""

from __future__ import annotations

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from core.migrating import CreateModels

SHELF, BOOK = "core_shelf", "core_book"


def operation() -> CreateModels:
    key = ("id", models.BigAutoField(primary_key=True))
    on_shelf = ("shelf", models.ForeignKey("core.shelf", models.CASCADE))
    return CreateModels([CreateModel("Shelf", [key]), CreateModel("Book", [key, on_shelf])])


@pytest.mark.django_db
def test_tables_that_know_each_other_come_and_go_together() -> None:
    made, before, after = operation(), ProjectState(), ProjectState()
    assert not list(before.apps.get_models())  # drawn up, as in the middle of a migration
    made.state_forwards("core", after)

    with connection.schema_editor() as editor:
        made.database_forwards("core", editor, before, after)
    tables = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        made.database_backwards("core", editor, after, before)

    assert {SHELF, BOOK} <= tables
    assert {SHELF, BOOK}.isdisjoint(connection.introspection.table_names())


def test_what_was_drawn_up_before_knows_the_new_tables_too() -> None:
    state = ProjectState()
    assert not list(state.apps.get_models())  # drawn up
    operation().state_forwards("core", state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Shelf", "Book"}


def test_it_says_what_it_makes() -> None:
    assert operation().describe() == "Create models Shelf, Book"
