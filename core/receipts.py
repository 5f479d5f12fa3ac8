"""A double click or a resent form makes one row. A receipt is worth something to one person only."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, models, transaction

from core.models import Receipt, key_of, ref

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from accounts.models import User

M = TypeVar("M", bound=models.Model)


def found(data: Mapping[str, Any], model: type[M], *, by: User) -> M | None:
    """What this very form made when the same person sent it before. Ask it before judging the
    form again: the row itself may be what now stands in the way."""
    try:
        token = uuid.UUID(str(data.get("form_token")))
    except ValueError:
        return None
    return made(token, model, by=by)


@transaction.atomic
def once(token: uuid.UUID, model: type[M], make: Callable[[], M], *, by: User) -> M:
    """Make a row for this token of this person, or return the row that the two made before.

    The second of two at once waits on the unique pair until the first has committed.
    """
    receipt, before = _held(_key(token, model), by)
    if before:
        return model._default_manager.get(pk=key_of(before))
    row = make()
    Receipt.objects.filter(pk=receipt).update(made=ref(row))
    return row


# Makes the receipt or takes hold of the one that is there, and says what it made, in one question.
HOLD = """
    INSERT INTO core_receipt (by_id, token, made) VALUES (%s, %s, '')
    ON CONFLICT (by_id, token) DO UPDATE SET token = EXCLUDED.token
    RETURNING id, made
"""


def _held(key: uuid.UUID, by: User) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [by.pk, key])
        found: tuple[int, str] = cursor.fetchone()
    return found


def made(token: uuid.UUID, model: type[M], *, by: User) -> M | None:
    """What this token of this person made before, if anything: a form sent again is no mistake."""
    receipt = Receipt.objects.filter(by=by, token=_key(token, model)).exclude(made="").first()
    key = key_of(receipt.made) if receipt else None
    return model._default_manager.filter(pk=key).first()


def _key(token: uuid.UUID, model: type[models.Model]) -> uuid.UUID:
    """A token speaks for one kind of row: on another form it is another token."""
    return uuid.uuid5(token, model._meta.label)
