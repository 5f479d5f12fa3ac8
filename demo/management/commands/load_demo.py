"""manage.py load_demo: the demo municipality, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from demo.loader import load


class Command(BaseCommand):
    help = "Laadt de demogemeente Zandrode; doet niets als ze er al is."

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = load()
        counts = ", ".join(f"{number} {name}" for name, number in made.items())
        self.stdout.write(counts or "De demogegevens staan er al.")
