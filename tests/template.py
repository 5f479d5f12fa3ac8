"""The database from which every process of the tests begins: made once, then copied."""

from __future__ import annotations

import os
import urllib.parse

import psycopg
from psycopg import sql

NAME = "TEMPLATE_DATABASE"  # the setting that names it; without it each makes its own from nothing


def template() -> str:
    """The database to copy; PostgreSQL's own empty one when nobody made ours."""
    return os.environ.get(NAME, "template1")


def make(name: str) -> None:
    """Make it beside the one of the environment."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    os.environ["DATABASE_URL"] = urllib.parse.urlsplit(server)._replace(path=f"/{name}").geturl()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

    import django  # noqa: PLC0415  # once it can find this database
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


if __name__ == "__main__":
    make(os.environ[NAME])
