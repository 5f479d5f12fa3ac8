"""script/bench meldingen 10000 100000 1000000: how the pages of meldingen grow, with ten log lines each.

Each number gets a database of its own, filled by COPY. Printed and kept in bench/results/ are the queries, the
CPU time beside that of a bare page and of the same page from memory in the same run, the time until the
answer is there, and how much dearer each page is than with the first number.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench import stage

BARE = "Kale pagina"
SEED, LINES, RUNS = 20261121, 10, 15
NOW = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
COLUMNS = (
    "version", "municipality_id", "number", "source_id", "kind", "category_id", "answers", "text",
    "happened_at", "entered_at", "place", "latitude", "longitude", "place_is_reckoned",
    "neighbourhood_id", "urgency", "confidentiality", "handler_id", "status", "ack_due", "due",
    "waits_for", "closed_at", "closure_reason_id", "closure_text", "follow_code",
)  # fmt: skip
LOG = ("actor_name", "verb", "subject", "subject_label", "context", "changes", "reason", "channel",
       "at")  # fmt: skip
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
    memory: float = 0.0  # to draw the same page again from what is loaded
    request: float = 0.0  # to ask for it from a view that does nothing but draw it


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
            yield ("Bench", "melding.step", f"melding:{pk}", number, "", "[]", "", "",
                   at + dt.timedelta(hours=line))  # fmt: skip


def measure(user: Any) -> list[Measured]:
    from django.urls import reverse  # noqa: PLC0415 - needs Django

    from meldingen.models import Melding  # noqa: PLC0415

    some = Melding.objects.order_by("-pk")[100]
    here = reverse("meldingen:list")
    pages = (
        (BARE, reverse("meldingen:views")),
        ("Lijst van 50, open", here),
        ("Status en woord samen", f"{here}?status=afgehandeld&q=matras"),
        ("Zeldzaam woord", f"{here}?q={RARE}"),
        ("Exact nummer", f"{here}?q={some.number}"),
        ("Voorbij de norm, oudste eerst", f"{here}?lijst=norm&sort=norm"),
        ("Diepe bladzijde (200)", f"{here}?lijst=alle&page=200"),
        ("Kaart, de bladzijde", reverse("meldingen:map")),
        ("Kaart, 4.000 punten", f"{reverse('meldingen:map-points')}?lijst=alle"),
        ("Cijfers, 12 weken", reverse("meldingen:figures")),
        ("Eén melding", some.get_absolute_url()),
    )
    return [*(_measure(user, name, url) for name, url in pages), _measure_making(user)]


def _measure(user: Any, name: str, url: str) -> Measured:
    from django.db import connection  # noqa: PLC0415 - needs Django
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from bench.pages import FromMemory, again, asked, best  # noqa: PLC0415 - needs Django

    client = _client(user)
    client.get(url)  # templates compiled, session begun
    with CaptureQueriesContext(connection) as queries:
        answer: Any = client.get(url)
    if answer.status_code != 200:  # noqa: PLR2004 - fine
        message = f"{url} answers {answer.status_code}"
        raise RuntimeError(message)
    ask = asked(client, url)
    cpu, wall = _best(ask)
    memory = request = 0.0
    if answer.templates:  # in turns, so that a slow moment is one for all
        draw = again(answer)
        cpu, memory, request = best(ask, draw, asked(client, url, FromMemory(draw)))
    return Measured(name, len(queries), cpu, wall, memory, request)


def _measure_making(user: Any) -> Measured:
    """Taking in at the desk, from the form that is sent to the answer that it is kept."""
    from django.db import connection  # noqa: PLC0415 - needs Django
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    client, url = _client(user), reverse("meldingen:create")
    page: Any = client.get(url)
    form = page.context["form"]
    told = {"category": form.fields["category"].queryset[0].pk, "text": "Een matras bij de glasbol.",
            "source": form.fields["source"].queryset[0].pk, "place": "Glasbol", "kind": "probleem",
            "urgency": "gewoon", "channel": "geen", "language": "nl"}  # fmt: skip

    def make() -> None:
        answer = client.post(url, told | {"form_token": str(uuid.uuid4())})
        if answer.status_code != 302:  # noqa: PLR2004 - it leads to what was made
            raise RuntimeError(answer.content.decode())

    make()
    with CaptureQueriesContext(connection) as queries:
        make()
    return Measured("Een melding opnemen", len(queries), *_best(make))


def _client(user: Any) -> Any:
    from django.test import Client  # noqa: PLC0415 - needs Django

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _best(work: Callable[[], object]) -> tuple[float, float]:
    found = []
    for _run in range(RUNS):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        found.append((time.process_time() - cpu, time.perf_counter() - wall))
    return min(c for c, _w in found) * 1000, min(w for _c, w in found) * 1000


def table(count: int, rows: list[Measured], seconds: float, first: list[Measured]) -> str:
    """One number of meldingen; the last column is beside the first number of this run."""
    bare = rows[0].cpu
    lines = [
        f"{count * LINES} regels geschiedenis, geladen in {seconds:.0f} s.\n",
        (
            "| Wat | Query's | CPU ms | x kaal | x getekend uit geheugen | x gevraagd uit geheugen |"
            " Wacht ms | Groei van CPU |"
        ),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row, small in zip(rows, first, strict=True):
        drawn = f"{row.cpu / row.memory:.2f}" if row.memory else "–"
        requested = f"{row.cpu / row.request:.2f}" if row.request else "–"
        # Beside the bare page of its own run: so a slow moment of the machine counts for both.
        growth = (row.cpu / bare) / (small.cpu / first[0].cpu)
        lines.append(
            f"| {row.name} | {row.queries} | {row.cpu:.1f} | {row.cpu / bare:.2f} | {drawn} |"
            f" {requested} | {row.wall:.1f} | {growth:.2f} |"
        )
    return "\n".join(lines)


def main() -> None:
    stage.set_up()
    from bench import generator, pages  # noqa: PLC0415 - need Django

    first: list[Measured] = []
    for count in map(int, sys.argv[1:] or ["10000"]):
        with stage.own_database():
            made = generator.make()
            began = time.perf_counter()
            fill(made.plan.municipality, count)
            took = time.perf_counter() - began
            pages.settle()
            rows = measure(made.coordinator)
        first = first or rows
        told = table(count, rows, took, first)
        print(f"{count} meldingen: {told}", flush=True)
        stage.keep(
            "meldingen",
            "De pagina's van de meldingen, naar hun aantal",
            {f"{count} meldingen": told},
        )


if __name__ == "__main__":
    main()
