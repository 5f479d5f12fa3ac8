"""Whom a mail in the outbox is for and what it is about: its app knows, the outbox holds ids alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from core.models import OutboxEntry

    # Some mails of one kind, and who looks at them: by key, as far as that person may read it.
    Telling = Callable[[list[OutboxEntry], User], dict[int, "About"]]


@dataclass(frozen=True, slots=True)
class About:
    """One mail in words: to whom, about what, and where that stands."""

    to: str
    what: str
    url: str = ""


def told(entries: Iterable[OutboxEntry], user: User) -> dict[int, About]:
    """Each of these mails, asked once per kind."""
    by_kind: dict[str, list[OutboxEntry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    found: dict[int, About] = {}
    for kind, rows in by_kind.items():
        hidden = About(_("iemand"), _("iets dat er niet meer is, of dat je niet leest"))
        path = settings.OUTBOX_HANDLERS[kind].get("about")
        tell: Telling | None = import_string(path) if path else None
        known = tell(rows, user) if tell else {}
        found |= {row.pk: known.get(row.pk, hidden) for row in rows}
    return found


def by_row(
    entries: list[OutboxEntry],
    rows: QuerySet[Any],
    key: str,
    words: Callable[[Any], tuple[str, str, str]],
) -> dict[int, About]:
    """Mails whose payload holds the key of one of these rows, and perhaps a person as `user`.

    `words` gives of a row whom it is for where no person is named, what it is about, and where it
    stands. What is not among the rows is told of nobody.
    """
    found = rows.in_bulk([entry.payload[key] for entry in entries if key in entry.payload])
    people = User.objects.in_bulk({entry.payload.get("user", 0) for entry in entries})
    told_of: dict[int, About] = {}
    for entry in entries:
        if (row := found.get(entry.payload.get(key))) is not None:
            to, what, url = words(row)
            person = people.get(entry.payload.get("user", 0))
            told_of[entry.pk] = About(person.name if person else to, what, url)
    return told_of
