"""A double click or a resent form makes one row."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction

from core.models import Receipt, key_of, ref

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

M = TypeVar("M", bound=models.Model)


def found(data: Mapping[str, Any], model: type[M]) -> M | None:
    """What this very form made when it was sent before. Ask it before judging the form again:
    the row itself may be what now stands in the way."""
    try:
        token = uuid.UUID(str(data.get("form_token")))
    except ValueError:
        return None
    return made(token, model)


@transaction.atomic
def once(token: uuid.UUID, model: type[M], make: Callable[[], M]) -> M:
    """Make a row for this token, or return the row that the same token made before.

    The second of two at once waits on the unique token until the first has committed.
    """
    key = _key(token, model)
    Receipt.objects.bulk_create([Receipt(token=key, made="")], ignore_conflicts=True)
    receipt = Receipt.objects.select_for_update().get(pk=key)
    if receipt.made:
        return model._default_manager.get(pk=key_of(receipt.made))
    row = make()
    Receipt.objects.filter(pk=key).update(made=ref(row))
    return row


def made(token: uuid.UUID, model: type[M]) -> M | None:
    """What this token made before, if anything: a form sent again is no mistake."""
    receipt = Receipt.objects.filter(pk=_key(token, model)).exclude(made="").first()
    key = key_of(receipt.made) if receipt else None
    return model._default_manager.filter(pk=key).first()


def _key(token: uuid.UUID, model: type[models.Model]) -> uuid.UUID:
    """A token speaks for one kind of row: on another form it is another token."""
    return uuid.uuid5(token, model._meta.label)
