"""A double click or a resent form makes one row. A receipt is worth something to one person only."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction

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
    key = _key(token, model)
    Receipt.objects.bulk_create([Receipt(by=by, token=key, made="")], ignore_conflicts=True)
    receipt = Receipt.objects.select_for_update().get(by=by, token=key)
    if receipt.made:
        return model._default_manager.get(pk=key_of(receipt.made))
    row = make()
    Receipt.objects.filter(pk=receipt.pk).update(made=ref(row))
    return row


def made(token: uuid.UUID, model: type[M], *, by: User) -> M | None:
    """What this token of this person made before, if anything: a form sent again is no mistake."""
    receipt = Receipt.objects.filter(by=by, token=_key(token, model)).exclude(made="").first()
    key = key_of(receipt.made) if receipt else None
    return model._default_manager.filter(pk=key).first()


def _key(token: uuid.UUID, model: type[models.Model]) -> uuid.UUID:
    """A token speaks for one kind of row: on another form it is another token."""
    return uuid.uuid5(token, model._meta.label)
