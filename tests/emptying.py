"""The tables after a test with transactions of its own, emptied in a tenth of Django's time.

Django cuts every table off and fills in rights and content types anew. Most tables hold nothing
then, and those two never change: to delete what is there is one short statement.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

STAYS = frozenset({"django_content_type", "auth_permission", "django_migrations"})


def empty_tables(_test: Any = None) -> None:
    """Delete every row. Triggers and references sleep meanwhile: history refuses to be deleted."""
    named = set(connection.introspection.django_table_names(only_existing=True)) - STAYS
    deletes = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in sorted(named)]
    asleep, awake = "SET session_replication_role = replica", "RESET session_replication_role"
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("; ").join([sql.SQL(asleep), *deletes, sql.SQL(awake)]))


def instead_of_flush() -> None:
    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]
