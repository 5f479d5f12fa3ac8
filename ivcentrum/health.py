"""How the installation is doing: each part measured once, and judged in plain words."""

from __future__ import annotations

import datetime as dt
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import OuterRef
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Heartbeat, OutboxEntry, OutboxPause
from meldingen import rush
from meldingen.models import InboundMailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

RED = 2
BROKER_SECONDS = 45  # the clock asks every ten
SEEN_SECONDS = 15 * 60  # a worker that gave no sign for so long is not counted
AMBER_SKEW, RED_SKEW = 5, 60  # seconds between the clocks of database and web server
AMBER_DISK, RED_DISK = 0.10, 0.03  # the part of the disk that is still free
TONES = ("ok", "warn", "danger")
QUEUES = ("mail", "pdf")
DRAIN = "drain-"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation: how it is, what people notice of it, and what to do."""

    name: str
    level: int  # 0 good, 1 look at it, 2 act now
    told: str
    todo: str = ""
    means: str = ""  # what people notice, when it is not well

    @property
    def tone(self) -> str:
        return TONES[self.level]

    @property
    def word(self) -> str:
        return (_("In orde"), _("Opletten"), _("Ingrijpen"))[self.level]


def parts() -> list[Part]:
    """Every part, the database first: without it nothing else can be asked."""
    now = timezone.now()
    watch = Signs.read(now)
    work = (*_queues(watch), *_pauses(watch), _clock(watch), _broker(watch), _workers(watch))
    mail = (_troubled(), *_inboxes(now), *_rush(now))
    return [_database(), *work, *mail, _disk(), _migrations()]


def daily() -> list[Part]:
    """What the home page of the administrator shows: what may go wrong from day to day."""
    now = timezone.now()
    watch = Signs.read(now)
    seldom = (*_pauses(watch), _clock(watch), _broker(watch))
    ailing = (part for part in seldom if part.level)
    return [*_queues(watch), *ailing, _troubled(), *_inboxes(now), *_rush(now), _disk()]


def alarms() -> list[Part]:
    """What stands still for everybody: told to who leads the work, not only to who repairs it."""
    found = (*_queues(Signs.of_queues(timezone.now())), _disk())
    return [part for part in found if part.level >= RED]


def worst(found: list[Part]) -> int:
    return max(part.level for part in found)


def _level(value: float, amber: float, red: float) -> int:
    return int(value >= amber) + int(value >= red)


def _late(seconds: float) -> int:
    return _level(seconds, settings.HEALTH_AMBER_SECONDS, settings.HEALTH_RED_SECONDS)


def _database() -> Part:
    """Whether it answers, and whether its clock is ours: leases and links live by both."""
    asked = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_size_pretty(pg_database_size(current_database())), clock_timestamp()"
        )
        size, there = cursor.fetchone()
    middle = asked + (timezone.now() - asked) / 2
    skew = abs((there - middle).total_seconds())
    if not (level := _level(skew, AMBER_SKEW, RED_SKEW)):
        return Part(_("Databank"), 0, _("Antwoordt. Grootte: %s.") % size)
    return Part(
        _("Databank"), level,
        _("Haar klok verschilt %d seconden van die van de webserver.") % skew,
        _("Laat de systeembeheerder de klokken van de servers gelijk zetten (NTP)."),
        _("Links en codes kunnen te vroeg vervallen, en werk kan te laat of dubbel beginnen."),
    )  # fmt: skip


# --- Work that waits, and whoever does it ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen of life, read once for all parts."""

    now: dt.datetime
    beats: dict[str, dt.datetime]
    pauses: list[OutboxPause]
    waiting: dict[str, tuple[int, dt.datetime | None]]  # per queue: how many, the oldest due

    @classmethod
    def read(cls, now: dt.datetime) -> Signs:
        beats = {beat.name: beat.at for beat in Heartbeat.objects.all()}
        rows = OutboxEntry.objects.waiting_by_queue(now=now)
        return cls(now, beats, list(OutboxPause.objects.order_by("service")), rows)

    @classmethod
    def of_queues(cls, now: dt.datetime) -> Signs:
        """The queues alone, in one question, for a page that has much else to ask."""
        due = OutboxEntry.objects.oldest_due(
            queue=Substr(OuterRef("name"), len(DRAIN) + 1), now=now
        )
        drains = list(Heartbeat.objects.filter(name__startswith=DRAIN).annotate(oldest=due))
        rows = {beat.name.removeprefix(DRAIN): (0, beat.oldest) for beat in drains}
        return cls(now, {beat.name: beat.at for beat in drains}, [], rows)

    def silence(self, name: str) -> float:
        """Seconds since the last sign; never one counts as long ago."""
        at = self.beats.get(name)
        return (self.now - at).total_seconds() if at else float(settings.HEALTH_RED_SECONDS)

    def last(self, name: str) -> str:
        return _since(self.beats.get(name), self.now)


