"""The demo municipality, loaded once for all that only look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from demo.loader import load, source
from tests.conftest import DEMO_DAY


@pytest.fixture(scope="package")
def loaded_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The demo as on DEMO_DAY, made on that day: nothing is over yet. What a test changes is undone.

    It stays open until the last test of this folder: what needs an empty database stands elsewhere.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        noon = dt.datetime.combine(DEMO_DAY, dt.time(12), timezone.get_default_timezone())
        with time_machine.travel(noon):
            load(DEMO_DAY)
        yield source.moved(DEMO_DAY)
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded_demo: dict[str, Any], db: None) -> dict[str, Any]:
    return loaded_demo
