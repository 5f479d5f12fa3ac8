"""Who hears of what at a moment: planned, written once, told up the ladder, promised as mail.

The moment is an argument and nothing here reads the clock. What is due stands in the data and not
in a timetable: a run looks at the last moment of each thing that has passed, and writes who has
not been told of it yet. So a day that was skipped is caught up by the next run, once, and two runs
at the same time write the same rows, of which the database keeps one.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality
from reminders import matters, schedule
from reminders.digest import promise_digests
from reminders.models import CoreGroupItem, EngineRun, Reminder, mail_times, settings_of
from reminders.people import directory_of
from reminders.rules import Rung, all_rules

if TYPE_CHECKING:
    from reminders.matters import Matter
    from reminders.models import MailTimes
    from reminders.people import Directory
    from reminders.rules import Moments

logger = logging.getLogger(__name__)

BATCH = 5_000


class Told(NamedTuple):
    """One person is told of one moment of one thing."""

    matter: Matter
    offset: int
    rung: Rung
    person: int

    @property
    def day(self) -> dt.date:
        return self.matter.due + dt.timedelta(days=self.offset)

    @property
    def occasion(self) -> str:
        matter = self.matter
        return f"{matter.rule}:{matter.pk}:{matter.due}:{self.offset:+}/{int(self.rung)}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do on a day: all that waits, who is told, what the core group gets."""

    waiting: frozenset[tuple[str, int, dt.date]]
    told: tuple[Told, ...]
    for_core_group: tuple[Matter, ...]


def plan(place: Municipality, *, on: dt.date) -> Plan:
    """Who is told of what, up to and including a day. It writes nothing."""
    chosen = {code: row for code, row in settings_of(place).items() if row.is_on}
    people = directory_of(place, on=on)
    ahead = {code: row.moments.ahead for code, row in chosen.items()}
    found = matters.due(place, ahead, on=on)
    told: list[Told] = []
    table: list[Matter] = []
    moments = {code: row.moments for code, row in chosen.items()}
    for matter in found:
        told.extend(_told(matter, moments[matter.rule], people, on))
        last = dict(moments[matter.rule].escalation).get(Rung.CORE_GROUP)
        if last is not None and (on - matter.due).days >= last:
            table.append(matter)
    return Plan(frozenset(matter[:3] for matter in found), tuple(told), tuple(table))


def _told(matter: Matter, moments: Moments, people: Directory, on: dt.date) -> Iterator[Told]:
    """The last moment of each person; who stands on two rungs is told on the lower."""
    since_due, seen = (on - matter.due).days, set()
    ladder = people.ladder(all_rules()[matter.rule], matter)
    for rung, rows in ladder.items():
        if rung == Rung.RESPONSIBLE:
            offset = schedule.latest(moments, since_due)
        else:
            offset = schedule.latest_above(moments, rung, since_due)
        if offset is None:
            continue
        for person in rows:
            if person not in seen:
                seen.add(person)
                yield Told(matter, offset, rung, person)


def run(at: dt.datetime) -> Counter[str]:
    """All that is due at this moment, in every municipality; and the mail of who wants it now.

    What breaks off in one municipality waits for the next run, and keeps nobody else waiting.
    """
    done: Counter[str] = Counter()
    for place in Municipality.objects.select_related("mail_times").order_by("pk"):
        try:
            done += run_for(place, at)
        except Exception:
            logger.exception("reminders of %s broke off", place.code)
    done["digests"] += promise_digests(at)
    return done


@transaction.atomic
def run_for(place: Municipality, at: dt.datetime) -> Counter[str]:
    """One municipality: whole, or not at all. A second run waits, and finds it done."""
    state = _held(place)
    on = timezone.localdate(at)
    if state.at and timezone.localdate(state.at) > on:
        return Counter()  # a clock that was set back tells nobody anything
    todo = plan(place, on=on)
    open_now = Reminder.objects.open().filter(municipality=place)
    known = {row[1:]: row[0] for row in open_now.values_list("pk", "occasion", "person")}
    done = Counter(
        over=_close(known, todo, at),
        made=_write(place, todo, known, on),
        for_core_group=_bring_to_table(place, todo, at),
    )
    EngineRun.objects.filter(pk=place.pk).update(at=at)
    return done