def _since(moment: dt.datetime | None, now: dt.datetime) -> str:
    """Since when, as people say it: the hour, and the day when it is another."""
    if moment is None:
        return _("nog nooit")
    local, today = timezone.localtime(moment), timezone.localdate(now)
    hour = date_format(local, "H:i")
    return hour if local.date() == today else f"{date_format(local, 'j F')} {hour}"


def _queues(watch: Signs) -> Iterator[Part]:
    names = {"mail": _("Mail"), "pdf": _("Rapporten als PDF")}
    means = {
        "mail": _("Mails vertrekken later: uitnodigingen, wachtwoorden, herinneringen, antwoorden."
                  " Er gaat niets verloren."),
        "pdf": _("Wie een PDF vroeg, wacht erop. De rest werkt gewoon."),
    }  # fmt: skip
    for queue in QUEUES:
        yield _queue(queue, names[queue], means[queue], watch)


def _queue(queue: str, name: str, means: str, watch: Signs) -> Part:
    waiting, oldest = watch.waiting.get(queue, (0, None))
    age = (watch.now - oldest).total_seconds() if oldest else 0.0
    silence = watch.silence(f"{DRAIN}{queue}")
    level = max(_late(age), _late(silence))
    told = ngettext("%d opdracht wacht", "%d opdrachten wachten", waiting) % waiting
    if oldest:
        told += _(", de oudste sinds %s") % _since(oldest, watch.now)
    told += ". " + _("De werker keek laatst: %s.") % watch.last(f"{DRAIN}{queue}")
    if not level:
        return Part(name, 0, told)
    return Part(name, level, told, _why(queue, watch, is_silent=_late(silence) > 0), means)


def _why(queue: str, watch: Signs, *, is_silent: bool) -> str:
    """What to do about work that waits: look at what stands still below it, else at the worker."""
    if _late(watch.silence("beat")):
        return _("De klok staat stil: zie hieronder.")
    if watch.silence("broker") >= BROKER_SECONDS:
        return _("De werker krijgt geen seintjes: zie Redis hieronder.")
    if is_silent:
        return _("De werker draait niet. Laat de systeembeheerder worker-%s herstarten.") % queue
    if watch.pauses:
        return _("Het wacht op wat hieronder niet antwoordt.")
    return _("Er is meer werk dan de werker aankan. Duurt het lang, laat er dan een bij starten.")


def _pauses(watch: Signs) -> Iterator[Part]:
    """What does not answer, such as the mail server."""
    for pause in watch.pauses:
        names = {"mailserver": _("Mailserver"), "disk": _("Plaats voor PDF's")}
        todo = {
            "mailserver": _("Kijk na of de mailserver werkt en of EMAIL_URL klopt."),
            "disk": _("Maak plaats op de schijf of vraag de systeembeheerder om een grotere."),
        }
        means = {
            "mailserver": _("Mails wachten en vertrekken vanzelf zodra hij antwoordt."),
            "disk": _("PDF's wachten en komen vanzelf zodra er plaats is."),
        }
        long = (watch.now - pause.since).total_seconds()
        told = _("%(what)s Sinds %(moment)s.") % {
            "what": pause.reason, "moment": _since(pause.since, watch.now)
        }  # fmt: skip
        yield Part(
            names.get(pause.service, pause.service), max(1, _late(long)), told,
            todo.get(pause.service, ""), means.get(pause.service, ""),
        )  # fmt: skip


def _clock(watch: Signs) -> Part:
    name = _("Klok")
    last = watch.last("beat")
    if not (level := _late(watch.silence("beat"))):
        return Part(name, 0, _("Tikte laatst: %s.") % last)
    return Part(
        name, level, _("Staat stil. Laatste teken: %s.") % last,
        _("Laat de systeembeheerder beat herstarten."),
        _("Werk op de achtergrond begint niet: mails, herinneringen, PDF's en postvakken wachten."),
    )  # fmt: skip


