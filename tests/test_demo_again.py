"""The demo comes out whole on any day, and a second time it changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from accounts.models import User
from core.models import LogEntry
from demo.loader import load
from meldingen.models import Melding
from meldingen.workflow import OPEN
from plans.models import Action, IndicatorValue, Update

pytestmark = pytest.mark.django_db
SAMPLES, DRAWN = 38, 960  # of demo.yaml: written out, and in a year


def test_loading_twice_changes_nothing() -> None:
    call_command("load_demo", verbosity=0)
    before = (LogEntry.objects.count(), Action.objects.count(), User.objects.count())
    call_command("load_demo", verbosity=0)
    assert (LogEntry.objects.count(), Action.objects.count(), User.objects.count()) == before


@pytest.mark.parametrize("today", [dt.date(2025, 3, 5), dt.date(2028, 2, 29)])
def test_nothing_that_happened_lies_in_the_future(today: dt.date) -> None:
    load(today)
    assert not Update.objects.filter(on__gt=today).exists()
    assert not IndicatorValue.objects.filter(on__gt=today).exists()
    assert not LogEntry.objects.filter(at__date__gt=today).exists()
    assert Melding.objects.count() == SAMPLES + DRAWN
    assert Melding.objects.filter(status__in=OPEN).exists()
