"""Who can be told in a municipality on a day, asked once for all that is due there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Membership
from accounts.roles import RIGHTS, Right, Role
from reminders.rules import Rung

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from accounts.models import Municipality
    from reminders.matters import Matter
    from reminders.rules import Rule

People = tuple[int, ...]
Ladder = Mapping[Rung, People]


@dataclass(frozen=True, slots=True)
class Workforce:
    """Who works for which organisation, and who is its contact officer, as accounts of ours.

    An earlier app knows no organisations: `settings.REMINDER_WORKFORCE` names who does.
    """

    members: Mapping[int, People] = field(default_factory=dict)
    officers: Mapping[int, People] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Directory:
    """The people of a municipality on a day, by what they may do there."""

    able: Mapping[Right, frozenset[int]]
    coordinators: People
    work: Workforce

    def ladder(self, rule: Rule, matter: Matter) -> Ladder:
        """Who is told of this, rung by rung. Who may not do it, or has no role, is not there.

        The others of the organisation stand in for the person who has it, unless somebody is named
        to do so. Where nobody stands on the first rung, the next that has somebody takes its place.
        """
        able = self.able.get(rule.right, frozenset())
        members = self.work.members.get(matter.partner or 0, ())
        named = (matter.person,) if matter.person in able else ()
        stand_in = (matter.deputy,) if matter.deputy else members if named else ()
        found = {
            Rung.RESPONSIBLE: named or members or (() if _has_owner(rule) else tuple(sorted(able))),
            Rung.DEPUTY: tuple(pk for pk in stand_in if pk not in named),
            Rung.COORDINATOR: self.coordinators,
            Rung.CONTACT: self.work.officers.get(matter.partner or 0, ()),
        }
        people = {rung: tuple(pk for pk in rows if pk in able) for rung, rows in found.items()}
        return _from_the_first(people)


def _has_owner(rule: Rule) -> bool:
    return bool(rule.person or rule.partner)


def _from_the_first(people: dict[Rung, People]) -> Ladder:
    first = next((rung for rung, rows in people.items() if rows), None)
    if first is None or first == Rung.RESPONSIBLE:
        return people
    return {**people, Rung.RESPONSIBLE: people[first], first: ()}


def directory_of(place: Municipality, *, on: dt.date) -> Directory:
    """In three questions, whatever the number of people."""
    able: dict[Right, set[int]] = {}
    coordinators = []
    held = Membership.objects.active(on=on).filter(municipality=place, user__is_active=True)
    for user, role in held.order_by("user").values_list("user", "role"):
        for right in RIGHTS[Role(role)]:
            able.setdefault(right, set()).add(user)
        if role == Role.COORDINATOR:
            coordinators.append(user)
    return Directory(
        {right: frozenset(users) for right, users in able.items()},
        tuple(coordinators),
        import_string(settings.REMINDER_WORKFORCE)(place, on=on),
    )


def grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, People]:
    """The people of each organisation, of pairs of the two."""
    found: dict[int, list[int]] = {}
    for key, user in pairs:
        if user not in found.setdefault(key, []):
            found[key].append(user)
    return {key: tuple(users) for key, users in found.items()}
