"""The secrets of the second step, kept unreadable in the database."""

from __future__ import annotations

import logging
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from core.sealing import LostKeyError, renewed

logger = logging.getLogger(__name__)
# The names under which allauth keeps what our adapter seals: of the app, of the recovery codes.
SECRETS = ("secret", "seed")


def seal_anew() -> int:
    """Seal every secret under the key of today, so that an old key may be thrown away."""
    keys = Authenticator.objects.values_list("pk", flat=True)
    return sum(_seal_one(pk) for pk in list(keys))


@transaction.atomic
def _seal_one(pk: int) -> bool:
    """One at a time and locked: somebody may use a recovery code at this very moment."""
    found = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        return False
    data: dict[str, Any] = found.data
    try:
        found.data = data | {name: renewed(data[name]) for name in SECRETS if name in data}
    except LostKeyError:
        logger.warning("The second step %s was sealed under a key that is gone.", pk)
        return False
    found.save(update_fields=["data"])
    return True
