"""Servers that freeze, go away, hang or fill up: what the pages, the health page and the work do."""

from __future__ import annotations

import datetime as dt
import html
import os
import re
import shutil
import signal
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.faults.house import House, house, say, states, wait_until, waiting
from bench.faults.kills import Row

RATIO = 2.0  # p95 may double
PATIENCE = 420  # a pause grows to five minutes
MAILS = 40
MOST_PATIENCE = 120  # seconds until the health page has to say it
WARM = 4  # rounds that count for nothing: every process has its templates ready then
DISK = "4m"


@dataclass(frozen=True)
class Stage:
    """The house with its pages and its people."""

    house: House
    pages: list[str]
    coordinator: str  # the cookie of who reads the pages
    administrator: str
    made: Any


@contextmanager
def stage(folder: Path, **settings: str) -> Iterator[Stage]:
    with house(folder, EMAIL_TIMEOUT="5", **settings) as found:
        from accounts.models import Membership, User  # noqa: PLC0415 - needs Django
        from accounts.roles import Role  # noqa: PLC0415
        from bench import generator, pages  # noqa: PLC0415

        made = generator.make()
        place = made.plan.municipality
        assert place is not None  # noqa: S101 - made by the generator
        admin = User.objects.create(email="beheer@bench.example", name="Beheer")
        Membership.objects.create(
            user=admin, municipality=place, role=Role.ADMINISTRATOR, starts=dt.date(2026, 1, 1)
        )
        pages.settle()
        for name in ("web", "worker-mail", "worker-pdf", "beat"):
            found.start(name)
        ready = Stage(found, _pages(made), _cookie(made.coordinator), _cookie(admin), made)
        assert wait_until(lambda: _answers(ready, "/healthz/ready"), 120), found.logs[-2000:]  # noqa: S101
        yield ready


def _pages(made: Any) -> list[str]:
    from django.urls import reverse  # noqa: PLC0415 - needs Django

    names = ("home", "plans:list", "plans:actions", "plans:mine", "partners:list", "reports:list",
             "agenda:month", "meldingen:list")  # fmt: skip
    action = made.plan.actions.in_plan_order()[0]
    return [*map(reverse, names), made.plan.get_absolute_url(), action.get_absolute_url()]


def _cookie(user: Any) -> str:
    from django.test import Client  # noqa: PLC0415 - needs Django

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"session={client.session.session_key}"


def _get(ready: Stage, path: str, cookie: str = "") -> tuple[int, str]:
    address = ready.house.env["SITE_URL"] + path
    request = urllib.request.Request(address, headers={"Cookie": cookie})  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""


def _answers(ready: Stage, path: str) -> bool:
    return _get(ready, path)[0] == 200  # noqa: PLR2004


def _ask(ready: Stage, rounds: int) -> tuple[list[float], int]:
    """The milliseconds that each page took, and how many did not come."""
    times, failed = [], 0
    for _round in range(rounds):
        for path in ready.pages:
            began = time.perf_counter()
            code, _page = _get(ready, path, ready.coordinator)
            times.append((time.perf_counter() - began) * 1000)
            failed += code != 200  # noqa: PLR2004
    return times, failed


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _health(ready: Stage) -> list[str]:
    """What the health page says is not well, as its reader sees it."""
    code, page = _get(ready, "/beheer/toestand/", ready.administrator)
    if code != 200:  # noqa: PLR2004
        return [f"geen antwoord ({code})"]
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [html.unescape(re.sub(r"<[^>]+>", " ", row)) for row in table.split("</tr>")]
    told = [re.sub(r"\s+", " ", row).strip() for row in rows]
    return [row for row in told if row and "In orde" not in row]


def _is_told(said: list[str], words: tuple[str, ...]) -> bool:
    return all(any(word in row for row in said) for word in words)


def _promise(ready: Stage, mark: str) -> None:
    """Work that comes in during the fault."""
    from bench import generator  # noqa: PLC0415 - needs Django
    from core import outbox  # noqa: PLC0415
    from reports.operations import freeze  # noqa: PLC0415

    user = ready.made.lead
    outbox.promise_all(
        "account_mail",
        {f"{mark}:{n}": {"mail": "user.password_changed", "user": user.pk} for n in range(MAILS)},
    )
    draft = generator.draft(ready.made)
    freeze(draft, version=draft.version, by=ready.made.coordinator)


