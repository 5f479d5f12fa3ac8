"""Workers that are killed with -9 over and over: mails and PDFs, none lost and none double."""

from __future__ import annotations

import hashlib
import io
import json
import random
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.faults.house import House, house, say, states, wait_until, waiting

PATIENCE = 240  # seconds for what is left after the last kill


@dataclass(frozen=True)
class Row:
    """One line of the table: what was asked, what came, and whether that is good."""

    what: str
    came: str
    is_good: bool


def _harass(
    found: House, workers: list[str], part: str, *, total: int, kills: int, at_half: Any = None
) -> int:
    """Kill a worker each time so much more is done, so that the kills fall over all of the work."""
    dice, done = random.Random(20261122), 0  # noqa: S311 - not for secrets
    for number in range(kills):
        left = total - total * number / (kills + 1)
        if not wait_until(partial(_no_more_than, left), PATIENCE):
            break
        time.sleep(dice.uniform(0, 0.4))
        name = workers[number % len(workers)]
        if number % 3 == 2:  # noqa: PLR2004 - every third time the child alone
            found.kill_child(name)
        else:
            found.kill(name)
            found.start(name, part)
        done += 1
        if at_half and number == kills // 2:
            at_half()
    return done


def _no_more_than(left: float) -> bool:
    return waiting() <= left


def mails(folder: Path, *, count: int, kills: int) -> list[Row]:
    """So many mails to as many people, while workers die and PostgreSQL starts anew once."""
    with house(folder, OUTBOX_LEASE_SECONDS="8") as found:
        from accounts.models import User  # noqa: PLC0415 - needs Django
        from core import outbox  # noqa: PLC0415

        people = User.objects.bulk_create(
            User(email=f"persoon{n}@bench.example", name=f"Persoon {n}") for n in range(count)
        )
        kind = {"mail": "user.password_changed"}
        outbox.promise_all(
            "account_mail", {f"bench:{user.pk}": {**kind, "user": user.pk} for user in people}
        )
        found.box.seconds = 0.04
        workers = ["worker-1", "worker-2", "worker-3"]
        for name in workers:
            found.start(name, "worker-mail")
        found.start("beat")
        began = time.monotonic()
        done = _harass(
            found, workers, "worker-mail", total=count, kills=kills, at_half=found.restart_postgres
        )
        is_over = wait_until(lambda: not waiting(), PATIENCE)
        took = time.monotonic() - began
        return [
            *_mails_told(found, done, kills, took, is_over=is_over),
            *_logs_told(found),
        ]


def _mails_told(found: House, done: int, kills: int, took: float, *, is_over: bool) -> list[Row]:
    from accounts.models import User  # noqa: PLC0415 - needs Django
    from core.models import OutboxEntry  # noqa: PLC0415

    address = dict(User.objects.values_list("pk", "email"))
    status = {
        address[payload["user"]]: state
        for payload, state in OutboxEntry.objects.values_list("payload", "status")
    }
    taken = found.box.taken
    lost = [who for who, state in status.items() if state == "sent" and not taken[who]]
    double = [who for who, times in taken.items() if times > 1]
    unsaid = [who for who in taken if status[who] not in {"sent", "unsure"}]
    unsure = [who for who, state in status.items() if state == "unsure"]
    arrived = sum(1 for who in unsure if taken[who])
    return [
        Row("Keren kill -9, en één herstart van PostgreSQL", f"{done} van {kills}", done == kills),
        Row("Mails", f"{len(status)} in {took:.0f} s, {dict(states())}", is_over),
        Row("Stil verloren", str(len(lost)), not lost),
        Row("Dubbel verstuurd", str(len(double)), not double),
        Row("Aangekomen zonder dat de rij het zegt", str(len(unsaid)), not unsaid),
        Row("Op de lijst als onzeker", f"{len(unsure)} (waarvan {arrived} aangekomen)",
            len(unsure) <= kills + 6),
        Row("Mislukt", str(states()["failed"]), not states()["failed"]),
    ]  # fmt: skip


def _logs_told(found: House) -> list[Row]:
    """Everything was written as JSON, and nobody's address is in it."""
    lines = found.logs.splitlines()
    others = [line for line in lines if not _is_json(line)]
    if others:
        say(f"not JSON: {others[:3]}")
    named = sum("@bench.example" in line for line in lines)
    return [
        Row("Regels in de logboeken die geen JSON zijn", f"{len(others)} van {len(lines)}",
            not others),
        Row("Regels met iemands adres", str(named), not named),
    ]  # fmt: skip


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def pdfs(folder: Path, *, count: int, kills: int) -> list[Row]:
    """So many reports frozen, while the workers that make their PDFs die."""
    with house(folder, OUTBOX_LEASE_SECONDS="15") as found:
        from bench import generator  # noqa: PLC0415 - needs Django
        from reports.operations import freeze  # noqa: PLC0415

        made = generator.make(domains=1, sub_themes=1)
        drafts = [generator.draft(made) for _ in range(count)]
        reports = [freeze(draft, version=draft.version, by=made.coordinator) for draft in drafts]
        workers = ["worker-1", "worker-2"]
        for name in workers:
            found.start(name, "worker-pdf")
        found.start("beat")
        began = time.monotonic()
        done = _harass(found, workers, "worker-pdf", total=count, kills=kills)
        is_over = wait_until(lambda: not waiting(), PATIENCE)
        took = time.monotonic() - began
        whole = sum(_is_whole(report) for report in reports)
        files = [path for path in (folder / "media").rglob("*") if path.is_file()]
        return [
            Row("Keren kill -9", f"{done} van {kills}", done == kills),
            Row("Opdrachten", f"{count} in {took:.0f} s, {dict(states())}", is_over),
            Row("Hele PDF's", f"{whole} van {count}", whole == count),
            Row("Bestanden op de schijf", str(len(files)), len(files) == count),
            *_logs_told(found),
        ]


def _is_whole(report: Any) -> bool:
    from pypdf import PdfReader  # noqa: PLC0415 - of the tests and benches

    report.refresh_from_db()
    if not report.pdf:
        return False
    content = Path(report.pdf.path).read_bytes()
    pages = len(PdfReader(io.BytesIO(content)).pages)
    sums = Counter([hashlib.sha256(content).hexdigest(), report.pdf_sha256])
    return len(sums) == 1 and pages == report.pdf_pages
