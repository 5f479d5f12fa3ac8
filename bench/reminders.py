"""script/bench reminders 10000: the engine with so many things due, and the mails of a day.

Printed and kept in bench/results/: the questions and the time of a run in which everybody has to be
told, of the next run in which nobody has, and how many mails of the day are drawn per second.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from bench import stage

if TYPE_CHECKING:
    from accounts.models import Municipality

PEOPLE = 3_000
DRAWN = 300
BATCH = 2_000
STARTED = dt.date(2026, 1, 12)  # so that news was due on 12 April
MORNING = dt.datetime(2026, 4, 13, 7, tzinfo=dt.UTC)
MOST_QUERIES, MOST_SECONDS, LEAST_PER_SECOND = 30, 5, 100


class Measured(NamedTuple):
    name: str
    queries: int
    seconds: float
    made: int


def fill(place: Municipality, sub_theme: Any, count: int) -> None:
    """So many running actions, led by three thousand organisations of one person each."""
    from accounts.models import Membership, User  # noqa: PLC0415 - needs Django
    from accounts.roles import Role  # noqa: PLC0415
    from partners.models import Kind, Partner, PartnerMember  # noqa: PLC0415

    users = User.objects.bulk_create(
        (User(email=f"p{n}@bench.example", name=f"Persoon {n}") for n in range(PEOPLE)),
        batch_size=BATCH,
    )
    partners = Partner.objects.bulk_create(
        (
            Partner(municipality=place, code=f"d{n}", name=f"Dienst {n}", kind=Kind.SERVICE)
            for n in range(PEOPLE)
        ),
        batch_size=BATCH,
    )
    since = dt.date(2026, 1, 1)
    Membership.objects.bulk_create(
        Membership(user=user, municipality=place, role=Role.SERVICE, starts=since) for user in users
    )
    PartnerMember.objects.bulk_create(
        PartnerMember(partner=partner, user=user, starts=since)
        for partner, user in zip(partners, users, strict=True)
    )
    _actions(sub_theme, partners, count)


def _actions(sub_theme: Any, partners: list[Any], count: int) -> None:
    from plans.models import Action, Dimension  # noqa: PLC0415 - needs Django
    from plans.workflow import ActionStatus, LeadAnswer  # noqa: PLC0415

    Action.objects.bulk_create(
        (
            Action(
                plan=sub_theme.domain.plan, sub_theme=sub_theme, code=f"H.{n}", position=n,
                title=f"Actie om bij te werken {n}", dimension=Dimension.PREVENTIVE,
                lead_partner=partners[n % PEOPLE], lead_answer=LeadAnswer.ACCEPTED,
                status=ActionStatus.RUNNING, start=STARTED,
            )
            for n in range(count)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def measure(place: Municipality) -> list[Measured]:
    from reminders import engine  # noqa: PLC0415 - needs Django
    from reminders.digest import promise_digests  # noqa: PLC0415

    later = MORNING + dt.timedelta(minutes=10)
    mails: list[tuple[Any, str]] = []
    return [
        _measure("Een ochtend waarop iedereen iets hoort",
                 lambda: engine.run_for(place, MORNING)["made"]),
        _measure("De mails van die dag beloven", lambda: promise_digests(MORNING)),
        _measure("Tien minuten later, niets nieuws", lambda: engine.run_for(place, later)["made"]),
        _measure(f"Van {DRAWN} mensen vragen wat er nog wacht en wat ze mogen lezen",
                 lambda: len(_asked(mails))),
        _measure(f"{DRAWN} mails tekenen", lambda: _draw(mails)),
    ]  # fmt: skip


def _asked(mails: list[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """What each may read of what still waits, by the one door that everything passes."""
    from core.models import OutboxEntry  # noqa: PLC0415 - needs Django
    from reminders.digest import digest  # noqa: PLC0415

    entries = OutboxEntry.objects.filter(kind="digest").order_by("pk")[:DRAWN]
    mails.extend((digest(entry), entry.key) for entry in entries)
    return mails


def _draw(mails: list[tuple[Any, str]]) -> int:
    """Text and HTML, as the whole message that would go to the mail server."""
    from core.mail import drawn  # noqa: PLC0415 - needs Django

    return sum(bool(drawn(mail, key).message().as_bytes()) for mail, key in mails)


def _measure(name: str, work: Callable[[], int]) -> Measured:
    from django.db import connection  # noqa: PLC0415 - needs Django
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        made = work()
        took = time.perf_counter() - began
    return Measured(name, len(queries), took, made)


def table(rows: list[Measured]) -> str:
    lines = [
        f"{PEOPLE} mensen.\n",
        f"Lat: de motor {MOST_QUERIES} query's en {MOST_SECONDS} s; {LEAST_PER_SECOND} mails per s.\n",
        "| Wat | Query's | Seconden | Aantal | Per seconde |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.name} | {row.queries} | {row.seconds:.2f} | {row.made} |"
        f" {row.made / row.seconds:.0f} |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    stage.set_up()
    from bench import generator, pages  # noqa: PLC0415 - need Django
    from plans.models import SubTheme  # noqa: PLC0415

    for count in map(int, sys.argv[1:] or ["10000"]):
        with stage.own_database():
            place = generator.make().plan.municipality
            assert place is not None  # noqa: S101 - made by the generator
            fill(place, SubTheme.objects.select_related("domain__plan").first(), count)
            pages.settle()
            told = table(measure(place))
        print(f"{count} acties om bij te werken: {told}", flush=True)
        stage.keep("reminders", "De herinneringen", {f"{count} acties om bij te werken": told})


if __name__ == "__main__":
    main()