def _through(ready: Stage, name: str, *, seconds: float, rounds: int, words: tuple[str, ...],
             begin: Any, end: Any, promised: Any = None) -> list[Row]:  # fmt: skip
    """Pages before and during, what the health page says, and whether all work is done after."""
    wait_until(lambda: not waiting(), PATIENCE)
    _ask(ready, WARM)
    calm, _failed = _ask(ready, rounds)
    begin()
    began = time.monotonic()
    _promise(ready, name)
    if promised:
        promised()
    times, failed = _ask(ready, rounds)
    said = _health(ready)
    # A PDF takes a while before it finds the disk full.
    while (lasted := time.monotonic() - began) < seconds or (
        lasted < MOST_PATIENCE and not _is_told(said, words)
    ):
        again, more = _ask(ready, 1)
        times, failed = times + again, failed + more
        said = _health(ready)
    before, during = _p95(calm), _p95(times)
    still = waiting()
    end()
    ended = time.monotonic()
    is_done = wait_until(lambda: not waiting(), PATIENCE)
    took, found = time.monotonic() - ended, states()
    lost = found["failed"] + found["unsure"]
    say(f"{name}: {said}")
    return [
        Row(f"{name}: pagina's die niet kwamen", str(failed), not failed),
        Row(f"{name}: p95 voor en tijdens", f"{before:.0f} en {during:.0f} ms "
            f"({during / before:.2f}×)", during <= RATIO * before),
        Row(f"{name}: de toestand zegt", " / ".join(said) or "niets",
            _is_told(said, words)),
        Row(f"{name}: werk", f"{still} wachtten, {took:.0f} s later alles klaar: {dict(found)}",
            is_done and not lost),
    ]  # fmt: skip


def frozen(folder: Path, *, seconds: float, rounds: int) -> list[Row]:
    """Redis is stopped in its tracks, as by a machine without memory."""
    with stage(folder) as ready:
        return _through(
            ready, "Redis bevroren", seconds=seconds, rounds=rounds,
            words=("Redis (seintjes voor de werkers)",) if seconds >= MOST_SILENT else (),
            begin=lambda: ready.house.signal("redis", signal.SIGSTOP),
            end=lambda: ready.house.signal("redis", signal.SIGCONT),
        )  # fmt: skip


MOST_SILENT = 60  # by then the page has to say that Redis does not answer


def gone(folder: Path, *, seconds: float, rounds: int) -> list[Row]:
    """Redis is killed, and comes back empty."""
    with stage(folder) as ready:
        return _through(
            ready, "Redis weg", seconds=seconds, rounds=rounds,
            words=("Redis (seintjes voor de werkers)",) if seconds >= MOST_SILENT else (),
            begin=lambda: ready.house.kill("redis"),
            end=ready.house.redis,
        )  # fmt: skip


def smtp(folder: Path, *, seconds: float, rounds: int) -> list[Row]:
    """The mail server takes up the telephone and says nothing."""
    with stage(folder) as ready:

        def hang(*, is_hanging: bool) -> None:
            ready.house.box.is_hanging = is_hanging

        rows = _through(
            ready, "Mailserver hangt", seconds=seconds, rounds=rounds, words=("Mailserver",),
            begin=lambda: hang(is_hanging=True), end=lambda: hang(is_hanging=False),
        )  # fmt: skip
        from core.models import OutboxEntry  # noqa: PLC0415 - needs Django

        tries = max(OutboxEntry.objects.values_list("attempts", flat=True))
        got = ready.house.box.taken[ready.made.lead.email]
        return [
            *rows,
            Row("Mailserver hangt: pogingen van één mail", str(tries), tries <= 3),  # noqa: PLR2004
            Row("Mailserver hangt: mails aangekomen", f"{got} van {MAILS}", got == MAILS),
        ]


def disk(folder: Path, *, seconds: float, rounds: int) -> list[Row]:
    """The disk of the files is full; it is a small one of memory, which takes root."""
    small = folder / "media"
    small.mkdir()
    if os.geteuid() != 0:
        return [Row("Schijf vol", "niet gemeten: daarvoor is root nodig", is_good=True)]
    mount, umount = shutil.which("mount") or "mount", shutil.which("umount") or "umount"
    _run(mount, "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(small))
    try:
        with stage(folder) as ready:
            filler = small / "vol"

            def fill() -> None:
                with filler.open("wb", buffering=0) as stream:
                    try:
                        while stream.write(b"x" * 4096):
                            pass
                    except OSError:
                        pass

            return _through(
                ready, "Schijf vol", seconds=seconds, rounds=rounds,
                words=("Schijf", "Plaats voor PDF's"),
                begin=fill, end=filler.unlink,
            )  # fmt: skip
    finally:
        _run(umount, "--lazy", str(small))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - our own


def worker(folder: Path, *, seconds: float, rounds: int) -> list[Row]:
    """The workers are gone for an hour: killed, and the hour is moved instead of waited for."""
    with stage(folder) as ready:

        def leave() -> None:
            ready.house.kill("worker-mail")
            ready.house.kill("worker-pdf")

        def come_back() -> None:
            ready.house.start("worker-mail")
            ready.house.start("worker-pdf")

        return _through(
            ready, "Werker een uur weg", seconds=seconds, rounds=rounds, begin=leave,
            words=("Mail Ingrijpen", "Rapporten als PDF Ingrijpen"), end=come_back,
            promised=_move_an_hour,
        )  # fmt: skip


def _move_an_hour() -> None:
    from django.db.models import F  # noqa: PLC0415 - needs Django

    from core.models import Heartbeat, OutboxEntry  # noqa: PLC0415

    hour = dt.timedelta(hours=1)
    OutboxEntry.objects.filter(status="queued").update(run_after=F("run_after") - hour)
    Heartbeat.objects.exclude(name__in=["beat", "broker"]).update(at=F("at") - hour)


ALL = {"frozen": frozen, "gone": gone, "smtp": smtp, "disk": disk, "worker": worker}
