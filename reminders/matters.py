"""What is due: the rows of every rule in one question to the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    F,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from core.confidentiality import Level
from reminders.rules import MOST_DAYS, Rule, all_rules

if TYPE_CHECKING:
    from accounts.models import Municipality, User

# What a mail names by its code alone.
SEALED = frozenset({Level.RESTRICTED, Level.CONFIDENTIAL})


class Matter(NamedTuple):
    """One thing that is due, as the engine sees it: keys and days alone."""

    rule: str
    pk: int
    due: dt.date
    person: int | None
    partner: int | None
    deputy: int | None = None


class Shown(NamedTuple):
    """One thing that is due, as the person may read it who is told of it."""

    rule: str
    pk: int
    due: dt.date
    ref: str
    title: str
    level: str
    target: str

    @property
    def key(self) -> tuple[str, int, dt.date]:
        return self.rule, self.pk, self.due

    @property
    def mailed_title(self) -> str:
        """What of it goes by mail: of what is confidential no more than its code."""
        return (
            str(_("(vertrouwelijk: lees het in IV-centrum)"))
            if self.level in SEALED
            else self.title
        )

    @property
    def url(self) -> str:
        return all_rules()[self.rule].url(self.target)


def due(place: Municipality, ahead: Mapping[str, int], *, on: dt.date) -> list[Matter]:
    """What waits in a municipality, or will within the days that each rule looks ahead."""
    parts = [_due(all_rules()[code], place, on, days) for code, days in ahead.items()]
    return [Matter._make(row) for row in _together(parts)]


def _due(rule: Rule, place: Municipality, on: dt.date, days: int) -> QuerySet[Any, Any]:
    until = on + dt.timedelta(days=days)
    rows: QuerySet[Any] = rule.rows(on, days).alias(reminded_in=_expression(rule.place))
    rows = rows.filter(reminded_in=place.pk, due_on__lte=until).order_by()
    keys = (_key(path) for path in (rule.person, rule.partner, rule.deputy))
    return rows.values_list(Value(rule.code, CharField()), "pk", "due_on", *keys)


def standing(user: User, wanted: Mapping[str, Any], *, on: dt.date) -> list[Shown]:
    """What still waits of these keys per rule and this person may read, in one question."""
    parts = [
        _shown(all_rules()[code], user, on).filter(pk__in=keys)
        for code, keys in wanted.items()
        if code in all_rules()
    ]
    return [Shown._make(row) for row in _together(parts)]


def named(wanted: Mapping[str, Any], *, on: dt.date) -> dict[tuple[str, int, dt.date], str]:
    """What these are called, for who reads all of a municipality."""
    parts = [
        _columns(all_rules()[code], all_rules()[code].rows(on, MOST_DAYS)).filter(pk__in=keys)
        for code, keys in wanted.items()
    ]
    found = [Shown._make(row) for row in _together(parts)]
    return {one.key: f"{one.ref} {one.mailed_title}".strip() for one in found}


def _shown(rule: Rule, user: User, on: dt.date) -> QuerySet[Any, Any]:
    return _columns(rule, rule.door(rule.rows(on, MOST_DAYS), user))


def _columns(rule: Rule, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    bare: QuerySet[Any, Any] = rows.order_by().values_list(
        Value(rule.code, CharField()),
        "pk",
        "due_on",
        _text(rule.ref),
        _text(rule.title),
        _text(rule.level) if rule.level else Value("", TextField()),
        _text(rule.target) if rule.target else Value("", TextField()),
    )
    return bare


def _together(parts: list[QuerySet[Any, Any]]) -> Iterable[Any]:
    """One question of many; each part asks bare rows of the same columns."""
    if not parts:
        return ()
    first, *others = parts
    return first.union(*others, all=True)


def _expression(path: Any) -> Any:
    return F(path) if isinstance(path, str) else path


def _key(path: str) -> Any:
    # PostgreSQL takes a bare NULL for text, and joins that with no number.
    return F(path) if path else Cast(Value(None), BigIntegerField())


def _text(path: Any) -> Any:
    return Cast(_expression(path), TextField())
