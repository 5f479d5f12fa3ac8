"""python -m bench.meldingen 10000 100000: how the list of meldingen grows, with ten log lines each.

Each number gets a database of its own, filled by COPY. Printed are the queries, the CPU time beside that
of a bare page in the same run, and the time until the answer is there.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import django

SEED, LINES, RUNS = 20261121, 10, 9
NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
COLUMNS = (
    "version", "municipality_id", "number", "source_id", "kind", "category_id", "answers", "text",
    "happened_at", "entered_at", "place", "latitude", "longitude", "place_is_reckoned",
    "neighbourhood_id", "urgency", "confidentiality", "handler_id", "status", "ack_due", "due",
    "waits_for", "closed_at", "closure_reason_id", "closure_text", "follow_code",
)  # fmt: skip
LOG = ("actor_name", "verb", "subject", "subject_label", "context", "changes", "reason", "at")
OPEN_SHARE = 0.06
WORDS = ("matras", "glasbol", "lamp", "stoeptegel", "haag", "hond", "put", "bord", "kolk", "fiets",
         "muziek", "sluipweg", "graffiti", "boom", "lift", "karton", "bank", "zwerfvuil", "paal",
         "oversteek")  # fmt: skip
RARE = "ooievaar"  # in one of a thousand


@dataclass(frozen=True)
class Measured:
    name: str
    queries: int
    cpu: float  # milliseconds
    wall: float


def fill(place: Any, count: int) -> None:
    """One municipality with its lists, so many meldingen, and ten lines of history for each."""
    from django.db import connection  # noqa: PLC0415 - needs Django

    dice = random.Random(SEED)  # noqa: S311 - not for secrets
    keys = _keys(place)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY meldingen_melding ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in _rows(place, count, keys, dice):
                copy.write_row(row)
        cursor.execute("SELECT id, number, entered_at FROM meldingen_melding ORDER BY id")
        kept = cursor.fetchall()
        with cursor.copy(f"COPY core_logentry ({', '.join(LOG)}) FROM STDIN") as copy:
            for row in _log(kept):
                copy.write_row(row)
        cursor.execute("VACUUM ANALYZE meldingen_melding")
        cursor.execute("ANALYZE")


def _keys(place: Any) -> dict[str, list[int]]:
    from accounts.models import Neighbourhood  # noqa: PLC0415 - needs Django
    from meldingen.models import Category, ClosureReason, Source  # noqa: PLC0415
    from meldingen.operations.defaults import fill_lists  # noqa: PLC0415
    from partners.models import Partner  # noqa: PLC0415

    fill_lists(place)
    Neighbourhood.objects.bulk_create(
        Neighbourhood(municipality=place, code=f"W{n:02}", name=f"Wijk {n}") for n in range(1, 13)
    )
    models: dict[str, Any] = {"source": Source, "category": Category, "reason": ClosureReason,
                              "hood": Neighbourhood, "handler": Partner}  # fmt: skip
    return {
        name: list(model.objects.filter(municipality=place).values_list("pk", flat=True))
        for name, model in models.items()
    }


def _rows(
    place: Any, count: int, keys: dict[str, list[int]], dice: random.Random
) -> Iterator[tuple[Any, ...]]:
    step = dt.timedelta(days=365 * 5) / count
    for number in range(count):
        at = NOW - step * (count - number)
        is_open = dice.random() < (OPEN_SHARE if number < count * 0.9 else 0.5)
        word = RARE if number % 1000 == 7 else dice.choice(WORDS)  # noqa: PLR2004 - once in a thousand
        yield (
            1, place.pk, f"BEN-{at.year}-{number:06}", dice.choice(keys["source"]), "probleem",
            dice.choice(keys["category"]), "{}",
            f"Er is iets met de {word} naast de {dice.choice(WORDS)}, al {number % 9 + 1} dagen.",
            at, at, f"Straat {number % 400}", 50.9 + dice.random() / 10, 4.1 + dice.random() / 5,
            False, dice.choice(keys["hood"]), "gewoon", "intern", dice.choice(keys["handler"]),
            "in behandeling" if is_open else "afgehandeld", at.date(),
            at.date() + dt.timedelta(days=14), "", None if is_open else at + dt.timedelta(days=5),
            None if is_open else keys["reason"][0], "" if is_open else "Opgelost ter plaatse.",
            f"BENCH{number:07}",
        )  # fmt: skip


def _log(kept: list[Any]) -> Iterator[tuple[Any, ...]]:
    for pk, number, at in kept:
        for line in range(LINES):
            yield ("Bench", "melding.step", f"melding:{pk}", number, "", "[]", "",
                   at + dt.timedelta(hours=line))  # fmt: skip


def measure(user: Any) -> list[Measured]:
    from django.urls import reverse  # noqa: PLC0415 - needs Django

    from meldingen.models import Melding  # noqa: PLC0415

    some = Melding.objects.order_by("-pk")[100]
    here = reverse("meldingen:list")
    pages = (
        ("Kale pagina", reverse("meldingen:views")),
        ("Lijst van 50, open", here),
        ("Status en woord samen", f"{here}?status=afgehandeld&q=matras"),
        ("Zeldzaam woord", f"{here}?q={RARE}"),
        ("Exact nummer", f"{here}?q={some.number}"),
        ("Voorbij de norm, oudste eerst", f"{here}?lijst=norm&sort=norm"),
        ("Diepe bladzijde (200)", f"{here}?lijst=alle&page=200"),
        ("Kaart, de bladzijde", reverse("meldingen:map")),
        ("Kaart, 4.000 punten", f"{reverse('meldingen:map-points')}?lijst=alle"),
        ("Eén melding", some.get_absolute_url()),
    )
    return [_measure(user, name, url) for name, url in pages]


def _measure(user: Any, name: str, url: str) -> Measured:
    from django.db import connection  # noqa: PLC0415 - needs Django
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from bench.pages import asked  # noqa: PLC0415

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(url)  # templates compiled, session begun
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    if answer.status_code != 200:  # noqa: PLR2004 - fine
        message = f"{url} answers {answer.status_code}"
        raise RuntimeError(message)
    cpu, wall = _best(asked(client, url))
    return Measured(name, len(queries), cpu, wall)


def _best(work: Callable[[], object]) -> tuple[float, float]:
    found = []
    for _run in range(RUNS):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        found.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(c for c, _w in found) * 1000, min(w for _c, w in found) * 1000


def show(count: int, rows: list[Measured], seconds: float) -> None:
    bare = rows[0].cpu
    print(f"\n{count} meldingen, {count * LINES} regels geschiedenis, geladen in {seconds:.0f} s")
    print(f"{'Wat':32} {'Query':>5} {'CPU ms':>8} {'x kaal':>7} {'Wacht ms':>9}")
    for row in rows:
        print(f"{row.name:32} {row.queries:5} {row.cpu:8.1f} {row.cpu / bare:7.2f} {row.wall:9.1f}")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    from django.db import connection  # noqa: PLC0415 - only once Django is set up
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from bench import generator, pages  # noqa: PLC0415

    setup_test_environment()
    created = connection.settings_dict["NAME"]
    for count in map(int, sys.argv[1:] or ["10000"]):
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            made = generator.make()
            began = time.perf_counter()
            fill(made.plan.municipality, count)
            took = time.perf_counter() - began
            pages.settle()
            show(count, measure(made.coordinator), took)
        finally:
            connection.creation.destroy_test_db(created, verbosity=0)


if __name__ == "__main__":
    main()
