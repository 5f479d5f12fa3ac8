"""One at a time for a name that has no row yet."""

from __future__ import annotations

from django.db import connection


def wait_for(name: object) -> None:
    """Go on when nobody else is at this name any more; let go with the transaction.

    Whoever brings the same thing second then finds what the first made.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(name)])
