"""The one mail of a day: promised at the hour its reader chose, drawn when its turn comes.

What was done meanwhile, and what the reader may no longer read, drops out; a mail about nothing
is not sent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Municipality, User
from core import outbox
from core.languages import speaking
from core.letters import Block, Link
from core.locks import wait_for
from core.templatetags.house import badge
from core.workdays import is_working_day
from mails.wording import letter
from reminders import matters, schedule, unsubscribing
from reminders.mails import DIGEST
from reminders.models import HOUR, MailTimes, Reminder, RuleSetting
from reminders.rules import Rung, all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from core.letters import Value
    from core.mail import Mail
    from core.models import OutboxEntry
    from reminders.matters import Shown
    from reminders.rules import Rule

BATCH = 10_000


class Waiting(NamedTuple):
    """A reminder that no mail holds yet."""

    pk: int
    person: int
    place: int
    rule: str
    hour: int | None
    muted: list[str] | None


@transaction.atomic
def promise_digests(at: dt.datetime) -> int:
    """Promise the mail of today to each person whose hour has come; give how many."""
    wait_for("reminders.digests")
    now = timezone.localtime(at)
    on = now.date()
    ready = _ready(now, _unmailed(on))
    if not ready:
        return 0
    # Of who works in several municipalities, one of them sees to it that the mail arrives.
    people = {row.person: row.place for row in sorted(ready, key=lambda row: -row.place)}
    outbox.promise_all(
        "digest",
        {f"digest:{pk}:{on}": {"person": pk, "on": str(on)} for pk in sorted(people)},
        places={f"digest:{pk}:{on}": place for pk, place in people.items()},
    )
    keys = [row.pk for row in ready]
    for start in range(0, len(keys), BATCH):
        Reminder.objects.filter(pk__in=keys[start : start + BATCH]).update(digest_on=on)
    return len(people)


def _unmailed(on: dt.date) -> list[Waiting]:
    """Of people who can sign in and had no mail yet today."""
    since = on - dt.timedelta(days=schedule.MAILED_DAYS)
    had = Reminder.objects.filter(person=OuterRef("person"), digest_on=on)
    rows = Reminder.objects.to_mail(on=on, since=since).filter(~Exists(had))
    chosen = ("person__digest_choice__hour", "person__digest_choice__muted")
    columns = ("pk", "person", "municipality", "rule", *chosen)
    able = rows.filter(person__is_active=True).order_by()
    return [Waiting._make(row) for row in able.values_list(*columns)]


def _ready(now: dt.datetime, rows: list[Waiting]) -> list[Waiting]:
    if not rows:
        return []
    times = {row.municipality_id: row for row in MailTimes.objects.all()}
    fixed = set(RuleSetting.objects.filter(may_mute=False).values_list("municipality", "rule"))
    open_now = {
        place: _mails_now(times.get(place) or MailTimes(), now)
        for place in {row.place for row in rows}
    }
    return [
        row
        for row in rows
        if open_now[row.place]
        and now.hour >= (HOUR if row.hour is None else row.hour)
        and not _is_muted(row, fixed)
    ]


def _mails_now(times: MailTimes, now: dt.datetime) -> bool:
    if times.workdays_only and not is_working_day(now.date()):
        return False
    return not schedule.is_quiet(now.hour, start=times.quiet_from, end=times.quiet_until)


def _is_muted(row: Waiting, fixed: set[tuple[int, str]]) -> bool:
    if row.rule not in (row.muted or ()) or (row.place, row.rule) in fixed:
        return False
    rule = all_rules().get(row.rule)
    return rule is not None and rule.moments.may_mute


# --- What somebody reads ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do, as a page or a mail shows it."""

    shown: Shown
    rung: Rung
    on: dt.date
    answer_url: str = ""  # where it is answered without signing in

    @property
    def rule(self) -> Rule:
        return all_rules()[self.shown.rule]

    @property
    def sentence(self) -> str:
        return self.rule.sentence(due=self.shown.due, on=self.on)

    @property
    def when(self) -> str:
        return self.rule.day_in_words(self.shown.due)

    @property
    def badge(self) -> SafeString:
        """Its day, in the colour of how much it presses."""
        return badge(self.when, "danger" if self.shown.due < self.on else "warn", "clock")

    @property
    def is_escalated(self) -> bool:
        return self.rung != Rung.RESPONSIBLE


@dataclass(frozen=True, slots=True)
class Group:
    rule: Rule
    items: list[Item]


def items_of(user: User, reminders: Iterable[Reminder], *, on: dt.date) -> list[Item]:
    """What of these still waits and this person may read, the longest due first."""
    rungs: dict[tuple[str, int, dt.date], Rung] = {}
    wanted: dict[str, set[int]] = {}
    for row in reminders:
        rungs[row.rule, row.subject_pk, row.due] = Rung(row.rung)
        wanted.setdefault(row.rule, set()).add(row.subject_pk)
    found = matters.standing(user, wanted, on=on) if wanted else []
    items = [Item(shown, rungs[shown.key], on) for shown in found if shown.key in rungs]
    return sorted(items, key=lambda item: (item.shown.due, item.shown.ref, item.shown.pk))


def by_rule(items: Iterable[Item]) -> list[Group]:
    """In the order in which the rules stand in the settings."""
    groups: dict[str, list[Item]] = {code: [] for code in all_rules()}
    for item in items:
        groups[item.shown.rule].append(item)
    return [Group(all_rules()[code], rows) for code, rows in groups.items() if rows]


def digest(entry: OutboxEntry) -> Mail | None:
    """The mail of one promise, as things stand now; None when nothing is left to say."""
    on = dt.date.fromisoformat(entry.payload["on"])
    user = User.objects.active().filter(pk=entry.payload["person"]).first()
    if user is None:
        return None
    rows = Reminder.objects.visible_to(user).open().filter(digest_on=on)
    items = items_of(user, rows, on=on)
    if not items:
        return None
    place = Municipality.objects.filter(pk=entry.municipality_id or 0).first()
    with speaking(user.language):
        return _mail(user, _with_links(user, items, on), place)


def _with_links(user: User, items: list[Item], on: dt.date) -> list[Item]:
    """Who has to do it gets a link to answer at once, where the municipality lets go of signing in.

    Who follows it up signs in.
    """
    own = [item.shown for item in items if item.rung <= Rung.DEPUTY]
    found = import_string(settings.REMINDER_LINKS)(user, own, on=on) if own else {}
    return [replace(item, answer_url=found.get(item.shown.key, "")) for item in items]


def _mail(user: User, items: list[Item], place: Municipality | None) -> Mail:
    site, n = settings.SITE_URL, len(items)
    words = {"groups": by_rule(items), "site": site}
    choices = f"{site}{reverse('reminders:choices')}"
    values: dict[str, Value] = {
        "aantal": ngettext("%d ding", "%d dingen", n) % n,
        "lijst": Block(
            render_to_string("reminders/mail/items.txt", words).strip(),
            render_to_string("reminders/mail/items.html", words),
        ),
        "alles": Link(f"{site}{reverse('reminders:mine')}", _("Alles op één bladzijde")),
        "keuzes": Link(choices, _("je keuzes")),
    }
    made = letter(DIGEST, place, to=user, values=values)
    return replace(made, unsubscribe=unsubscribing.link(user))