def _broker(watch: Signs) -> Part:
    """By what the clock saw: a page never asks Redis itself, it might hang."""
    name = _("Redis (seintjes voor de werkers)")
    if _late(watch.silence("beat")):
        return Part(name, 1, _("Niet te zeggen zolang de klok stilstaat."))
    silence = watch.silence("broker")
    if silence < BROKER_SECONDS:
        return Part(name, 0, _("Antwoordt."))
    return Part(
        name, max(1, _late(silence)),
        _("Antwoordt niet. Laatste antwoord: %s.") % watch.last("broker"),
        _("Laat de systeembeheerder Valkey of Redis nakijken en herstarten."),
        _("De pagina's werken. Mails en PDF's wachten en komen vanzelf als Redis terug is."),
    )  # fmt: skip


def _workers(watch: Signs) -> Part:
    """Who works; that none does shows at the queues."""
    recent = watch.now - dt.timedelta(seconds=SEEN_SECONDS)
    seen = [
        name.removeprefix("worker-").partition("@")[0]
        for name, at in watch.beats.items()
        if name.startswith("worker-") and at >= recent
    ]
    told = ngettext("%d gezien", "%d gezien", len(seen)) % len(seen)
    return Part(_("Werkers"), 0, f"{told}: {', '.join(sorted(seen))}." if seen else f"{told}.")


def ago(seconds: float) -> str:
    """A length of time in the words people use."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return _("minder dan een minuut")
    if minutes < 120:  # noqa: PLR2004 - two hours
        return ngettext("%d minuut", "%d minuten", minutes) % minutes
    hours = minutes // 60
    return _("%d uur") % hours if hours < 48 else _("%d dagen") % (hours // 24)  # noqa: PLR2004


def _troubled() -> Part:
    count = OutboxEntry.objects.troubled().count()
    if not count:
        return Part(_("Mislukt werk"), 0, _("Niets."))
    told = ngettext(
        "%d opdracht is mislukt of onzeker.", "%d opdrachten zijn mislukt of onzeker.", count
    )
    todo = _("Lees hieronder waarom en kies opnieuw of annuleer.")
    return Part(_("Mislukt werk"), 1, told % count, todo)


def _inboxes(now: dt.datetime) -> Iterator[Part]:
    """The mailboxes that are read; never worse than amber, for nothing of ours stands still."""
    rows = InboundMailbox.objects.filter(is_active=True)
    if not (count := rows.count()):
        return
    ailing = list(rows.ailing(now=now).values_list("address", flat=True))
    if not ailing:
        told = ngettext("%d postvak wordt gelezen.", "%d postvakken worden gelezen.", count)
        yield Part(_("Postvakken"), 0, told % count)
        return
    told = _("Niet gelezen: %s.") % ", ".join(ailing)
    yield Part(_("Postvakken"), 1, told, _("Kijk onder Beheer › Postvakken wat er scheelt."))


def _rush(now: dt.datetime) -> Iterator[Part]:
    """Far more reports from the web than people make; told for a day, for it may be over by then."""
    found = rush.busiest_hour(now=now, within=dt.timedelta(days=1))
    if not found:
        return
    told = _("In één uur, het voorbije etmaal: %s.") % ", ".join(
        f"{n} ({name})" for name, n in found
    )
    todo = _(
        "Kijk na of ze echt zijn. Tot het kalmeert, vraagt elke volgende een rekensom of wachten."
    )
    yield Part(_("Meldingen van het web"), 1, told, todo)


def _disk() -> Part:
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():
        place = place.parent
    usage = shutil.disk_usage(place)
    free = usage.free / usage.total
    level = int(free < AMBER_DISK) + int(free < RED_DISK)
    told = _("%(gigabytes)s GB vrij (%(part)d %%).") % {
        "gigabytes": number_format(usage.free / 1024**3, 1),
        "part": round(free * 100),
    }
    if not level:
        return Part(_("Schijf"), 0, told)
    todo = _("Maak plaats op de schijf of vraag de systeembeheerder om een grotere.")
    means = _("Is ze vol, dan kan niemand nog een bestand bewaren en wachten nieuwe PDF's.")
    return Part(_("Schijf"), level, told, todo, means)


def _migrations() -> Part:
    """Whether the database fits this version of the program."""
    executor = MigrationExecutor(connection)
    todo = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not todo:
        return Part(_("Databankversie"), 0, _("Past bij het programma."))
    return Part(
        _("Databankversie"),
        2,
        _("%d wijzigingen moeten nog gebeuren.") % len(todo),
        _("Voer script/serve migrate uit, of herstart de installatie."),
    )


def versions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    return {
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "PostgreSQL": server.partition(" ")[0],
    }
