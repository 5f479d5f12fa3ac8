"""Contact data go when their term is over, and not a day sooner."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from core.models import LogEntry
from meldingen import tasks
from meldingen.models import Melding, Reporter, Terms
from meldingen.operations.erasing import erase_old
from tests.conftest import World
from tests.factories import InboundMailFactory, MeldingFactory, ReporterFactory

TODAY = dt.date(2026, 11, 21)


def closed(world: World, day: dt.date, **more: object) -> Melding:
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    return MeldingFactory.create(
        municipality=world.here, status="afgehandeld", closed_at=at, **more
    )


def test_who_reported_is_unknown_after_the_term(world: World) -> None:
    old = ReporterFactory.create(melding=closed(world, dt.date(2025, 11, 20)))
    young = ReporterFactory.create(melding=closed(world, dt.date(2025, 11, 21)))
    waiting = ReporterFactory.create(melding=MeldingFactory.create(municipality=world.here))

    assert erase_old(on=TODAY) == 1

    old.refresh_from_db()
    assert (old.name, old.phone, old.wants_answer) == ("", "", False)
    assert set(Reporter.objects.exclude(name="")) == {young, waiting}


def test_a_joined_melding_waits_for_the_one_it_was_joined_to(world: World) -> None:
    main = closed(world, dt.date(2026, 11, 1))
    ReporterFactory.create(melding=closed(world, dt.date(2024, 1, 1), joined_to=main))

    assert erase_old(on=TODAY) == 0
    assert erase_old(on=dt.date(2027, 11, 2)) == 1


def test_each_municipality_has_its_own_term(world: World) -> None:
    Terms.objects.create(municipality=world.elsewhere, reporter_months=24)
    old = closed(world, dt.date(2025, 1, 1))
    there = MeldingFactory.create(
        municipality=world.elsewhere, status="afgehandeld", closed_at=old.closed_at
    )
    for melding in (old, there):
        ReporterFactory.create(melding=melding)

    assert erase_old(on=TODAY) == 1
    assert Reporter.objects.exclude(name="").get().melding == there


def test_the_history_says_that_it_happened_and_not_to_whom(world: World) -> None:
    melding = closed(world, dt.date(2025, 1, 1))
    ReporterFactory.create(melding=melding)

    erase_old(on=TODAY)
    erase_old(on=TODAY)

    (line,) = LogEntry.objects.filter(verb="melding.reporter_erased")
    assert "Mia" not in f"{line.changes} {line.subject_label} {line.context}"


def test_the_whole_text_of_a_mail_goes_too(world: World) -> None:
    melding = closed(world, dt.date(2025, 1, 1))
    mail = InboundMailFactory.create(
        mailbox__municipality=world.here, melding=melding, outcome="melding", text="Mia, Kerkstraat"
    )

    tasks.tidy()

    mail.refresh_from_db()
    assert mail.text == ""
