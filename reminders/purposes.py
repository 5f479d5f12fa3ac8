"""What may be answered by a link in a mail. Each app declares its own in `answering.py`.

A purpose is one thing that a link opens and nothing else: which rows, asked anew each time through
the door of the person whose link it is; the short form; and the operation that the signed-in page
uses too. It keeps no links and knows no address: `settings.REMINDER_LINKS` names who makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from django.utils.functional import _StrPromise

    from accounts.models import User
    from core.permissions import Verdict

    Words = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing that somebody may do by a link."""

    code: str
    name: Words
    rules: tuple[str, ...]  # whose items in the mail get such a link
    subject: str  # the kind of row it is about, such as "action"
    rows: Callable[[User], models.QuerySet[Any]]  # what this person may have before him now
    may: Callable[[User, Any], Verdict]
    level: Callable[[Any], str]
    levels: Collection[str]  # that may be answered so
    place: Callable[[Any], int | None]  # the municipality whose settings count
    named: Callable[[Any], tuple[str, str]]  # code and title; all of it that the page shows
    form: Callable[[Mapping[str, Any] | None, Any], Any]  # it has a `form_token`
    save: Callable[[Any, Any, User], models.Model]  # what the answer became
    said: Callable[[Any], list[tuple[Words, Any]]]  # of that: what was said, in words
    made: type[models.Model]
    page: Callable[[Any], str]  # where it stands for who signs in
    seen_at: Callable[[Any], str]  # and for who follows it up in the municipality
    lead: Words  # what is asked
    fields: str = ""  # the template of the form; none draws its fields one by one

    def open_to(self, user: User, keys: Collection[int]) -> list[Any]:
        """Of these rows, those that this person may answer by a link as things stand now."""
        found = self.rows(user).filter(pk__in=keys)
        return [row for row in found if self.level(row) in self.levels and self.may(user, row)]


@cache  # they are declared in code, and nothing changes while the product runs
def all_purposes() -> dict[str, Purpose]:
    modules = [import_module(name) for name in settings.ANSWER_PURPOSES]
    return {purpose.code: purpose for module in modules for purpose in module.PURPOSES}


@cache
def by_rule() -> dict[str, Purpose]:
    return {rule: purpose for purpose in all_purposes().values() for rule in purpose.rules}
