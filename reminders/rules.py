"""What a rule of reminders is. Each app declares its own in `reminders.py`, named in the settings.

A rule says which things wait for somebody (`rows`), from which day, who has to do it, on which
screen, in which words, and when people usually hear of it. It writes nothing and knows no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from django.db.models.expressions import Combinable
    from django.utils.functional import _StrPromise

    from accounts.models import User
    from accounts.roles import Right

MOST_DAYS = 365  # that a moment lies before or after its day
BY_THEN = _("tegen %(day)s")


def _visible(rows: models.QuerySet[Any], user: User) -> models.QuerySet[Any]:
    found: models.QuerySet[Any] = rows.visible_to(user)  # type: ignore[attr-defined]
    return found


def in_space(rows: models.QuerySet[Any], user: User) -> models.QuerySet[Any]:
    """The door of an outside partner."""
    found: models.QuerySet[Any] = rows.in_space_of(user)  # type: ignore[attr-defined]
    return found


class Rung(models.IntegerChoices):
    """Who is told, and who after them when nothing happens."""

    RESPONSIBLE = 0, _("Verantwoordelijke")
    DEPUTY = 1, _("Vervanger")
    COORDINATOR = 2, _("Coördinator")
    CONTACT = 3, _("Aanspreekpunt van de partner")
    CORE_GROUP = 4, _("Punt voor de kerngroep")


@dataclass(frozen=True, slots=True)
class Moments:
    """On which days people hear of something, counted from the day it is due."""

    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    every: int = 0  # after the last of these, again each so many days; 0 is never
    escalation: tuple[tuple[Rung, int], ...] = ()  # days after it was due
    may_mute: bool = True  # people may leave it out of their mail

    @property
    def ahead(self) -> int:
        """How many days before something is due the first hears of it."""
        return max(self.before, default=0)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of thing that nobody may forget.

    `rows` gives what waits, each with its day as `due_on`, and `door` what of it a person may read:
    `visible_to()`, or for an outside partner what stands in its space. The other words are paths or
    expressions upon those rows.
    """

    code: str
    name: str | _StrPromise
    coming: str | _StrPromise  # what to do, while its day is still to come
    late: str | _StrPromise  # and from that day on
    rows: Callable[[dt.date, int], models.QuerySet[Any]]
    place: str | Combinable  # the municipality
    ref: str | Combinable  # how people name it: a code, a number
    title: str | Combinable
    url_name: str  # the one screen where it is done
    right: Right  # who lacks it cannot do it, and hears nothing
    moments: Moments
    target: str | Combinable = "pk"  # of that screen; a slash between two parts
    level: str | Combinable = ""  # of confidentiality; the mail then names no title
    when: str | _StrPromise = BY_THEN  # what its day is
    person: str = ""  # who has it
    partner: str = ""  # the organisation that has it: its others stand in
    deputy: str = ""  # the person who stands in, where one is named
    door: Callable[[models.QuerySet[Any], User], models.QuerySet[Any]] = _visible

    @property
    def has_deputy(self) -> bool:
        return bool(self.deputy or self.partner)

    def url(self, target: str) -> str:
        return reverse(self.url_name, args=target.split("/") if target else [])

    def day_in_words(self, due: dt.date) -> str:
        """Such as "tegen 12 april 2026"."""
        return str(self.when) % {"day": date_format(due, "j F Y")}

    def sentence(self, *, due: dt.date, on: dt.date) -> str:
        """What is asked, in Dutch, without a word about a person."""
        return str(self.coming if due > on else self.late)


@cache  # they are declared in code, and nothing changes while the product runs
def all_rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of the settings."""
    modules = [import_module(name) for name in settings.REMINDER_RULES]
    return {rule.code: rule for module in modules for rule in module.RULES}
