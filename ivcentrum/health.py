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
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Heartbeat, OutboxEntry
from meldingen import rush
from meldingen.models import InboundMailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

AMBER_SECONDS, RED_SECONDS = 5 * 60, 15 * 60
AMBER_DISK, RED_DISK = 0.10, 0.03  # the part of the disk that is still free
TONES = ("ok", "warn", "danger")
QUEUES = {"mail": "mail", "pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation: how it is, what is wrong, and what to do about it."""

    name: str
    level: int  # 0 good, 1 look at it, 2 act now
    told: str
    todo: str = ""

    @property
    def tone(self) -> str:
        return TONES[self.level]

    @property
    def word(self) -> str:
        return (_("In orde"), _("Opletten"), _("Ingrijpen"))[self.level]


def parts() -> list[Part]:
    """Every part, the database first: without it nothing else can be asked."""
    now = timezone.now()
    mail = (_troubled(), *_inboxes(now), *_rush(now))
    return [_database(), *_queues(now), *mail, _disk(), _migrations()]


def daily() -> list[Part]:
    """What the home page of the administrator shows: what may go wrong from day to day."""
    now = timezone.now()
    return [*_queues(now), _troubled(), *_inboxes(now), *_rush(now), _disk()]


def worst(found: list[Part]) -> int:
    return max(part.level for part in found)


def _level(value: float, amber: float, red: float) -> int:
    return int(value >= amber) + int(value >= red)


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        size = cursor.fetchone()[0]
    return Part(_("Databank"), 0, _("Antwoordt. Grootte: %s.") % size)


def _queues(now: dt.datetime) -> Iterator[Part]:
    beats = {beat.name: beat.at for beat in Heartbeat.objects.all()}
    names = {"mail": _("Mail"), "pdf": _("Rapporten als PDF")}
    for queue in QUEUES:
        yield _queue(queue, names[queue], beats.get(f"drain-{queue}"), now)


def _queue(queue: str, name: str, beat: dt.datetime | None, now: dt.datetime) -> Part:
    rows = OutboxEntry.objects.filter(queue=queue)
    waiting, age = rows.waiting().count(), rows.oldest_waiting_age(now=now)
    still = (now - beat).total_seconds() if beat else float(RED_SECONDS)
    level = max(_level(age, AMBER_SECONDS, RED_SECONDS), _level(still, AMBER_SECONDS, RED_SECONDS))
    told = ngettext("%d opdracht wacht", "%d opdrachten wachten", waiting) % waiting
    if waiting:
        told += _(", de oudste %s") % ago(age)
    last = _("nog nooit") if beat is None else _("%s geleden") % ago(still)
    told += ". " + _("De werker keek laatst: %s.") % last
    todo = _(
        "De werker of de klok (beat) draait niet. Laat de systeembeheerder ze opnieuw starten."
    )
    return Part(name, level, told, todo if level else "")


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
    todo = _("Maak plaats op de schijf of vraag de systeembeheerder om een grotere.")
    return Part(_("Schijf"), level, told, todo if level else "")


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
