"""The stage on which every address is visited, and who visits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access import ACTORS
from tests.access.stage import Stage, Visitor
from tests.conftest import build_world


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """One world for all rows; each request is undone, and the world after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage.build(build_world())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(stage: Stage) -> dict[str, Visitor]:
    people = stage.people()
    return {actor: Visitor.signed_in(people[actor]) for actor in ACTORS}