def _held(place: Municipality) -> EngineRun:
    EngineRun.objects.bulk_create([EngineRun(municipality=place)], ignore_conflicts=True)
    return EngineRun.objects.select_for_update().get(pk=place.pk)


Known = dict[tuple[str, int], int]


def _close(known: Known, todo: Plan, at: dt.datetime) -> int:
    """What nobody waits for any more, and what a later moment took the place of."""
    wanted = {(told.occasion, told.person) for told in todo.told}
    gone = [pk for key, pk in known.items() if key not in wanted]
    return Reminder.objects.filter(pk__in=gone).update(over_at=at) if gone else 0


def _write(place: Municipality, todo: Plan, known: Known, on: dt.date) -> int:
    """Who was not told yet. What was over and waits again stands open again, and is not mailed."""
    fresh = [told for told in todo.told if (told.occasion, told.person) not in known]
    if not fresh:
        return 0
    times = mail_times(place)
    for start in range(0, len(fresh), BATCH):
        batch = fresh[start : start + BATCH]
        rows = (_reminder(place, told, times, on) for told in batch)
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    occasions = {told.occasion for told in fresh}
    again = Reminder.objects.filter(occasion__in=occasions).exclude(over_at=None)
    people = {(told.occasion, told.person) for told in fresh}
    back = [row[0] for row in again.values_list("pk", "occasion", "person") if row[1:] in people]
    if back:
        Reminder.objects.filter(pk__in=back).update(over_at=None)
    return len(fresh) - len(back)


def _reminder(place: Municipality, told: Told, times: MailTimes, on: dt.date) -> Reminder:
    return Reminder(
        municipality=place,
        rule=told.matter.rule,
        subject_pk=told.matter.pk,
        due=told.matter.due,
        offset=told.offset,
        rung=told.rung,
        occasion=told.occasion,
        person_id=told.person,
        day=told.day,
        mail_from=schedule.mail_day(told.day, on=on, workdays_only=times.workdays_only),
    )


def _bring_to_table(place: Municipality, todo: Plan, at: dt.datetime) -> int:
    """An item for the core group of what nobody did; what was done meanwhile is off the table."""
    rows = CoreGroupItem.objects.filter(municipality=place)
    items = rows.values_list("pk", "closed_at", "rule", "subject_pk", "due")
    known = {row[2:]: row[:2] for row in items}
    gone = [pk for key, (pk, closed) in known.items() if not closed and key not in todo.waiting]
    if gone:
        rows.filter(pk__in=gone, closed_at=None).update(
            closed_at=at, outcome=_("Intussen in orde.")
        )
    fresh = [matter for matter in todo.for_core_group if matter[:3] not in known]
    if fresh:
        _put_on_table(place, fresh, timezone.localdate(at))
    return len(fresh)


def _put_on_table(place: Municipality, fresh: list[Matter], on: dt.date) -> None:
    keys: dict[str, list[int]] = {}
    for matter in fresh:
        keys.setdefault(matter.rule, []).append(matter.pk)
    names = matters.named(keys, on=on)
    items = (
        CoreGroupItem(
            municipality=place,
            rule=matter.rule,
            subject_pk=matter.pk,
            due=matter.due,
            made_on=on,
            text=names.get(matter[:3], "")[:300],
        )
        for matter in fresh
    )
    CoreGroupItem.objects.bulk_create(items, ignore_conflicts=True)


def told_on(place: Municipality, *, on: dt.date) -> list[Told]:
    """Whose moment lies on this very day: what a run on it would tell besides what was told."""
    return [told for told in plan(place, on=on).told if told.day == on]
